/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the process that parses a configuration: started, listened to, ended.
 */
#include "conf/apart.h"

#include "conf/parse.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

/* What the process has of us but needs not: files, sockets, the terminal. */
static void
let_go(int fd, pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent || dup2(fd, APART_FD) != APART_FD)
		_exit(EX_IOERR);
	for (int i = 0; i < APART_FD; i++)
		close(i);
	syscall(SYS_close_range, APART_FD + 1U, ~0U, 0);
	signal(SIGPIPE, SIG_DFL);
}

static _Noreturn void
work(int fd, pid_t parent, const struct source *texts, size_t n, conf_lock *lock)
{
	struct err e;

	let_go(fd, parent);
	if (lock != NULL && lock(&e) < 0)
		_exit(EX_NOPERM);
	for (size_t i = 0; i < n; i++)
		if (texts[i].fault == NULL && parse_send(texts[i].text.s, APART_FD, &e) < 0)
			_exit(e.code == ERR_LIMIT ? EX_OSERR : EX_IOERR);
	_exit(EX_OK);
}

int
apart_wait(const struct apart *p, span wait)
{
	struct itimerspec t = { .it_value = { wait / SPAN_S, wait % SPAN_S } };

	return timerfd_settime(p->timer, 0, &t, NULL);
}

int
apart_start(struct apart *p, const struct source *texts, size_t n, conf_lock *lock, struct err *e)
{
	int pair[2];
	pid_t self = getpid();

	*p = (struct apart){ .fd = -1, .timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC) };
	frame_reader_init(&p->in);
	if (p->timer < 0 || apart_wait(p, APART_WAIT) < 0 ||
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return err_sys(e, "no descriptors");
	p->pid = fork();
	if (p->pid == 0)
		work(pair[1], self, texts, n, lock);
	close(pair[1]);
	p->fd = pair[0];
	if (p->pid > 0)
		return 0;
	p->pid = 0;
	return err_sys(e, "no process for it");
}

/* It has ended before it was done: how. */
static int
how_it_ended(struct apart *p, struct err *e)
{
	int status = 0;

	kill(p->pid, SIGKILL); /* one that lives on has let go of its socket only */
	while (waitpid(p->pid, &status, 0) < 0 && errno == EINTR)
		;
	p->pid = 0;
	if (WIFSIGNALED(status))
		return err_set(e, ERR_SYS, "the process that reads it crashed (%s)",
		    strsignal(WTERMSIG(status)));
	if (WEXITSTATUS(status) == EX_NOPERM)
		return err_set(
		    e, ERR_SYS, "the process that reads it could not be kept from everything else");
	if (WEXITSTATUS(status) == EX_OSERR)
		return err_set(e, ERR_SYS, "the process that reads it had no memory left");
	return err_set(e, ERR_SYS, "the process that reads it ended too soon (exit code %d)",
	    WEXITSTATUS(status));
}

/* Until something can be read, or the time is over. */
static int
wait_for(const struct apart *p, struct err *e)
{
	struct pollfd in[] = { { p->fd, POLLIN, 0 }, { p->timer, POLLIN, 0 } };

	while (poll(in, 2, -1) < 0)
		if (errno != EINTR)
			return err_sys(e, "waiting for the process that reads it");
	if (in[0].revents != 0)
		return 0;
	return err_set(e, ERR_TIMEOUT, "the process that reads it was not done within %d s",
	    (int)(APART_WAIT / SPAN_S));
}

/* What has come of it, into the reader. */
static int
listen_to(struct apart *p, struct err *e)
{
	long n;

	if (p->pid == 0)
		return err_set(e, ERR_SYS, "the process that reads it has ended");
	if (wait_for(p, e) < 0)
		return -1;
	n = frame_reader_fill(&p->in, p->fd);
	if (n == 0 || (n < 0 && errno == ECONNRESET))
		return how_it_ended(p, e);
	return n < 0 ? err_sys(e, "from the process that reads it") : 0;
}

int
apart_next(struct apart *p, struct tree_in *t, struct err *e)
{
	struct frame f;
	int got, rc = 0;

	while (rc == 0) {
		got = frame_reader_next(&p->in, &f, e);
		if (got == 0 && listen_to(p, e) < 0)
			return -1;
		rc = got == 1 ? tree_take(t, &f, e) : got;
	}
	return rc < 0 ? err_wrap(e, "the process that reads it sent nonsense") : 0;
}

void
apart_end(struct apart *p)
{
	if (p->pid > 0) {
		kill(p->pid, SIGKILL);
		while (waitpid(p->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	if (p->fd >= 0)
		close(p->fd);
	if (p->timer >= 0)
		close(p->timer);
	frame_reader_fini(&p->in);
	p->pid = 0;
	p->fd = p->timer = -1;
}
