/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the question how bytes that are gone went, and the words for it.
 */
#include "lost.h"

#include "compare.h"
#include "finding.h"

#include <inttypes.h>
#include <string.h>

#define ONE(n) ((n) == 1 ? "" : "s")

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

static void
take_difference(void *self, struct segment *g, const struct difference *d, bool all)
{
	(void)g;
	(void)all;
	*(struct difference *)self = *d;
}

/* Where the text in f begins to differ from what was noted of g. false: notes unreadable. */
static bool
difference(struct log *l, struct segment *g, struct file *f, struct difference *d)
{
	struct comparer c = {
		.s = &l->s,
		.clk = l->clk,
		.until = l->until,
		.found = take_difference,
		.self = d,
	};
	struct file *before = g->file;
	struct err why;
	bool fine;

	*d = (struct difference){ .segment = g->id };
	g->file = f;
	fine = compare_segment(&c, g, &why) >= 0;
	g->file = before;
	if (!fine)
		log_unsure(l, NULL, &why);
	return fine;
}

static void
say_cut(struct log *l, const struct segment *g, uint64_t records, uint64_t bytes)
{
	struct finding_place p = { g->id, g->records - records + 1, g->sealed, records };

	if (records == 0)
		finding_add(&l->s, l->now, "truncated", "cut", &p,
		    "The end of %s was cut off: %" PRIu64 " byte%s of an unfinished record",
		    base_name(g->name), bytes, ONE(bytes));
	else
		finding_add(&l->s, l->now, "truncated", "cut", &p,
		    "%s was cut short: its last %" PRIu64 " record%s (%" PRIu64 " bytes) %s gone",
		    base_name(g->name), records, ONE(records), bytes, records == 1 ? "is" : "are");
}

void
lost_say_edited(struct log *l, const struct segment *g, const struct difference *d)
{
	struct finding_place p = { g->id, d->record, d->offset, d->records };
	const char *name = base_name(g->name);

	if (d->record == 0)
		finding_add(&l->s, l->now, "edited", "changed", &p,
		    "%s was changed in its past, near byte %" PRIu64, name, d->offset);
	else if (d->scattered)
		finding_add(&l->s, l->now, "edited", "changed", &p,
		    "%s was changed in its past: the first place is in record %" PRIu64
		    " or soon after, and there are more",
		    name, d->record);
	else if (d->to_end)
		finding_add(&l->s, l->now, "edited", "changed", &p,
		    "%s was changed in its past: from record %" PRIu64 " or soon after it is not "
		    "what it was",
		    name, d->record);
	else
		finding_add(&l->s, l->now, "edited", "changed", &p,
		    "%s was changed in its past, somewhere in records %" PRIu64 " to %" PRIu64,
		    name, d->record, d->record + d->records - 1);
}

static void
say_replaced(struct log *l, const struct segment *g)
{
	struct finding_place p = { g->id, 1, 0, g->records };

	finding_add(&l->s, l->now, "replaced", "other-content", &p,
	    "%s is another file now; the %" PRIu64 " record%s that stood there %s in no file of "
	    "this log",
	    base_name(g->name), g->records, ONE(g->records), g->records == 1 ? "is" : "are");
}

/* f stands where g was, and is not g. True: g is still to be followed in f. */
static bool
changed_into(struct log *l, struct segment *g, struct file *f)
{
	struct difference d;
	uint64_t records, bytes;
	bool beginning = false;
	struct err why;

	if (!f->packed && f->hints.size < g->sealed) {
		if (compare_beginning(&l->s, g, f, &beginning, &records, &bytes, &why) < 0) {
			log_unsure(l, NULL, &why);
			return true;
		}
		if (beginning) {
			say_cut(l, g, records, bytes);
			return false;
		}
	}
	if (!difference(l, g, f, &d))
		return true;
	if (d.same == 0 && !compare_first_record(&l->s, g, f) &&
	    !(hints_same_file(&g->hints, &f->hints) && f->hints.size >= g->sealed)) {
		say_replaced(l, g);
		return false;
	}
	lost_say_edited(l, g, &d);
	/* the end is as it was: what is added can still be told from what stood there */
	g->flawed = true;
	if (compare_ends(&l->s, g, f)) {
		g->file = f;
		f->seg = g;
		return true;
	}
	return false;
}

