/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what a run means beside the notes of the last look: what is known, what was renewed, what
 * is not there any more, and what was exchanged.
 */
#include "probes/census/census_private.h"

#include "base/memory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static uint32_t
find_entry(const struct census *c, const char *text)
{
	for (size_t i = 0; i < c->nentries; i++)
		if (strcmp(c->entries[i].text, text) == 0)
			return (uint32_t)i;
	return NOBODY;
}

static void
copy_noted(struct census *c, const struct noted *n)
{
	struct noted *mine;

	c->absent = arena_grow(c->arena, c->absent, c->nabsent, &c->cap_absent, sizeof(*c->absent));
	mine = &c->absent[c->nabsent++];
	*mine = *n;
	if (mine->seen == 0)
		mine->seen = c->looked;
	mine->place = arena_text(c->arena, n->place);
	mine->entry = arena_text(c->arena, n->entry);
	mine->target = arena_text(c->arena, n->target);
	mine->label = n->label != NULL ? arena_text(c->arena, n->label) : NULL;
	mine->name = arena_text(c->arena, n->name);
	mine->sha = arena_text(c->arena, n->sha);
}

static void
take_noted(struct census *c, const struct noted *n)
{
	uint8_t sha[SHA256_BYTES];
	uint32_t i = x509_unhex(n->sha, sha) ? census_find(c, sha) : NOBODY;

	if (i != NOBODY) {
		struct cert *h = &c->certs[i];

		h->known = true;
		h->was_quiet |= n->quiet;
		if (h->target == NULL)
			h->target = arena_text(c->arena, n->target);
	} else if (find_entry(c, n->entry) != NOBODY)
		copy_noted(c, n);
}

/* Of one certificate side by side; the place itself before what stands in it. */
static int
by_sha(const void *a, const void *b)
{
	const struct noted *x = a, *y = b;
	int d = strcmp(x->sha, y->sha);

	if (d != 0)
		return d;
	if (x->position != y->position)
		return x->position < y->position ? -1 : 1;
	return strcmp(x->place, y->place);
}

static bool
was_looked_at(const struct census *c, const struct noted *n)
{
	uint32_t p = census_find_place(c, n->place);

	return p != NOBODY ? c->places[p].whole : c->entries[find_entry(c, n->entry)].whole;
}

static void
group_absent(struct census *c)
{
	if (c->nabsent == 0)
		return;
	qsort(c->absent, c->nabsent, sizeof(*c->absent), by_sha);
	c->lost = arena_array(c->arena, c->nabsent, sizeof(*c->lost));
	for (size_t i = 0, end; i < c->nabsent; i = end) {
		struct lost *l = &c->lost[c->nlost++];

		*l = (struct lost){ .v = &c->absent[i], .gone = true };
		for (end = i; end < c->nabsent && strcmp(c->absent[end].sha, l->v->sha) == 0; end++)
			l->gone = was_looked_at(c, &c->absent[end]) && l->gone;
		l->n = end - i;
	}
}

static void
note_change(struct census *c, enum change_kind kind, const struct noted *n, const struct cert *h)
{
	char sha[2 * SHA256_BYTES + 1];

	c->changes =
	    arena_grow(c->arena, c->changes, c->nchanges, &c->cap_changes, sizeof(*c->changes));
	c->changes[c->nchanges++] = (struct change){ .place = n->place,
		.entry = n->entry,
		.was = n->sha,
		.name = n->name,
		.now = arena_text(c->arena, x509_hex((struct der){ h->sha, SHA256_BYTES }, sha)),
		.kind = kind,
		.since = c->now,
		.until = n->until };
}

/* Renewals come in the second half of a life. */
static bool
is_early(const struct census *c, const struct noted *n)
{
	return n->until > n->from && c->now < n->from + (n->until - n->from) / 2;
}

