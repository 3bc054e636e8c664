/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the words for what is ahead of a log.
 */
#include "outlook_tell.h"

#include "finding.h"

#include "base/day.h"

#include <inttypes.h>
#include <string.h>

#define MB 1e6

/* "28 days", "20 to 41 days" */
static const char *
held_words(const struct outlook *o, struct arena *a)
{
	int64_t least = o->least / SPAN_DAY, most = o->most / SPAN_DAY;

	if (o->most == SPAN_MAX)
		return arena_printf(a, "%" PRId64 " days at least", least);
	return least == most ? arena_printf(a, "%" PRId64 " days", least)
			     : arena_printf(a, "%" PRId64 " to %" PRId64 " days", least, most);
}

void
outlook_settings(const struct log *l, struct evidence_list *facts)
{
	const struct outlook *o = &l->outlook;

	if (o->settings != NULL)
		fact(facts, "set aside by", "%s", o->settings);
	if (o->not_read != NULL)
		fact(facts, "configuration not read", "%s", o->not_read);
	if (o->no_notes != NULL)
		fact(facts, "logrotate's notes not read", "%s", o->no_notes);
	if (o->unclear != NULL)
		fact(facts, "configuration not understood", "%s", o->unclear);
	if (o->keeps == NULL)
		return;
	fact(facts, "kept by", "%s", o->keeps);
	if (o->least != SPAN_MAX)
		fact(facts, "records are there for", "%s", held_words(o, facts->arena));
	fact(facts, "records must be kept for", "%" PRId64 " days", o->must / SPAN_DAY);
}

static void
full_facts(const struct outlook *o, struct evidence_list *facts)
{
	if (o->full.kind == DEADLINE_NONE)
		return;
	fact(facts, "room for it", "%.1f MB", (double)o->room / MB);
	fact(facts, "grows by", "%.3f to %.3f MB a day", o->growth[0] / MB, o->growth[1] / MB);
	fact_moment(facts, "disk full at the earliest", o->full.earliest);
	fact_moment(facts, "disk full at the latest", o->full.latest);
}

/* "its disk is full between 3 and 20 March" */
static const char *
full_words(const struct log *l, struct arena *a)
{
	const struct outlook *o = &l->outlook;
	const struct deadline *d = &o->full;
	const char *what = "its disk is full";
	char days[DAY_TEXT];

	if (o->stops != NULL)
		what = arena_printf(a, "%s stops recording for lack of room", o->stops);
	if (day_distance(d->earliest, d->latest) == 0)
		return arena_printf(a, "%s on %s", what, day_long(d->at, l->now, days));
	return arena_printf(a, "%s %s", what, day_range(d->earliest, d->latest, l->now, days));
}

/* The day on which the first record is deleted that must be kept. */
static void
tell_first(const struct log *l, struct item *it, struct evidence_list *facts)
{
	const struct deadline *d = &l->outlook.first;
	char days[DAY_TEXT];

	if (d->kind == DEADLINE_NONE)
		return;
	it->deadline = *d;
	fact_moment(facts, "first of them deleted", d->at);
	it->summary = arena_printf(facts->arena, "%s; the first of them is deleted about %s",
	    it->summary, day_long(d->at, l->now, days));
}

void
outlook_tell(const struct log *l, struct item *it, struct evidence_list *facts)
{
	const struct outlook *o = &l->outlook;

	fact(facts, "file", "%s", l->path);
	outlook_settings(l, facts);
	if (strcmp(it->rule, "audit.writer") == 0 && o->rescue != NULL)
		fact(facts, "can be copied from", "%s", o->rescue);
	if (strcmp(it->rule, "audit.keeping") == 0)
		tell_first(l, it, facts);
	if (strcmp(it->rule, "audit.rotation") != 0)
		return;
	if (o->size > 0)
		fact(facts, "bytes", "%" PRIu64, o->size);
	fact_moment(facts, "set aside last", o->aside);
	full_facts(o, facts);
	if (o->full.kind == DEADLINE_NONE)
		return;
	it->deadline = o->full;
	it->summary = arena_printf(
	    facts->arena, "%s; if that goes on, %s", it->summary, full_words(l, facts->arena));
}

void
outlook_room(const struct probe_ctx *ctx, const struct log *l)
{
	const struct outlook *o = &l->outlook;
	struct evidence_list facts = { .arena = ctx->arena };
	struct item it = { .target = l->path, .rule = "audit.room", .state = ITEM_FINE };

	/* that has the day of the full disk as well */
	if (o->full.kind == DEADLINE_NONE || finding_has_rule(&l->s, "rotation"))
		return;
	it.deadline = o->full;
	it.summary = arena_printf(ctx->arena,
	    "Nothing deletes what is old, and at the rate at which it grows %s",
	    full_words(l, ctx->arena));
	full_facts(o, &facts);
	outlook_settings(l, &facts);
	it.evidence = facts.v;
	it.nevidence = facts.n;
	probe_emit(ctx, &it);
}
