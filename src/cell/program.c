/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns one foreign program: fed, read, and killed with its group when its time is over.
 */
#include "cell/program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define TICK 20 /* ms between two looks whether it has ended, where no descriptor tells it */
#define LEFT_OVER_ROUNDS 64 /* reads of what stands in the pipes at the end */

/* execve would say only "Permission denied" for most of these. */
static int
look(const char *path, struct err *e)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return err_sys(e, "%s", path);
	if (!S_ISREG(st.st_mode))
		return err_set(e, ERR_RANGE, "%s is %s, not a program", path,
		    S_ISDIR(st.st_mode) ? "a directory" : "not a regular file");
	if (access(path, X_OK) < 0)
		return err_set(e, ERR_DENIED, "%s may not be executed by this user", path);
	return 0;
}

/* In the child: async-signal-safe calls only. */
static _Noreturn void
become(char *const argv[], char *const env[], const int fds[3], int failed)
{
	int error;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* a group of its own, and no terminal */
	setsid();
	signal(SIGPIPE, SIG_DFL);
	for (int i = 0; i < 3; i++)
		if (dup2(fds[i], i) < 0)
			_exit(127);
	if (dup2(failed, 3) < 0 || fcntl(3, F_SETFD, FD_CLOEXEC) < 0)
		_exit(127);
	syscall(SYS_close_range, 4U, ~0U, 0);
	execve(argv[0], argv, env);
	error = errno;
	(void)!write(3, &error, sizeof(error));
	_exit(127);
}

static char **
vector(const struct texts *t, const char *const *first, struct arena *a)
{
	char **v = arena_array(a, t->n + 4, sizeof(*v));
	size_t n = 0;

	for (; first != NULL && *first != NULL; first++)
		v[n++] = arena_text(a, *first);
	for (size_t i = 0; i < t->n; i++)
		v[n++] = arena_text(a, t->v[i]);
	return v;
}

/* Pipes whose ends stand clear of 0 to 3, where become() places its own. */
static int
high_pipe(int p[2])
{
	int low[2];

	if (pipe2(low, O_CLOEXEC) < 0)
		return -1;
	for (int i = 0; i < 2; i++) {
		p[i] = fcntl(low[i], F_DUPFD_CLOEXEC, 10);
		close(low[i]);
	}
	return p[0] < 0 || p[1] < 0 ? -1 : 0;
}

/* 0 once it runs, else the errno of its execve. */
static int
exec_error(int fd)
{
	int error = 0;
	ssize_t n;

	do
		n = read(fd, &error, sizeof(error));
	while (n < 0 && errno == EINTR);
	close(fd);
	return n == sizeof(error) ? error : 0;
}

int
program_start(struct program_run *r, const struct program *p, struct arena *a, struct err *e)
{
	static const char *const clean[] = { "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C",
		NULL };
	char **argv = vector(p->command, NULL, a), **env = vector(p->environment, clean, a);
	int in[2] = { STDIN_FILENO, -1 }, out[2], err[2], failed[2], error;

	*r = (struct program_run){ .program = p, .in = -1, .text = arena_alloc(a, p->output_max) };
	signal(SIGPIPE, SIG_IGN);
	if (look(argv[0], e) < 0)
		return -1;
	if ((p->input != NULL && high_pipe(in) < 0) || high_pipe(out) < 0 || high_pipe(err) < 0 ||
	    high_pipe(failed) < 0)
		return err_sys(e, "no descriptors");
	r->pid = fork();
	if (r->pid == 0)
		become(argv, env, (const int[3]){ in[0], out[1], err[1] }, failed[1]);
	if (p->input != NULL) {
		close(in[0]);
		r->in = in[1];
		fcntl(r->in, F_SETFL, O_NONBLOCK);
	}
	close(out[1]);
	close(err[1]);
	close(failed[1]);
	r->out = out[0];
	r->err = err[0];
	fcntl(r->out, F_SETFL, O_NONBLOCK);
	fcntl(r->err, F_SETFL, O_NONBLOCK);
	if (r->pid < 0)
		return err_sys(e, "fork");
	error = exec_error(failed[0]);
	if (error == 0)
		return 0;
	waitpid(r->pid, NULL, 0);
	errno = error;
	return error == ENOEXEC
		   ? err_set(e, ERR_PARSE, "%s is neither a program nor a script with #!", argv[0])
		   : err_sys(e, "%s", argv[0]);
}

