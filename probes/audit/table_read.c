/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading an SQLite database that other programs write to.
 */
#include "table_read.h"

#include "table.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#define BUSY_WAIT 2000      /* ms that a writer is waited for */
#define STEPS_A_LOOK 100000 /* of SQLite's machine between two looks at the clock */
#define NAMES_SAID 5

static int
fault(const struct table *b, const char *what, struct err *e)
{
	return err_set(e, ERR_PARSE, "%s: %s", what, b->lib->errmsg(b->db));
}

static int
is_over(void *self)
{
	const struct table *b = self;

	return trail_is_late(b->t);
}

/* ---- opening */

/* The path in a URI (https://sqlite.org/uri.html). */
static const char *
uri_of(const struct trail *t, const char *path, bool still)
{
	const char *text;
	struct str s;

	str_init(&s, 4 * HANDED_TARGET_MAX);
	str_add(&s, "file:");
	for (; *path != '\0'; path++) {
		if (strchr("?#%", *path) != NULL)
			str_addf(&s, "%%%02X", (unsigned)(unsigned char)*path);
		else
			str_addc(&s, *path);
	}
	str_add(&s, still ? "?immutable=1" : "?readonly_shm=1");
	text = arena_text(t->ctx->arena, s.s);
	str_fini(&s);
	return text;
}

