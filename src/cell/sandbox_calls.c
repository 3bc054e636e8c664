/* SPDX-License-Identifier: Apache-2.0 */
#include "cell/sandbox.h"

#include <errno.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

/* No cell ever has a reason for these: they reach into other processes, the kernel or the clock. */
static const char *const deadly[] = { "acct", "add_key", "bpf", "chroot", "clock_settime",
	"delete_module", "finit_module", "init_module", "iopl", "ioperm", "kexec_file_load",
	"kexec_load", "keyctl", "mount", "move_mount", "name_to_handle_at", "nfsservctl",
	"open_by_handle_at", "open_tree", "perf_event_open", "pivot_root", "process_vm_readv",
	"process_vm_writev", "ptrace", "quotactl", "reboot", "request_key", "setdomainname",
	"sethostname", "setns", "settimeofday", "swapoff", "swapon", "syslog", "umount2", "unshare",
	"userfaultfd", "vhangup", NULL };

static const char *const starts[] = { "execve", "execveat", "fork", "vfork", NULL };

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

static int
no_sockets(scmp_filter_ctx c, unsigned needs)
{
	int last = AF_MAX - 1, rc = 0;

	for (int family = 0; rc == 0 && family <= last; family++) {
		bool local = family == AF_UNIX || family == AF_NETLINK;
		bool inet = family == AF_INET || family == AF_INET6;

		if ((inet && (needs & NEED_NET)) || (local && (needs & (NEED_NET | NEED_MODULE))))
			continue;
		rc = seccomp_rule_add(c, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(socket), 1,
		    SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)family));
	}
	return rc;
}

int
sandbox_calls(unsigned needs, struct err *e)
{
	scmp_filter_ctx c = seccomp_init(SCMP_ACT_ALLOW);
	int rc;

	if (c == NULL)
		return err_set(e, ERR_SYS, "seccomp_init failed");
	rc = rules(c, SCMP_ACT_KILL_PROCESS, deadly);
	if (rc == 0 && !(needs & (NEED_EXEC | NEED_MODULE)))
		rc = no_processes(c);
	/* other programs have their own reasons for any socket */
	if (rc == 0 && !(needs & NEED_EXEC))
		rc = no_sockets(c, needs);
	if (rc == 0)
		rc = seccomp_load(c);
	seccomp_release(c);
	/* a kernel without filters (EINVAL, ENOSYS) is a reason to go on, not to go blind */
	if (rc < 0 && rc != -EINVAL && rc != -ENOSYS)
		return err_set(e, ERR_SYS, "seccomp: %s", strerror(-rc));
	return 0;
}
