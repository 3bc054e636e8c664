/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the database's file: opened, locked, checked, kept from filling the disk.
 */
#include "base/clk.h"
#include "base/file.h"
#include "store/aside.h"
#include "store/mark.h"
#include "store/opens.h"
#include "store/verify.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define THIN_ROWS 200 /* deleted at once while the disk is full: the log needs room as well */
#define THIN_ROUNDS 50

static int
take_lock(struct store *s, struct err *e)
{
	char path[DB_PATH], who[32] = "";
	ssize_t n;

	s->lock =
	    open(db_path(s, STORE_LOCK, path), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
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
connect_sound(struct store *s, struct err *e)
{
	if (db_connect(s, STORE_FILE, e) < 0 || schema_bring_up(s, e) < 0)
		return -1;
	return verify_all(s, e);
}

/* The evidence stays as it is: closing would write the log back. */
static void
disconnect_damaged(struct store *s)
{
	if (s->db != NULL)
		sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	db_disconnect(s);
}

/* What is read of it may need the room of the ballast. */
static int
put_aside(struct store *s, struct err *e)
{
	char path[DB_PATH];
	struct err first = { 0 };

	disconnect_damaged(s);
	if (aside_put(s, &first) < 0) {
		if (e != NULL)
			*e = first;
		if (first.code != ERR_LIMIT)
			return -1;
		unlink(db_path(s, STORE_BALLAST, path));
		if (aside_finish(s, e) < 0)
			return -1;
	}
	s->suspect = false;
	return 0;
}

/* One line for people: SQLite's own may have several. */
static void
keep_reason(struct store *s, const char *why)
{
	snprintf(s->damage.why, sizeof(s->damage.why), "%s", why);
	for (char *p = s->damage.why; *p != '\0'; p++)
		if (*p == '\n')
			*p = ' ';
}

/* Whatever lies there, a sound database is connected in the end. */
static int
connect_any(struct store *s, enum aside_found found, struct err *e)
{
	struct err why = { .msg = STORE_FILE " is no file that can be read, or is empty" };

	if (found != ASIDE_DAMAGED) {
		if (connect_sound(s, &why) == 0)
			return 0;
		if (!s->suspect)
			return err_set(e, why.code, "%s", why.msg);
	}
	keep_reason(s, why.msg);
	return put_aside(s, e) < 0 ? -1 : connect_sound(s, e);
}

/* Whether a database that is sound by itself may be older than what was told. log: it had a
 * write-ahead log, of which a damaged part is passed over without a word. */
static void
look_for_rollback(struct store *s, struct mark *m, bool log)
{
	if (s->sequence < m->committed) {
		s->damage.rolled_back = true;
	} else if (m->damaged && log) {
		s->damage.rolled_back = true; /* nobody can say any more */
		if (!m->there)
			m->committed = s->sequence + 1;
	}
	if (!m->there && (s->damage.rolled_back || s->damage.rows_lost > 0))
		s->damage.numbers_lost = true;
}

/* A database that is all there is believed; whatever else, what STORE_OPEN remembers is put back.
 */
static int
put_back(struct store *s, struct mark *m, bool log, struct err *e)
{
	if (store_number(s, STORE_SEQUENCE, 0, &s->sequence, e) < 0)
		return -1;
	s->committed = s->sequence;
	s->ahead = m->ahead;
	look_for_rollback(s, m, log);
	if (!s->damage.rolled_back && !s->damage.set_aside)
		return 0;
	if (s->damage.when == INSTANT_NONE)
		s->damage.when = clk_system()->wall(clk_system());
	if (store_begin(s, e) < 0)
		return -1;
	if (mark_restore(s, m, e) < 0) {
		store_rollback(s);
		return -1;
	}
	return store_commit(s, e);
}

/* The folder is there and the lock is held. committed: the number of the newest commit that this
 * process knows of; 0: of none. */
static int
bring_up(struct store *s, int64_t committed, struct err *e)
{
	struct arena *a = arena_new(4 * MARK_BYTES_MAX);
	struct mark m;
	bool log;
	int rc;

	mark_read(s, a, &m);
	if (m.committed < committed)
		m.committed = committed;
	opens_forget(s);
	s->opens.changed = true; /* STORE_OPEN may lag one commit */
	rc = aside_finish(s, e);
	log = aside_has_log(s);
	if (rc == 0)
		rc = connect_any(s, aside_look(s), e);
	if (rc == 0)
		rc = put_back(s, &m, log, e);
	arena_free(a);
	return rc;
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
	s->damage.when = INSTANT_NONE;
	if (take_lock(s, e) < 0 || bring_up(s, 0, e) < 0) {
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
	db_disconnect(s);
	if (s->lock >= 0)
		close(s->lock);
	opens_free(s);
	free(s->dir);
	free(s);
}

int
store_reopen(struct store *s, struct err *e)
{
	db_disconnect(s);
	s->sequence = s->committed;
	s->opens.known = false;
	return db_connect(s, STORE_FILE, e) < 0 ? -1 : schema_bring_up(s, e);
}

int
store_set_aside_and_reopen(struct store *s, struct err *e)
{
	if (!s->suspect)
		return store_reopen(s, e);
	store_rollback(s);
	keep_reason(s, "it was met while forewarnd ran");
	if (put_aside(s, e) < 0)
		return -1;
	return bring_up(s, s->committed, e);
}

const struct store_damage *
store_damage(const struct store *s)
{
	return &s->damage;
}

int
store_begin(struct store *s, struct err *e)
{
	if (s->suspect)
		return err_set(e, ERR_PARSE, "state: damage was met when it was last read");
	if (db_exec(s, "BEGIN IMMEDIATE", "state", e) < 0)
		return -1;
	s->in_transaction = true;
	return 0;
}

int
store_commit(struct store *s, struct err *e)
{
	mark_before_commit(s);
	if (db_exec(s, "COMMIT", "state", e) < 0) {
		store_rollback(s);
		return -1;
	}
	s->in_transaction = false;
	mark_after_commit(s);
	return 0;
}

void
store_rollback(struct store *s)
{
	if (s->in_transaction)
		db_exec(s, "ROLLBACK", "state", NULL);
	s->in_transaction = false;
	s->sequence = s->committed;
	s->opens.known = false; /* they were noted as they would have been */
}

static bool
has_ballast(const struct store *s)
{
	char path[DB_PATH];
	struct stat st;

	return stat(db_path(s, STORE_BALLAST, path), &st) == 0 &&
	       st.st_size == (off_t)STORE_BALLAST_SIZE;
}

uint64_t
store_keep_ballast(struct store *s)
{
	char path[DB_PATH];
	struct statvfs fs;
	int fd = -1;

	db_path(s, STORE_BALLAST, path);
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
	char path[DB_PATH], sql[160];

	store_rollback(s);
	unlink(db_path(s, STORE_BALLAST, path));
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
