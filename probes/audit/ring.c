/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns logs whose program keeps only its newest records.
 */
#include "ring.h"

#include "look.h"
#include "ring_private.h"
#include "rows.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define HASHES 1 /* sidecar of the first pair; its times are in the next one */
#define PAIRS 2
#define TEXT_ROOM ((size_t)1 << 20) /* bytes that an arena needs besides the text in it */

/* ---- reading */

static bool
stands_still(const struct ring *x, const struct hints *before)
{
	struct clk *clk = x->t->ctx->clk;
	struct hints now;
	mode_t mode;

	return hints_look(x->t->path, &now, &mode) == 0 && hints_equal(before, &now) &&
	       clk->wall(clk) - now.mtime >= RING_FRESH;
}

/* The whole file, which its program may be writing anew at this moment: emptied, and not yet full
 * again. Up to the last line end: what stands behind it is still being written. */
static int
read_all(struct ring *x, char **data, size_t *len, struct err *e)
{
	const struct timespec pause = { .tv_nsec = 100000000 };

	for (int i = 0;; i++) {
		struct hints before = { 0 };
		const char *nl;
		mode_t mode;

		hints_look(x->t->path, &before, &mode);
		arena_reset(x->text);
		if (file_read(
			AT_FDCWD, x->t->path, FILE_NOFOLLOW, RING_MAX, x->text, data, len, e) < 0)
			return e->code == ERR_LIMIT
				   ? err_set(e, ERR_LIMIT,
					 "it has more than %zu MiB and is trimmed", RING_MAX >> 20)
				   : -1;
		nl = memrchr(*data, '\n', *len);
		*len = nl != NULL ? (size_t)(nl - *data) + 1 : 0;
		if (stands_still(x, &before) || i == RING_READS || trail_is_late(x->t))
			return 0;
		nanosleep(&pause, NULL);
	}
}

/* Where the records begin: behind the line that names the columns, if there is one. */
static const char *
behind_header(struct ring *x, struct scanner *s, const char *data, size_t len)
{
	const char *next = side_record_end(data, data + len);
	struct record_info info;

	if ((s->format != FORMAT_CSV && s->format != FORMAT_W3C) || len == 0)
		return data;
	scanner_take(s, data, (size_t)(next - data) - 1, &info);
	if (info.has_time)
		return data;
	x->now.header = side_hash(x->key, data, (size_t)(next - data));
	return next;
}

/* When the record was written, or else when it was first seen; 0 where neither is known. */
static uint64_t
time_of(const struct ring *x, const struct record_info *info)
{
	if (info->has_time && !info->yearless && info->at > 0)
		return (uint64_t)info->at;
	return x->noted ? (uint64_t)x->t->now : 0;
}

/* false: there are more than RING_RECORDS. */
static bool
count(struct ring_records *r, const char *p, const char *end)
{
	for (r->n = 0; p < end && r->n <= RING_RECORDS; r->n++)
		p = side_record_end(p, end);
	return r->n <= RING_RECORDS;
}

static int
split(struct ring *x, const char *data, size_t len, struct err *e)
{
	static struct scanner s;
	struct arena *a = x->t->ctx->arena;
	struct ring_records *r = &x->now;
	const char *p, *end = data + len, *next;

	look_scanner(&s, look_format(x->t->conf, data, len, true), x->t->conf, x->regex);
	scanner_begin(&s, data, len);
	data = behind_header(x, &s, data, len);
	/* so many bytes are kept: the first record may be the end of one */
	if (strcmp(x->t->conf->trimmed, "bytes") == 0)
		data = side_record_end(data, end);
	if (!count(r, data, end))
		return err_set(
		    e, ERR_LIMIT, "it has more than %zu records and is trimmed", RING_RECORDS);
	r->bytes = (size_t)(end - data);
	r->hash = arena_array(a, r->n + 1, sizeof(*r->hash));
	r->time = arena_array(a, r->n + 1, sizeof(*r->time));
	for (p = data, r->n = 0; p < end; p = next, r->n++) {
		struct record_info info;

		next = side_record_end(p, end);
		scanner_take(&s, p, (size_t)(next - p) - 1, &info);
		r->hash[r->n] = side_hash(x->key, p, (size_t)(next - p));
		r->time[r->n] = time_of(x, &info);
	}
	digest_of(x->t->s.digest, data, r->bytes, r->sha);
	return 0;
}

