/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the child that asks the name service.
 */
#include "base/names.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Whole, or too long and none. */
static void
call_it(struct names_answer *a, const char *name, unsigned id)
{
	int n = snprintf(a->name, sizeof(a->name), "%s", name);

	a->is = n > 0 && n < NAMES_MAX;
	a->id = id;
}

/* getpwnam(3): these say that there is no such entry. */
static void
call_none(struct names_answer *a)
{
	bool none =
	    errno == 0 || errno == ENOENT || errno == ESRCH || errno == EBADF || errno == EPERM;

	a->is = none ? 0 : -1;
}

static void
look_user(const struct names_question *q, struct names_answer *a)
{
	const struct passwd *p = q->name != NULL ? getpwnam(q->name) : getpwuid(q->user);

	if (p != NULL)
		call_it(a, p->pw_name, p->pw_uid);
	else
		call_none(a);
}

static void
look_group(const struct names_question *q, struct names_answer *a)
{
	const struct group *g = q->name != NULL ? getgrnam(q->name) : getgrgid(q->group);

	if (g != NULL)
		call_it(a, g->gr_name, g->gr_gid);
	else
		call_none(a);
}

/* The group that Debian gives to each user, with nobody else in it. */
static void
look_private(const struct names_question *q, struct names_answer *a)
{
	const struct passwd *p = getpwuid(q->user);
	const struct group *g;

	if (p == NULL) {
		call_none(a);
		return;
	}
	call_it(a, p->pw_name, p->pw_uid);
	g = getgrgid(q->group);
	if (g == NULL) {
		call_none(a);
		return;
	}
	a->is = p->pw_gid == q->group && strcmp(g->gr_name, a->name) == 0;
	for (char **m = g->gr_mem; *m != NULL; m++)
		if (strcmp(*m, a->name) != 0)
			a->is = 0;
}

static _Noreturn void
work(int fd, pid_t parent, void (*look)(const struct names_question *, struct names_answer *),
    const struct names_question *q)
{
	struct names_answer a = { .is = -1 };

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent || dup2(fd, STDERR_FILENO + 1) < 0)
		_exit(1);
	for (int i = 0; i <= STDERR_FILENO; i++)
		close(i);
	syscall(SYS_close_range, STDERR_FILENO + 2U, ~0U, 0);
	/* a foreign library may write where it thinks its stderr is */
	while ((fd = open("/dev/null", O_RDWR | O_CLOEXEC)) >= 0 && fd < STDERR_FILENO)
		;
	errno = 0;
	look(q, &a);
	_exit(write(STDERR_FILENO + 1, &a, sizeof(a)) == (ssize_t)sizeof(a) ? 0 : 1);
}

/* What comes within the time. An answer is shorter than PIPE_BUF, so it comes at once or not at
 * all. */
static void
listen_to(int fd, int wait, struct names_answer *a)
{
	struct pollfd p = { fd, POLLIN, 0 };
	struct names_answer got;
	int rc;

	do
		rc = poll(&p, 1, wait);
	while (rc < 0 && errno == EINTR);
	if (rc <= 0 || read(fd, &got, sizeof(got)) != (ssize_t)sizeof(got))
		return;
	got.name[NAMES_MAX - 1] = '\0';
	*a = got;
}

void
names_ask(void (*look)(const struct names_question *, struct names_answer *),
    const struct names_question *q, int wait, struct names_answer *a)
{
	pid_t self = getpid(), pid;
	int p[2];

	*a = (struct names_answer){ .is = -1 };
	if (pipe2(p, O_CLOEXEC) < 0)
		return;
	pid = fork();
	if (pid == 0)
		work(p[1], self, look, q);
	close(p[1]);
	if (pid > 0) {
		listen_to(p[0], wait, a);
		kill(pid, SIGKILL);
		while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	close(p[0]);
}

static int
ask(void (*look)(const struct names_question *, struct names_answer *),
    const struct names_question *q, char name[NAMES_MAX], unsigned *id)
{
	struct names_answer a;

	names_ask(look, q, NAMES_WAIT, &a);
	if (a.is == 1 && name != NULL)
		memcpy(name, a.name, NAMES_MAX);
	if (a.is == 1 && id != NULL)
		*id = a.id;
	return a.is;
}

int
names_user(uid_t uid, char name[NAMES_MAX])
{
	return ask(look_user, &(struct names_question){ .user = uid }, name, NULL);
}

int
names_group(gid_t gid, char name[NAMES_MAX])
{
	return ask(look_group, &(struct names_question){ .group = gid }, name, NULL);
}

int
names_user_called(const char *name, uid_t *uid)
{
	return ask(look_user, &(struct names_question){ .name = name }, NULL, uid);
}

int
names_group_called(const char *name, gid_t *gid)
{
	return ask(look_group, &(struct names_question){ .name = name }, NULL, gid);
}

int
names_private_group(uid_t uid, gid_t gid)
{
	return ask(look_private, &(struct names_question){ .user = uid, .group = gid }, NULL, NULL);
}
