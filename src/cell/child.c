/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns starting and ending a cell, and all that it has started itself.
 */
#include "cell/child.h"

#include "cell/job.h"
#include "cell/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define FORCED_MAX 64 /* bytes of the words of SANDBOX_FORCED */
#define SWEEPS 64     /* rounds of killing: each may set free the children of the killed */

void
child_become_reaper(void)
{
	prctl(PR_SET_CHILD_SUBREAPER, 1);
}

static bool
place(int from, int to)
{
	if (from == to)
		return fcntl(to, F_SETFD, 0) == 0;
	return dup2(from, to) == to;
}

/* In the child, between vfork and exec: system calls only, our memory is still the parent's. */
static _Noreturn void
become(const char *program, char *forced, pid_t parent, const int fds[5])
{
	static char path[] = "PATH=/usr/bin:/bin", locale[] = "LC_ALL=C.UTF-8";
	char *const env[] = { path, locale, forced[0] != '\0' ? forced : NULL, NULL };
	char *const argv[] = { (char *)(uintptr_t)program, NULL };
	sigset_t none;
	const struct rlimit mark = { 0, 0 };
	bool ok = setrlimit(RLIMIT_MSGQUEUE, &mark) == 0;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(127);
	/* a group of its own, and no terminal: nobody can be typed for from in there */
	setsid();
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGINT, SIG_DFL);
	for (int i = 0; i < 5; i++)
		if (fds[i] >= 0)
			ok = ok && place(fds[i], i);
	syscall(SYS_close_range, fds[STATE_FD] >= 0 ? 5 : 4, ~0U, 0);
	if (ok)
		execve(program, argv, env);
	_exit(127);
}

/* vfork copies nothing: the child only rearranges its own descriptors and execs. */
static pid_t
spawn(const char *program, const int fds[5])
{
	const char *words = getenv(SANDBOX_FORCED);
	char forced[sizeof(SANDBOX_FORCED) + FORCED_MAX + 1] = "";
	pid_t parent = getpid(), pid;

	if (words != NULL)
		snprintf(forced, sizeof(forced), "%s=%.*s", SANDBOX_FORCED, FORCED_MAX, words);
	pid = vfork();
	if (pid == 0)
		become(program, forced, parent, fds);
	return pid;
}

/* Descriptors that stand clear of 0 to 4, so that placing one never overwrites another. */
static int
clear_of_low(int fd)
{
	int high;

	if (fd < 0 || fd > STATE_FD)
		return fd;
	high = fcntl(fd, F_DUPFD_CLOEXEC, STATE_FD + 1);
	close(fd);
	return high;
}

int
child_start(struct child *c, const char *program, int state_fd, struct err *e)
{
	int pair[2] = { -1, -1 }, errs[2] = { -1, -1 }, null = -1, keep;

	if (access(program, X_OK) < 0)
		return err_sys(e, "%s", program);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0 ||
	    pipe2(errs, O_CLOEXEC | O_NONBLOCK) < 0 ||
	    (null = open("/dev/null", O_RDWR | O_CLOEXEC)) < 0) {
		err_sys(e, "%s: no descriptors", program);
		goto fail;
	}
	pair[1] = clear_of_low(pair[1]);
	errs[1] = clear_of_low(errs[1]);
	null = clear_of_low(null);
	keep = state_fd >= 0 ? fcntl(state_fd, F_DUPFD_CLOEXEC, STATE_FD + 1) : -1;
	c->pid = spawn(program, (const int[5]){ null, null, errs[1], pair[1], keep });
	if (keep >= 0)
		close(keep);
	if (c->pid < 0) {
		err_sys(e, "%s: fork", program);
		goto fail;
	}
	close(pair[1]);
	close(errs[1]);
	close(null);
	c->fd = pair[0];
	c->err_fd = errs[0];
	return 0;
fail:
	for (int i = 0; i < 2; i++) {
		if (pair[i] >= 0)
			close(pair[i]);
		if (errs[i] >= 0)
			close(errs[i]);
	}
	if (null >= 0)
		close(null);
	return -1;
}

/* A process that starts with the mark itself cannot tell its children by it. */
bool
child_is_marked(pid_t pid)
{
	struct rlimit own, its;

	return prlimit(0, RLIMIT_MSGQUEUE, NULL, &own) == 0 && own.rlim_max != 0 &&
	       prlimit(pid, RLIMIT_MSGQUEUE, NULL, &its) == 0 && its.rlim_max == 0;
}

void
child_kill(const struct child *c)
{
	kill(-c->pid, SIGKILL);
	kill(c->pid, SIGKILL);
}

int
child_reap(const struct child *c)
{
	int status = 0;

	while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
		;
	/* what it left in its group */
	kill(-c->pid, SIGKILL);
	return status;
}

static bool
is_live(const pid_t *live, size_t n, pid_t pid)
{
	for (size_t i = 0; i < n; i++)
		if (live[i] == pid)
			return true;
	return false;
}

/* One round: kills each child that is not live; how many there were. */
static size_t
sweep_once(const pid_t *live, size_t n)
{
	char path[64];
	size_t strays = 0;
	FILE *f;
	int pid;

	snprintf(path, sizeof(path), "/proc/self/task/%d/children", (int)getpid());
	f = fopen(path, "re");
	if (f == NULL)
		return 0;
	while (fscanf(f, "%d", &pid) == 1) {
		if (is_live(live, n, pid))
			continue;
		strays++;
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	fclose(f);
	return strays;
}

void
child_sweep(const pid_t *live, size_t n)
{
	for (int i = 0; i < SWEEPS && sweep_once(live, n) > 0; i++)
		;
}
