/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the walk that brings the notes and a file in step, and the kind of each difference.
 */
#include "diff.h"

#include "ahead.h"

#include <stdlib.h>
#include <string.h>

#define WINDOW ((size_t)64) /* records that are looked at first around a difference */
#define WIDER 16            /* times as many, when they are not in step within these */

struct work {
	const struct differ *d;
	const struct segment *g;
	struct now now;
	struct noted noted;
	struct diff *out;
};

static size_t
waiting_now(const struct work *w)
{
	return w->now.n - w->now.at;
}

static size_t
waiting_noted(const struct work *w)
{
	return w->noted.n - w->noted.at;
}

static bool
chunk_fits(struct work *w)
{
	const struct part *p = &w->noted.chunks.part;
	const char *bytes = now_peek(&w->now, (size_t)p->len);
	uint8_t hash[HASH_SIZE];

	if (bytes == NULL)
		return false;
	digest_of(w->d->s->digest, bytes, (size_t)p->len, hash);
	if (memcmp(hash, p->hash, HASH_SIZE) != 0)
		return false;
	now_skip(&w->now, (size_t)p->len);
	return true;
}

static void
drop_now(struct work *w, size_t n)
{
	w->now.at += n;
}

static void
drop_noted(struct work *w, size_t n)
{
	w->noted.at += n;
	w->noted.record += n;
}

static void
say_unproven(struct work *w, uint64_t to, uint64_t offset)
{
	struct diff *out = w->out;

	if (!out->unproven) {
		out->from = w->noted.record;
		out->offset = offset;
	}
	out->unproven = true;
	out->to = to;
}

/* The chunk has no hashes of its records: as many bytes are gone past as it had. */
static int
pass_unproven(struct work *w)
{
	const struct chunks *c = &w->noted.chunks;
	size_t len = (size_t)c->part.len, n;

	say_unproven(w, w->noted.record + c->records - 1, c->part.off);
	if (waiting_now(w) > 0) {
		now_fill(&w->now, (size_t)c->records);
		n = waiting_now(w);
		drop_now(w, n < c->records ? n : (size_t)c->records);
	} else if (now_peek(&w->now, len) != NULL) {
		now_skip(&w->now, len);
	} else {
		now_skip(&w->now, w->now.have - w->now.used);
	}
	noted_pass(&w->noted);
	return 1;
}

static struct diff_place *
add_place(struct work *w)
{
	struct diff *out = w->out;

	if (out->n == DIFF_PLACES) {
		out->more = true;
		return NULL;
	}
	return &out->place[out->n++];
}

static void
keep_hashes(struct diff *out, struct diff_place *p, const uint64_t *gone, const uint64_t *come)
{
	p->hash_at = out->nhash;
	p->hashed = p->gone <= DIFF_MOVED && p->come <= DIFF_MOVED - p->gone &&
		    p->gone + p->come <= DIFF_MOVED - out->nhash;
	if (!p->hashed)
		return;
	memcpy(out->hash + out->nhash, gone, (size_t)p->gone * sizeof(*gone));
	out->nhash += (size_t)p->gone;
	memcpy(out->hash + out->nhash, come, (size_t)p->come * sizeof(*come));
	out->nhash += (size_t)p->come;
}

/* One stretch, counted from where both stand. */
static bool
take_stretch(void *self, const struct stretch *s)
{
	struct work *w = self;
	struct diff_place *p = add_place(w);

	if (p == NULL)
		return false;
	*p = (struct diff_place){
		.record = w->noted.record + s->old_at,
		.gone = s->old_n,
		.come = s->now_n,
		.offset = now_place(&w->now, s->now_at),
		.come_bytes =
		    now_place(&w->now, s->now_at + s->now_n) - now_place(&w->now, s->now_at),
	};
	keep_hashes(w->out, p, w->noted.hash + w->noted.at + s->old_at,
	    w->now.hash + w->now.at + s->now_at);
	return true;
}

/* No noted record is in step from here to the end; n of the file's stand there now. */
static int
take_tail(struct work *w, size_t n)
{
	const struct noted *o = &w->noted;
	const struct now *now = &w->now;
	size_t had = waiting_noted(w);
	uint64_t gone = w->g->records - o->record + 1;
	struct diff_place *p;

	if (had == gone)
		resync_stretches(o->hash + o->at, had, now->hash + now->at, n, take_stretch, w);
	else
		take_stretch(w, &(struct stretch){ 0, had, 0, n });
	if (w->out->more)
		return 0;
	p = &w->out->place[w->out->n - 1];
	p->last = true;
	if (had != gone) {
		p->gone = gone;
		p->hashed = false;
	}
	return 0;
}

