/* SPDX-License-Identifier: Apache-2.0
 *
 * Run at build time: writes the system call filters as arrays for sandbox_calls.c, one for each
 * combination of the rights that matter to calls. libseccomp knows the calls, their numbers and how
 * arguments are compared; but loading it costs every worker more than all the rest of its start, so
 * it stays here and the workers carry only what it made.
 */
#include "cell/gen/calls.h"

#include "base/needs.h"

#include <asm/ioctls.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/sockios.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>

/* the macros of libseccomp leave out the second number of a comparison that has one */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define REFUSE SCMP_ACT_ERRNO(EPERM)
#define DENY SCMP_ACT_ERRNO(EACCES)
#define ABSENT SCMP_ACT_ERRNO(ENOSYS)

/* The kernel looks at the lower half of these arguments only, and so must a filter. */
#define LOW32 0xffffffffULL
#define IS(value) SCMP_CMP_MASKED_EQ, LOW32, (scmp_datum_t)(uint32_t)(value)

#define SOCK_TYPES 0xf /* the rest of that argument is flags (socket(2)) */
#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#endif

struct making {
	scmp_filter_ctx c;
	int rc; /* of the first rule that failed */
};

/* A rule for a call, on none of its arguments or on n of them. */
static void
rule(struct making *m, uint32_t action, const char *name, unsigned n, const struct scmp_arg_cmp *on)
{
	int nr = seccomp_syscall_resolve_name(name), rc;

	/* a call that this libseccomp or architecture does not have needs no rule */
	if (m->rc < 0 || nr == __NR_SCMP_ERROR)
		return;
	rc = seccomp_rule_add_array(m->c, action, nr, n, on);
	/* -EACCES: the same as is done with unknown calls */
	if (rc < 0 && rc != -EDOM && rc != -EACCES)
		m->rc = rc;
}

static void
rules(struct making *m, uint32_t action, const char *const *names)
{
	for (; *names != NULL; names++)
		rule(m, action, *names, 0, NULL);
}

static void
on(struct making *m, uint32_t action, const char *name, struct scmp_arg_cmp arg)
{
	rule(m, action, name, 1, &arg);
}

/* On two arguments at once. */
static void
both(struct making *m, uint32_t action, const char *name, struct scmp_arg_cmp a,
    struct scmp_arg_cmp b)
{
	rule(m, action, name, 2, (const struct scmp_arg_cmp[]){ a, b });
}

/* ---- what both sorts of cell share */

static void
everywhere(struct making *m)
{
	rules(m, SCMP_ACT_KILL_PROCESS, deadly);
	rules(m, ABSENT, hidden);
}

/* The places of the flags of open and openat. A file that is opened to be read only can be emptied
 * all the same, and before its third ABI Landlock asks no right for it. */
static void
no_emptying(struct making *m)
{
	const scmp_datum_t mask = O_ACCMODE | O_TRUNC, emptied = O_RDONLY | O_TRUNC;

	on(m, REFUSE, "open", SCMP_A1(SCMP_CMP_MASKED_EQ, mask, emptied));
	on(m, REFUSE, "openat", SCMP_A2(SCMP_CMP_MASKED_EQ, mask, emptied));
}

/* ---- cells with foreign code: all but what reaches out of them */

/* Typing for the terminal's owner, taking the terminal, attributes that chattr(1) sets. */
static void
foreign_ioctls(struct making *m)
{
	static const uint32_t no[] = { TIOCSTI, TIOCLINUX, TIOCSCTTY, TIOCCONS, TIOCSETD,
		(uint32_t)FS_IOC_SETFLAGS, (uint32_t)FS_IOC_FSSETXATTR };

	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		on(m, REFUSE, "ioctl", SCMP_A1(IS(no[i])));
}

/* Of the families of sockets these four; packets are made by the kernel only. */
static void
foreign_sockets(struct making *m, unsigned needs)
{
	on(m, DENY, "socket", SCMP_A0(SCMP_CMP_GT, (scmp_datum_t)AF_NETLINK));
	for (int family = 0; family <= AF_NETLINK; family++) {
		bool inet = family == AF_INET || family == AF_INET6;

		if (family == AF_UNIX || family == AF_NETLINK)
			continue;
		if (inet && (needs & NEED_NET) != 0)
			both(m, DENY, "socket", SCMP_A0(IS(family)),
			    SCMP_A1(SCMP_CMP_MASKED_EQ, SOCK_TYPES, SOCK_RAW));
		else
			on(m, DENY, "socket", SCMP_A0(IS(family)));
	}
}

