/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the question to the kernel, asked in a child that becomes the account.
 */
#include "init/account.h"

#include "base/names.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Groups that the unit adds to those of the account (packaging/systemd/forewarnd.service). */
static const char *const unit_groups[] = { "adm", "systemd-journal" };
#define UNIT_GROUPS (sizeof(unit_groups) / sizeof(unit_groups[0]))
#define GROUPS_MAX 256

struct who {
	const char *name;
	uid_t uid;
	gid_t gid, more[UNIT_GROUPS];
	int nmore;
};

static int
find(const char *account, struct who *w)
{
	*w = (struct who){ .name = account };
	if (names_user_called(account, &w->uid) != 1 || names_group_called(account, &w->gid) != 1 ||
	    w->uid == 0)
		return -1;
	for (size_t i = 0; i < UNIT_GROUPS; i++)
		w->nmore += names_group_called(unit_groups[i], &w->more[w->nmore]) == 1;
	return 0;
}

/* In the child: the account's groups. Its user is taken on for each question, since only root may
 * open what is asked about. */
static int
take_groups(const struct who *w)
{
	gid_t groups[GROUPS_MAX];
	int n = GROUPS_MAX - (int)UNIT_GROUPS;

	if (getgrouplist(w->name, w->gid, groups, &n) < 0)
		return -1;
	for (int i = 0; i < w->nmore; i++)
		groups[n++] = w->more[i];
	return setgroups((size_t)n, groups) < 0 || setegid(w->gid) < 0 ? -1 : 0;
}

/* 1: denied, 0: not, also where nothing is there; -1: could not ask. */
static int
denied(const struct who *w, const char *path, enum reach need)
{
	static const int modes[] = { X_OK, X_OK | R_OK, R_OK };
	int fd = open(path, O_PATH | O_CLOEXEC), is = 0;

	if (fd < 0)
		return 0;
	if (seteuid(w->uid) < 0)
		is = -1;
	else if (faccessat(fd, "", modes[need], AT_EACCESS | AT_EMPTY_PATH) < 0)
		is = errno == EACCES ? 1 : -1;
	if (seteuid(0) < 0)
		is = -1;
	close(fd);
	return is;
}

static _Noreturn void
ask_all(int out, const struct who *w, const char *const *paths, const struct place *v, size_t n)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (take_groups(w) < 0)
		_exit(1);
	for (size_t i = 0; i < n; i++) {
		int is = denied(w, paths[i], v[i].need);
		char answer = is == 1 ? 'd' : 'r';

		if (is < 0 || write(out, &answer, 1) != 1)
			_exit(1);
	}
	_exit(0);
}

static int
listen_to(int in, struct place *v, size_t n)
{
	struct pollfd p = { in, POLLIN, 0 };
	char answer;

	for (size_t i = 0; i < n; i++) {
		if (poll(&p, 1, ACCOUNT_WAIT) <= 0 || read(in, &answer, 1) != 1)
			return -1;
		v[i].denied = answer == 'd';
	}
	return 0;
}

int
account_ask(const char *account, const char *root, struct place *v, size_t n, struct arena *a)
{
	const char **paths = arena_array(a, n + 1, sizeof(*paths));
	struct who w;
	int p[2], rc;
	pid_t pid;

	if (geteuid() != 0 || find(account, &w) < 0 || pipe2(p, O_CLOEXEC) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		paths[i] = arena_printf(a, "%s%s", root, v[i].path);
	pid = fork();
	if (pid == 0)
		ask_all(p[1], &w, paths, v, n);
	close(p[1]);
	rc = pid < 0 ? -1 : listen_to(p[0], v, n);
	close(p[0]);
	if (pid > 0) {
		kill(pid, SIGKILL);
		while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	return rc;
}
