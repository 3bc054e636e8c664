/* SPDX-License-Identifier: Apache-2.0
 *
 * Run at build time: writes the system call filters as arrays for sandbox_calls.c, one for each
 * combination of the rights that matter to calls. libseccomp knows the calls, their numbers and how
 * arguments are compared; but loading it costs every worker more than all the rest of its start, so
 * it stays here and the workers carry only what it made.
 */
#include "base/needs.h"

#include <asm/ioctls.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* No cell ever has a reason for these: they reach into other processes, the kernel or the clock. */
static const char *const deadly[] = { "acct", "add_key", "bpf", "chroot", "clock_settime",
	"delete_module", "finit_module", "init_module", "iopl", "ioperm", "kexec_file_load",
	"kexec_load", "keyctl", "mount", "move_mount", "name_to_handle_at", "nfsservctl",
	"open_by_handle_at", "open_tree", "perf_event_open", "pivot_root", "process_vm_readv",
	"process_vm_writev", "ptrace", "quotactl", "reboot", "request_key", "setdomainname",
	"sethostname", "setns", "settimeofday", "swapoff", "swapon", "syslog", "umount2", "unshare",
	"userfaultfd", "vhangup", NULL };

static const char *const starts[] = { "execve", "execveat", "fork", "vfork", NULL };

/* Landlock knows contents, not these: rights, owners, times and attributes of any file of the user.
 */
static const char *const alters[] = { "chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown",
	"lchown", "fchownat", "setxattr", "lsetxattr", "fsetxattr", "setxattrat", "removexattr",
	"lremovexattr", "fremovexattr", "removexattrat", "utime", "utimes", "utimensat",
	"futimesat", "mknod", "mknodat", "truncate", NULL };

static int
rule(scmp_filter_ctx c, uint32_t action, const char *name)
{
	int nr = seccomp_syscall_resolve_name(name);

	/* a call that this libseccomp or architecture does not have needs no rule */
	return nr == __NR_SCMP_ERROR ? 0 : seccomp_rule_add(c, action, nr, 0);
}

static int
rules(scmp_filter_ctx c, uint32_t action, const char *const *names)
{
	for (; *names != NULL; names++) {
		int rc = rule(c, action, *names);

		if (rc < 0 && rc != -EDOM)
			return rc;
	}
	return 0;
}

/* Threads yes, processes no: clone3 hides its flags behind a pointer, so it is "not there" and libc
 * falls back to clone, whose flags can be seen. */
static int
no_processes(scmp_filter_ctx c)
{
	int rc = rule(c, SCMP_ACT_ERRNO(ENOSYS), "clone3");

	if (rc == 0)
		rc = rules(c, SCMP_ACT_ERRNO(EPERM), starts);
	if (rc == 0)
		rc = seccomp_rule_add(c, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
		    SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
	return rc;
}

/* Sockets of no family but these four, and of these only as needed. */
static int
no_sockets(scmp_filter_ctx c, unsigned needs)
{
	const uint32_t deny = SCMP_ACT_ERRNO(EACCES);
	int rc = seccomp_rule_add(
	    c, deny, SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_GT, (scmp_datum_t)AF_NETLINK));

	/* the kernel does what stands in its ring without asking this filter */
	if (rc == 0)
		rc = rule(c, SCMP_ACT_ERRNO(ENOSYS), "io_uring_setup");
	for (int family = 0; rc == 0 && family <= AF_NETLINK; family++) {
		bool local = family == AF_UNIX || family == AF_NETLINK;
		bool inet = family == AF_INET || family == AF_INET6;

		if ((inet && (needs & NEED_NET)) || (local && (needs & (NEED_NET | NEED_MODULE))))
			continue;
		rc = seccomp_rule_add(
		    c, deny, SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)family));
	}
	return rc;
}

/* Typing for the terminal's owner, pasting into it, taking it. The kernel looks at the lower half
 * of the number only, and so does the filter. */
