/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the database's file: opened, locked, checked, kept from filling the disk; and the named
 * numbers in it.
 */
#include "base/file.h"
#include "store/db.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define PATH_SIZE 4200
#define THIN_ROWS 200 /* deleted at once while the disk is full: the log needs room as well */
#define THIN_ROUNDS 50

static const char *
path_of(const struct store *s, const char *name, char buf[PATH_SIZE])
{
	snprintf(buf, PATH_SIZE, "%s/%s", s->dir, name);
	return buf;
}

static int
take_lock(struct store *s, struct err *e)
{
	char path[PATH_SIZE], who[32] = "";
	ssize_t n;

	s->lock =
	    open(path_of(s, STORE_LOCK, path), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (s->lock < 0)
		return err_sys(e, "%s", path);
	if (flock(s->lock, LOCK_EX | LOCK_NB) == 0) {
		n = snprintf(who, sizeof(who), "%ld\n", (long)getpid());
		if (ftruncate(s->lock, 0) == 0 && pwrite(s->lock, who, (size_t)n, 0) == n)
			return 0;
		return err_sys(e, "%s", path);
	}
	n = pread(s->lock, who, sizeof(who) - 1, 0);
	return err_set(e, ERR_DENIED, "%s: another forewarnd (pid %.*s) uses this folder", s->dir,
	    n > 1 ? (int)n - 1 : 1, n > 1 ? who : "?");
}

static int
connect_db(struct store *s, struct err *e)
{
	/* fewer pages in memory, nothing mapped, and durable at each commit */
	static const char settings[] =
	    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -256;"
	    "PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF;"
	    "PRAGMA wal_autocheckpoint = 256; PRAGMA journal_size_limit = 1048576;"
	    "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
	    "PRAGMA locking_mode = EXCLUSIVE";
	char path[PATH_SIZE], sql[64];
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
		    SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE;

	if (sqlite3_open_v2(path_of(s, STORE_FILE, path), &s->db, flags & ~SQLITE_OPEN_EXRESCODE,
		NULL) != SQLITE_OK)
		return err_set(e, ERR_SYS, "%s: %s", path,
		    s->db != NULL ? sqlite3_errmsg(s->db) : "no memory");
	snprintf(sql, sizeof(sql), "PRAGMA max_page_count = %d", STORE_PAGES_MAX);
	if (db_exec(s, settings, path, e) < 0 || db_exec(s, sql, path, e) < 0 ||
	    schema_bring_up(s, e) < 0)
		return -1;
	return 0;
}

static void
disconnect(struct store *s)
{
	for (size_t i = 0; i < s->nprepared; i++)
		sqlite3_finalize(s->prepared[i].st);
	s->nprepared = 0;
	sqlite3_close(s->db);
	s->db = NULL;
	s->in_transaction = false;
}

struct store *
store_open(const char *dir, struct err *e)
{
	struct store *s = calloc(1, sizeof(*s));
	mode_t mask = umask(077);
	int fd = file_open_folder(dir, e);

	if (s == NULL || fd < 0 || (s->dir = strdup(dir)) == NULL) {
		free(s);
		if (fd >= 0)
			close(fd);
		umask(mask);
		return NULL;
	}
	close(fd);
	s->lock = -1;
	if (take_lock(s, e) < 0 || connect_db(s, e) < 0) {
		store_close(s);
		s = NULL;
	} else {
		store_keep_ballast(s);
	}
	umask(mask);
	return s;
}

void
store_close(struct store *s)
{
	if (s == NULL)
		return;
	disconnect(s);
	if (s->lock >= 0)
		close(s->lock);
	free(s->dir);
	free(s);
}

int
store_reopen(struct store *s, struct err *e)
{
	disconnect(s);
	return connect_db(s, e);
}

int
store_begin(struct store *s, struct err *e)
{
	if (db_exec(s, "BEGIN IMMEDIATE", "state", e) < 0)
		return -1;
	s->in_transaction = true;
	return 0;
}

int
store_commit(struct store *s, struct err *e)
{
	if (db_exec(s, "COMMIT", "state", e) < 0) {
		store_rollback(s);
		return -1;
	}
	s->in_transaction = false;
	return 0;
}

void
store_rollback(struct store *s)
{
	if (s->in_transaction)
		db_exec(s, "ROLLBACK", "state", NULL);
	s->in_transaction = false;
}

static bool
has_ballast(const struct store *s)
{
	char path[PATH_SIZE];
	struct stat st;

	return stat(path_of(s, STORE_BALLAST, path), &st) == 0 &&
	       st.st_size == (off_t)STORE_BALLAST_SIZE;
}

uint64_t
store_keep_ballast(struct store *s)
{
	char path[PATH_SIZE];
	struct statvfs fs;
	int fd = -1;

	path_of(s, STORE_BALLAST, path);
	if (!has_ballast(s))
		fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	/* half a ballast would pass for none, and take the room all the same */
	if (fd >= 0 && posix_fallocate(fd, 0, (off_t)STORE_BALLAST_SIZE) != 0)
		unlink(path);
	if (fd >= 0)
		close(fd);
	/* the log gives room back when it is cut, which hides a full disk from all but this */
	if (!has_ballast(s) || statvfs(s->dir, &fs) < 0)
		return 0;
	return (uint64_t)fs.f_bavail * fs.f_frsize;
}

int
store_make_room(struct store *s, struct err *e)
{
	char path[PATH_SIZE], sql[160];

	store_rollback(s);
	unlink(path_of(s, STORE_BALLAST, path));
	sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	snprintf(sql, sizeof(sql),
	    "DELETE FROM samples WHERE (series, at) IN (SELECT series, at FROM samples"
	    " ORDER BY at LIMIT %d)",
	    THIN_ROWS);
	/* samples go first: the history of a value is worth less than a change of state */
	for (int i = 0; i < THIN_ROUNDS; i++) {
		if (db_exec(s, sql, "making room", e) < 0)
			return -1;
		if (sqlite3_changes(s->db) == 0)
			break;
		sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	}
	return 0;
}

uint64_t
store_damaged(const struct store *s)
{
	return s->damaged;
}

int
store_number(struct store *s, const char *name, int64_t dflt, int64_t *out, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, "SELECT v FROM numbers WHERE name = ?", e);
	int rc;

	*out = dflt;
	if (st == NULL)
		return -1;
	db_text(st, 1, name);
	rc = db_step(s, st, name, e);
	if (rc == 1) {
		*out = sqlite3_column_int64(st, 0);
		db_end(st);
	}
	return rc < 0 ? -1 : 0;
}

int
store_numbers(struct store *s, const char *prefix,
    void (*each)(void *self, const char *rest, int64_t v), void *self, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "SELECT name, v FROM numbers WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name", e);
	int rc;

	if (st == NULL)
		return -1;
	db_text(st, 1, prefix);
	while ((rc = db_step(s, st, "numbers", e)) == 1)
		each(self, (const char *)sqlite3_column_text(st, 0) + strlen(prefix),
		    sqlite3_column_int64(st, 1));
	return rc < 0 ? -1 : 0;
}

int
store_set_number(struct store *s, const char *name, int64_t v, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "INSERT INTO numbers(name, v) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET v = "
	    "excluded.v",
	    e);

	if (st == NULL)
		return -1;
	db_text(st, 1, name);
	db_int(st, 2, v);
	return db_do(s, st, name, e);
}
