/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the question which file holds which segment now.
 */
#include "follow.h"

#include "born.h"
#include "lost.h"

#include "compare.h"
#include "finding.h"

#include <string.h>

/* The file that was matched to a segment replaces what was known of where it is. */
static void
settle(struct state *s, struct segment *g, struct file *f)
{
	if (g->state != SEG_ACTIVE && g->whole)
		g->hints = f->hints;
	if (strcmp(g->name, f->path) != 0 || g->packed != f->packed)
		s->dirty = true;
	g->name = f->path;
	g->packed = f->packed;
}

static bool
untouched(const struct segment *g, const struct file *f)
{
	return hints_same_file(&g->hints, &f->hints) && g->hints.size == f->hints.size &&
	       g->hints.mtime == f->hints.mtime;
}

/* Files of this state that nobody touched, by what the file system says of them. */
static void
claim_untouched(struct log *l, enum seg_state state)
{
	struct state *s = &l->s;

	for (size_t i = 0; i < s->nsegs; i++) {
		struct segment *g = &s->segs[i];

		for (size_t k = 0; k < l->files.n && g->state == state; k++) {
			struct file *f = &l->files.v[k];

			if (f->seg != NULL || f->own || !untouched(g, f))
				continue;
			/* a new name moves ctime as well; without one something else did */
			g->recheck = state == SEG_CLOSED && g->hints.changed != f->hints.changed &&
				     strcmp(g->name, f->path) == 0;
			f->packed = g->packed;
			born_claim(g, f);
			break;
		}
	}
}

static bool
all_found(const struct state *s)
{
	for (size_t i = 0; i < s->nsegs; i++)
		if ((s->segs[i].state == SEG_ACTIVE || s->segs[i].state == SEG_CLOSED) &&
		    s->segs[i].file == NULL)
			return false;
	return true;
}

static void
drop_vanished_copies(struct log *l)
{
	for (size_t i = l->s.nsegs; i-- > 0;)
		if (l->s.segs[i].state == SEG_COPY && l->s.segs[i].file == NULL)
			log_drop_segment(l, i);
}

/* Of a file that is only in the folder, the inode or the first record must be right before more of
 * it is read. */
static bool
may_hold(struct state *s, const struct segment *g, const struct file *f)
{
	return !f->stranger || hints_same_file(&g->hints, &f->hints) ||
	       compare_first_record(s, g, f);
}

/* Which segment's text is in this file? */
static struct segment *
find_text(struct log *l, const struct file *f)
{
	static const enum seg_state order[] = { SEG_ACTIVE, SEG_CLOSED, SEG_LOST };
	struct state *s = &l->s;

	for (size_t k = 0; k < 3; k++)
		for (size_t i = 0; i < s->nsegs; i++) {
			struct segment *g = &s->segs[i];

			if (g->state == order[k] && g->file == NULL && may_hold(s, g, f) &&
			    (g->chunks > 0 || (g->held > 0 && !f->own)) && compare_ends(s, g, f))
				return g;
		}
	return NULL;
}

static bool
is_copy(struct log *l, const struct file *f)
{
	for (size_t i = 0; i < l->s.nsegs; i++) {
		const struct segment *g = &l->s.segs[i];

		if (g->file != NULL && g->state != SEG_COPY && g->chunks > 0 &&
		    compare_ends(&l->s, g, f))
			return true;
	}
	return false;
}

/* A text that was lost stands in a file again. */
static void
restore(struct log *l, struct segment *g)
{
	struct segment *active = known_active(&l->s);

	born_say(&l->s, "restored", g, l->now);
	finding_drop(&l->s, NULL, g->id);
	g->recheck = true;
	/* what stood in its place meanwhile goes, and with it what was added there */
	if (active != NULL && active->file == NULL && active->sealed > active->base)
		lost_added(l, active);
}

/* A text that was lost is in the log's own file again, under what stood there meanwhile. */
static bool
claim_restored(struct log *l, struct segment *active, struct file *own)
{
	for (size_t i = 0; i < l->s.nsegs; i++) {
		struct segment *g = &l->s.segs[i];

		if (g->state != SEG_LOST || g->chunks == 0 || g->sealed < active->sealed ||
		    !compare_ends(&l->s, g, own))
			continue;
		if (compare_ends(&l->s, active, own))
			active->base = active->sealed; /* what was added is there as well */
		born_claim(g, own);
		restore(l, g);
		active->state = SEG_LOST;
		g->state = SEG_ACTIVE;
		return true;
	}
	return false;
}

/* The log's own file against the active segment. */
static void
claim_active(struct log *l, struct file *own)
{
	struct segment *g = known_active(&l->s);

	if (g == NULL || hints_equal(&g->hints, &own->hints)) {
		if (g != NULL) {
			own->packed = g->packed;
			born_claim(g, own);
		}
		return;
	}
	if (claim_restored(l, g, own) || !compare_ends(&l->s, g, own))
		return;
	/* written to, and not longer: somebody was in the middle of it */
	g->recheck = g->hints.size == own->hints.size && g->hints.mtime != own->hints.mtime;
	born_claim(g, own);
	if (!own->packed && own->hints.size < g->sealed + g->held)
		lost_unfinished(l, g, own);
}

