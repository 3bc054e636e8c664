/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the question how bytes that are gone went, and the words for it.
 */
#include "lost.h"

#include "compare.h"
#include "elsewhere.h"
#include "explain.h"
#include "finding.h"

#include <inttypes.h>
#include <string.h>

#define ONE(n) ((n) == 1 ? "" : "s")

#define IS(n) ((n) == 1 ? "is" : "are")

/* All of g's records are gone from where they were: how, and where they are now. */
static void
say_gone(struct log *l, const struct segment *g, const char *rule, const char *key, const char *how)
{
	struct finding_place p = { g->id, 1, 0, g->records, 0, 0, 0, 0 };
	struct elsewhere w;
	struct str words;

	elsewhere_look(l, g, NULL, NULL, &w);
	str_init(&words, STATE_TEXT);
	if (w.asked > 0 && w.found == g->records) {
		rule = "generation";
		key = "merged";
		str_addf(&words, "; its %" PRIu64 " record%s now stand%s in %s%s", g->records,
		    ONE(g->records), g->records == 1 ? "s" : "", explain_name(w.where),
		    w.files > 1 ? " and other files" : "");
	} else if (w.found > 0) {
		p.record = w.first;
		p.count = g->records - w.found;
		str_addf(&words,
		    "; %" PRIu64 " of its %" PRIu64 " records %s in no file of its folder, the "
		    "others stand in %s%s",
		    p.count, g->records, IS(p.count), explain_name(w.where),
		    w.files > 1 ? " and other files" : "");
	} else {
		str_addf(&words,
		    "; the %" PRIu64 " record%s that stood there %s in no file of its folder%s",
		    g->records, ONE(g->records), IS(g->records),
		    w.asked == 0 ? " as they were" : "");
	}
	if (w.unlooked > 0)
		str_addf(&words, "; not looked for in %zu file%s", w.unlooked, ONE(w.unlooked));
	finding_add(&l->s, l->now, rule, key, &p, "%s%s", how, words.s);
	str_fini(&words);
}

static bool
say_damaged(struct log *l, const struct segment *g)
{
	struct finding_place p = { g->id, 1, 0, g->records, 0, 0, 0, 0 };

	finding_add(&l->s, l->now, "generation", "damaged", &p,
	    "%s is damaged and cannot be unpacked (%" PRIu64 " record%s)", explain_name(g->name),
	    g->records, ONE(g->records));
	return false;
}

/* A first record that other files of the log begin with as well (a line of headings) says nothing.
 */
static bool
first_record_tells(const struct state *s, const struct segment *g)
{
	for (size_t i = 0; i < s->nsegs; i++) {
		const struct segment *o = &s->segs[i];

		if (o != g && o->state != SEG_COPY && o->state != SEG_LOST && o->chunks > 0 &&
		    o->line.len == g->line.len &&
		    memcmp(o->line.hash, g->line.hash, HASH_SIZE) == 0)
			return false;
	}
	return true;
}

/* The file that g's text stood in, by what the file system says of it, or by its first record. */
static bool
is_heir(struct log *l, const struct segment *g, const struct file *f)
{
	return hints_same_file(&f->hints, &g->hints) ||
	       (first_record_tells(&l->s, g) && compare_first_record(&l->s, g, f));
}

/* Where the text in f differs from what was noted of g. *d stays until the next call. */
static int
difference(struct log *l, const struct segment *g, const char *path, struct diff **d, struct err *e)
{
	static struct diff room;
	struct differ how = { &l->s, l->clk, l->until };

	*d = &room;
	return diff_run(&how, g, path, &room, e);
}

bool
lost_say_changed(struct log *l, const struct segment *g)
{
	struct diff *d;
	struct err why;

	if (difference(l, g, g->file->path, &d, &why) < 0) {
		log_unsure(l, g->file->path, &why);
		return false;
	}
	explain_say(l, g, g->file->path, d);
	return true;
}