static void
foreign_others(struct making *m)
{
	for (size_t i = 0; others_by_first[i] != NULL; i++)
		on(m, REFUSE, others_by_first[i], SCMP_A0(SCMP_CMP_NE, 0));
	on(m, REFUSE, "setpriority", SCMP_A0(SCMP_CMP_NE, PRIO_PROCESS));
	both(m, REFUSE, "setpriority", SCMP_A0(SCMP_CMP_EQ, PRIO_PROCESS), SCMP_A1(SCMP_CMP_NE, 0));
	on(m, REFUSE, "ioprio_set", SCMP_A1(SCMP_CMP_NE, 0));
}

static void
foreign(struct making *m, unsigned needs)
{
	everywhere(m);
	foreign_ioctls(m);
	foreign_sockets(m, needs);
	foreign_others(m);
	rules(m, REFUSE, owners);
	no_emptying(m);
}

/* ---- strict cells: nothing but what is known to be needed */

static void
strict_opens(struct making *m, bool state)
{
	static const scmp_datum_t writing[] = { O_WRONLY, O_RDWR, O_ACCMODE };
	const uint32_t writes = state ? SCMP_ACT_ALLOW : DENY;
	const scmp_datum_t read = O_ACCMODE | O_TRUNC | O_CREAT;

	no_emptying(m);
	for (size_t i = 0; i < 3; i++) {
		on(m, writes, "open", SCMP_A1(SCMP_CMP_MASKED_EQ, O_ACCMODE, writing[i]));
		on(m, writes, "openat", SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE, writing[i]));
	}
	on(m, SCMP_ACT_ALLOW, "open", SCMP_A1(SCMP_CMP_MASKED_EQ, read, O_RDONLY));
	on(m, SCMP_ACT_ALLOW, "openat", SCMP_A2(SCMP_CMP_MASKED_EQ, read, O_RDONLY));
	on(m, writes, "open", SCMP_A1(SCMP_CMP_MASKED_EQ, read, O_CREAT));
	on(m, writes, "openat", SCMP_A2(SCMP_CMP_MASKED_EQ, read, O_CREAT));
}

/* Threads yes, processes no: clone3 hides its flags behind a pointer, so it is "not there" and libc
 * falls back to clone, whose flags can be seen. */