/* ---- notes */

static void
take(void *ring, const struct statement *st)
{
	struct ring *x = ring;
	uint64_t rec, len;

	if (st == NULL)
		x->noted = false;
	if (st == NULL || ring_take_torn(x, st) || strcmp(st->verb, "ring") != 0 ||
	    !statement_u64(st, "rec", &rec) || !statement_u64(st, "len", &len) ||
	    rec > RING_RECORDS || len > RING_MAX)
		return;
	x->noted = statement_hash(st, "sha256", x->old.sha) &&
		   statement_u64(st, "side", &x->side) && statement_u64(st, "front", &x->front) &&
		   statement_u64(st, "head", &x->old.header);
	x->old.n = (size_t)rec;
	x->old.bytes = (size_t)len;
}

/* The numbers of one sidecar. */
static bool
row(const struct ring *x, uint64_t side, uint64_t *v, const struct ring_records *r, bool put)
{
	struct side f;
	bool fine = true;

	side_open(&f, x->key, x->t->s.dir, x->t->s.id, side, put);
	if (put)
		rows_put(&f, v, r->n, r->sha);
	else
		fine = rows_get(&f, v, r->n, r->sha);
	side_close(&f);
	return fine;
}

static bool
recall(struct ring *x)
{
	struct ring_records *o = &x->old;

	o->hash = arena_array(x->t->ctx->arena, o->n + 1, sizeof(*o->hash));
	o->time = arena_array(x->t->ctx->arena, o->n + 1, sizeof(*o->time));
	return row(x, x->side, o->hash, o, false) && row(x, x->side + 1, o->time, o, false);
}

static void
note(struct ring *x, uint64_t front)
{
	uint64_t side = x->side == HASHES ? HASHES + PAIRS : HASHES;
	struct ring_records *r = &x->now;
	struct str line;

	row(x, side, r->hash, r, true);
	row(x, side + 1, r->time, r, true);
	str_init(&line, STATEMENT_MAX);
	str_addf(&line,
	    "fw1 ring stream=%s at=%" PRId64 " side=%" PRIu64 " front=%" PRIu64
	    " rec=%zu len=%zu head=%" PRIu64,
	    x->t->s.id, x->t->now, side, front, r->n, r->bytes, r->header);
	statement_put_hash(&line, "sha256", r->sha);
	state_say(&x->t->s, line.s, line.len);
	str_fini(&line);
	x->front = front;
}

/* ---- judging */

/* The newest of those that left, by what is known of their times. */
static void
judge_age(struct ring *x, size_t left)
{
	uint64_t newest = 0;
	span age;

	for (size_t i = 0; i < left; i++)
		newest = x->old.time[i] > newest ? x->old.time[i] : newest;
	age = instant_minus(x->t->now, (instant)newest);
	if (x->t->conf->retention == 0 || newest == 0 || age >= x->t->conf->retention)
		return;
	ring_tear(x, &(struct torn){ .kind = TORN_EARLY,
			 .at = x->t->now,
			 .record = x->front + 1,
			 .count = left,
			 .age = age > 0 ? age : 0 });
}

static void
tear(struct ring *x, enum torn_kind kind, uint64_t record, uint64_t count, uint64_t others)
{
	ring_tear(x, &(struct torn){ .kind = kind,
			 .at = x->t->now,
			 .record = record,
			 .count = count,
			 .others = others });
}