/* Nothing of what lies in the database is run, and what it asks for has limits. */
static void
tame(struct table *b)
{
	static const char settings[] = "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
				       "PRAGMA cache_size = -4096; PRAGMA query_only = ON;";

	b->lib->hard_heap_limit64(TABLE_MEMORY);
	b->lib->db_config(b->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	b->lib->db_config(b->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	b->lib->db_config(b->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	b->lib->db_config(b->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	b->lib->limit(b->db, SQLITE_LIMIT_LENGTH, (int)TABLE_ROW);
	b->lib->busy_timeout(b->db, BUSY_WAIT);
	b->lib->progress_handler(b->db, STEPS_A_LOOK, is_over, b);
	b->lib->exec(b->db, settings, NULL, NULL, NULL);
}

static bool
has_journal(const struct trail *t, const char *path)
{
	struct stat st;

	return stat(arena_printf(t->ctx->arena, "%s-wal", path), &st) == 0 && st.st_size > 0;
}

static int
open_as(struct table *b, const char *path, bool still)
{
	int rc = b->lib->open_v2(uri_of(b->t, path, still), &b->db,
	    SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_PRIVATECACHE, NULL);

	if (rc == SQLITE_OK) {
		tame(b);
		rc = b->lib->exec(b->db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
	}
	return rc;
}

/* A database in WAL mode whose last writer has gone has no -shm file, and one that may not be made
 * cannot be opened: then nobody writes, and what is in the file is all there is. */
static int
open_database(struct table *b, const char *path, struct err *e)
{
	int rc = open_as(b, path, false);

	if ((rc == SQLITE_CANTOPEN || rc == SQLITE_READONLY) && !has_journal(b->t, path)) {
		b->lib->close_v2(b->db);
		b->db = NULL;
		rc = open_as(b, path, true);
	}
	if (rc == SQLITE_OK)
		return 0;
	if (b->db == NULL)
		return err_set(e, ERR_SYS, "SQLite has no memory");
	if (rc == SQLITE_BUSY)
		return err_set(e, ERR_SYS, "another program keeps it locked");
	return fault(b, rc == SQLITE_NOTADB ? "no SQLite database" : "cannot be opened", e);
}

/* ---- the table */

static int
prepare(struct table *b, const char *sql, sqlite3_stmt **out, struct err *e)
{
	if (b->lib->prepare_v2(b->db, sql, -1, out, NULL) != SQLITE_OK)
		return fault(b, "cannot be asked", e);
	return 0;
}

/* The one with the name, or with "audit" in it; which others there are, when it is not clear. */
static int
find_table(struct table *b, const char *name, struct err *e)
{
	sqlite3_stmt *st = NULL;
	const char *others = "";
	size_t n = 0, fit = 0;

	if (prepare(
		b, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", &st, e) < 0)
		return -1;
	while (b->lib->step(st) == SQLITE_ROW) {
		const char *is = (const char *)b->lib->column_text(st, 0);

		if (is == NULL || strncmp(is, "sqlite_", 7) == 0)
			continue;
		if (n++ < NAMES_SAID)
			others = arena_printf(
			    b->t->ctx->arena, "%s%s%.60s", others, n > 1 ? ", " : "", is);
		if (name != NULL ? strcasecmp(is, name) == 0 : strcasestr(is, "audit") != NULL) {
			fit++;
			b->name = arena_text(b->t->ctx->arena, is);
		}
	}
	b->lib->finalize(st);
	if (fit == 1)
		return 0;
	if (name != NULL)
		return err_set(e, ERR_ABSENT, "it has no table \"%.60s\"; it has: %s%s", name,
		    others, n > NAMES_SAID ? " and more" : "");
	return err_set(e, ERR_RANGE, "which of its tables is the trail? Give `table`: %s%s", others,
	    n > NAMES_SAID ? " and more"
	    : n == 0       ? "it has none"
			   : "");
}

static const char *
quoted(const struct table *b, char quote)
{
	const char *text;
	struct str s;

	str_init(&s, 4096);
	str_addc(&s, quote);
	for (const char *p = b->name; *p != '\0'; p++) {
		if (*p == quote)
			str_addc(&s, quote);
		str_addc(&s, *p);
	}
	str_addc(&s, quote);
	text = arena_text(b->t->ctx->arena, s.s);
	str_fini(&s);
	return text;
}

/* sqlite_sequence has it for tables with AUTOINCREMENT only, and is not there without one. */
static void
find_given(struct table *b)
{
	sqlite3_stmt *st = NULL;

	if (b->lib->prepare_v2(b->db, "SELECT seq FROM sqlite_sequence WHERE name = ?1", -1, &st,
		NULL) != SQLITE_OK)
		return;
	b->lib->bind_text(st, 1, b->name, -1, SQLITE_STATIC);
	if (b->lib->step(st) == SQLITE_ROW && b->lib->column_int64(st, 0) > 0) {
		b->counts = true;
		b->given = (uint64_t)b->lib->column_int64(st, 0);
	}
	b->lib->finalize(st);
}

int
table_open(
    struct table *b, const struct trail *t, const char *path, const char *name, struct err *e)
{
	const char *sql;

	*b = (struct table){ .t = t };
	str_init(&b->values, TABLE_ROW + 65536);
	b->lib = sqlib(e);
	if (b->lib == NULL || open_database(b, path, e) < 0 || find_table(b, name, e) < 0)
		return -1;
	find_given(b);
	/* a table without a rowid has no order of its own */
	sql = arena_printf(t->ctx->arena,
	    "SELECT rowid, * FROM %s WHERE rowid BETWEEN ?1 AND ?2 ORDER BY rowid", quoted(b, '"'));
	if (prepare(b, sql, &b->rows, e) < 0)
		return err_wrap(e, "its rows");
	return 0;
}

void
table_close(struct table *b)
{
	str_fini(&b->values);
	if (b->lib == NULL)
		return;
	b->lib->finalize(b->rows);
	b->lib->close_v2(b->db);
}

int
table_objects(struct table *b, sqlite3_stmt **st, const char **kind, const char **name,
    const char **sql, struct err *e)
{
	int rc;

	if (*st == NULL) {
		if (prepare(b,
			"SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = ?1 COLLATE "
			"NOCASE "
			"AND type IN ('table', 'trigger') AND sql IS NOT NULL ORDER BY type, name",
			st, e) < 0)
			return -1;
		b->lib->bind_text(*st, 1, b->name, -1, SQLITE_STATIC);
	}
	rc = b->lib->step(*st);
	if (rc == SQLITE_ROW) {
		*kind = (const char *)b->lib->column_text(*st, 0);
		*name = (const char *)b->lib->column_text(*st, 1);
		*sql = (const char *)b->lib->column_text(*st, 2);
		if (*kind != NULL && *name != NULL && *sql != NULL)
			return 1;
		rc = SQLITE_NOMEM;
	}
	if (rc != SQLITE_DONE)
		fault(b, "its triggers", e);
	b->lib->finalize(*st);
	*st = NULL;
	return rc == SQLITE_DONE ? 0 : -1;
}

/* ---- rows */

int
table_rows(struct table *b, int64_t first, int64_t last, struct err *e)
{
	table_rest(b);
	if (b->lib->bind_int64(b->rows, 1, first) != SQLITE_OK ||
	    b->lib->bind_int64(b->rows, 2, last) != SQLITE_OK)
		return fault(b, "its rows", e);
	return 0;
}

void
table_rest(struct table *b)
{
	b->lib->reset(b->rows);
}

static void
put_u64(struct str *s, char type, uint64_t v)
{
	char bytes[9] = { type };

	for (int i = 0; i < 8; i++)
		bytes[i + 1] = (char)(v >> (8 * i));
	str_addn(s, bytes, sizeof(bytes));
}

static void
put_column(struct table *b, int i)
{
	double real;
	uint64_t bits;
	int type = b->lib->column_type(b->rows, i), n;
	const void *p;

	switch (type) {
	case SQLITE_INTEGER:
		put_u64(&b->values, 'i', (uint64_t)b->lib->column_int64(b->rows, i));
		return;
	case SQLITE_FLOAT:
		real = b->lib->column_double(b->rows, i);
		memcpy(&bits, &real, sizeof(bits));
		put_u64(&b->values, 'f', bits);
		return;
	case SQLITE_NULL:
		str_addc(&b->values, 'n');
		return;
	default:
		p = b->lib->column_blob(b->rows, i);
		n = b->lib->column_bytes(b->rows, i);
		put_u64(&b->values, type == SQLITE_TEXT ? 't' : 'b', (uint64_t)n);
		if (p != NULL && n > 0)
			str_addn(&b->values, p, (size_t)n);
	}
}

int
table_next(struct table *b, int64_t *rowid, struct err *e)
{
	int rc = b->lib->step(b->rows);

	if (rc == SQLITE_DONE)
		return 0;
	if (rc == SQLITE_INTERRUPT)
		return err_set(e, ERR_TIMEOUT, "time was over before all rows were read");
	if (rc == SQLITE_BUSY)
		return err_set(e, ERR_SYS, "another program keeps it locked");
	if (rc != SQLITE_ROW)
		return fault(b, "its rows", e);
	str_clear(&b->values);
	*rowid = b->lib->column_int64(b->rows, 0);
	for (int i = 1, n = b->lib->column_count(b->rows); i < n; i++)
		put_column(b, i);
	if (b->values.cut)
		return err_set(
		    e, ERR_LIMIT, "row %" PRId64 " has more than %zu MiB", *rowid, TABLE_ROW >> 20);
	return 1;
}