static bool
is_at(const struct census *c, const struct cert *h, const char *place)
{
	for (uint32_t i = h->sight; i != NOBODY; i = c->sights[i].next)
		if (strcmp(c->places[c->sights[i].place].name, place) == 0)
			return true;
	return false;
}

static void
succeed(struct census *c, struct lost *l, struct cert *h)
{
	const struct noted *n = l->v;

	l->settled = true;
	if (n->quiet)
		return;
	if (h->target == NULL && !h->known)
		h->target = n->target;
	if (h->known || !is_at(c, h, n->place))
		return;
	if (h->traits.issued == n->issued)
		note_change(c, CHANGE_BYTES, n, h);
	else if (is_early(c, n))
		note_change(c, CHANGE_EARLY, n, h);
}

/* Does the certificate that stands there now go on with the one before? What a server shows is
 * checked by the name that was asked for, unless it is pinned: then by its key too. */
static bool
goes_on(const struct census *c, const struct cert *h, const struct noted *n, enum census_kind kind)
{
	if (kind == CENSUS_SERVER && !c->pinned)
		return true;
	return kin_matches(h, n) && (kind != CENSUS_SERVER || h->traits.key == n->key);
}

/* Its place shows another one at once. */
static void
exchange(struct census *c, struct lost *l, struct cert *h, enum census_kind kind)
{
	const struct noted *n = l->v;
	enum change_kind what = CHANGE_OTHER;

	if (goes_on(c, h, n, kind)) {
		succeed(c, l, h);
		return;
	}
	if (h->traits.issued == n->issued)
		what = CHANGE_BYTES;
	else if (kin_matches(h, n))
		what = CHANGE_PINNED;
	l->settled = true;
	if (h->target == NULL)
		h->target = n->target;
	note_change(c, what, n, h);
}

/* Issuers that come along with a certificate change with it, and nobody needs them alone. */
static bool
is_company(const struct lost *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].position == 1 || (!l->v[i].ca && l->v[i].kind != CENSUS_SERVER))
			return false;
	return true;
}

static void
settle(struct census *c, struct lost *l)
{
	uint32_t p = census_find_place(c, l->v->place), next = kin_of_noted(c, l->v);

	if (!l->gone) {
		l->settled = l->v->quiet && next != NOBODY;
		return;
	}
	if (is_company(l))
		l->settled = true;
	else if (next != NOBODY && !(c->pinned && l->v->kind == CENSUS_SERVER))
		succeed(c, l, &c->certs[next]);
	else if (l->v->position == 1 && l->v->kind != CENSUS_TOKEN && p != NOBODY &&
		 c->places[p].first != NOBODY && !c->certs[c->places[p].first].known)
		exchange(c, l, &c->certs[c->places[p].first], c->places[p].kind);
	for (size_t i = 0; i < l->n && !l->settled; i++)
		if (l->v[i].gone == 0)
			l->v[i].gone = c->now;
}

static void
settle_all(struct census *c)
{
	for (size_t i = 0; i < c->nlost; i++)
		if (!c->lost[i].settled)
			settle(c, &c->lost[i]);
}

/* A certificate of before that is still there gives its target to the one that follows it. */
static void
hand_over(struct census *c)
{
	char serial[2 * X509_SERIAL_SHOWN + 1];
	struct x509 x;

	for (size_t i = 0; i < c->ncerts; i++) {
		struct cert *a = &c->certs[i], *b;

		if (a->follow != FOLLOW_TAKEN || !a->known || a->was_quiet || a->served)
			continue;
		b = &c->certs[a->next_by];
		if (b->known || b->target != NULL)
			continue;
		arena_reset(c->item);
		b->target = a->target;
		x509_serial(census_parse(c, a, c->item, &x) ? x.serial : (struct der){ 0 }, serial);
		a->target = arena_printf(c->arena, "%s (before, serial %s)", b->target, serial);
	}
}

/* --- each target only once --- */

struct names {
	uint64_t *v;
	size_t cap;
};