/* What is there now against what was noted; returns how many records have left. */
static uint64_t
compare(struct ring *x)
{
	static const enum torn_kind kinds[] = { [RING_CHANGED] = TORN_CHANGED,
		[RING_DELETED] = TORN_DELETED,
		[RING_INSERTED] = TORN_INSERTED };
	const struct ring_row old = { x->old.hash, x->old.n }, now = { x->now.hash, x->now.n };
	struct ring_fit f;

	ring_fit(&old, &now, x->t->ctx->arena, &f);
	if (x->now.header != x->old.header)
		tear(x, TORN_HEADER, 0, 0, 0);
	if (f.change != RING_SAME)
		tear(x, kinds[f.change], x->front + f.at + 1, f.count, f.others);
	if (f.strange)
		trail_unknown(x->t, x->t->path, "audit.continuity",
		    arena_printf(x->t->ctx->arena,
			"None of the %zu records that were noted is there any more, so nothing "
			"shows "
			"that those there now follow on from them: let it be looked at more often",
			x->old.n));
	if (f.strange)
		f.left = x->old.n;
	judge_age(x, f.left);
	if (now.n > 0 && (f.strange || now.n > old.n - f.left))
		x->t->s.grown = x->t->now;
	return x->front + f.left;
}

static void
tell_whole(struct ring *x)
{
	struct arena *a = x->t->ctx->arena;
	struct evidence_list facts = { .arena = a };
	size_t n = x->now.n;

	fact(&facts, "records", "%zu", n);
	fact(&facts, "bytes", "%zu", x->now.bytes);
	fact(&facts, "left", "%" PRIu64, x->front);
	trail_fine(x->t, x->t->path, &facts,
	    arena_printf(a,
		"Whole: %zu record%s of a log that keeps only its newest; %" PRIu64
		" older one%s left it since the first look",
		n, n == 1 ? "" : "s", x->front, x->front == 1 ? "" : "s"));
}

static void
look(struct ring *x)
{
	struct err e = { 0 };
	char *data;
	size_t len;
	bool same;

	if (read_all(x, &data, &len, &e) < 0 || split(x, data, len, &e) < 0) {
		trail_unknown(x->t, x->t->path, "audit.continuity",
		    arena_printf(x->t->ctx->arena, "Could not look: %s", e.msg));
		return;
	}
	same = x->noted && x->now.n == x->old.n && x->now.header == x->old.header &&
	       memcmp(x->now.sha, x->old.sha, HASH_SIZE) == 0;
	if (!x->noted) {
		note(x, 0);
	} else if (!same && recall(x)) {
		note(x, compare(x));
	} else if (!same) {
		tear(x, TORN_NOTES, 0, 0, 0);
		note(x, x->front);
	}
	ring_tell(x);
	trail_silence(x->t, x->t->path);
	if (x->t->told == 0)
		tell_whole(x);
}

static void
tell_gone(struct ring *x)
{
	struct evidence_list facts = { .arena = x->t->ctx->arena };

	fact(&facts, "count", "%zu", x->old.n);
	trail_tell(x->t,
	    &(struct trail_finding){ .target = x->t->path,
		.rule = "audit.missing",
		.key = x->noted ? "gone" : "never-there",
		.class = "missing",
		.identity = "gone",
		.facts = &facts,
		.summary = x->noted ? "The file is not there any more" : "There is no such file" });
	ring_tell(x);
}

/* It was watched as an ordinary log before `trimmed` was written: those notes say nothing here. */
static void
drop_segments(struct state *s)
{
	while (s->nsegs > 0) {
		side_remove(s->dir, s->id, s->segs[s->nsegs - 1].id);
		known_drop_segment(s, s->nsegs - 1);
	}
}

void
ring_look(const struct probe_ctx *ctx, const struct audit_conf *conf, size_t path,
    const struct side_key *key, struct regex *regex, struct digester *d)
{
	struct trail t = trail_of(ctx, conf, path);
	struct ring x = { .t = &t, .key = key, .regex = regex };
	struct err e = { 0 };

	if (key == NULL) {
		trail_unknown(&t, t.path, "audit.state",
		    "Could not look: the key for the hashes of records cannot be had");
		return;
	}
	if (trail_open(&t, d, take, &x, &e) < 0)
		return;
	drop_segments(&t.s);
	x.text = arena_new(RING_MAX + TEXT_ROOM);
	if (faccessat(AT_FDCWD, t.path, F_OK, AT_SYMLINK_NOFOLLOW) < 0 && errno == ENOENT)
		tell_gone(&x);
	else
		look(&x);
	arena_free(x.text);
	trail_close(&t);
}
