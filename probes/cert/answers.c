/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is said of an endpoint: the worst of what its addresses showed.
 */
#include "probes/cert/endpoints.h"
#include "probes/cert/staple.h"

#include <string.h>

#define HIDES "the end date of its certificate is unknown"

/* The server showed a certificate, and it is its own. */
static bool
is_seen(const struct talk *t)
{
	return t->nders > 0 && (t->error == NULL || t->asked_client);
}

/* "127.0.0.1", of a name with several addresses; NULL: it has one, or is one. */
static const char *
address_of(const struct endpoints_run *s, const struct talk *first, const struct talk *t)
{
	char text[NET_ADDRESS_TEXT];

	if (first->ep.numeric)
		return NULL;
	for (const struct talk *o = first; o != NULL; o = o->next)
		if (!net_address_same(&o->addr, &t->addr))
			return arena_text(s->arena, net_address_text(&t->addr, text));
	return NULL;
}

static const char *
at(const struct endpoints_run *s, const struct talk *first, const struct talk *t)
{
	const char *address = address_of(s, first, t);

	return address != NULL ? arena_printf(s->arena, " at %s", address) : "";
}

/* Nobody asks a server for a loopback address, and no certificate needs to name one. */
static bool
is_own_address(const struct talk *t)
{
	return t->ep.name_numeric && strcmp(t->ep.name, t->ep.host) == 0 &&
	       net_address_is_loopback(&t->addr);
}

/* How bad it is, for choosing which address is told. */
static int
badness(const struct talk *t)
{
	return !t->name_fits && !is_own_address(t) ? 3 : t->old_protocol ? 2 : t->old_name ? 1 : 0;
}

/* An address that is not reached may be of a network that is not here: said only when none is. The
 * question for another kind of key is one that most servers refuse. */
static const struct talk *
worst_of(const struct talk *first, bool *seen)
{
	const struct talk *worst = NULL, *odd = NULL;

	*seen = false;
	for (const struct talk *t = first; t != NULL; t = t->next) {
		if (is_seen(t) && (worst == NULL || badness(t) > badness(worst)))
			worst = t;
		if (!is_seen(t) && t->keys == NULL &&
		    (odd == NULL || t->nders > odd->nders || (t->reached && !odd->reached)))
			odd = t;
	}
	*seen = worst != NULL;
	/* one that takes connections and shows nothing is trouble for whoever gets that address */
	if (worst != NULL && odd != NULL && odd->reached && worst->keys == NULL)
		*seen = false;
	return worst != NULL && *seen ? worst : odd != NULL ? odd : first;
}

static void
tell_unseen(const struct endpoints_run *s, const struct talk *first, const struct talk *t)
{
	const char *why = t->error != NULL ? t->error : "it showed none";

	cert_unknown(s->run, "cert.endpoint", t->text,
	    t->nders > 0
		? arena_printf(s->arena,
		      "%s%s showed its certificate, but ended oddly (%s): it may be another's",
		      t->text, at(s, first, t), why)
		: arena_printf(s->arena, "%s%s could not be asked (%s); " HIDES, t->text,
		      at(s, first, t), why),
	    t->error);
}

static void
tell_answer(const struct endpoints_run *s, const struct talk *first)
{
	bool seen;
	const struct talk *t = worst_of(first, &seen);
	struct evidence ev[4] = { { "endpoint", t->text }, { "name", t->ep.name } };
	struct item it = {
		.target = t->text, .rule = "cert.endpoint", .evidence = ev, .nevidence = 2
	};
	const char *where = at(s, first, t);

	if (t->protocol != NULL)
		ev[it.nevidence++] = (struct evidence){ "protocol", t->protocol };
	if (t->names != NULL)
		ev[it.nevidence++] = (struct evidence){ "names", t->names };
	if (!seen) {
		tell_unseen(s, first, t);
		return;
	}
	if (!t->name_fits && is_own_address(t))
		it.summary = arena_printf(s->arena,
		    "The server answers; %s is an address of this computer, so that no name was "
		    "asked of its certificate",
		    t->ep.name);
	else if (!t->name_fits) {
		it.state = ITEM_FOUND;
		it.finding = "name-mismatch";
		it.summary = arena_printf(s->arena,
		    "The server%s answers with a certificate that does not name %s", where,
		    t->ep.name);
	} else if (t->old_protocol) {
		it.state = ITEM_FOUND;
		it.finding = "old-protocol";
		it.summary = arena_printf(
		    s->arena, "The server%s speaks nothing newer than %s", where, t->protocol);
	} else if (t->old_name) {
		it.state = ITEM_FOUND;
		it.finding = "old-name";
		it.summary = arena_printf(s->arena,
		    "The server%s answers with a certificate that names %s only in its subject",
		    where, t->ep.name);
	} else
		it.summary = arena_printf(
		    s->arena, "The server answers, and its certificate names %s", t->ep.name);
	probe_emit(s->run->ctx, &it);
}