static void
strict_starts(struct making *m)
{
	on(m, SCMP_ACT_ALLOW, "clone", SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
	on(m, REFUSE, "clone", SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
	rule(m, ABSENT, "clone3", 0, NULL);
	rules(m, REFUSE, starts);
}

/* Connected pairs only: a datagram's could be given another address. */
static void
strict_sockets(struct making *m, unsigned needs)
{
	static const int families[] = { AF_INET, AF_INET6 };

	on(m, DENY, "socket", SCMP_A0(IS(AF_UNIX)));
	on(m, DENY, "socket", SCMP_A0(SCMP_CMP_GT, (scmp_datum_t)AF_NETLINK));
	if ((needs & NEED_NET) == 0) {
		for (size_t i = 0; i < 2; i++)
			on(m, DENY, "socket", SCMP_A0(IS(families[i])));
		on(m, DENY, "socket", SCMP_A0(IS(AF_NETLINK)));
		return;
	}
	for (size_t i = 0; i < 2; i++) {
		both(m, SCMP_ACT_ALLOW, "socket", SCMP_A0(IS(families[i])),
		    SCMP_A1(SCMP_CMP_MASKED_EQ, SOCK_TYPES, SOCK_STREAM));
		both(m, SCMP_ACT_ALLOW, "socket", SCMP_A0(IS(families[i])),
		    SCMP_A1(SCMP_CMP_MASKED_EQ, SOCK_TYPES, SOCK_DGRAM));
		both(m, DENY, "socket", SCMP_A0(IS(families[i])),
		    SCMP_A1(SCMP_CMP_MASKED_EQ, SOCK_TYPES, SOCK_RAW));
	}
	on(m, SCMP_ACT_ALLOW, "socket", SCMP_A0(IS(AF_NETLINK)));
	both(m, SCMP_ACT_ALLOW, "socketpair", SCMP_A0(IS(AF_UNIX)),
	    SCMP_A1(SCMP_CMP_MASKED_EQ, SOCK_TYPES, SOCK_STREAM));
	rules(m, SCMP_ACT_ALLOW, on_net);
}

/* Calls that are many in one: those of their halves that stay with this process. */
static void
strict_halves(struct making *m)
{
	static const int asks[] = { TCGETS, FIONREAD, FIONBIO, FIOCLEX, SIOCGIFINDEX, SIOCGIFNAME,
		SIOCOUTQ };
	static const int fds[] = { F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_SETFL,
		F_GETLK, F_SETLK, F_SETLKW, F_OFD_GETLK, F_OFD_SETLK, F_OFD_SETLKW };
	static const int own[] = { PR_SET_NAME, PR_GET_NAME, PR_GET_DUMPABLE, PR_CAPBSET_READ,
		PR_SET_SECCOMP, PR_SET_VMA };
	static const int not_own[] = { PR_SET_DUMPABLE, PR_SET_PDEATHSIG };

	for (size_t i = 0; i < sizeof(asks) / sizeof(asks[0]); i++)
		on(m, SCMP_ACT_ALLOW, "ioctl", SCMP_A1(IS(asks[i])));
	for (size_t i = 0; i < sizeof(fds) / sizeof(fds[0]); i++)
		on(m, SCMP_ACT_ALLOW, "fcntl", SCMP_A1(IS(fds[i])));
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		on(m, SCMP_ACT_ALLOW, "prctl", SCMP_A0(IS(own[i])));
	for (size_t i = 0; i < sizeof(not_own) / sizeof(not_own[0]); i++)
		on(m, REFUSE, "prctl", SCMP_A0(IS(not_own[i])));
	on(m, SCMP_ACT_ALLOW, "prlimit64", SCMP_A0(SCMP_CMP_EQ, 0));
	on(m, REFUSE, "prlimit64", SCMP_A0(SCMP_CMP_NE, 0));
}

static void
strictly(struct making *m, unsigned needs)
{
	const bool state = (needs & NEED_STATE) != 0;

	everywhere(m);
	rules(m, SCMP_ACT_ALLOW, strict);
	rules(m, REFUSE, refused);
	rules(m, REFUSE, signals);
	rules(m, REFUSE, owners);
	rules(m, REFUSE, entries);
	rules(m, state ? SCMP_ACT_ALLOW : DENY, in_folder);
	strict_opens(m, state);
	strict_starts(m);
	strict_sockets(m, needs);
	strict_halves(m);
}

/* Nothing that reaches out is on its list, so it needs no rule against any of it; and few rules are
 * loaded sooner, which each start of forewarn waits for. */
static void
purely(struct making *m)
{
	rules(m, SCMP_ACT_ALLOW, pure);
}

/* ---- written out */

/* As lines of a struct sock_filter array. */
static void
print(scmp_filter_ctx c, unsigned place)
{
	struct sock_filter line;
	FILE *f = tmpfile();

	if (f == NULL || seccomp_export_bpf(c, fileno(f)) < 0)
		exit(1);
	rewind(f);
	printf("static const struct sock_filter filter_%u[] = {\n", place);
	while (fread(&line, sizeof(line), 1, f) == 1)
		printf("\t{ 0x%04x, %u, %u, 0x%08xU },\n", line.code, line.jt, line.jf, line.k);
	printf("};\n");
	fclose(f);
}

/* The first place whose filter is the same as that of this one. */
static unsigned
same_as(unsigned place)
{
	if ((place & FILTER_PURE) != 0)
		return place & (FILTER_PURE | FILTER_KILL);
	if ((place & (FILTER_EXEC | FILTER_MODULE)) != 0)
		return (place & FILTER_NET) | FILTER_EXEC;
	return place & (FILTER_NET | FILTER_STATE | FILTER_KILL);
}

static void
make(unsigned place)
{
	const unsigned needs = ((place & FILTER_NET) != 0 ? (unsigned)NEED_NET : 0) |
			       ((place & FILTER_STATE) != 0 ? (unsigned)NEED_STATE : 0);
	const bool is_pure = (place & FILTER_PURE) != 0, is_foreign = (place & FILTER_EXEC) != 0;
	const uint32_t unknown = is_foreign              ? SCMP_ACT_ALLOW
				 : (place & FILTER_KILL) ? SCMP_ACT_KILL_PROCESS
							 : ABSENT;
	struct making m = { .c = seccomp_init(unknown) };

	if (m.c == NULL ||
	    seccomp_attr_set(m.c, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) < 0 ||
	    seccomp_attr_set(m.c, SCMP_FLTATR_CTL_OPTIMIZE, 2) < 0)
		m.rc = -1;
	else if (is_pure)
		purely(&m);
	else if (is_foreign)
		foreign(&m, needs);
	else
		strictly(&m, needs);
	if (m.rc < 0) {
		fprintf(stderr, "the filter of place %u cannot be made: %d\n", place, m.rc);
		exit(1);
	}
	print(m.c, place);
	seccomp_release(m.c);
}

int
main(void)
{
	for (unsigned i = 0; i < FILTER_N; i++)
		if (same_as(i) == i)
			make(i);
	printf("static const struct sock_fprog filters[FILTER_N] = {\n");
	for (unsigned i = 0; i < FILTER_N; i++) {
		unsigned of = same_as(i);

		printf("\t[%u] = { sizeof(filter_%u) / sizeof(filter_%u[0]), "
		       "(struct sock_filter *)(uintptr_t)filter_%u },\n",
		    i, of, of, of);
	}
	printf("};\n");
	return 0;
}
