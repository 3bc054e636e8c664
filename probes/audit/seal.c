/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is new in a file: cut into chunks, hashed, noted.
 */
#include "seal.h"

#include "compare.h"
#include "cut.h"
#include "look.h"
#include "state.h"
#include "tail.h"

#include "base/file.h"
#include "base/memory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* numbers for all chunks of a block; what is never used of it takes no memory */
#define SEAL_HASHES (HASHER_CHUNKS * (SIDE_RECORDS + 1))

/* What one chunk's records said. */
struct chunk_said {
	uint64_t records;
	bool timed, numbered;
	instant t0, t1;
	uint64_t s0, s1;
	size_t first_len; /* bytes of its first record with its end */
	size_t hashed;    /* where the hashes of its records begin, with room for one more */
};

/* One file while it is sealed. */
struct seal_job {
	struct sealer *z;
	struct segment *g;
	struct source src;
	struct side side;
	uint64_t *hashes; /* of the records of the block in hand, for the sidecar; NULL: none */
	struct side_run run;
	struct scanner scanner;
	struct hashed_block block[2];
	struct chunk_said seen[HASHER_CHUNKS]; /* of the block in hand */
	uint64_t off;    /* of the first byte of the block in hand, in the file */
	uint64_t from;   /* what stands before was looked at by an earlier run */
	struct tail was; /* the chunk that was open and is sealed anew with what was added to it */
	bool ends, at_end, in_order;
};

/* What the record says of the log itself; a time without a year is as `order` has understood it. */
static void
hear(const struct seal_job *j, const char *rec, size_t n, const struct record_info *info,
    const struct order_place *place)
{
	struct record_info in = *info;

	if (in.yearless) {
		in.has_time = j->in_order && j->z->s->order.timed;
		in.at = in.has_time ? j->z->s->order.newest : 0;
	}
	testimony_take(&j->z->s->testimony, &(struct testimony_record){ rec, n, j->g->format, &in,
						*place, j->z->now, j->in_order });
}

/* hashed: where in j->hashes those of this chunk go. */
static void
look_at_records(struct seal_job *j, const struct hashed_block *b, const struct chunk *c,
    struct chunk_said *seen, size_t hashed)
{
	const char *p = b->data + c->at, *end = p + c->len;
	struct state *s = j->z->s;

	*seen = (struct chunk_said){ .hashed = hashed };
	while (p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		const char *next = nl != NULL ? nl + 1 : end, *stop = nl != NULL ? nl : end;
		struct record_info info;
		uint64_t record;

		if (j->hashes != NULL && seen->records < SIDE_RECORDS)
			j->hashes[hashed + seen->records] =
			    side_hash(s->key, p, (size_t)(next - p));
		if (seen->records++ == 0)
			seen->first_len = (size_t)(next - p);
		if (j->off + (uint64_t)(p - b->data) < j->from) {
			p = next; /* seen before */
			continue;
		}
		record = j->g->records + seen->records;
		struct order_place place = { j->g->id, record, j->off + (uint64_t)(p - b->data) };

		look_at_record(&j->scanner, &s->understood, p, (size_t)(stop - p), &place, &info);
		if (info.has_time) {
			seen->t0 = seen->timed ? seen->t0 : info.at;
			seen->t1 = info.at;
			seen->timed = true;
		}
		if (info.has_seq) {
			seen->s0 = seen->numbered ? seen->s0 : info.seq;
			seen->s1 = info.seq;
			seen->numbered = true;
		}
		if (j->in_order && (info.has_time || info.has_seq))
			order_take(&s->order, &info, j->g->format, &place, record == 1);
		known_date(j->g, &info, j->in_order ? &s->order : NULL);
		if (j->in_order && info.user.n > 0 && s->order.timed)
			account_take(&s->account, info.user, s->order.newest);
		hear(j, p, (size_t)(stop - p), &info, &place);
		p = next;
	}
}

/* A hole before it (of notes older than sidecars) is filled when all is compared. */
static void
note_records(struct seal_job *j, const struct chunk *c, const struct chunk_said *seen)
{
	struct segment *g = j->g;
	struct side_place at = { g->chunks, g->records, seen->records, c->hash };

	if (j->hashes != NULL)
		side_run_add(&j->side, &j->run, &at, j->hashes + seen->hashed);
	if (j->side.fd >= 0 && g->sided == g->chunks)
		g->sided++;
}

