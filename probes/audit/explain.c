/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the words for records that were changed, taken out, put in, moved or cut off.
 */
#include "explain.h"

#include "elsewhere.h"
#include "finding.h"

#include <inttypes.h>
#include <string.h>

#define ONE(n) ((n) == 1 ? "" : "s")
#define IS(n) ((n) == 1 ? "is" : "are")

/* All places of one kind. */
struct tally {
	size_t places;
	uint64_t gone, come;
	const struct diff_place *first;
	uint64_t last; /* record */
};

const char *
explain_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

static uint64_t
last_record(const struct diff_place *p)
{
	return p->record + p->gone - 1;
}

static void
count(const struct diff *d, struct tally t[DIFF_N])
{
	memset(t, 0, DIFF_N * sizeof(t[0]));
	for (size_t i = 0; i < d->n; i++) {
		const struct diff_place *p = &d->place[i];
		struct tally *k = &t[p->class];

		if (k->places++ == 0)
			k->first = p;
		k->gone += p->gone;
		k->come += p->come;
		if (last_record(p) > k->last)
			k->last = last_record(p);
	}
}

static struct finding_place
place_of(const struct segment *g, const struct tally *t, const struct diff *d)
{
	return (struct finding_place){
		.segment = g->id,
		.record = t->first->record,
		.offset = t->first->offset,
		.count = t->gone > 0 ? t->gone : t->come,
		.last = t->last > t->first->record ? t->last : 0,
		.bytes = d->n == 1 && t->gone > 0 ? d->gone_bytes : 0,
	};
}

/* "record 7", "records 7 to 9", "12 records, in 3 places from record 7 on," */
static void
put_records(struct str *out, const struct tally *t)
{
	uint64_t from = t->first->record;

	if (t->places > 1)
		str_addf(out, "%" PRIu64 " records, in %zu places from record %" PRIu64 " on,",
		    t->gone, t->places, from);
	else if (t->gone == 1)
		str_addf(out, "record %" PRIu64, from);
	else
		str_addf(out, "records %" PRIu64 " to %" PRIu64, from, t->last);
}

/* Nothing else is missing, and what follows stands there as it did. */
static bool
is_front(const struct diff *d, const struct tally *t)
{
	return d->n == 1 && !d->more && !d->unproven && t->first->record == 1 && !t->first->last;
}

static void
put_edited(struct str *out, const struct tally *t, const struct diff *d)
{
	const struct diff_place *p = t->first;

	put_records(out, t);
	if (t->places > 1 || p->gone == p->come)
		str_addf(
		    out, " %s not what %s", IS(t->gone), t->gone == 1 ? "it was" : "they were");
	else
		str_addf(out,
		    " %s not there any more; %" PRIu64 " other record%s stand%s there now",
		    IS(t->gone), p->come, ONE(p->come), p->come == 1 ? "s" : "");
	/* of the last record that left, the end may remain */
	if (is_front(d, t) && p->gone > 1 && p->come == 1)
		str_add(out, "; if the program keeps only the newest bytes, write " EXPLAIN_BYTES);
}

static void
put_inserted(struct str *out, const struct tally *t)
{
	uint64_t behind = t->first->record - 1;

	str_addf(out, "%" PRIu64 " record%s %s put in", t->come, ONE(t->come),
	    t->come == 1 ? "was" : "were");
	if (t->places > 1)
		str_addf(out, ", in %zu places: first", t->places);
	if (behind > 0)
		str_addf(out, " behind record %" PRIu64, behind);
	else
		str_add(out, " before record 1");
}

static void
put_words(struct str *out, enum diff_class class, const struct tally *t, const struct diff *d)
{
	switch (class) {
	case DIFF_EDITED:
		put_edited(out, t, d);
		break;
	case DIFF_DELETED:
		if (is_front(d, t))
			str_add(out, "the front of the log was removed: ");
		put_records(out, t);
		str_addf(out, " %s not there any more", IS(t->gone));
		if (is_front(d, t))
			str_add(out, "; if the program keeps only the newest records, "
				     "write " EXPLAIN_RECORDS);
		break;
	case DIFF_INSERTED:
		put_inserted(out, t);
		break;
	case DIFF_REORDERED:
		str_addf(out, "records between %" PRIu64 " and %" PRIu64 " stand in another order",
		    t->first->record, t->last);
		break;
	default:
		str_addf(out,
		    "cut short: its last %" PRIu64 " record%s (%" PRIu64 " bytes) %s gone", t->gone,
		    ONE(t->gone), d->gone_bytes, IS(t->gone));
		break;
	}
}

/* Where records are now that are gone from their place. */
static void
put_whereabouts(struct str *out, const struct elsewhere *w)
{
	if (w->found > 0 && w->found == w->asked)
		str_addf(out, "; %s in %s%s", w->found == 1 ? "it stands" : "they stand",
		    explain_name(w->where), w->files > 1 ? " and other files" : "");
	else if (w->found > 0)
		str_addf(out, "; %" PRIu64 " of them stand%s in %s%s", w->found,
		    w->found == 1 ? "s" : "", explain_name(w->where),
		    w->files > 1 ? " and other files" : "");
	if (w->asked > 0 && w->found < w->asked && w->unlooked > 0)
		str_addf(out, "; not looked for in %zu file%s", w->unlooked, ONE(w->unlooked));
}

static void
say_class(struct log *l, const struct segment *g, const struct diff *d, enum diff_class class,
    const struct tally *t, const struct elsewhere *w)
{
	static const char *const key[DIFF_N] = { "changed", "deleted", "inserted", "reordered",
		"cut" };
	struct finding_place p = place_of(g, t, d);
	bool cut = class == DIFF_TRUNCATED;
	struct str words;

	str_init(&words, STATE_TEXT);
	put_words(&words, class, t, d);
	if (w != NULL)
		put_whereabouts(&words, w);
	if (d->more)
		str_add(&words, "; there are more places, which were not looked at");
	finding_add(&l->s, l->now, cut ? "truncated" : "edited", key[class], &p, "%s%s %s",
	    explain_name(g->name), cut ? " was" : ":", words.s);
	str_fini(&words);
}

/* Without the hashes of its records only the range that was compared can be told. */
static void
say_range(struct log *l, const struct segment *g, uint64_t from, uint64_t to, uint64_t offset)
{
	struct finding_place p = { g->id, from, offset, 0, to > from ? to : 0, 0, 0, 0 };

	if (from == to)
		finding_add(&l->s, l->now, "edited", "changed", &p,
		    "%s: record %" PRIu64 " is not what it was", explain_name(g->name), from);
	else
		finding_add(&l->s, l->now, "edited", "changed", &p,
		    "%s was changed between record %" PRIu64 " and %" PRIu64
		    "; which of them is not known",
		    explain_name(g->name), from, to);
}

void
explain_say(struct log *l, const struct segment *g, const char *path, const struct diff *d)
{
	struct tally t[DIFF_N];
	struct elsewhere w;
	bool gone;

	count(d, t);
	/* both at once: no telling which of them are found */
	gone = (t[DIFF_DELETED].places > 0) != (t[DIFF_TRUNCATED].places > 0);
	if (gone)
		elsewhere_look(l, g, d, path, &w);
	for (int k = 0; k < DIFF_N; k++)
		if (t[k].places > 0)
			say_class(l, g, d, (enum diff_class)k, &t[k],
			    gone && (k == DIFF_DELETED || k == DIFF_TRUNCATED) ? &w : NULL);
	if (d->unproven)
		say_range(l, g, d->from, d->to, d->offset);
	else if (d->n == 0)
		say_range(l, g, 1, g->records, 0);
}
