/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the acts on other processes and those that make more of them.
 */
#include "prison.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

/* asm-generic/unistd.h of newer kernels: Debian 12 has them all, older headers need not */
#ifndef SYS_process_mrelease
#define SYS_process_mrelease 448
#endif

#define TOO_MANY 400 /* processes: more than a program of a check may start */

static pid_t
warder(const struct prison *p)
{
	return (pid_t)p->warder;
}

static int
kill_warder(const struct prison *p)
{
	return kill(warder(p), 0);
}

static int
kill_sibling(const struct prison *p)
{
	return kill((pid_t)p->sibling, 0);
}

static int
kill_group(const struct prison *p)
{
	return kill(-getpgid(warder(p)), 0);
}

static int
kill_all(const struct prison *p)
{
	/* it says 0 too when it reached nobody but its own: whoever started it stands for the rest
	 */
	return kill(-1, 0) < 0 ? reached(-1) : kill_warder(p);
}

static int
tgkill_warder(const struct prison *p)
{
	return (int)syscall(SYS_tgkill, warder(p), warder(p), 0);
}

static int
tkill_warder(const struct prison *p)
{
	return (int)syscall(SYS_tkill, warder(p), 0);
}

static int
queue_warder(const struct prison *p)
{
	return sigqueue(warder(p), 0, (union sigval){ .sival_int = 0 });
}

static int
pidfd_of(const struct prison *p)
{
	return (int)syscall(SYS_pidfd_open, warder(p), 0);
}

static int
pidfd_signal_warder(const struct prison *p)
{
	int fd = pidfd_of(p);

	return fd < 0 ? -1 : (int)syscall(SYS_pidfd_send_signal, fd, 0, NULL, 0);
}

static int
steal_descriptor(const struct prison *p)
{
	int fd = pidfd_of(p);

	return fd < 0 ? -1 : (int)syscall(SYS_pidfd_getfd, fd, 0, 0);
}

static int
reclaim_memory(const struct prison *p)
{
	int fd = pidfd_of(p);

	return fd < 0 ? -1 : reached(syscall(SYS_process_mrelease, fd, 0));
}

static int
advise_memory(const struct prison *p)
{
	struct iovec v = { NULL, 0 };
	int fd = pidfd_of(p);

	return fd < 0 ? -1 : (int)syscall(SYS_process_madvise, fd, &v, 1UL, MADV_PAGEOUT, 0UL);
}

static int
limit_warder(const struct prison *p)
{
	struct rlimit now;

	if (prlimit(warder(p), RLIMIT_NOFILE, NULL, &now) < 0)
		return -1;
	return prlimit(warder(p), RLIMIT_NOFILE, &now, NULL);
}

static int
slow_warder(const struct prison *p)
{
	return setpriority(PRIO_PROCESS, (id_t)warder(p), 0);
}

static int
slow_user(const struct prison *p)
{
	(void)p;
	return setpriority(PRIO_USER, 0, 0);
}

static int
starve_warder(const struct prison *p)
{
	return (int)syscall(SYS_ioprio_set, 1, warder(p), 0);
}

static int
schedule_warder(const struct prison *p)
{
	struct sched_param none = { 0 };

	return sched_setscheduler(warder(p), SCHED_BATCH, &none);
}

static int
bind_warder(const struct prison *p)
{
	cpu_set_t all;

	CPU_ZERO(&all);
	for (size_t i = 0; i < CPU_SETSIZE; i++)
		CPU_SET(i, &all);
	return sched_setaffinity(warder(p), sizeof(all), &all);
}

static int
move_warder(const struct prison *p)
{
	return (int)syscall(SYS_move_pages, warder(p), 0UL, NULL, NULL, NULL, 0);
}

static int
trace_warder(const struct prison *p)
{
	return (int)ptrace(PTRACE_SEIZE, warder(p), NULL, NULL);
}

static int
trace_me(const struct prison *p)
{
	(void)p;
	return (int)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

static int
vm_read(const struct prison *p)
{
	char byte;
	struct iovec here = { &byte, 1 }, there = { (void *)(uintptr_t)0x1000, 1 };

	return reached(process_vm_readv(warder(p), &here, 1, &there, 1, 0));
}

static int
vm_write(const struct prison *p)
{
	char byte = 0;
	struct iovec here = { &byte, 1 }, there = { (void *)(uintptr_t)0x1000, 1 };

	return reached(process_vm_writev(warder(p), &here, 1, &there, 1, 0));
}

static int
open_of(const struct prison *p, const char *what, int flags)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)warder(p), what);
	return open(path, flags | O_CLOEXEC | O_NOCTTY);
}

