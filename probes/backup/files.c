/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what a folder of dated files tells of its job.
 */
#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A time of the file within so long of the day in its name is that of the run; a copy made later
 * has another one. */
#define SAME_RUN (36 * SPAN_H)

/* Names under which programs write what is not ready. */
static bool
is_unready(const char *name)
{
	static const char *const ends[] = { ".part", ".tmp", ".partial", ".filepart", "~", NULL };
	size_t n = strlen(name);

	if (name[0] == '.')
		return true;
	for (size_t i = 0; ends[i] != NULL; i++)
		if (n >= strlen(ends[i]) && strcmp(name + n - strlen(ends[i]), ends[i]) == 0)
			return true;
	return false;
}

static void
set_end(struct backup_run *r, const char *name, instant mtime)
{
	bool timed;
	instant day = date_in(name, &timed);
	span off;

	r->end = mtime;
	r->by_mtime = day == INSTANT_NONE;
	if (day == INSTANT_NONE)
		return;
	off = instant_minus(mtime, day);
	if (off < -SAME_RUN || off > SAME_RUN)
		r->end = day;
}

static void
take(struct catalogue *c, const char *name, const struct stat *st, instant now)
{
	instant mtime = (instant)st->st_mtim.tv_sec * INSTANT_S + st->st_mtim.tv_nsec / 1000;
	span since = instant_minus(now, mtime);
	struct backup_run *r;

	if (is_unready(name) || (since > -FILES_SETTLED && since < FILES_SETTLED)) {
		c->unsettled++;
		return;
	}
	r = catalogue_add(c, c->where, RUN_FULL);
	if (r == NULL)
		return;
	r->id = arena_text(c->arena, name);
	r->bytes = (double)st->st_size;
	set_end(r, name, mtime);
}

int
files_list(const char *where, instant now, struct catalogue *c, struct err *e)
{
	char *folder = arena_text(c->arena, where), *pattern = strrchr(folder, '/');
	const struct dirent *entry;
	struct stat st;
	size_t n = 0;
	DIR *d;

	*pattern++ = '\0';
	d = opendir(folder[0] != '\0' ? folder : "/");
	if (d == NULL)
		return err_sys(e, "%s", folder);
	errno = 0;
	while ((entry = readdir(d)) != NULL && n < FILES_MAX) {
		if (entry->d_name[0] == '.' || fnmatch(pattern, entry->d_name, FNM_PERIOD) != 0)
			continue;
		n++;
		if (fstatat(dirfd(d), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISREG(st.st_mode))
			take(c, entry->d_name, &st, now);
	}
	closedir(d);
	if (n >= FILES_MAX)
		return err_set(e, ERR_LIMIT, "more than %d files fit the pattern", FILES_MAX);
	return 0;
}