static bool
name_taken(struct names *s, const char *name)
{
	uint64_t h = census_hash(name, strlen(name), 0);
	size_t at = (size_t)h & (s->cap - 1);

	while (s->v[at] != 0 && s->v[at] != h)
		at = (at + 1) & (s->cap - 1);
	if (s->v[at] == h)
		return true;
	s->v[at] = h;
	return false;
}

static void
name_one(struct census *c, struct names *s, struct cert *h)
{
	char serial[2 * X509_SERIAL_SHOWN + 1];
	struct x509 x;

	if (h->target == NULL)
		h->target = census_target(c, h);
	if (!name_taken(s, h->target))
		return;
	arena_reset(c->item);
	x509_serial(census_parse(c, h, c->item, &x) ? x.serial : (struct der){ 0 }, serial);
	h->target = arena_printf(c->arena, "%s (serial %s)", h->target, serial);
	for (size_t n = 2; name_taken(s, h->target); n++)
		h->target =
		    arena_printf(c->arena, "%s (serial %s, %zu)", census_target(c, h), serial, n);
}

/* What is known keeps its name, so that it comes first. */
static void
name_all(struct census *c)
{
	struct names s = { .cap = 64 };

	while (s.cap < 2 * (c->ncerts + c->nlost) + 1)
		s.cap *= 2;
	s.v = memory_or_end(calloc(s.cap, sizeof(*s.v)), "the names of certificates");
	for (size_t i = 0; i < c->nlost; i++)
		if (!c->lost[i].settled)
			name_taken(&s, c->lost[i].v->target);
	for (size_t i = 0; i < c->ncerts; i++)
		if (c->certs[i].target != NULL)
			name_one(c, &s, &c->certs[i]);
		else
			c->certs[i].unnamed = true;
	for (size_t i = 0; i < c->ncerts; i++)
		if (c->certs[i].unnamed)
			name_one(c, &s, &c->certs[i]);
	free(s.v);
}

/* --- what people accepted --- */

static void
end_accepted(struct census *c)
{
	char id[CENSUS_ID];

	for (size_t i = 0; i < c->nlost; i++) {
		struct lost *l = &c->lost[i];

		census_lost_id(l, id);
		if (l->v->gone != 0 && census_is_accepted(c, c->rules->expiry, l->v->target, id))
			l->settled = true;
	}
}

/* A change holds until it is accepted, undone, or its place is not asked for any more. */
static bool
change_holds(struct census *c, struct change *ch)
{
	uint32_t p = census_find_place(c, ch->place);
	char sha[2 * SHA256_BYTES + 1], id[CENSUS_ID];
	const struct cert *h;

	census_change_id(ch, id);
	if (find_entry(c, ch->entry) == NOBODY ||
	    census_is_accepted(c, c->rules->identity, ch->place, id))
		return false;
	if (p == NOBODY || c->places[p].first == NOBODY)
		return true;
	h = &c->certs[c->places[p].first];
	x509_hex((struct der){ h->sha, SHA256_BYTES }, sha);
	return strcmp(sha, ch->was) != 0;
}

static void
end_changes(struct census *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->nchanges; i++)
		if (change_holds(c, &c->changes[i]))
			c->changes[n++] = c->changes[i];
	c->nchanges = n;
}

static bool
met(const struct census *c, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (strcmp(c->absent[i].place, c->absent[at].place) == 0)
			return true;
	return census_find_place(c, c->absent[at].place) != NOBODY;
}

const char *
census_missing(struct census *c, size_t n, instant *seen)
{
	for (size_t i = 0; i < c->nabsent; i++)
		if (!met(c, i) && n-- == 0) {
			if (seen != NULL)
				*seen = c->absent[i].seen;
			return c->absent[i].place;
		}
	return NULL;
}

void
compare_all(struct census *c)
{
	notes_read(c, take_noted);
	group_absent(c);
	end_changes(c);
	end_accepted(c);
	settle_all(c);
	hand_over(c);
	name_all(c);
}
