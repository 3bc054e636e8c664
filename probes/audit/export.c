/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns trails that grow at their top.
 */
#include "export.h"

#include "export_private.h"
#include "record.h"
#include "rows.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MARK_NAME 64
#define STAMP_YEAR 2000 /* of stamps without one: only their order matters */

/* ---- recognising it */

static const char *
mark_name(const char *id, char buf[MARK_NAME])
{
	snprintf(buf, MARK_NAME, "%s" EXPORT_MARK, id);
	return buf;
}

bool
export_begins(const char *data, size_t n, const struct audit_conf *conf)
{
	static struct scanner s;
	enum format format = format_guess(conf, data, n);
	const char *p = data, *end = data + n, *nl;
	size_t down = 0, up = 0;
	instant last = INSTANT_NONE;

	if (format >= FORMAT_FOREIGN)
		return false;
	scanner_init(&s, format, conf, STAMP_YEAR);
	scanner_begin(&s, data, n);
	while ((nl = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		struct record_info info;

		scanner_take(&s, p, (size_t)(nl - p), &info);
		p = nl + 1;
		if (!info.has_time)
			continue;
		down += last != INSTANT_NONE && info.at < last;
		up += last != INSTANT_NONE && info.at > last;
		last = info.at;
	}
	return down >= EXPORT_PAIRS && up * EXPORT_UPS <= down;
}

/* ---- reading */

/* The whole file, without blocking on what is none. */
static int
read_all(struct export *x, char **data, size_t *len, struct err *e)
{
	if (file_read(AT_FDCWD, x->t->path, FILE_NOFOLLOW, EXPORT_MAX, x->t->ctx->arena, data, len,
		e) == 0)
		return 0;
	return e->code == ERR_LIMIT ? err_set(e, ERR_LIMIT,
					  "it has more than %zu MiB and its newest records at the "
					  "top",
					  EXPORT_MAX >> 20)
				    : -1;
}

/* A first line without a time names the columns, and stays where it is. */
static bool
has_header(const char *data, size_t n, const struct audit_conf *conf)
{
	static struct scanner s;
	size_t first = (size_t)(side_record_end(data, data + n) - data);
	struct record_info info;

	scanner_init(
	    &s, format_guess(conf, data, n < EXPORT_PEEK ? n : EXPORT_PEEK), conf, STAMP_YEAR);
	scanner_take(&s, data, first > 0 ? first - 1 : 0, &info);
	return !info.has_time;
}

/* Where each record lies, from the oldest, and the hash over all. */
static void
split(struct export *x, const char *data, size_t len)
{
	struct records *r = &x->now;
	struct arena *a = x->t->ctx->arena;
	const char *p, *next, *end = data + len;
	size_t i;

	for (p = data; p < end; p = side_record_end(p, end))
		r->n++;
	r->bytes = len;
	r->hash = x->side.key != NULL ? arena_array(a, r->n + 1, sizeof(*r->hash)) : NULL;
	r->at = arena_array(a, r->n + 1, sizeof(*r->at));
	r->len = arena_array(a, r->n + 1, sizeof(*r->len));
	r->header = r->n > 0 && has_header(data, len, x->t->conf);
	for (p = data, i = 0; p < end; p = next, i++) {
		size_t to = i == 0 && r->header ? 0 : r->n - 1 - i + r->header;

		next = side_record_end(p, end);
		r->at[to] = p;
		r->len[to] = (size_t)(next - p);
		if (r->hash != NULL)
			r->hash[to] = side_hash(x->side.key, p, (size_t)(next - p));
	}
}

static void
hash_first(const struct export *x, size_t n, uint8_t out[HASH_SIZE])
{
	digest_begin(x->t->s.digest);
	for (size_t i = 0; i < n; i++)
		digest_add(x->t->s.digest, x->now.at[i], x->now.len[i]);
	digest_end(x->t->s.digest, out);
}

/* ---- notes */

static void
take(void *export, const struct statement *st)
{
	struct export *x = export;
	uint64_t rec, len;

	if (st == NULL)
		x->noted = false;
	if (st == NULL || strcmp(st->verb, "export") != 0 || !statement_u64(st, "rec", &rec) ||
	    !statement_u64(st, "len", &len) || rec > EXPORT_MAX || len > EXPORT_MAX)
		return;
	x->noted = statement_hash(st, "sha256", x->old.sha);
	x->old.n = (size_t)rec;
	x->old.bytes = (size_t)len;
}

static void
note(struct export *x)
{
	char mark[MARK_NAME];
	struct str line;
	struct err e = { 0 };

	str_init(&line, STATEMENT_MAX);
	str_addf(&line, "fw1 export stream=%s at=%" PRId64 " rec=%zu len=%zu", x->t->s.id,
	    x->t->now, x->now.n, x->now.bytes);
	statement_put_hash(&line, "sha256", x->now.sha);
	state_say(&x->t->s, line.s, line.len);
	if (file_replace(
		x->t->ctx->state_fd, mark_name(x->t->s.id, mark), 0600, line.s, line.len, &e) < 0)
		trail_unknown(x->t, x->t->path, "audit.state",
		    arena_printf(x->t->ctx->arena, "Could not look: %s", e.msg));
	str_fini(&line);
	if (x->now.hash != NULL)
		rows_put(&x->side, x->now.hash, x->now.n, x->now.sha);
	if (!x->noted || x->now.n > x->old.n)
		x->t->s.grown = x->t->now;
}

static void
tell_whole(struct export *x)
{
	struct arena *a = x->t->ctx->arena;
	struct evidence_list facts = { .arena = a };
	size_t n = x->now.n - x->now.header;

	fact(&facts, "records", "%zu", n);
	fact(&facts, "bytes", "%zu", x->now.bytes);
	trail_fine(x->t, x->t->path, &facts,
	    arena_printf(a,
		"Whole: %zu record%s, the newest at the top: an export that is written anew", n,
		n == 1 ? "" : "s"));
}

static void
look(struct export *x)
{
	struct err e = { 0 };
	uint8_t sha[HASH_SIZE];
	char *data;
	size_t len;

	if (read_all(x, &data, &len, &e) < 0) {
		trail_unknown(x->t, x->t->path, "audit.continuity",
		    arena_printf(x->t->ctx->arena, "Could not look: %s", e.msg));
		return;
	}
	split(x, data, len);
	hash_first(x, x->now.n, x->now.sha);
	if (x->noted && x->side.key != NULL) {
		x->old.hash = arena_array(x->t->ctx->arena, x->old.n + 1, sizeof(*x->old.hash));
		if (!rows_get(&x->side, x->old.hash, x->old.n, x->old.sha))
			x->old.hash = NULL;
	}
	if (x->noted && x->now.n >= x->old.n)
		hash_first(x, x->old.n, sha);
	if (x->noted && (x->now.n < x->old.n || memcmp(sha, x->old.sha, HASH_SIZE) != 0)) {
		/* once it was accepted, this is how it is */
		if (!export_tell_changed(x))
			note(x);
	} else if (!x->noted || x->now.n > x->old.n)
		note(x);
	trail_silence(x->t, x->t->path);
	if (x->t->told == 0)
		tell_whole(x);
}

static void
tell_gone(struct export *x)
{
	struct evidence_list facts = { .arena = x->t->ctx->arena };

	fact(&facts, "count", "%zu", x->old.n);
	trail_tell(x->t, &(struct trail_finding){ .target = x->t->path,
			     .rule = "audit.missing",
			     .key = "gone",
			     .class = "missing",
			     .identity = "gone",
			     .facts = &facts,
			     .summary = "The file is not there any more" });
}

void
export_look(const struct probe_ctx *ctx, const struct audit_conf *conf, size_t path,
    const struct side_key *key, struct digester *d)
{
	struct trail t = trail_of(ctx, conf, path);
	struct export x = { .t = &t };
	struct err e = { 0 };

	if (trail_open(&t, d, take, &x, &e) < 0)
		return;
	side_open(&x.side, key, ctx->state_fd, t.s.id, 1, true);
	if (faccessat(AT_FDCWD, t.path, F_OK, AT_SYMLINK_NOFOLLOW) < 0 && errno == ENOENT)
		tell_gone(&x);
	else
		look(&x);
	side_close(&x.side);
	trail_close(&t);
}