/* f stands where g was, and is not g. True: g is still to be followed in f. */
static bool
changed_into(struct log *l, struct segment *g, struct file *f)
{
	struct diff *d;
	struct err why;

	if (difference(l, g, f->path, &d, &why) < 0) {
		if (d->unreadable && g->state == SEG_CLOSED)
			return say_damaged(l, g);
		log_unsure(l, f->path, &why);
		return true;
	}
	if (d->same == 0 && !is_heir(l, g, f)) {
		say_gone(l, g, "replaced", "other-content",
		    arena_printf(l->s.arena, "%s is another file now", explain_name(g->name)));
		return false;
	}
	explain_say(l, g, f->path, d);
	/* the end is as it was: what is added can still be told from what stood there */
	g->flawed = true;
	memset(g->form, 0, HASH_SIZE);
	if (compare_ends(&l->s, g, f)) {
		g->recheck = true; /* what differs is remembered, so that more of it is noticed */
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
	order_forget(&l->s.order, true);
	l->s.dirty = true;
}

static bool
may_be_heir(const struct file *f)
{
	return f->seg == NULL && !f->unreadable && f->hints.size > 0;
}

/* At least half of g's records stand in f, in their order. */
static bool
holds_half(struct log *l, const struct segment *g, const struct file *f)
{
	struct diff *d;
	struct err why;

	return difference(l, g, f->path, &d, &why) == 1 && d->same >= (g->records + 1) / 2;
}

/* A file that nobody has claimed and that g's text stood in: by what the file system says of it, by
 * its first record, or because it bears the name and half of the records. NULL: there is none. */
static struct file *
find_heir(struct log *l, const struct segment *g)
{
	struct file *v = l->files.v;

	for (size_t k = 0; k < l->files.n; k++)
		if (may_be_heir(&v[k]) && hints_same_file(&v[k].hints, &g->hints))
			return &v[k];
	for (size_t k = 0; k < l->files.n; k++)
		if (may_be_heir(&v[k]) && is_heir(l, g, &v[k]))
			return &v[k];
	for (size_t k = 0; k < l->files.n; k++)
		if (may_be_heir(&v[k]) && strcmp(v[k].path, g->name) == 0 &&
		    holds_half(l, g, &v[k]))
			return &v[k];
	return NULL;
}

void
lost_active(struct log *l, struct segment *g, struct file *own)
{
	struct file *f;

	/* nothing had been written yet: another empty file is as good, and none as well */
	if (g->chunks == 0 && g->held == 0) {
		log_drop_segment(l, (size_t)(g - l->s.segs));
		return;
	}
	f = find_heir(l, g);
	if (f == NULL && own != NULL && own->seg == NULL)
		f = own;
	if (f != NULL) {
		if (!changed_into(l, g, f))
			set_lost(l, g);
		else if (!f->own && g->file == f)
			g->state = SEG_CLOSED; /* set aside, and changed there */
		return;
	}
	say_gone(
	    l, g, "missing", "gone", arena_printf(l->s.arena, "%s is gone", explain_name(g->name)));
	set_lost(l, g);
}

/* A file that cannot be read or unpacked, where g was. */
static struct file *
find_damaged(struct log *l, const struct segment *g)
{
	for (size_t k = 0; k < l->files.n; k++) {
		struct file *f = &l->files.v[k];

		if (f->seg == NULL && !f->own && f->unreadable && f->hints.size > 0 &&
		    (strcmp(f->path, g->name) == 0 || hints_same_file(&f->hints, &g->hints)))
			return f;
	}
	return NULL;
}

static void
lost_generation(struct log *l, size_t i, bool older_stay)
{
	struct segment *g = &l->s.segs[i];
	struct file *f;

	/* an empty one holds nothing that could be missed */
	if (g->chunks == 0 && g->held == 0) {
		log_drop_segment(l, i);
		return;
	}
	f = find_heir(l, g);
	if (f == NULL && find_damaged(l, g) != NULL) {
		say_damaged(l, g);
		set_lost(l, g);
	} else if (f != NULL) {
		if (!changed_into(l, g, f))
			set_lost(l, g);
	} else if (older_stay) {
		say_gone(l, g, "generation", "missing",
		    arena_printf(l->s.arena,
			"The older file %s is missing, though still older ones are there",
			explain_name(g->name)));
		set_lost(l, g);
	} else if (l->conf->retention > 0 &&
		   instant_minus(l->now, g->newest) < l->conf->retention) {
		char age[SPAN_TEXT], kept[SPAN_TEXT];

		say_gone(l, g, "generation", "deleted-early",
		    arena_printf(l->s.arena,
			"The oldest file %s was deleted after %s, and its records are to be kept "
			"for %s",
			explain_name(g->name), span_words(instant_minus(l->now, g->newest), age),
			span_words(l->conf->retention, kept)));
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
	uint64_t bytes = g->sealed + g->held - f->hints.size;
	struct finding_place p = { g->id, g->records + 1, g->sealed, 0, 0, bytes, 0, 0 };

	finding_add(&l->s, l->now, "truncated", "cut", &p,
	    "The end of %s was cut off: %" PRIu64 " byte%s of an unfinished record",
	    explain_name(g->name), bytes, ONE(bytes));
}

void
lost_added(struct log *l, struct segment *g)
{
	uint64_t bytes = g->sealed - g->base;
	struct finding_place p = { g->id, 0, g->base, 0, 0, bytes, 0, 0 };

	finding_add(&l->s, l->now, "truncated", "cut", &p,
	    "An older state of %s was put back; %" PRIu64 " byte%s added since then are gone",
	    explain_name(g->name), bytes, ONE(bytes));
}
