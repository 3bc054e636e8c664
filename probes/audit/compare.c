/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns comparing: noted chunks against the bytes of a file, some in each run, all in time.
 */
#include "compare.h"

#include "head.h"
#include "state.h"

#include <string.h>

/* The bytes of one part of the file are those that were noted. */
static bool
same_part(struct state *s, struct source *src, const struct part *p)
{
	static char buf[AUDIT_RECORD];
	uint8_t hash[HASH_SIZE];

	if (source_seek(src, p->off, NULL) < 0 ||
	    source_read(src, buf, (size_t)p->len, NULL) != (ssize_t)p->len)
		return false;
	digest_of(s->digest, buf, (size_t)p->len, hash);
	return memcmp(hash, p->hash, HASH_SIZE) == 0;
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

/* Walks the chunk statements of one segment. 1: the next is in *p; 0: no more; -1. */
static int
next_chunk(
    struct statements *r, const struct segment *g, uint64_t *left, struct part *p, uint64_t *rec)
{
	while (*left > 0) {
		struct statement st;
		uint64_t seg;
		char *line;
		size_t n;

		if (statements_next(r, &line, &n) != 1 || !statement_parse(line, n, &st))
			return -1;
		if (!chunk_read(&st, &seg, p, rec) || seg != g->id)
			continue;
		(*left)--;
		return 1;
	}
	return 0;
}

/* Records that end between a byte and the end of the file. */
static uint64_t
records_from(struct source *src, uint64_t at)
{
	static char buf[AUDIT_CHUNK];
	uint64_t n = 0;
	ssize_t got;

	if (source_seek(src, at, NULL) < 0)
		return 0;
	while ((got = source_read(src, buf, sizeof(buf), NULL)) > 0)
		for (const char *p = buf; (p = memchr(p, '\n', (size_t)(buf + got - p))) != NULL;
		     p++)
			n++;
	return n;
}

int
compare_beginning(struct state *s, const struct segment *g, const struct file *f, bool *is,
    uint64_t *records, uint64_t *bytes, struct err *e)
{
	uint64_t left = g->chunks, rec, same = 0, kept = 0;
	struct statements r;
	struct source src;
	struct part p;
	int rc;

	*is = false;
	*records = *bytes = 0;
	if (source_open(&src, f->path, NULL) < 0)
		return 0;
	statements_open(&r, s, g->from);
	while ((rc = next_chunk(&r, g, &left, &p, &rec)) == 1 && p.off + p.len <= f->hints.size &&
	       same_part(s, &src, &p)) {
		same = p.off + p.len;
		kept += rec;
	}
	/* the chunk in which it ends cannot be compared; its first record can */
	if (same == 0)
		*is = f->hints.size == 0 || compare_first_record(s, g, f);
	else
		*is = rc == 0 || p.off + p.len > f->hints.size;
	kept += records_from(&src, same);
	source_close(&src);
	*records = g->records > kept ? g->records - kept : 0;
	*bytes = g->sealed + g->held - f->hints.size;
	return rc < 0 ? err_set(e, ERR_PARSE, "its statements cannot be read") : 0;
}

/* One segment's file while its chunks go by. */
struct walk {
	struct segment *g;
	struct source src;
	bool open, all;
	uint64_t record; /* of the next chunk's first one, from 1 */
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
	*w = (struct walk){ .g = g, .all = all, .record = 1, .d = { .segment = g->id } };
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
finish(struct comparer *c, struct walk *w)
{
	if (w->g == NULL)
		return;
	if (w->open)
		source_close(&w->src);
	if (!w->all)
		w->d.record = 0; /* it began in the middle */
	if (w->open && w->d.chunks + w->d.same > 0)
		c->found(c->self, w->g, &w->d, w->all && w->d.chunks + w->d.same == w->g->chunks);
	w->g = NULL;
}

static void
compare_chunk(struct comparer *c, struct walk *w, const struct part *p, uint64_t records)
{
	if (w->open) {
		bool same = same_part(c->s, &w->src, p);

		w->d.scattered |= !same && w->d.chunks > 0 && !w->d.to_end;
		w->d.to_end = !same;
		if (same) {
			w->d.same++;
		} else if (!still_there(&w->src, w->g->file->path)) {
			/* set aside or emptied at this moment: no difference to speak of */
			c->unreadable = w->g->file->path;
			err_set(&c->why, ERR_SYS, "changed while it was read");
			source_close(&w->src);
			w->open = false;
		} else {
			if (w->d.chunks++ == 0) {
				w->d.record = w->record;
				w->d.offset = p->off;
			}
			w->d.records += records;
		}
	}
	w->record += records;
}

int
compare_segment(struct comparer *c, struct segment *g, struct err *e)
{
	uint64_t left = g->chunks, rec;
	struct statements r;
	struct walk w;
	struct part p;
	int rc;

	begin(c, &w, g, true);
	statements_open(&r, c->s, g->from);
	while ((rc = next_chunk(&r, g, &left, &p, &rec)) == 1) {
		compare_chunk(c, &w, &p, rec);
		if (c->clk->mono(c->clk) > c->until && left > 0) {
			w.all = false;
			finish(c, &w);
			return 0;
		}
	}
	finish(c, &w);
	return rc < 0 ? err_set(e, ERR_PARSE, "its statements cannot be read") : 1;
}

static struct segment *
find_segment(struct state *s, uint64_t id)
{
	for (size_t i = 0; i < s->nsegs; i++)
		if (s->segs[i].id == id)
			return &s->segs[i];
	return NULL;
}

/* A walk that goes on in the middle of a segment does not know which record it is at. */
static void
take_chunk(struct comparer *c, struct walk *w, uint64_t id, const struct part *p, uint64_t rec)
{
	if (w->g == NULL || w->g->id != id) {
		struct segment *g = find_segment(c->s, id);

		finish(c, w);
		if (g == NULL)
			return;
		begin(c, w, g, p->off == g->first.off);
	}
	compare_chunk(c, w, p, rec);
}

int
compare_all(struct comparer *c, struct err *e)
{
	struct state *s = c->s;
	struct walk w = { .g = NULL };
	struct statements r;
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
			take_chunk(c, &w, seg, &p, rec);
		s->cursor = r.at;
		if (c->clk->mono(c->clk) > c->until && s->cursor < r.end)
			break;
	}
	finish(c, &w);
	if (rc == 1)
		return 0;
	s->cursor = 0;
	if (rc < 0 || memcmp(s->cursor_chain, s->chain, HASH_SIZE) != 0)
		return err_set(e, ERR_PARSE, "its statements are damaged");
	return 1;
}
