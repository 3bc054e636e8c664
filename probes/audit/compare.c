/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns comparing: noted chunks against the bytes of a file, some in each run, all in time.
 */
#include "compare.h"

#include "chunks.h"
#include "head.h"
#include "tail.h"
#include "state.h"

#include <string.h>

/* The part that was read last. */
static struct {
	char bytes[AUDIT_RECORD];
	struct hints file;
	struct part part; /* len 0: none */
} kept;

/* The bytes of one part of the file are those that were noted. */
static bool
same_part(struct state *s, struct source *src, const struct part *p)
{
	uint8_t is[HASH_SIZE];

	kept.part.len = 0;
	if (source_seek(src, p->off, NULL) < 0 ||
	    source_read(src, kept.bytes, (size_t)p->len, NULL) != (ssize_t)p->len)
		return false;
	kept.file = src->hints;
	kept.part = *p;
	digest_of(s->digest, kept.bytes, (size_t)p->len, is);
	return memcmp(is, p->hash, HASH_SIZE) == 0;
}

const char *
compare_kept(const struct hints *file, const struct part *p)
{
	return kept.part.len == p->len && kept.part.off == p->off && p->len > 0 &&
		       hints_equal(&kept.file, file)
		   ? kept.bytes
		   : NULL;
}

bool
compare_ends(struct state *s, const struct segment *g, const struct file *f)
{
	struct source src;
	bool same;

	if (f->unreadable || (!f->packed && f->hints.size < g->sealed))
		return false;
	if (g->chunks == 0)
		return hints_same_file(&g->hints, &f->hints);
	if (source_open(&src, f->path, NULL) < 0)
		return false;
	/* of one that was changed in its past, only the end is still as it was noted */
	same = (g->flawed || same_part(s, &src, &g->first)) &&
	       ((!g->flawed && g->last.off == g->first.off) || same_part(s, &src, &g->last));
	source_close(&src);
	return same;
}

bool
compare_first_record(struct state *s, const struct segment *g, const struct file *f)
{
	struct source src;
	bool same;

	if (g->chunks == 0 || f->unreadable || source_open(&src, f->path, NULL) < 0)
		return false;
	same = same_part(s, &src, &g->line);
	source_close(&src);
	return same;
}

/* One segment's file while its chunks go by. */
struct walk {
	struct segment *g;
	struct source src;
	bool open, all;
	struct difference d;
};

/* The path still leads to this file, and it was not cut meanwhile. */
static bool
still_there(const struct source *src, const char *path)
{
	struct hints h;
	mode_t mode;

	return hints_look(path, &h, &mode) == 0 && hints_same_file(&h, &src->hints) &&
	       h.size >= src->hints.size;
}

static void
begin(struct comparer *c, struct walk *w, struct segment *g, bool all)
{
	*w = (struct walk){ .g = g, .all = all };
	if (g->file == NULL)
		return;
	w->open = source_open(&w->src, g->file->path, &c->why) == 0;
	if (w->open && !still_there(&w->src, g->file->path)) {
		source_close(&w->src);
		w->open = false;
		err_set(&c->why, ERR_SYS, "was set aside while it was looked at");
	}
	if (!w->open)
		c->unreadable = g->file->path;
}

static void
judge_part(struct comparer *c, struct walk *w, const uint8_t *noted, const uint8_t *is)
{
	if (memcmp(is, noted, HASH_SIZE) == 0) {
		w->d.same++;
	} else if (!still_there(&w->src, w->g->file->path)) {
		/* set aside or emptied at this moment: no difference to speak of */
		c->unreadable = w->g->file->path;
		err_set(&c->why, ERR_SYS, "changed while it was read");
		source_close(&w->src);
		w->open = false;
	} else {
		w->d.chunks++;
		digest_chain(c->s->digest, w->d.form, is, HASH_SIZE);
	}
}

/* Waits for the batch that is being hashed, if there is one. */
static void
judge_batch(struct comparer *c, struct walk *w)
{
	struct batch *b = c->batch[1];
	uint8_t is[HASH_SIZE];

	if (b->block.n > 0)
		hasher_wait(c->hasher, &b->block);
	for (size_t i = 0; i < b->block.n && w->open; i++) {
		batch_is(b, i, is);
		judge_part(c, w, b->noted[i], is);
	}
	batch_clear(b);
}

/* The filled batch is hashed from now on, and the one before it is judged. */
static void
turn(struct comparer *c, struct walk *w)
{
	struct batch *filled = c->batch[0];

	if (filled->block.n > 0)
		hasher_start(c->hasher, &filled->block);
	judge_batch(c, w);
	c->batch[0] = c->batch[1];
	c->batch[1] = filled;
}