/* Both stand where the first record differs. */
static int
take_difference(struct work *w)
{
	size_t want = WINDOW, a, b;
	struct row old, now;

	now_fill(&w->now, 1);
	if (waiting_now(w) == 0)
		return take_tail(w, 0);
	for (;;) {
		noted_fill(&w->noted, want);
		now_fill(&w->now, want);
		old = (struct row){ w->noted.hash + w->noted.at, waiting_noted(w), w->noted.ends };
		now = (struct row){ w->now.hash + w->now.at, waiting_now(w), now_ends(&w->now) };
		if (old.n > RESYNC_MAX) {
			old.n = RESYNC_MAX;
			old.ends = false;
		}
		if (resync_find(&old, &now, &a, &b))
			break;
		if ((old.ends && now.ends) || want >= RESYNC_MAX) {
			if (old.ends)
				return take_tail(w, now.n);
			say_unproven(w, w->g->records, now_place(&w->now, 0));
			return 0;
		}
		want = want * WIDER < RESYNC_MAX ? want * WIDER : RESYNC_MAX;
	}
	resync_stretches(old.v, a, now.v, b, take_stretch, w);
	drop_noted(w, a);
	drop_now(w, b);
	return w->out->more ? 0 : 1;
}

/* 1: go on; 0: all is said; -1: the notes cannot be read. */
static int
step(struct work *w)
{
	if (waiting_noted(w) == 0) {
		if (!noted_chunk(&w->noted))
			return w->noted.broken ? -1 : 0;
		if (waiting_now(w) == 0 && chunk_fits(w)) {
			w->out->same += w->noted.chunks.records;
			noted_pass(&w->noted);
			return 1;
		}
		if (waiting_now(w) == 0 && now_peek(&w->now, 1) == NULL)
			return take_tail(w, 0);
		if (!noted_take(&w->noted))
			return pass_unproven(w);
	}
	now_fill(&w->now, waiting_noted(w) < RESYNC_MAX ? waiting_noted(w) : RESYNC_MAX);
	while (waiting_noted(w) > 0 && waiting_now(w) > 0 &&
	       w->noted.hash[w->noted.at] == w->now.hash[w->now.at]) {
		drop_noted(w, 1);
		drop_now(w, 1);
		w->out->same++;
	}
	if (waiting_noted(w) == 0 || (waiting_now(w) == 0 && !now_ends(&w->now)))
		return 1;
	return take_difference(w);
}

static int
by_value(const void *va, const void *vb)
{
	const uint64_t *a = va, *b = vb;

	return (*a > *b) - (*a < *b);
}

/* The same records are gone and have come: they only stand in another order. */
static bool
only_moved(const struct diff *out)
{
	static uint64_t gone[DIFF_MOVED], come[DIFF_MOVED];
	size_t ngone = 0, ncome = 0;

	for (size_t i = 0; i < out->n; i++) {
		const struct diff_place *p = &out->place[i];

		if (!p->hashed)
			return false;
		for (size_t k = 0; k < p->gone; k++)
			gone[ngone++] = out->hash[p->hash_at + k];
		for (size_t k = 0; k < p->come; k++)
			come[ncome++] = out->hash[p->hash_at + p->gone + k];
	}
	if (ngone != ncome)
		return false;
	qsort(gone, ngone, sizeof(gone[0]), by_value);
	qsort(come, ncome, sizeof(come[0]), by_value);
	return memcmp(gone, come, ngone * sizeof(gone[0])) == 0;
}

/* A last record that lost its end is gone, not changed, when nothing else has come. */
static bool
is_cut(const struct work *w, const struct diff_place *p)
{
	return p->last && (p->come == 0 || (p->come == 1 && p->gone > 0 && w->now.cut &&
					       now_ends(&w->now) && w->now.off < w->g->sealed));
}

static void
classify(struct work *w)
{
	struct diff *out = w->out;
	bool moved = !out->more && !out->unproven && out->n > 0 && only_moved(out);

	for (size_t i = 0; i < out->n; i++) {
		struct diff_place *p = &out->place[i];

		p->class = moved          ? DIFF_REORDERED
			   : is_cut(w, p) ? DIFF_TRUNCATED
			   : p->come == 0 ? DIFF_DELETED
			   : p->gone == 0 ? DIFF_INSERTED
					  : DIFF_EDITED;
	}
	if (out->n != 1 || out->more || out->unproven)
		return;
	if (out->place[0].last && out->place[0].class != DIFF_TRUNCATED)
		return;
	out->gone_bytes = w->g->sealed + out->place[0].come_bytes - now_place(&w->now, 0);
	if (out->place[0].class == DIFF_TRUNCATED)
		out->gone_bytes = w->g->sealed - w->now.off;
}

int
diff_run(const struct differ *d, const struct segment *g, const char *path, struct diff *out,
    struct err *e)
{
	struct work w = { .d = d, .g = g, .out = out };
	int rc = 1;

	memset(out, 0, sizeof(*out));
	if (now_open(&w.now, d->s->key, path, e) < 0) {
		out->unreadable = true;
		return -1;
	}
	noted_open(&w.noted, d->s, g);
	while (rc == 1 && d->clk->mono(d->clk) <= d->until)
		rc = step(&w);
	classify(&w);
	if (rc < 0)
		err_set(e, ERR_PARSE, "its statements cannot be read");
	else if (w.now.why.code != ERR_NONE) {
		*e = w.now.why;
		out->unreadable = true;
		rc = -1;
	}
	noted_close(&w.noted);
	now_close(&w.now);
	return rc < 0 ? -1 : rc == 0;
}
