/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the names of databases that were set aside, and the order in which one replaces the other.
 */
#include "store/aside.h"

#include "base/clk.h"
#include "base/file.h"
#include "store/salvage.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const endings[] = { "", "-wal" };
#define ENDINGS (sizeof(endings) / sizeof(endings[0]))

static bool
is_there(const struct store *s, const char *name)
{
	char path[DB_PATH];
	struct stat st;

	return lstat(db_path(s, name, path), &st) == 0;
}

/* A new database is empty for a moment; one beside which other files of the store lie is not new.
 */
static bool
was_used(const struct store *s)
{
	return is_there(s, STORE_OPEN) || is_there(s, STORE_BALLAST);
}

enum aside_found
aside_look(const struct store *s)
{
	char path[DB_PATH];
	struct stat st;
	int fd;

	if (lstat(db_path(s, STORE_FILE, path), &st) < 0)
		return ASIDE_NOTHING;
	if (S_ISLNK(st.st_mode))
		return ASIDE_DATABASE; /* it is not followed, and SQLite says so */
	if (!S_ISREG(st.st_mode) || (st.st_size == 0 && was_used(s)))
		return ASIDE_DAMAGED;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return ASIDE_DAMAGED;
	close(fd);
	return ASIDE_DATABASE;
}

bool
aside_has_log(const struct store *s)
{
	char path[DB_PATH];
	struct stat st;

	return lstat(db_path(s, STORE_FILE "-wal", path), &st) == 0;
}

/* ---- names */

static bool
is_main_file(const char *name)
{
	size_t len = strlen(name);

	return strncmp(name, STORE_ASIDE, strlen(STORE_ASIDE)) == 0 && len < STORE_ASIDE_NAME &&
	       strchr(name, '/') == NULL && strcmp(name + len - 4, "-wal") != 0 &&
	       strcmp(name + len - 4, "-shm") != 0;
}

/* How many were set aside; *newest: the last by name. */
static size_t
count_aside(const struct store *s, char newest[STORE_ASIDE_NAME])
{
	DIR *d = opendir(s->dir);
	struct dirent *entry;
	size_t n = 0;

	newest[0] = '\0';
	while (d != NULL && (entry = readdir(d)) != NULL) {
		if (!is_main_file(entry->d_name))
			continue;
		n++;
		if (strcmp(entry->d_name, newest) > 0)
			snprintf(
			    newest, STORE_ASIDE_NAME, "%.*s", STORE_ASIDE_NAME - 1, entry->d_name);
	}
	if (d != NULL)
		closedir(d);
	return n;
}

bool
store_aside(const struct store *s, char name[STORE_ASIDE_NAME])
{
	return count_aside(s, name) > 0;
}

/* The date in UTC, and a counter from 02 on if that minute has one already. */
static void
name_by_date(const struct store *s, instant now, char name[STORE_ASIDE_NAME])
{
	struct civil c;
	int n;

	instant_civil(now, &c);
	n = snprintf(name, STORE_ASIDE_NAME, STORE_ASIDE "%04d%02d%02dT%02d%02dZ", c.year, c.month,
	    c.day, c.hour, c.minute);
	for (int i = 2; is_there(s, name) && i < 100; i++)
		snprintf(name + n, STORE_ASIDE_NAME - (size_t)n, "-%02d", i);
}

/* ---- the steps */

static void
sync_folder(const struct store *s)
{
	int dir = open(s->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (dir < 0)
		return;
	fsync(dir);
	close(dir);
}

static int
note_saving(const struct store *s, const char *name, struct err *e)
{
	int dir = open(s->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc;

	if (dir < 0)
		return err_sys(e, "%s", s->dir);
	rc = file_replace(dir, STORE_SAVING, 0600, name, strlen(name), e);
	close(dir);
	return rc;
}

/* The log first: a database without it looks sound, and is older. */
static int
rename_files(const struct store *s, const char *name, struct err *e)
{
	char from[DB_PATH], to[DB_PATH], has[80], becomes[80];

	for (size_t i = ENDINGS; i-- > 0;) {
		snprintf(has, sizeof(has), STORE_FILE "%s", endings[i]);
		snprintf(becomes, sizeof(becomes), "%s%s", name, endings[i]);
		if (rename(db_path(s, has, from), db_path(s, becomes, to)) < 0 && errno != ENOENT)
			return err_sys(e, "%s is damaged and cannot be renamed", from);
	}
	unlink(db_path(s, STORE_FILE "-shm", from)); /* made anew by each who reads */
	sync_folder(s);
	return 0;
}

static void
remove_files(const struct store *s, const char *name)
{
	for (size_t i = 0; i < ENDINGS; i++) {
		char path[DB_PATH], full[80];

		snprintf(full, sizeof(full), "%s%s", name, endings[i]);
		unlink(db_path(s, full, path));
	}
}

static int
take_its_place(const struct store *s, struct err *e)
{
	char from[DB_PATH], to[DB_PATH];

	if (rename(db_path(s, STORE_NEW, from), db_path(s, STORE_FILE, to)) < 0)
		return err_sys(e, "%s", from);
	sync_folder(s);
	unlink(db_path(s, STORE_SAVING, from));
	return 0;
}

/* Without end of disk: damage that comes back every hour must not fill it. */
static void
keep_some(const struct store *s, const char *name)
{
	char newest[STORE_ASIDE_NAME];

	if (count_aside(s, newest) > STORE_ASIDE_MAX)
		remove_files(s, name);
}

static int
replace(struct store *s, const char *name, struct err *e)
{
	struct store fresh = { .dir = s->dir, .lock = -1 };
	int rc;

	remove_files(s, STORE_NEW);
	rc = db_connect(&fresh, STORE_NEW, e);
	if (rc == 0)
		rc = schema_bring_up(&fresh, e);
	if (rc == 0)
		rc = salvage(&fresh, name, &s->damage, e);
	db_disconnect(&fresh); /* its log goes back into it */
	if (rc < 0 || take_its_place(s, e) < 0)
		return -1;
	keep_some(s, name);
	return 0;
}

static int
put_as(struct store *s, const char *name, struct err *e)
{
	s->damage.set_aside = true;
	s->damage.when = clk_system()->wall(clk_system());
	snprintf(s->damage.name, sizeof(s->damage.name), "%s", name);
	if (rename_files(s, name, e) < 0)
		return -1;
	return replace(s, name, e);
}

int
aside_put(struct store *s, struct err *e)
{
	char name[STORE_ASIDE_NAME];

	name_by_date(s, clk_system()->wall(clk_system()), name);
	if (note_saving(s, name, e) < 0)
		return -1;
	return put_as(s, name, e);
}

int
aside_finish(struct store *s, struct err *e)
{
	struct arena *a = arena_new(1 << 16);
	char path[DB_PATH], *name = NULL;
	size_t len;
	int rc = 0;

	if (!is_there(s, STORE_SAVING)) {
		arena_free(a);
		return 0;
	}
	if (file_read(AT_FDCWD, db_path(s, STORE_SAVING, path), FILE_NOFOLLOW, STORE_ASIDE_NAME - 1,
		a, &name, &len, NULL) < 0 ||
	    !is_main_file(name))
		name = NULL;
	/* with a database there it had not begun, or was over */
	if (name == NULL || is_there(s, STORE_FILE))
		unlink(path);
	else
		rc = put_as(s, name, e);
	arena_free(a);
	return rc;
}