static void
set_lost(struct log *l, struct segment *g)
{
	g->state = SEG_LOST;
	g->flawed = false;
	l->lost = true;
	l->s.order.numbered = l->s.order.timed = l->s.order.starts = false;
	l->s.order.nholes = 0;
	l->s.dirty = true;
}

void
lost_active(struct log *l, struct segment *g, struct file *own)
{
	struct finding_place p = { g->id, 1, 0, g->records };

	/* nothing had been written yet: another empty file is as good, and none as well */
	if (g->chunks == 0 && g->held == 0) {
		log_drop_segment(l, (size_t)(g - l->s.segs));
		return;
	}
	if (own != NULL && own->seg == NULL) {
		if (!changed_into(l, g, own))
			set_lost(l, g);
		return;
	}
	finding_add(&l->s, l->now, "missing", "gone", &p,
	    "%s is gone, with %" PRIu64 " record%s; no other file of this log holds them",
	    base_name(g->name), g->records, ONE(g->records));
	set_lost(l, g);
}

/* What stands under the name, or in the place, of an older file. */
static struct file *
in_its_place(struct log *l, const struct segment *g)
{
	for (size_t k = 0; k < l->files.n; k++) {
		struct file *f = &l->files.v[k];

		if (f->seg == NULL && !f->own && f->hints.size > 0 &&
		    (strcmp(f->path, g->name) == 0 || hints_same_file(&f->hints, &g->hints)))
			return f;
	}
	return NULL;
}

static void
lost_generation(struct log *l, size_t i, bool older_stay)
{
	struct segment *g = &l->s.segs[i];
	struct file *f = in_its_place(l, g);
	struct finding_place p = { g->id, 1, 0, g->records };

	if (f != NULL && (f->unreadable || f->packed)) {
		finding_add(&l->s, l->now, "generation", "damaged", &p,
		    "%s is damaged and cannot be unpacked as it was (%" PRIu64 " record%s)",
		    base_name(g->name), g->records, ONE(g->records));
		set_lost(l, g);
	} else if (f != NULL) {
		if (!changed_into(l, g, f))
			set_lost(l, g);
	} else if (older_stay) {
		finding_add(&l->s, l->now, "generation", "missing", &p,
		    "The older file %s is missing (%" PRIu64 " record%s), though still older ones "
		    "are there",
		    base_name(g->name), g->records, ONE(g->records));
		set_lost(l, g);
	} else if (l->conf->retention > 0 &&
		   instant_minus(l->now, g->newest) < l->conf->retention) {
		char age[SPAN_TEXT], kept[SPAN_TEXT];

		finding_add(&l->s, l->now, "generation", "deleted-early", &p,
		    "The oldest file %s was deleted after %s; its records are to be kept for %s",
		    base_name(g->name), span_words(instant_minus(l->now, g->newest), age),
		    span_words(l->conf->retention, kept));
		set_lost(l, g);
	} else {
		state_sayf(&l->s, "fw1 retire stream=%s seg=%" PRIu64 " at=%" PRId64, l->s.id,
		    g->id, l->now);
		finding_drop(&l->s, NULL, g->id);
		log_drop_segment(l, i);
	}
}

void
lost_generations(struct log *l)
{
	bool older_stay = false;

	for (size_t i = 0; i < l->s.nsegs; i++) {
		const struct segment *g = &l->s.segs[i];
		size_t before = l->s.nsegs;

		if (g->state == SEG_CLOSED && g->file != NULL)
			older_stay = true;
		if (g->state != SEG_CLOSED || g->file != NULL)
			continue;
		lost_generation(l, i, older_stay);
		if (l->s.nsegs < before)
			i--;
	}
}

void
lost_unfinished(struct log *l, struct segment *g, const struct file *f)
{
	say_cut(l, g, 0, g->sealed + g->held - f->hints.size);
}

void
lost_added(struct log *l, struct segment *g)
{
	uint64_t bytes = g->sealed - g->base;
	struct finding_place p = { g->id, 0, g->base, 0 };

	finding_add(&l->s, l->now, "truncated", "cut", &p,
	    "An older state of %s was put back; %" PRIu64 " byte%s added since then are gone",
	    base_name(g->name), bytes, ONE(bytes));
}
