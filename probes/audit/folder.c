/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the names of the folder that was read last.
 */
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* Names one behind the other, each with its length before it (a byte: NAME_MAX) and its NUL behind
 * it. */
static struct {
	char *names;
	size_t len, cap;
	dev_t dev;
	ino_t ino;
	struct timespec written;
	bool kept;
} last;

static bool
is_kept(const struct stat *st)
{
	return last.kept && st->st_dev == last.dev && st->st_ino == last.ino &&
	       st->st_mtim.tv_sec == last.written.tv_sec &&
	       st->st_mtim.tv_nsec == last.written.tv_nsec;
}

static bool
keep(const char *name)
{
	size_t n = strlen(name) + 1;

	if (last.len + n + 1 > last.cap) {
		size_t cap = 2 * (last.len + n + 1);
		char *names = realloc(last.names, cap);

		if (names == NULL)
			return false;
		last.names = names;
		last.cap = cap;
	}
	last.names[last.len] = (char)(unsigned char)(n - 1);
	memcpy(last.names + last.len + 1, name, n);
	last.len += n + 1;
	return true;
}

static bool
read_names(const char *path, const struct stat *st)
{
	const struct dirent *entry;
	DIR *d = opendir(path);
	bool all = d != NULL;
	time_t now = time(NULL);

	last.len = 0;
	while (all && (entry = readdir(d)) != NULL)
		all = keep(entry->d_name);
	if (d != NULL)
		closedir(d);
	last.dev = st->st_dev;
	last.ino = st->st_ino;
	last.written = st->st_mtim;
	/* a time ahead of the clock tells nothing about what was written since */
	last.kept = all && now - st->st_mtim.tv_sec > FOLDER_SETTLED;
	return all;
}

int
folder_each(const char *path, const struct folder_start *start,
    int (*each)(void *self, const char *name), void *self, bool *ok)
{
	struct stat st;
	int rc = 0;

	*ok = stat(path, &st) == 0 && (is_kept(&st) || read_names(path, &st));
	for (size_t at = 0, n; *ok && at < last.len && rc == 0; at += n + 2) {
		const char *name = last.names + at + 1;

		n = (unsigned char)last.names[at];
		if (n >= start->n && memcmp(name, start->p, start->n) == 0)
			rc = each(self, name);
	}
	return rc;
}