static void
finish(struct comparer *c, struct walk *w)
{
	if (w->g == NULL)
		return;
	if (c->hasher != NULL) {
		turn(c, w);
		judge_batch(c, w);
	}
	if (w->open)
		source_close(&w->src);
	if (w->open && w->d.chunks + w->d.same > 0)
		c->found(c->self, w->g, &w->d, w->all && w->d.chunks + w->d.same == w->g->chunks);
	w->g = NULL;
}

static bool
has_hasher(struct comparer *c)
{
	for (size_t i = 0; i < 2; i++)
		if (c->batch[i] == NULL)
			c->batch[i] = batch_new();
	if (c->hasher == NULL)
		c->hasher = hasher_new(&c->why);
	return c->hasher != NULL;
}

void
comparer_fini(struct comparer *c)
{
	hasher_free(c->hasher);
	batch_free(c->batch[0]);
	batch_free(c->batch[1]);
}

static void
compare_chunk(struct comparer *c, struct walk *w, const struct part *p)
{
	if (!w->open)
		return;
	if (!has_hasher(c)) {
		c->unreadable = w->g->file->path;
		source_close(&w->src);
		w->open = false;
		return;
	}
	if (!batch_takes(c->batch[0], p))
		turn(c, w);
	if (w->open)
		batch_add(c->batch[0], &w->src, p);
}

int
compare_segment(struct comparer *c, struct segment *g, struct err *e)
{
	struct chunks chunks;
	struct walk w;
	int rc;

	begin(c, &w, g, true);
	chunks_open(&chunks, c->s, g);
	while ((rc = chunks_next(&chunks)) == 1) {
		compare_chunk(c, &w, &chunks.part);
		if (c->clk->mono(c->clk) > c->until && chunks.left > 0) {
			w.all = false;
			break;
		}
	}
	chunks_close(&chunks);
	finish(c, &w);
	return rc < 0 ? err_set(e, ERR_PARSE, "its statements cannot be read") : rc == 0;
}

static struct segment *
find_segment(struct state *s, uint64_t id)
{
	for (size_t i = 0; i < s->nsegs; i++)
		if (s->segs[i].id == id)
			return &s->segs[i];
	return NULL;
}

static void
take_chunk(struct comparer *c, struct walk *w, uint64_t id, const struct part *p)
{
	if (w->g == NULL || w->g->id != id) {
		struct segment *g = find_segment(c->s, id);

		finish(c, w);
		if (g == NULL)
			return;
		begin(c, w, g, p->off == g->first.off);
	}
	compare_chunk(c, w, p);
}

/* The chunks that have no statement yet. */
static void
take_tails(struct comparer *c, struct walk *w)
{
	for (size_t i = 0; i < c->s->nsegs; i++)
		if (tail_is_open(&c->s->segs[i]) && c->s->segs[i].file != NULL &&
		    c->s->segs[i].state != SEG_LOST)
			take_chunk(c, w, c->s->segs[i].id, &c->s->segs[i].tail.part);
}

int
compare_all(struct comparer *c, struct err *e)
{
	struct state *s = c->s;
	struct walk w = { .g = NULL };
	struct statements r;
	bool tails = false;
	int rc = 1;

	if (s->cursor == 0)
		memset(s->cursor_chain, 0, HASH_SIZE);
	statements_open(&r, s, s->cursor);
	s->dirty = true;
	for (;;) {
		struct statement st;
		struct part p;
		uint64_t seg, rec;
		char *line;
		size_t n;

		rc = statements_next(&r, &line, &n);
		if (rc == 0 && !tails) {
			take_tails(c, &w);
			tails = true;
		}
		if (rc == 0)
			finish(c, &w); /* what it finds may be noted behind the end */
		r.end = s->written;
		if (rc == 0 && r.at < r.end)
			continue;
		if (rc != 1)
			break;
		digest_chain(s->digest, s->cursor_chain, line, n);
		if (!statement_parse(line, n, &st)) {
			rc = -1;
			break;
		}
		if (chunk_read(&st, &seg, &p, &rec))
			take_chunk(c, &w, seg, &p);
		s->cursor = r.at;
		if (c->clk->mono(c->clk) > c->until && s->cursor < r.end)
			break;
	}
	finish(c, &w);
	statements_close(&r);
	if (rc == 1)
		return 0;
	s->cursor = 0;
	if (rc < 0 || memcmp(s->cursor_chain, s->chain, HASH_SIZE) != 0)
		return err_set(e, ERR_PARSE, "its statements are damaged");
	return 1;
}
