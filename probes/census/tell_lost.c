/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the items of what a run did not see, and of places that show another certificate.
 */
#include "probes/census/census_private.h"

#include "probes/x509/x509_time.h"

static void
put(struct evidence *ev, size_t *n, const char *key, const char *value)
{
	if (*n < EVIDENCE_EXTRA_MAX)
		ev[(*n)++] = (struct evidence){ key, value };
}

/* --- one that is not seen --- */

static void
lost_words(struct census *c, const struct lost *l, struct item *it)
{
	const struct noted *n = l->v;
	const char *seen = census_minute(c->item, n->seen), *others = "";

	if (l->n > 1)
		others =
		    arena_printf(c->item, " and %zu other place%s", l->n - 1, l->n == 2 ? "" : "s");
	if (n->gone == 0)
		it->summary = arena_printf(c->item,
		    "Certificate of %s, as it was seen at %s%s on %s; it could not be looked at "
		    "since",
		    n->name, n->place, others, seen);
	else if (n->kind == CENSUS_SERVER)
		it->summary = arena_printf(c->item,
		    "Certificate of %s is not shown by %s%s any more; it was on %s", n->name,
		    n->place, others, seen);
	else
		it->summary =
		    arena_printf(c->item, "Certificate of %s is gone from %s%s; it was there on %s",
			n->name, n->place, others, seen);
}

static void
tell_lost(struct census *c, const struct lost *l)
{
	const struct noted *n = l->v;
	struct evidence ev[10];
	struct item it = { .target = n->target, .rule = c->rules->expiry, .evidence = ev };
	char id[CENSUS_ID];

	arena_reset(c->item);
	lost_words(c, l, &it);
	if (n->gone != 0) {
		it.state = ITEM_FOUND;
		it.finding = n->ca ? "gone-authority" : "gone";
		census_lost_id(l, id);
		put(ev, &it.nevidence, FINDING_KEY, id);
		put(ev, &it.nevidence, NOTICED_KEY, census_moment(c->item, n->gone));
	}
	put(ev, &it.nevidence, "name", n->name);
	put(ev, &it.nevidence, "sha256", n->sha);
	put(ev, &it.nevidence, "place", n->place);
	if (n->label != NULL)
		put(ev, &it.nevidence, "label", n->label);
	put(ev, &it.nevidence, "last_seen", census_moment(c->item, n->seen));
	put(ev, &it.nevidence, "notAfter", census_moment(c->item, n->until));
	if (!n->quiet && !x509_time_is_never(n->until)) {
		it.deadline = (struct deadline){ DEADLINE_KNOWN, n->until, n->until, n->until, 0 };
		if (n->until > n->from)
			it.deadline.life = instant_minus(n->until, n->from);
	}
	probe_emit(c->ctx, &it);
}

/* --- a place that shows another one --- */

static void
tell_change(struct census *c, const struct change *ch)
{
	static const struct {
		const char *finding, *words;
	} as[CHANGE_N] = {
		[CHANGE_BYTES] = { "changed",
		    "has other bytes, though issuer and serial number are the same" },
		[CHANGE_OTHER] = { "other", "was exchanged for a certificate of another name" },
		[CHANGE_PINNED] = { "other",
		    "was exchanged for another one with a new key, and no authority vouches for it "
		    "here" },
		[CHANGE_EARLY] = { "early", "was exchanged long before its end" },
	};
	struct evidence ev[8];
	char id[CENSUS_ID];
	struct item it = { .target = ch->place,
		.rule = c->rules->identity,
		.state = ITEM_FOUND,
		.finding = as[ch->kind].finding,
		.evidence = ev };

	arena_reset(c->item);
	census_change_id(ch, id);
	it.summary = arena_printf(c->item, "The certificate of %s here %s (%s)", ch->name,
	    as[ch->kind].words, x509_day(ch->until, c->item));
	put(ev, &it.nevidence, FINDING_KEY, id);
	put(ev, &it.nevidence, NOTICED_KEY, census_moment(c->item, ch->since));
	put(ev, &it.nevidence, "before_sha256", ch->was);
	put(ev, &it.nevidence, "sha256", ch->now);
	probe_emit(c->ctx, &it);
}

void
tell_absent(struct census *c)
{
	for (size_t i = 0; i < c->nchanges; i++)
		tell_change(c, &c->changes[i]);
	for (size_t i = 0; i < c->nlost; i++)
		if (!c->lost[i].settled)
			tell_lost(c, &c->lost[i]);
}