/* --- its certificates, for the census --- */

static bool
shown_before(const struct talk *first, const struct talk *t, size_t i)
{
	for (const struct talk *o = first; o != t; o = o->next)
		for (size_t k = 0; k < o->nders; k++)
			if (der_same(o->ders[k], t->ders[i]))
				return true;
	return false;
}

/* Extra is what no address needs. */
static bool
is_extra(const struct talk *first, struct der der)
{
	bool met = false;

	for (const struct talk *t = first; t != NULL; t = t->next)
		for (size_t i = 0; i < t->nders && i < CERT_CHAIN_MAX; i++)
			if (der_same(t->ders[i], der)) {
				if (!t->judged.extra[i])
					return false;
				met = true;
			}
	return met;
}

static void
show_one(struct endpoints_run *s, struct cert_place *place, const struct talk *first,
    const struct talk *t, size_t i, bool *whole)
{
	const char *address = i == 0 ? address_of(s, first, t) : NULL;
	size_t position = place->position;
	struct err e = { 0 };

	if (cert_place_show(s->run, place, t->ders[i],
		position == 1     ? NULL
		: address != NULL ? arena_printf(s->arena, "%s at %s", t->text, address)
		: i == 0 && t->keys != NULL
		    ? arena_printf(s->arena, "%s with its other key", t->text)
		    : NULL,
		&e) < 0) {
		*whole = false;
		cert_unknown(s->run, "cert.read",
		    arena_printf(s->arena, "%s: certificate %zu", t->text, i + 1),
		    "This certificate cannot be read; its end date is unknown", e.msg);
	} else if (is_extra(first, t->ders[i]))
		census_extra(s->run->census, place->number, position);
}

/* What it showed is what the next look is held against, unless it may be another's. */
static void
show_talks(struct endpoints_run *s, const struct talk *first)
{
	uint32_t entry = census_entry(s->run->census, first->text);
	struct arena *names = arena_new((size_t)1 << 20);
	bool whole = true, any = false;
	struct cert_place place;

	cert_place_init(&place, s->run, entry, CENSUS_SERVER, first->text, names);
	for (const struct talk *t = first; t != NULL; t = t->next) {
		if (t->protocol != NULL && !any)
			census_place_evidence(
			    s->run->census, place.number, "protocol", t->protocol);
		any |= is_seen(t);
		whole &= is_seen(t) || t->keys != NULL || !t->reached;
		for (size_t i = 0; i < t->nders; i++)
			if (!shown_before(first, t, i))
				show_one(s, &place, first, t, i, &whole);
	}
	if (whole && any)
		census_place_whole(s->run->census, place.number);
	arena_free(names);
}

/* --- its chain --- */

static int
chain_badness(const struct chain *c)
{
	static const int order[] = { [CHAIN_UNASKED] = 0,
		[CHAIN_GOOD] = 1,
		[CHAIN_OWN] = 2,
		[CHAIN_UNKNOWN] = 3,
		[CHAIN_ALONE] = 4,
		[CHAIN_BAD] = 5 };

	return order[c->state];
}

static const struct chain *
worst_chain(const struct talk *first)
{
	const struct chain *worst = &first->judged;

	for (const struct talk *t = first->next; t != NULL; t = t->next)
		if (chain_badness(&t->judged) > chain_badness(worst))
			worst = &t->judged;
	return worst;
}

void
endpoints_tell(struct endpoints_run *s)
{
	const char *place = NULL, *authority = NULL;
	size_t own = 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct talk *first = &s->talks[i];
		const struct chain *c = worst_chain(first);

		tell_answer(s, first);
		show_talks(s, first);
		chain_tell(s->run, c, first->text, s->arena);
		staple_tell(s->run, first, s->arena);
		if (c->state != CHAIN_OWN)
			continue;
		if (own++ == 0) {
			place = first->text;
			authority = c->authority;
		}
	}
	if (own > 0)
		chain_own(s->run, own, place, authority, s->arena);
}