static void
note_chunk(struct seal_job *j, const struct hashed_block *b, const struct chunk *c,
    const struct chunk_said *seen)
{
	struct segment *g = j->g;
	struct part part = { .off = j->off + c->at, .len = c->len };

	memcpy(part.hash, c->hash, HASH_SIZE);
	tail_leave(j->z->s, g,
	    &(struct tail){ part, seen->records, j->z->now, seen->timed, seen->numbered, seen->t0,
		seen->t1, seen->s0, seen->s1 },
	    &j->was);
	note_records(j, c, seen);
	if (g->chunks++ == 0) {
		g->first = part;
		g->line = (struct part){ .off = part.off, .len = seen->first_len };
		digest_of(j->z->s->digest, b->data + c->at, seen->first_len, g->line.hash);
	}
	g->last = part;
	g->sealed = part.off + part.len;
	g->records += seen->records;
	j->z->s->records += seen->records;
	j->z->bytes += part.len;
}

/* Looks at the records of a block while its chunks are hashed. */
static void
look_at_block(struct seal_job *j, const struct hashed_block *b)
{
	uint64_t before = j->g->records;
	size_t hashed = 0;

	for (size_t i = 0; i < b->n; i++) {
		look_at_records(j, b, &b->chunk[i], &j->seen[i], hashed);
		j->g->records += j->seen[i].records; /* the place of the next one's records */
		if (j->seen[i].records <= SIDE_RECORDS)
			hashed += (size_t)j->seen[i].records + 1;
	}
	j->g->records = before;
}

/* Behind the last whole chunk. */
static size_t
chunks_end(const struct hashed_block *b)
{
	return b->n > 0 ? b->chunk[b->n - 1].at + b->chunk[b->n - 1].len : 0;
}

/* What is left over of a block begins the next one. 1, or -1 with *e. */
static int
read_next(
    struct seal_job *j, const struct hashed_block *b, struct hashed_block *next, struct err *e)
{
	ssize_t got = 0;

	next->len = b->len - chunks_end(b);
	memcpy(next->data, b->data + chunks_end(b), next->len);
	if (!j->at_end)
		got = source_read(&j->src, next->data + next->len, SEAL_ROOM - next->len, e);
	if (got < 0)
		return -1;
	next->len += (size_t)got;
	return 1;
}

static void
begin_block(struct seal_job *j, struct hashed_block *b)
{
	j->at_end = b->len < SEAL_ROOM;
	cut_chunks(b, j->at_end, j->ends);
	hasher_start(j->z->hasher, b);
}

/* Notes the chunks of a block that was begun and looked at. */
static void
note_block(struct seal_job *j, struct hashed_block *b)
{
	hasher_wait(j->z->hasher, b);
	for (size_t i = 0; i < b->n; i++)
		note_chunk(j, b, &b->chunk[i], &j->seen[i]);
	side_run_end(&j->side, &j->run);
	j->off += chunks_end(b);
}

static void
choose_format(struct seal_job *j, const struct hashed_block *b)
{
	const struct audit_conf *conf = j->z->conf;

	if (j->g->format == FORMAT_AUTO)
		j->g->format = look_format(conf, b->data, b->len, j->off == 0);
	look_scanner(&j->scanner, j->g->format, conf, j->z->regex);
	scanner_go_on(&j->scanner, &j->z->s->reading);
	if (j->from == 0)
		scanner_begin(&j->scanner, b->data, b->len);
}

/* The bytes of the open chunk are those that were sealed. */
static bool
tail_fits(const struct seal_job *j, const struct hashed_block *b)
{
	uint8_t hash[HASH_SIZE];

	if (j->was.part.len == 0)
		return true;
	if (b->len < j->was.part.len)
		return false;
	digest_of(j->z->s->digest, b->data, (size_t)j->was.part.len, hash);
	return memcmp(hash, j->was.part.hash, HASH_SIZE) == 0;
}

/* The blocks from b on; the next one is begun before this one is waited for. As seal_file. */
static int
take_blocks(struct seal_job *j, struct hashed_block *b, struct hashed_block *next, struct err *e)
{
	bool more = true;
	int rc = 1;

	begin_block(j, b);
	while (more) {
		struct hashed_block *swap = b;

		look_at_block(j, b);
		/* what is left over of the last one is a record that is being written */
		more = !j->at_end || b->n == HASHER_CHUNKS;
		if (more && (rc = read_next(j, b, next, e)) == 1)
			more = next->len > 0;
		if (more && rc == 1 && j->z->clk->mono(j->z->clk) > j->z->until)
			rc = 0;
		more = more && rc == 1;
		if (more)
			begin_block(j, next);
		note_block(j, b);
		b = next;
		next = swap;
	}
	return rc;
}