static int
memory(const struct prison *p)
{
	return open_of(p, "mem", O_RDONLY);
}

static int
memory_write(const struct prison *p)
{
	return open_of(p, "mem", O_RDWR);
}

static int
environment(const struct prison *p)
{
	return open_of(p, "environ", O_RDONLY);
}

static int
maps(const struct prison *p)
{
	return open_of(p, "maps", O_RDONLY);
}

static int
descriptor(const struct prison *p)
{
	return open_of(p, "fd/0", O_RDONLY);
}

static int
root_of(const struct prison *p)
{
	return open_of(p, "root/etc/hosts", O_RDONLY);
}

static int
oom_first(const struct prison *p)
{
	int fd = open_of(p, "oom_score_adj", O_WRONLY);

	return fd < 0 ? -1 : (int)write(fd, "0", 1);
}

static int
compare_descriptors(const struct prison *p)
{
	return (int)syscall(SYS_kcmp, warder(p), warder(p), 0, 0, 0);
}

static int
make_process(const struct prison *p)
{
	pid_t pid = fork();

	(void)p;
	if (pid == 0)
		_exit(0);
	if (pid > 0)
		waitpid(pid, NULL, 0);
	return pid;
}

static int
make_by_clone3(const struct prison *p)
{
	uint64_t args[11] = { [4] = SIGCHLD };
	long pid = syscall(SYS_clone3, args, sizeof(args));

	(void)p;
	if (pid == 0)
		_exit(0);
	if (pid > 0)
		waitpid((pid_t)pid, NULL, 0);
	return (int)pid;
}

static int
other_program(const struct prison *p)
{
	char *const argv[] = { (char *)(uintptr_t) "true", NULL };
	char *const env[] = { NULL };

	(void)p;
	/* on success the program's own exit code 0 tells it */
	return execve("/bin/true", argv, env);
}

/* a program that lies in no file */
static int
program_in_memory(const struct prison *p)
{
	char *const argv[] = { (char *)(uintptr_t) "x", NULL };
	char *const env[] = { NULL };
	int fd = memfd_create("x", 0);

	(void)p;
	if (fd < 0 || write(fd, "#!/bin/true\n", 12) != 12)
		return -1;
	return (int)syscall(SYS_execveat, fd, "", argv, env, AT_EMPTY_PATH);
}

/* more processes than the limit: all of them end with this one's group */
static int
too_many(const struct prison *p)
{
	int n, why = 0;

	(void)p;
	for (n = 0; n < TOO_MANY; n++) {
		pid_t pid = fork();

		if (pid < 0) {
			why = errno;
			break;
		}
		if (pid == 0) {
			pause();
			_exit(0);
		}
	}
	signal(SIGTERM, SIG_IGN);
	kill(0, SIGTERM);
	while (wait(NULL) > 0)
		;
	errno = why;
	return n == TOO_MANY ? 0 : -1;
}

const struct act process_acts[] = { { "kill-starter", kill_warder },
	{ "kill-sibling", kill_sibling }, { "kill-group", kill_group }, { "kill-all", kill_all },
	{ "tgkill-starter", tgkill_warder }, { "tkill-starter", tkill_warder },
	{ "queue-starter", queue_warder }, { "pidfd-signal-starter", pidfd_signal_warder },
	{ "steal-descriptor", steal_descriptor }, { "reclaim-memory", reclaim_memory },
	{ "advise-memory", advise_memory }, { "limit-starter", limit_warder },
	{ "slow-starter", slow_warder }, { "slow-user", slow_user },
	{ "starve-starter", starve_warder }, { "schedule-starter", schedule_warder },
	{ "bind-starter", bind_warder }, { "move-pages-starter", move_warder },
	{ "trace-starter", trace_warder }, { "trace-me", trace_me }, { "vm-read", vm_read },
	{ "vm-write", vm_write }, { "memory-of-starter", memory },
	{ "memory-write-starter", memory_write }, { "environment-of-starter", environment },
	{ "maps-of-starter", maps }, { "descriptor-of-starter", descriptor },
	{ "root-of-starter", root_of }, { "oom-starter", oom_first },
	{ "compare-descriptors", compare_descriptors }, { "fork", make_process },
	{ "clone3", make_by_clone3 }, { "exec", other_program },
	{ "exec-in-memory", program_in_memory }, { "too-many-processes", too_many }, { 0 } };
