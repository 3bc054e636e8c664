/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what was found of logs that keep only their newest records: noted, and told in words.
 */
#include "ring_private.h"

#include <inttypes.h>
#include <string.h>

/* Of findings, with the words behind "Record 7" or "Records 7 to 9"; kind: in the notes. */
static const struct {
	const char *kind, *rule, *key, *class, *one, *many;
} words[TORN_KINDS] = {
	[TORN_CHANGED] = { "changed", "audit.edited", "changed", "edited", "is not as it was",
	    "are not as they were" },
	[TORN_DELETED] = { "deleted", "audit.edited", "deleted", "deleted", "is not there any more",
	    "are not there any more" },
	[TORN_INSERTED] = { "inserted", "audit.edited", "inserted", "inserted", "was put in later",
	    "were put in later" },
	[TORN_HEADER] = { "header", "audit.edited", "changed", "edited",
	    "The line that names its columns is not as it was", NULL },
	[TORN_EARLY] = { "early", "audit.generation", "deleted-early", "retention", NULL, NULL },
	[TORN_NOTES] = { "notes", "audit.state", "damaged", "state",
	    "The notes about its single records were gone or damaged: what left or changed since "
	    "the "
	    "look before is not known; it is watched anew",
	    NULL },
};

/* Records that left too early are one finding, however often they do. */
static struct torn *
room_for(struct ring *x, enum torn_kind kind)
{
	for (size_t i = 0; i < x->ntorn; i++)
		if (kind == TORN_EARLY && x->torn[i].kind == kind)
			return &x->torn[i];
	x->torn = arena_grow(x->t->ctx->arena, x->torn, x->ntorn, &x->torn_cap, sizeof(*x->torn));
	return &x->torn[x->ntorn++];
}

bool
ring_take_torn(struct ring *x, const struct statement *st)
{
	const char *kind = statement_text(st, "kind");
	struct torn t = { 0 };
	int k = 0;

	if (strcmp(st->verb, "torn") != 0)
		return false;
	while (k < TORN_KINDS && (kind == NULL || strcmp(words[k].kind, kind) != 0))
		k++;
	t.kind = (enum torn_kind)k;
	if (k < TORN_KINDS && statement_i64(st, "at", &t.at) &&
	    statement_u64(st, "record", &t.record) && statement_u64(st, "count", &t.count) &&
	    statement_u64(st, "others", &t.others) && statement_i64(st, "age", &t.age))
		*room_for(x, t.kind) = t;
	return true;
}

void
ring_tear(struct ring *x, const struct torn *torn)
{
	*room_for(x, torn->kind) = *torn;
	state_sayf(&x->t->s,
	    "fw1 torn stream=%s at=%" PRId64 " kind=%s record=%" PRIu64 " count=%" PRIu64
	    " others=%" PRIu64 " age=%" PRId64,
	    x->t->s.id, torn->at, words[torn->kind].kind, torn->record, torn->count, torn->others,
	    torn->age);
}

/* "Record 7, counted from the first that was noted, is not as it was" */
static const char *
summary_of(const struct ring *x, const struct torn *t)
{
	struct arena *a = x->t->ctx->arena;
	char age[SPAN_TEXT], kept[SPAN_TEXT];
	const char *which = t->count == 1 ? arena_printf(a, "Record %" PRIu64, t->record)
					  : arena_printf(a, "Records %" PRIu64 " to %" PRIu64,
						t->record, t->record + t->count - 1);

	if (t->kind == TORN_EARLY)
		return arena_printf(a,
		    "%s left the log, the newest of them after %s, and records are to be kept for "
		    "%s",
		    which, span_words(t->age, age), span_words(x->t->conf->retention, kept));
	if (t->record == 0)
		return words[t->kind].one;
	return arena_printf(a, "%s, counted from the first that was noted, %s%s", which,
	    t->count == 1 ? words[t->kind].one : words[t->kind].many,
	    t->others > 0 ? ", and others are not as they were" : "");
}

static void
tell(struct ring *x, const struct torn *t)
{
	struct arena *a = x->t->ctx->arena;
	struct evidence_list facts = { .arena = a };

	if (t->kind == TORN_EARLY && x->t->conf->retention == 0)
		return; /* there is no rule any more */
	fact(&facts, "file", "%s", x->t->path);
	if (t->record > 0 && t->count == 1)
		fact(&facts, "record", "%" PRIu64, t->record);
	else if (t->record > 0)
		fact(
		    &facts, "records", "%" PRIu64 "-%" PRIu64, t->record, t->record + t->count - 1);
	if (t->count > 0)
		fact(&facts, "count", "%" PRIu64, t->count);
	trail_tell(x->t,
	    &(struct trail_finding){ .target = x->t->path,
		.rule = words[t->kind].rule,
		.key = words[t->kind].key,
		.class = words[t->kind].class,
		.identity = t->kind == TORN_EARLY ? "early"
						  : arena_printf(a, "%s %" PRIu64 " %" PRId64,
							words[t->kind].kind, t->record, t->at),
		.facts = &facts,
		.summary = summary_of(x, t) });
}

void
ring_tell(struct ring *x)
{
	for (size_t i = 0; i < x->ntorn; i++)
		tell(x, &x->torn[i]);
	trail_tell_more(x->t);
}
