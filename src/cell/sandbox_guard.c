/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns rules for "everything but": Landlock can only allow, so the folders above a guarded path are
 * walked, and a rule is made for each of their entries that is not guarded.
 */
#include "cell/sandbox_landlock.h"
#include "cell/sandbox_private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int
add(struct guarded *g, const char *path, size_t len, bool readable, struct err *e)
{
	char name[PATH_MAX];
	char *real;

	if (len == 0 || len >= sizeof(name))
		return err_set(e, ERR_LIMIT, "a guarded path of %zu bytes", len);
	memcpy(name, path, len);
	name[len] = '\0';
	real = realpath(name, NULL);
	if (real == NULL && errno == ENOMEM)
		return err_sys(
		    e, "a guarded path"); /* it is there perhaps, and would go unguarded */
	/* nothing is there, or nothing that this user can reach */
	if (real == NULL)
		return 0;
	if (g->n == SANDBOX_GUARDED_MAX) {
		free(real);
		return err_set(e, ERR_LIMIT, "more than %d guarded paths", SANDBOX_GUARDED_MAX);
	}
	g->path[g->n] = real;
	g->readable[g->n++] = readable;
	return 0;
}

/* What nobody has to list. Devices have rules of their own; the password file and root's keys could
 * be read only by what runs as root. */
static int
add_own(struct guarded *g, struct err *e)
{
	static const char *const own[] = { "/dev", "/etc/shadow", "/etc/shadow-", "/etc/gshadow",
		"/etc/gshadow-", "/root/.ssh" };
	size_t n = geteuid() == 0 ? sizeof(own) / sizeof(own[0]) : 1;

	for (size_t i = 0; i < n; i++)
		if (add(g, own[i], strlen(own[i]), false, e) < 0)
			return -1;
	return 0;
}

int
guarded_read(struct guarded *g, const char *lines, struct err *e)
{
	g->n = 0;
	if (add_own(g, e) < 0)
		return -1;
	while (lines != NULL && *lines != '\0') {
		size_t len = strcspn(lines, "\n");

		if (*lines != '-' && *lines != '+' && *lines != '=')
			return err_set(e, ERR_PARSE, "a guarded path without -, + or =");
		if (add(g, lines + 1, len - 1, *lines == '=', e) < 0)
			return -1;
		lines += len + (lines[len] == '\n');
	}
	return 0;
}

void
guarded_free(struct guarded *g)
{
	while (g->n > 0)
		free((void *)(uintptr_t)g->path[--g->n]);
}

enum relation { APART, ABOVE, GUARDED };

/* Of a path without links to all that is guarded from it. */
static enum relation
relation(const struct guarded *g, const char *path, bool writes)
{
	size_t len = strcmp(path, "/") == 0 ? 0 : strlen(path);
	enum relation r = APART;

	for (size_t i = 0; i < g->n; i++) {
		const char *other = g->path[i];
		size_t n = strlen(other);

		if (g->readable[i] && !writes)
			continue;
		if (n <= len && strncmp(path, other, n) == 0 && (path[n] == '/' || path[n] == '\0'))
			return GUARDED;
		if (n > len && strncmp(path, other, len) == 0 && other[len] == '/')
			r = ABOVE;
	}
	return r;
}

/* path: without links, in a buffer of PATH_MAX that is used further down. */
static int
walk(const struct guarded *g, int ruleset, char *path, uint64_t rights, bool writes, struct err *e)
{
	enum relation r = relation(g, path, writes);
	size_t len = strlen(path), at = strcmp(path, "/") == 0 ? 0 : len;
	const struct dirent *entry;
	DIR *d;
	int rc = 0;

	if (r != ABOVE)
		return r == GUARDED ? 0 : landlock_allow_path(ruleset, path, O_NOFOLLOW, rights, e);
	d = opendir(path);
	if (d == NULL && errno == ENOMEM)
		return err_sys(e, "%s", path);
	while (rc == 0 && d != NULL && (entry = readdir(d)) != NULL) {
		/* where a link leads has a rule of its own, or none */
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
		    entry->d_type == DT_LNK || at + strlen(entry->d_name) + 2 > PATH_MAX)
			continue;
		snprintf(path + at, PATH_MAX - at, "/%s", entry->d_name);
		rc = walk(g, ruleset, path, rights, writes, e);
	}
	path[len] = '\0';
	if (d != NULL)
		closedir(d);
	return rc;
}

int
guarded_allow(const struct guarded *g, int ruleset, const char *path, uint64_t rights, bool writes,
    struct err *e)
{
	char real[PATH_MAX];

	if (realpath(path, real) == NULL)
		return 0;
	return walk(g, ruleset, real, rights, writes, e);
}
