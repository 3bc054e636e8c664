/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the items of a census and their words.
 */
#include "probes/census/census_private.h"

#include "base/str.h"
#include "probes/x509/x509_time.h"

#include <stdio.h>
#include <string.h>

#define PLACES_TEXT_MAX ((size_t)2048) /* bytes of the list of places in evidence */

static const char *const kinds[CENSUS_KIND_N] = { "path", "endpoint", NULL };

static void
put(struct evidence *ev, size_t *n, const char *key, const char *value)
{
	if (*n < EVIDENCE_EXTRA_MAX)
		ev[(*n)++] = (struct evidence){ key, value };
}

/* All places but what does not fit, whose number is said. */
static const char *
list_places(struct census *c, const struct cert *h)
{
	size_t left = 0;
	const char *text;
	struct str s;

	str_init(&s, PLACES_TEXT_MAX);
	for (uint32_t i = h->sight; i != NOBODY; i = c->sights[i].next) {
		const struct place *p = &c->places[c->sights[i].place];

		if (s.len + strlen(p->name) + 32 > PLACES_TEXT_MAX)
			left++;
		else
			str_addf(&s, "%s%s", s.len > 0 ? "; " : "", p->name);
	}
	if (left > 0)
		str_addf(&s, "; and %zu more", left);
	text = arena_textn(c->item, s.s, s.len);
	str_fini(&s);
	return text;
}

/* The sighting that the target is of, so that both say the same. */
static const struct sight *
main_sight(const struct census *c, const struct cert *h)
{
	const struct sight *first = &c->sights[h->sight];

	for (uint32_t i = h->sight; i != NOBODY; i = c->sights[i].next) {
		const struct sight *s = &c->sights[i];

		if (strcmp(s->target != NULL ? s->target : c->places[s->place].name, h->target) ==
		    0)
			return s;
		if (s->position < first->position)
			first = s;
	}
	return first;
}

static void
describe(struct census *c, const struct cert *h, struct x509_place *to)
{
	const struct sight *s = main_sight(c, h);
	const struct place *p = &c->places[s->place];

	to->target = h->target;
	to->sha256 = h->sha;
	if (kinds[p->kind] != NULL) {
		put(to->evidence, &to->nevidence, kinds[p->kind], p->name);
		put(to->evidence, &to->nevidence, "position",
		    arena_printf(c->item, "%u", (unsigned)s->position));
	} else
		put(to->evidence, &to->nevidence, "place", p->name);
	for (size_t i = 0; i < p->nmore; i++)
		put(to->evidence, &to->nevidence, p->more[i].key, p->more[i].value);
	if (p->note != NULL)
		put(to->evidence, &to->nevidence, p->note->key, p->note->value);
	if (s->label != NULL)
		put(to->evidence, &to->nevidence, "label", s->label);
	if (c->sights[h->sight].next != NOBODY)
		put(to->evidence, &to->nevidence, "places", list_places(c, h));
}

/* --- a certificate that is there --- */

/* A server that goes on showing the former one, though the new one lies ready and is not shown
 * anywhere, or the former one is in no file any more. */
static bool
is_still_served(const struct census *c, const struct cert *h)
{
	const struct cert *next = h->next_by != NOBODY ? &c->certs[h->next_by] : NULL;

	return next != NULL && h->follow == FOLLOW_TAKEN && h->served && next->filed &&
	       (!next->served || !h->filed);
}

static void
tell_quiet(struct census *c, const struct cert *h, struct item *it)
{
	const struct cert *next = &c->certs[h->next_by];

	it->deadline = (struct deadline){ 0 };
	it->summary = h->follow == FOLLOW_TAKEN
			  ? arena_printf(c->item, "%s: %s, until %s, stands in its place",
				it->summary, next->target, x509_day(next->until, c->item))
			  : arena_printf(c->item, "%s: %s follows it on %s", it->summary,
				next->target, x509_day(next->from, c->item));
	probe_emit(c->ctx, it);
}

/* Roots stay in the lists of systems and browsers beyond their end, and nobody can renew them. */
static bool
is_listed(const struct census *c, const struct cert *h)
{
	for (uint32_t i = h->sight; i != NOBODY; i = c->sights[i].next)
		if (c->entries[c->places[c->sights[i].place].entry].authorities < CENSUS_LIST_MIN)
			return false;
	return h->ca;
}

static bool
is_extra(const struct census *c, const struct cert *h)
{
	for (uint32_t i = h->sight; i != NOBODY; i = c->sights[i].next)
		if (!c->sights[i].extra)
			return false;
	return true;
}

static bool
is_needless(const struct census *c, const struct cert *h)
{
	for (uint32_t i = h->sight; i != NOBODY; i = c->sights[i].next)
		if (!c->sights[i].needless && !c->sights[i].extra)
			return false;
	return true;
}

