/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the walk from / down to a file, asking at each step who may change what lies there.
 */
#include "conf/trust.h"

#include "base/names.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINKS_MAX 40 /* on one way, as the kernel allows */
#define OVERFLOW_UID 65534

/* In a user namespace without the machine's root (unshare -r, a container of a user) what belongs
 * to root shows as the overflow uid; nobody in there can become that owner. */
static bool
stands_for_root(uid_t uid)
{
	unsigned long inside, outside, n;
	bool root = false;
	FILE *f;

	if (uid != OVERFLOW_UID || (f = fopen("/proc/self/uid_map", "re")) == NULL)
		return false;
	while (fscanf(f, "%lu %lu %lu", &inside, &outside, &n) == 3)
		root = root || outside == 0;
	fclose(f);
	return !root;
}

static int
check_step(const char *path, const struct stat *st, struct err *e)
{
	bool sticky = S_ISDIR(st->st_mode) && (st->st_mode & S_ISVTX) != 0;

	if (st->st_uid != 0 && st->st_uid != geteuid() && !stands_for_root(st->st_uid)) {
		char who[NAMES_MAX] = "somebody else";

		names_user(st->st_uid, who);
		return err_set(e, ERR_DENIED,
		    "%s belongs to %s, who could change it: it must be root's or that of who runs "
		    "forewarn: chown root %s",
		    path, who, path);
	}
	if (S_ISLNK(st->st_mode) || sticky)
		return 0;
	if ((st->st_mode & S_IWOTH) != 0)
		return err_set(e, ERR_DENIED, "anybody may write to %s: chmod o-w %s", path, path);
	if ((st->st_mode & S_IWGRP) != 0 && names_private_group(st->st_uid, st->st_gid) != 1)
		return err_set(e, ERR_DENIED, "a group may write to %s: chmod g-w %s", path, path);
	return 0;
}

/* Puts what a link says in place of it, before the rest of the way. */
static int
splice(char *rest, size_t size, char *done, struct err *e)
{
	char to[PATH_MAX], all[2 * PATH_MAX];
	ssize_t n = readlink(done, to, sizeof(to) - 1);

	if (n < 0)
		return err_sys(e, "%s: cannot read the link", done);
	to[n] = '\0';
	if (to[0] == '/')
		done[0] = '\0';
	else
		*strrchr(done, '/') = '\0';
	if ((size_t)snprintf(all, sizeof(all), "%s/%s", to, rest) >= size)
		return err_set(e, ERR_LIMIT, "%s: the way there is too long", to);
	memcpy(rest, all, strlen(all) + 1);
	return 0;
}

/* One name more on the way. 1: there is nothing of that name. */
static int
step(char *done, char *rest, size_t size, int *links, struct err *e)
{
	size_t skip = strspn(rest, "/"), n = strcspn(rest + skip, "/"), len = strlen(done);
	const char *name = rest + skip;
	struct stat st;

	if (len + n + 2 > PATH_MAX)
		return err_set(e, ERR_LIMIT, "%s: the way there is too long", done);
	if (n == 2 && memcmp(name, "..", 2) == 0)
		done[len > 0 ? strrchr(done, '/') - done : 0] = '\0';
	else if (n > 0 && !(n == 1 && name[0] == '.'))
		snprintf(done + len, PATH_MAX - len, "/%.*s", (int)n, name);
	memmove(rest, name + n, strlen(name + n) + 1);
	if (lstat(done[0] != '\0' ? done : "/", &st) < 0)
		return errno == ENOENT || errno == ENOTDIR || errno == EACCES
			   ? 1
			   : err_sys(e, "%s: cannot look at it", done);
	if (check_step(done[0] != '\0' ? done : "/", &st, e) < 0)
		return -1;
	if (!S_ISLNK(st.st_mode))
		return 0;
	if (++*links > LINKS_MAX)
		return 1; /* whoever opens it says so */
	return splice(rest, size, done, e);
}

int
trust_check(const char *path, struct err *e)
{
	char done[PATH_MAX] = "", rest[2 * PATH_MAX], here[PATH_MAX] = "";
	int links = 0, rc;

	if (path[0] != '/' && getcwd(here, sizeof(here)) == NULL)
		return err_sys(e, "the folder we are in");
	if ((size_t)snprintf(rest, sizeof(rest), "/%s/%s", here, path) >= sizeof(rest))
		return err_set(e, ERR_LIMIT, "the way there is too long");
	do
		rc = step(done, rest, sizeof(rest), &links, e);
	while (rc == 0 && rest[strspn(rest, "/")] != '\0');
	return rc < 0 ? -1 : 0;
}