/* The open chunk was compared a moment ago: its bytes may still be at hand. -1 with *e. */
static int
read_first(struct seal_job *j, struct hashed_block *b, struct err *e)
{
	const char *kept = compare_kept(&j->src.hints, &j->was.part);
	ssize_t got;

	b->len = kept != NULL && !j->src.packed ? (size_t)j->was.part.len : 0;
	if (b->len > 0) {
		memcpy(b->data, kept, b->len);
		source_seek(&j->src, j->off + b->len, NULL);
	}
	got = source_read(&j->src, b->data + b->len, SEAL_ROOM - b->len, e);
	b->len += got > 0 ? (size_t)got : 0;
	return got < 0 ? -1 : 0;
}

static int
run(struct seal_job *j, struct err *e)
{
	struct hashed_block *b = &j->block[0];

	if (read_first(j, b, e) < 0)
		return -1;
	if (!tail_fits(j, b))
		return err_set(e, ERR_SYS, "changed while it was read");
	if (b->len == 0)
		return 1;
	choose_format(j, b);
	return take_blocks(j, b, &j->block[1], e);
}

static int
open_file(struct seal_job *j, struct err *e)
{
	const struct file *f = j->g->file;

	if (source_open(&j->src, f->path, e) < 0)
		return -1;
	if (hints_same_file(&j->src.hints, &f->hints) && source_seek(&j->src, j->off, e) == 0)
		return 0;
	source_close(&j->src);
	return err_set(e, ERR_SYS, "was set aside while it was looked at");
}

static int
prepare(struct sealer *z, struct seal_job *j, struct err *e)
{
	if (z->hasher == NULL && (z->hasher = hasher_new(e)) == NULL)
		return -1;
	for (size_t i = 0; i < 2; i++) {
		if (z->room[i] == NULL && (z->room[i] = malloc(SEAL_ROOM)) == NULL)
			return err_set(e, ERR_SYS, "no memory to read it");
		j->block[i].data = z->room[i];
	}
	if (open_file(j, e) < 0)
		return -1;
	if (z->s->key != NULL)
		j->hashes = memory_or_end(malloc(SEAL_HASHES * sizeof(*j->hashes)), "records");
	side_open(&j->side, z->s->key, z->s->dir, z->s->id, j->g->id, true);
	return 0;
}

/* What was not read to its end must not look as if nothing had changed. */
static void
settle(struct seal_job *j, int rc)
{
	struct segment *g = j->g;

	g->hints = rc == 1 ? j->src.hints : (struct hints){ 0 };
	g->newest = j->src.hints.mtime;
	g->whole = rc == 1 && j->ends;
	g->held = 0;
	if (rc == 1 && !j->src.packed && j->src.hints.size > g->sealed)
		g->held = j->src.hints.size - g->sealed;
	if (g->whole || g->tail.part.len >= AUDIT_CHUNK)
		tail_close(j->z->s, g);
	j->z->s->dirty = true;
}

/* Nothing was sealed in place of the chunk that was open: it is as it was. */
static void
put_back(struct seal_job *j, const struct segment *before)
{
	struct hints none = { 0 };

	j->z->s->records += j->was.records;
	*j->g = *before;
	j->g->hints = none;
}

int
seal_file(struct sealer *z, struct segment *g, bool ends, bool in_order, struct err *e)
{
	struct seal_job j = {
		.z = z, .g = g, .from = g->sealed, .ends = ends, .in_order = in_order
	};
	struct segment before = *g;
	int rc;

	if (instant_minus(z->now, g->tail.since) > TAIL_DAY)
		tail_close(z->s, g);
	j.off = tail_is_open(g) ? g->tail.part.off : g->sealed;
	if (prepare(z, &j, e) < 0)
		return -1;
	before.tail = g->tail;
	j.was = tail_reopen(z->s, g);
	z->s->order.before = j.src.hints.mtime;
	rc = run(&j, e);
	if (in_order && j.scanner.conf != NULL) /* else there was nothing to read */
		z->s->reading = j.scanner.reading;
	if (g->chunks < before.chunks)
		put_back(&j, &before);
	else
		settle(&j, rc);
	source_close(&j.src);
	side_close(&j.side);
	free(j.hashes);
	return rc;
}

void
sealer_fini(struct sealer *z)
{
	hasher_free(z->hasher);
	z->hasher = NULL;
	free(z->room[0]);
	free(z->room[1]);
	z->room[0] = z->room[1] = NULL;
}