/* A sentence instead of a date that somebody would have to act on. false: it has none. */
static bool
tell_note(struct census *c, const struct cert *h, struct item *it)
{
	const char *why;

	if (census_is_quiet(h)) {
		tell_quiet(c, h, it);
		return true;
	}
	if (is_extra(c, h))
		why = "programs reach a trusted authority without it";
	else if (is_listed(c, h))
		why = "one of a list of trusted authorities";
	else
		return false;
	it->deadline = (struct deadline){ 0 };
	it->summary = arena_printf(c->item, "%s: %s", it->summary, why);
	probe_emit(c->ctx, it);
	return true;
}

static void
tell_expiry(struct census *c, const struct cert *h, struct item it)
{
	it.rule = c->rules->expiry;
	it.state = ITEM_FINE;
	if (tell_note(c, h, &it))
		return;
	if (is_needless(c, h)) {
		it.deadline = (struct deadline){ 0 };
		it.state = h->until < c->now ? ITEM_FOUND : ITEM_FINE;
		it.finding = h->until < c->now ? "extra" : NULL;
		it.summary = arena_printf(c->item,
		    "%s: the path of what stands beside it need not lead over this one, "
		    "whose last day is %s",
		    it.summary, x509_day(h->until, c->item));
	}
	if (is_still_served(c, h)) {
		it.state = ITEM_FOUND;
		it.finding = "still-served";
		it.summary = arena_printf(c->item,
		    "%s is still the one that is shown, though its renewal is ready: %s, until %s",
		    it.summary, c->certs[h->next_by].target,
		    x509_day(c->certs[h->next_by].until, c->item));
	}
	probe_emit(c->ctx, &it);
}

/* How long nothing is valid, in whole days, rounded up. */
static long
gap_days(const struct cert *before, const struct cert *h)
{
	const int64_t day = 24 * 3600 * INSTANT_S; /* a span of thousands of years overflows */

	return (long)((h->from - before->until + day - 1) / day);
}

static void
tell_not_yet(struct census *c, const struct cert *h, struct item *it)
{
	const struct cert *before = h->before != NOBODY ? &c->certs[h->before] : NULL;
	const char *day = x509_day(h->from, c->item);

	if (before == NULL || before->follow == FOLLOW_TAKEN) {
		it->finding = "not-yet-valid";
		it->summary = arena_printf(c->item, "%s: its first day is %s", it->summary, day);
	} else if (before->follow == FOLLOW_LATER) {
		it->finding = "begins-later";
		it->summary =
		    arena_printf(c->item, "%s: its first day is %s; until then %s is valid",
			it->summary, day, before->target);
	} else {
		long days = gap_days(before, h);

		it->finding = "gap";
		it->summary = arena_printf(c->item,
		    "%s: its first day is %s, and %s ends before: %ld day%s without a valid one",
		    it->summary, day, before->target, days, days == 1 ? "" : "s");
	}
}

static void
tell_validity(struct census *c, const struct cert *h, struct item it)
{
	bool backwards = h->until < h->from;

	if (!backwards && c->now >= h->from)
		return;
	it.rule = c->rules->validity;
	it.state = ITEM_FOUND;
	it.deadline = (struct deadline){ 0 };
	if (backwards) {
		it.finding = "ends-before-begins";
		it.summary =
		    arena_printf(c->item, "%s: its end date lies before its first day", it.summary);
	} else
		tell_not_yet(c, h, &it);
	probe_emit(c->ctx, &it);
}

static void
tell_cert(struct census *c, const struct cert *h)
{
	struct x509_place place = { 0 };
	struct item it = { 0 };
	struct x509 x;

	arena_reset(c->item);
	if (!census_parse(c, h, c->item, &x)) {
		it = (struct item){ .target = h->target,
			.rule = c->rules->expiry,
			.state = ITEM_UNKNOWN,
			.summary =
			    "This certificate could not be read back; its end date is unknown" };
		probe_emit(c->ctx, &it);
		return;
	}
	describe(c, h, &place);
	x509_item(&it, &x, &place, c->item);
	tell_expiry(c, h, it);
	it.summary = x509_words(&x, c->item);
	it.deadline = (struct deadline){ 0 };
	if (h->until >= c->now && !census_is_quiet(h) && !is_listed(c, h) && !is_extra(c, h))
		tell_strength(c, h, &x, it);
	tell_validity(c, h, it);
}

static void
tell_trouble(struct census *c)
{
	struct item it = { .target = "notes of this check",
		.rule = c->rules->identity,
		.state = ITEM_UNKNOWN,
		.summary = arena_printf(
		    c->item, "Whether a certificate vanished cannot be told: %s", c->trouble) };

	probe_emit(c->ctx, &it);
}

void
tell_all(struct census *c)
{
	tell_absent(c);
	for (size_t i = 0; i < c->ncerts; i++)
		tell_cert(c, &c->certs[i]);
	if (c->trouble != NULL)
		tell_trouble(c);
}
