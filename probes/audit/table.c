/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is noted of a table and what it is compared with.
 */
#include "table.h"

#include "table_parts.h"
#include "table_read.h"
#include "table_tell.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---- the table itself and its triggers */

static void
take_object(struct table_notes *n, const struct statement *st)
{
	struct table_object o = { .noted = true };
	char name[TABLE_NAME + 1];

	if (n->nobjects == TABLE_OBJECTS_MAX || !statement_name(st, "name", name, sizeof(name)) ||
	    !statement_hash(st, "sha256", o.hash) || statement_text(st, "kind") == NULL)
		return;
	o.name = arena_text(n->t->ctx->arena, name);
	o.kind = arena_text(n->t->ctx->arena, statement_text(st, "kind"));
	n->objects[n->nobjects++] = o;
}

static void
take(void *notes, const struct statement *st)
{
	struct table_notes *n = notes;

	if (st == NULL)
		n->nobjects = n->nparts = 0;
	else if (strcmp(st->verb, "object") == 0)
		take_object(n, st);
	else
		parts_take(n, st);
}

static struct table_object *
object_find(struct table_notes *n, const char *kind, const char *name)
{
	for (size_t i = 0; i < n->nobjects; i++)
		if (strcmp(n->objects[i].kind, kind) == 0 &&
		    strncmp(n->objects[i].name, name, TABLE_NAME) == 0)
			return &n->objects[i];
	return NULL;
}

static void
note_object(struct table_notes *n, const char *kind, const char *name, const uint8_t *hash)
{
	struct str line;

	str_init(&line, STATEMENT_MAX);
	str_addf(&line, "fw1 object stream=%s kind=%s", n->t->s.id, kind);
	statement_put_name(
	    &line, "name", arena_textn(n->t->ctx->arena, name, strnlen(name, TABLE_NAME)));
	statement_put_hash(&line, "sha256", hash);
	state_say(&n->t->s, line.s, line.len);
	str_fini(&line);
}

/* What was there at the first look is as it should be; later each difference is told. */
static int
look_at_objects(struct table_notes *n, struct table *b, struct err *e)
{
	const bool first = n->nobjects == 0;
	const size_t noted = n->nobjects;
	sqlite3_stmt *st = NULL;
	const char *kind, *name, *sql;
	int rc;

	while ((rc = table_objects(b, &st, &kind, &name, &sql, e)) == 1) {
		struct table_object *o = object_find(n, kind, name);
		uint8_t hash[HASH_SIZE];

		digest_of(n->t->s.digest, sql, strlen(sql), hash);
		if (first)
			note_object(n, kind, name, hash);
		else if (o == NULL)
			tell_object(n, kind, name, "is new", hash);
		else if (memcmp(o->hash, hash, HASH_SIZE) != 0)
			tell_object(n, kind, name, "is another than it was", hash);
		if (o != NULL)
			o->here = true;
	}
	for (size_t i = 0; i < noted && rc == 0; i++)
		if (!n->objects[i].here)
			tell_object(n, n->objects[i].kind, n->objects[i].name, "is gone",
			    n->objects[i].hash);
	return rc;
}

/* ---- its rows */

/* Those that were noted, against what is there. 1; 0: time is over; -1 with *e. */
static int
compare(struct table_notes *n, struct table *b, bool all, struct err *e)
{
	size_t from = all || n->nparts == 0 ? 0 : n->nparts - 1;
	int rc = 1;

	for (size_t i = from; i < n->nparts && rc == 1; i++)
		rc = part_compare(n, b, i, tell_part, e);
	return rc;
}

static int
look_at_rows(struct table_notes *n, struct table *b, struct err *e)
{
	struct trail *t = n->t;
	bool all = instant_minus(t->now, t->s.verified) >= t->conf->verify;
	int rc = compare(n, b, all, e);

	if (rc == 1)
		rc = parts_seal(n, b, e);
	if (rc == 1 && all) {
		t->s.verified = t->now;
		t->s.dirty = true;
	}
	return rc;
}

/* The one that is given, or was found before; NULL: it is to be found. */
static const char *
name_of(const struct table_notes *n)
{
	for (size_t i = 0; i < n->nobjects && n->t->conf->table == NULL; i++)
		if (strcmp(n->objects[i].kind, "table") == 0)
			return n->objects[i].name;
	return n->t->conf->table;
}

static void
look(struct table_notes *n)
{
	struct trail *t = n->t;
	struct err e = { 0 };
	struct table b;
	int rc;

	parts_take_tail(n);
	rc = table_open(&b, t, t->path, name_of(n), &e);
	if (rc == 0) {
		n->name = b.name;
		rc = look_at_objects(n, &b, &e);
	}
	if (rc == 0)
		rc = look_at_rows(n, &b, &e);
	if (rc < 0 && e.code == ERR_ABSENT && n->nparts > 0)
		tell_gone(n, e.msg);
	else if (rc < 0)
		trail_unknown(t, t->path, "audit.continuity",
		    arena_printf(t->ctx->arena, "Could not look: %s", e.msg));
	else if (rc == 0)
		trail_unknown(t, t->path, "audit.continuity",
		    "Still being read; the next run goes on (a longer timeout does more at once)");
	if (rc == 1) {
		tell_numbers(n, &b);
		tell_silence(n);
	}
	if (rc == 1 && t->told == 0 && t->more == 0)
		tell_whole(n);
	trail_tell_more(t);
	table_close(&b);
}

bool
table_begins(const char *start, size_t n)
{
	static const char begin[16] = "SQLite format 3";

	return n >= sizeof(begin) && memcmp(start, begin, sizeof(begin)) == 0;
}

static void
look_at_file(struct table_notes *n)
{
	struct trail *t = n->t;
	struct hints h;
	mode_t mode;
	int rc = hints_look(t->path, &h, &mode);

	if (rc < 0 && errno == ENOENT && n->nparts > 0)
		tell_gone(n, "there is no such file");
	else if (rc == 0 && !S_ISREG(mode))
		trail_unknown(
		    t, t->path, "audit.continuity", "Could not look: it is no regular file");
	else
		look(n);
}

bool
table_look(const struct probe_ctx *ctx, const struct audit_conf *conf, size_t path,
    const struct side_key *key, struct digester *d)
{
	struct trail t = trail_of(ctx, conf, path);
	struct table_notes n = { .t = &t,
		.objects = arena_array(ctx->arena, TABLE_OBJECTS_MAX, sizeof(*n.objects)) };
	struct err e = { 0 };
	bool text;

	if (conf->table != NULL) /* another table is another trail */
		t.notes = arena_printf(ctx->arena, "%s %s", t.path, conf->table);
	if (trail_open(&t, d, take, &n, &e) < 0)
		return true;
	text = t.s.nsegs > 0;
	if (!text) {
		side_open(&n.side, key, ctx->state_fd, t.s.id, 1, true);
		look_at_file(&n);
		side_close(&n.side);
	}
	trail_close(&t);
	return !text;
}