static void
place_older(struct log *l, struct file *f)
{
	struct segment *g = find_text(l, f);

	if (g == NULL) {
		if (!f->stranger && is_copy(l, f))
			born_segment(l, l->s.nsegs, f, SEG_COPY);
		return;
	}
	born_claim(g, f);
	if (g->state == SEG_LOST) {
		restore(l, g);
	} else {
		if (g->state == SEG_ACTIVE)
			born_say(&l->s, "rotate", g, l->now);
		g->recheck = g->recheck || !untouched(g, f);
	}
	g->state = SEG_CLOSED;
	l->s.dirty = true;
}

static void
place_older_files(struct log *l)
{
	for (size_t k = 0; k < l->files.n; k++) {
		struct file *f = &l->files.v[k];

		if (f->own || f->seg != NULL || f->unreadable || f->hints.size == 0)
			continue;
		if (l->clk->mono(l->clk) > l->until && f->stranger)
			l->files.passed++;
		else
			place_older(l, f);
	}
}

static void
place_own(struct log *l, struct file *own)
{
	struct segment *g;

	if (own == NULL || own->seg != NULL)
		return;
	g = find_text(l, own);
	if (g != NULL && g->state != SEG_ACTIVE) {
		born_claim(g, own);
		if (g->state == SEG_LOST)
			restore(l, g);
		for (size_t i = 0; i < l->s.nsegs; i++)
			if (l->s.segs[i].state == SEG_ACTIVE)
				l->s.segs[i].state = SEG_LOST;
		g->state = SEG_ACTIVE;
		l->s.dirty = true;
	}
}

static void
peek(struct log *l, struct file *f)
{
	files_peek(f, l->conf);
	if (f->unreadable && (f->ours || l->s.known) && f->why.code != ERR_PARSE)
		log_unsure(l, f->path, &f->why);
}

/* The log's own file; false: it is there and cannot be read. */
static bool
look_at_own(struct log *l, struct file *own)
{
	const struct segment *active = known_active(&l->s);

	if (own == NULL)
		return true;
	if (active != NULL && !active->packed && hints_same_file(&active->hints, &own->hints)) {
		/* it was added to: compare_ends reads of it what tells */
		if (!hints_equal(&active->hints, &own->hints))
			files_touch(own);
	} else {
		peek(l, own);
	}
	if (own->unreadable) {
		log_unsure(l, NULL, &own->why);
		return false;
	}
	claim_active(l, own);
	return true;
}

/* Where the files were at the last look, whatever their names. */
static void
join_known(struct log *l)
{
	struct err why;

	for (size_t i = 0; i < l->s.nsegs; i++)
		if (l->s.segs[i].state != SEG_COPY &&
		    files_add_known(&l->files, l->conf, l->s.segs[i].name, l->s.arena, &why) < 0)
			l->files.passed++;
}

static void
look_at_older(struct log *l)
{
	/* a copy may be the only place that is left of what is missed: then it is looked into */
	if (all_found(&l->s))
		claim_untouched(l, SEG_COPY);
	drop_vanished_copies(l);
	for (size_t k = 0; k < l->files.n; k++)
		if (l->files.v[k].seg == NULL && !l->files.v[k].own && l->files.v[k].hints.size > 0)
			peek(l, &l->files.v[k]);
	place_older_files(l);
	if (!all_found(&l->s)) {
		log_widen(l);
		claim_untouched(l, SEG_CLOSED);
		place_older_files(l);
	}
}

/* While something cannot be read, it may be what is looked for. */
static void
look_for_losses(struct log *l, struct file *own)
{
	struct segment *active = known_active(&l->s);

	if (l->unsure)
		return;
	if (active != NULL && active->file == NULL)
		lost_active(l, active, own);
	lost_generations(l);
}

/* An archive that holds nobody knows what, since it cannot be unpacked. One that stands where a
 * file of ours was is told as that. */
static void
look_for_damage(struct log *l)
{
	for (size_t k = 0; k < l->files.n; k++) {
		const struct file *f = &l->files.v[k];
		bool told = !f->ours || !f->damaged || f->seg != NULL;

		for (size_t i = 0; i < l->s.nsegs; i++)
			told = told || strcmp(l->s.segs[i].name, f->path) == 0;
		if (!told)
			log_unsure(l, f->path, &f->why);
	}
}

static void
begin_own(struct log *l, struct file *own)
{
	if (own != NULL && own->seg == NULL && !(l->unsure && known_active(&l->s) != NULL))
		/* what stands where something was lost is told as that, not as a jump in its times
		 * and numbers too */
		born_segment(l, l->s.nsegs, own, SEG_ACTIVE)->out_of_order = l->lost;
	if ((l->s.away != 0) != (own == NULL)) {
		l->s.away = own == NULL ? l->now : 0;
		l->s.dirty = true;
	}
}

void
follow(struct log *l)
{
	struct file *own;

	join_known(l);
	own = l->files.kind == OWN_FILE ? &l->files.v[0] : NULL;
	if (l->files.blind)
		log_unsure(l, NULL, &l->files.why);
	claim_untouched(l, SEG_CLOSED);
	if (!look_at_own(l, own))
		return;
	look_at_older(l);
	own = l->files.kind == OWN_FILE ? &l->files.v[0] : NULL; /* files move in memory */
	place_own(l, own);
	look_for_losses(l, own);
	born_unknown(l);
	look_for_damage(l);
	begin_own(l, own);
	for (size_t i = 0; i < l->s.nsegs; i++)
		if (l->s.segs[i].file != NULL)
			settle(&l->s, &l->s.segs[i], l->s.segs[i].file);
}