static void
catch_out(struct program_run *r)
{
	char rest[4096];
	size_t room = r->program->output_max - r->len;
	ssize_t n =
	    room > 0 ? read(r->out, r->text + r->len, room) : read(r->out, rest, sizeof(rest));

	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
		close(r->out);
		r->out = -1;
	} else if (n > 0 && room > 0) {
		r->len += (size_t)n;
	} else if (n > 0) {
		r->cut = true;
	}
}

static void
catch_err(struct program_run *r)
{
	char buf[PROGRAM_STDERR_MAX];
	ssize_t n = read(r->err, buf, sizeof(buf));
	size_t keep;

	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
		close(r->err);
		r->err = -1;
	}
	if (n <= 0)
		return;
	keep = r->nsaid < sizeof(r->said) - (size_t)n ? r->nsaid : sizeof(r->said) - (size_t)n;
	memmove(r->said, r->said + r->nsaid - keep, keep);
	memcpy(r->said + keep, buf, (size_t)n);
	r->nsaid = keep + (size_t)n;
}

/* A program that does not read its stdin is no fault: the rest is dropped. */
static void
feed(struct program_run *r)
{
	const struct program *p = r->program;
	ssize_t n = write(r->in, p->input + r->fed, p->ninput - r->fed);

	if (n > 0)
		r->fed += (size_t)n;
	if (r->fed == p->ninput || (n < 0 && errno != EAGAIN && errno != EINTR)) {
		close(r->in);
		r->in = -1;
	}
}

/* Takes what there is; false when nothing came within ms and it did not end (pidfd) either. */
static bool catch (struct program_run *r, int pidfd, int ms)
{
	struct pollfd p[] = { { r->out, POLLIN, 0 }, { r->err, POLLIN, 0 }, { pidfd, POLLIN, 0 },
		{ r->in, POLLOUT, 0 } };

	if (poll(p, 4, ms) <= 0)
		return false;
	if (p[3].revents != 0)
		feed(r);
	if (p[0].revents != 0)
		catch_out(r);
	if (p[1].revents != 0)
		catch_err(r);
	return true;
}

void
program_wait(struct program_run *r, struct clk *clk, span until)
{
	int pidfd = (int)syscall(SYS_pidfd_open, r->pid, 0); /* -1 before Linux 5.3 */
	bool ended = false;

	while (!ended && clk->mono(clk) < until) {
		catch (r, pidfd, TICK);
		ended = waitpid(r->pid, &r->status, WNOHANG) == r->pid;
	}
	r->late = !ended;
	/* what it started may hold its pipes open for ever: take what is there, no more */
	kill(-r->pid, SIGKILL);
	if (!ended)
		waitpid(r->pid, &r->status, 0);
	if (r->in >= 0)
		close(r->in);
	r->in = -1;
	for (int i = 0; i < LEFT_OVER_ROUNDS && catch (r, -1, 0); i++)
		;
	if (pidfd >= 0)
		close(pidfd);
	if (r->out >= 0)
		close(r->out);
	if (r->err >= 0)
		close(r->err);
	r->out = r->err = -1;
}

const char *
program_last_words(const struct program_run *r, struct arena *a)
{
	size_t end = r->nsaid, from;

	while (end > 0 && (r->said[end - 1] == '\n' || r->said[end - 1] == '\0'))
		end--;
	for (from = end; from > 0 && r->said[from - 1] != '\n'; from--)
		;
	for (size_t i = from; i < end; i++)
		if (r->said[i] == '\0')
			return NULL;
	return end > from ? arena_textn(a, r->said + from, end - from) : NULL;
}
