/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the birth of segments: a file that nothing is known of becomes one, at its place among the
 * others.
 */
#include "born.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
born_say(struct state *s, const char *verb, const struct segment *g, instant now)
{
	struct str line;

	str_init(&line, STATEMENT_MAX);
	str_addf(&line, "fw1 %s stream=%s seg=%" PRIu64 " at=%" PRId64, verb, s->id, g->id, now);
	statement_put_name(&line, "name", g->name);
	str_addf(&line, " dev=%" PRIu64 " ino=%" PRIu64 " btime=%" PRId64 " mtime=%" PRId64,
	    g->hints.dev, g->hints.ino, g->hints.btime, g->hints.mtime);
	state_say(s, line.s, line.len);
	str_fini(&line);
}

void
born_claim(struct segment *g, struct file *f)
{
	g->file = f;
	f->seg = g;
}

struct segment *
born_segment(struct log *l, size_t at, struct file *f, enum seg_state state)
{
	struct state *s = &l->s;
	struct segment *g = known_add_segment(s, at, f->path);

	log_relink(l);
	g->id = s->next_segment++;
	g->state = state;
	g->hints = f->hints;
	g->packed = f->packed;
	g->newest = f->hints.mtime;
	g->from = s->written;
	g->fresh = true;
	born_say(s, state == SEG_COPY ? "copy" : "open", g, l->now);
	if (state != SEG_COPY)
		g->hints = (struct hints){ 0 }; /* nothing of it has been read yet */
	born_claim(g, f);
	return g;
}

static int
by_age(const void *va, const void *vb)
{
	const struct file *const *a = va, *const *b = vb;
	if ((*a)->first != (*b)->first)
		return (*a)->first < (*b)->first ? -1 : 1;
	return files_by_name((*a)->path, (*b)->path);
}

/* By its name, or named as a file that holds a part of the log. */
static bool
is_of_log(struct log *l, struct file *f)
{
	if (!f->stranger)
		return f->ours;
	for (size_t i = 0; i < l->s.nsegs; i++) {
		const struct file *held = l->s.segs[i].file;

		if (held != NULL && !held->own && files_same_form(held->path, f->path)) {
			files_peek(f, l->conf);
			return !f->unreadable;
		}
	}
	return false;
}

/* What is written to now is the newest, even if nothing had been written when it was last looked
 * at. */
static bool
stands_behind(const struct log *l, const struct segment *g, const struct file *f)
{
	return l->s.known &&
	       (g->newest > f->hints.mtime || (g->state == SEG_ACTIVE && g->file != NULL));
}

/* Older files that nothing is known of: on the first run all of them, else what came and went
 * between two runs, or was put there. */
void
born_unknown(struct log *l)
{
	struct file **list = arena_array(l->s.arena, l->files.n + 1, sizeof(struct file *));
	size_t n = 0;

	for (size_t k = 0; k < l->files.n; k++) {
		struct file *f = &l->files.v[k];

		if (!f->own && f->seg == NULL && !f->unreadable && f->hints.size > 0 &&
		    is_of_log(l, f))
			list[n++] = f;
	}
	qsort(list, n, sizeof(list[0]), by_age);
	for (size_t k = 0; k < n && l->s.nsegs < AUDIT_SEGMENTS_MAX; k++) {
		size_t at = l->s.nsegs;

		while (at > 0 && stands_behind(l, &l->s.segs[at - 1], list[k]))
			at--;
		born_segment(l, at, list[k], SEG_CLOSED)->out_of_order = at + 1 < l->s.nsegs;
	}
}