static int
no_typing(scmp_filter_ctx c)
{
	static const uint32_t no[] = { TIOCSTI, TIOCLINUX, TIOCSCTTY, TIOCCONS, TIOCSETD };
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < sizeof(no) / sizeof(no[0]); i++)
		rc = seccomp_rule_add(c, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ioctl), 1,
		    SCMP_A1(SCMP_CMP_MASKED_EQ, 0xffffffffU, no[i]));
	return rc;
}

/* A file that is opened to be read only can be emptied all the same: before its third ABI Landlock
 * asks no right for it. */
static int
no_emptying(scmp_filter_ctx c)
{
	const scmp_datum_t mask = O_ACCMODE | O_TRUNC, emptied = O_RDONLY | O_TRUNC;
	int rc = rule(c, SCMP_ACT_ERRNO(ENOSYS), "openat2"); /* its flags lie behind a pointer */

	if (rc == 0)
		rc = seccomp_rule_add(c, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(open), 1,
		    SCMP_A1(SCMP_CMP_MASKED_EQ, mask, emptied));
	if (rc == 0)
		rc = seccomp_rule_add(c, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(openat), 1,
		    SCMP_A2(SCMP_CMP_MASKED_EQ, mask, emptied));
	return rc;
}

static int
fill(scmp_filter_ctx c, unsigned needs)
{
	int rc = rules(c, SCMP_ACT_KILL_PROCESS, deadly);

	if (rc == 0)
		rc = no_typing(c);
	if (rc == 0)
		rc = no_emptying(c);

	if (rc == 0 && !(needs & (NEED_EXEC | NEED_MODULE)))
		rc = no_processes(c);
	if (rc == 0 && !(needs & (NEED_EXEC | NEED_MODULE)))
		rc = rules(c, SCMP_ACT_ERRNO(EPERM), alters);
	/* other programs have their own reasons for any socket */
	if (rc == 0 && !(needs & NEED_EXEC))
		rc = no_sockets(c, needs);
	return rc;
}

/* As lines of a struct sock_filter array. */
static void
print(scmp_filter_ctx c, unsigned needs)
{
	struct sock_filter line;
	FILE *f = tmpfile();

	if (f == NULL || seccomp_export_bpf(c, fileno(f)) < 0)
		exit(1);
	rewind(f);
	printf("static const struct sock_filter filter_%u[] = {\n", needs);
	while (fread(&line, sizeof(line), 1, f) == 1)
		printf("\t{ 0x%04x, %u, %u, 0x%08xU },\n", line.code, line.jt, line.jf, line.k);
	printf("};\n");
	fclose(f);
}

int
main(void)
{
	static const unsigned bits[] = { NEED_NET, NEED_EXEC, NEED_MODULE };

	for (unsigned i = 0; i < 8; i++) {
		unsigned needs = 0;
		scmp_filter_ctx c = seccomp_init(SCMP_ACT_ALLOW);

		for (unsigned b = 0; b < 3; b++)
			needs |= i >> b & 1 ? bits[b] : 0;
		if (c == NULL || fill(c, needs) < 0) {
			fprintf(stderr, "the filter for %u cannot be made\n", needs);
			return 1;
		}
		print(c, needs);
		seccomp_release(c);
	}
	printf("#define FILTER_BITS (%d | %d | %d)\n", NEED_NET, NEED_EXEC, NEED_MODULE);
	printf("static const struct sock_fprog filters[] = {\n");
	for (unsigned i = 0; i < 8; i++) {
		unsigned needs = 0;

		for (unsigned b = 0; b < 3; b++)
			needs |= i >> b & 1 ? bits[b] : 0;
		printf("\t[%u] = { sizeof(filter_%u) / sizeof(filter_%u[0]), "
		       "(struct sock_filter *)(uintptr_t)filter_%u },\n",
		    needs, needs, needs, needs);
	}
	printf("};\n");
	return 0;
}
