/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what a run saw: entries, places, certificates, and where each was seen.
 */
#include "probes/census/census_private.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#define ARENA_MAX ((size_t)1 << 30)
#define ITEM_ARENA_MAX ((size_t)4 << 20)
#define SLOTS_MIN 256
#define FNV_START 14695981039346656037u

/* FNV-1a: tells names apart within a run, and a damaged file of notes from a whole one. */
uint64_t
census_hash(const void *bytes, size_t n, uint64_t seed)
{
	const uint8_t *p = bytes;
	uint64_t h = seed != 0 ? seed : FNV_START;

	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * 1099511628211u;
	return h != 0 ? h : 1;
}

uint64_t
census_name_hash(struct der name)
{
	return census_hash(name.p, name.len, 0);
}

struct census *
census_new(const struct probe_ctx *ctx, const struct census_rules *rules, instant now)
{
	struct census *c = memory_or_end(calloc(1, sizeof(*c)), "a census");

	c->ctx = ctx;
	c->rules = rules;
	c->now = now;
	c->arena = arena_new(ARENA_MAX);
	c->item = arena_new(ITEM_ARENA_MAX);
	spool_init(&c->spool, ctx->state_fd);
	return c;
}

void
census_free(struct census *c)
{
	spool_fini(&c->spool);
	free(c->cert_slots);
	free(c->place_slots);
	free(c->certs);
	free(c->sights);
	free(c->places);
	arena_free(c->item);
	arena_free(c->arena);
	free(c);
}

/* One more in an array that is not the arena's, since it moves as it grows. */
static void *
more(void *array, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return array;
	*cap = *cap == 0 ? SLOTS_MIN : *cap + *cap / 2;
	return memory_or_end(realloc(array, *cap * size), "what a check saw");
}

void
census_use(struct census *c, enum x509_use use)
{
	c->use = use;
}

void
census_pin(struct census *c)
{
	c->pinned = true;
}

uint32_t
census_entry(struct census *c, const char *text)
{
	for (size_t i = 0; i < c->nentries; i++)
		if (strcmp(c->entries[i].text, text) == 0)
			return (uint32_t)i;
	c->entries =
	    arena_grow(c->arena, c->entries, c->nentries, &c->cap_entries, sizeof(*c->entries));
	c->entries[c->nentries] = (struct entry){ .text = arena_text(c->arena, text) };
	return (uint32_t)c->nentries++;
}

void
census_entry_whole(struct census *c, uint32_t entry)
{
	c->entries[entry].whole = true;
}

/* An open hash table of numbers: room for one more, at most half full. */
static uint32_t *
slots_room(uint32_t *slots, size_t *n, size_t used, uint64_t (*hash)(const void *, uint32_t),
    const void *of)
{
	size_t old = *n;
	uint32_t *was = slots;

	if (used * 2 < old)
		return slots;
	*n = old == 0 ? SLOTS_MIN : old * 2;
	slots = memory_or_end(malloc(*n * sizeof(*slots)), "what a check saw");
	memset(slots, 0xff, *n * sizeof(*slots));
	for (size_t i = 0; i < old; i++)
		if (was[i] != NOBODY) {
			size_t at = (size_t)hash(of, was[i]) & (*n - 1);

			while (slots[at] != NOBODY)
				at = (at + 1) & (*n - 1);
			slots[at] = was[i];
		}
	free(was);
	return slots;
}

static uint64_t
of_place(const void *of, uint32_t i)
{
	const struct census *c = of;

	return census_hash(c->places[i].name, strlen(c->places[i].name), 0);
}

static uint64_t
of_sha(const uint8_t sha[SHA256_BYTES])
{
	uint64_t h;

	memcpy(&h, sha, sizeof(h));
	return h;
}

static uint64_t
of_cert(const void *of, uint32_t i)
{
	const struct census *c = of;

	return of_sha(c->certs[i].sha);
}

static size_t
place_slot(const struct census *c, const char *name)
{
	size_t at = (size_t)census_hash(name, strlen(name), 0) & (c->nplace_slots - 1);

	while (
	    c->place_slots[at] != NOBODY && strcmp(c->places[c->place_slots[at]].name, name) != 0)
		at = (at + 1) & (c->nplace_slots - 1);
	return at;
}

static size_t
cert_slot(const struct census *c, const uint8_t sha[SHA256_BYTES])
{
	size_t at = (size_t)of_sha(sha) & (c->ncert_slots - 1);

	while (c->cert_slots[at] != NOBODY &&
	       memcmp(c->certs[c->cert_slots[at]].sha, sha, SHA256_BYTES) != 0)
		at = (at + 1) & (c->ncert_slots - 1);
	return at;
}

uint32_t
census_find_place(const struct census *c, const char *name)
{
	return c->nplace_slots == 0 ? NOBODY : c->place_slots[place_slot(c, name)];
}

uint32_t
census_find(const struct census *c, const uint8_t sha[SHA256_BYTES])
{
	return c->ncert_slots == 0 ? NOBODY : c->cert_slots[cert_slot(c, sha)];
}

uint32_t
census_place(struct census *c, uint32_t entry, enum census_kind kind, const char *name)
{
	size_t at;

	c->place_slots = slots_room(c->place_slots, &c->nplace_slots, c->nplaces, of_place, c);
	at = place_slot(c, name);
	if (c->place_slots[at] != NOBODY)
		return c->place_slots[at];
	c->places = more(c->places, c->nplaces, &c->cap_places, sizeof(*c->places));
	c->places[c->nplaces] = (struct place){ .name = arena_text(c->arena, name),
		.entry = entry,
		.kind = (uint8_t)kind,
		.first = NOBODY };
	c->place_slots[at] = (uint32_t)c->nplaces;
	return (uint32_t)c->nplaces++;
}

void
census_place_evidence(struct census *c, uint32_t place, const char *key, const char *value)
{
	struct place *p = &c->places[place];

	if (p->more == NULL)
		p->more = arena_array(c->arena, PLACE_EVIDENCE_MAX, sizeof(*p->more));
	if (p->nmore < PLACE_EVIDENCE_MAX)
		p->more[p->nmore++] =
		    (struct evidence){ arena_text(c->arena, key), arena_text(c->arena, value) };
}

void
census_place_note(struct census *c, uint32_t place, const struct evidence *constant)
{
	c->places[place].note = constant;
}

void
census_place_whole(struct census *c, uint32_t place)
{
	c->places[place].whole = true;
}

size_t
census_shown(const struct census *c, uint32_t place)
{
	return c->places[place].shown;
}

static uint64_t
trait(struct der bytes)
{
	return bytes.len > 0 ? census_hash(bytes.p, bytes.len, 0) : 0;
}

void
census_traits(const struct x509 *x, struct traits *out)
{
	*out = (struct traits){
		.key = trait(x->spki),
		.subject = trait(x->subject),
		.names = trait(x->san),
		.issued = census_hash(
		    x->serial.p, x->serial.len, census_hash(x->issuer.p, x->issuer.len, 0)),
	};
}

static uint32_t
cert_add(struct census *c, const struct x509 *x)
{
	uint8_t sha[SHA256_BYTES];
	struct cert *h;
	size_t at;

	x509_sha256(x->whole, sha);
	c->cert_slots = slots_room(c->cert_slots, &c->ncert_slots, c->ncerts, of_cert, c);
	at = cert_slot(c, sha);
	if (c->cert_slots[at] != NOBODY)
		return c->cert_slots[at];
	c->certs = more(c->certs, c->ncerts, &c->cap_certs, sizeof(*c->certs));
	h = &c->certs[c->ncerts];
	*h = (struct cert){ .from = x->not_before,
		.until = x->not_after,
		.at = spool_put(&c->spool, x->whole),
		.len = (uint32_t)x->whole.len,
		.sight = NOBODY,
		.next_by = NOBODY,
		.before = NOBODY,
		.ca = x->ca,
		.self = der_same(x->issuer, x->subject) };
	memcpy(h->sha, sha, sizeof(sha));
	census_traits(x, &h->traits);
	c->cert_slots[at] = (uint32_t)c->ncerts;
	return (uint32_t)c->ncerts++;
}

int
census_show(struct census *c, uint32_t place, size_t position, const char *target,
    const char *label, struct der der, struct err *e)
{
	struct place *p = &c->places[place];
	struct sight *s;
	struct cert *h;
	struct x509 x;
	uint32_t i;

	if (x509_parse(der.p, der.len, &x, e) < 0)
		return -1;
	if (c->ncerts >= CENSUS_CERTS_MAX || c->nsights >= CENSUS_CERTS_MAX)
		return err_set(
		    e, ERR_LIMIT, "this check has seen %u certificates already", CENSUS_CERTS_MAX);
	i = cert_add(c, &x);
	h = &c->certs[i];
	h->served |= p->kind == CENSUS_SERVER && position == 1;
	h->filed |= p->kind != CENSUS_SERVER;
	if (position == 1)
		p->first = i;
	c->entries[p->entry].authorities += h->ca;
	p->shown++;
	c->sights = more(c->sights, c->nsights, &c->cap_sights, sizeof(*c->sights));
	s = &c->sights[c->nsights];
	*s = (struct sight){ .cert = i,
		.place = place,
		.position = (uint32_t)position,
		.next = h->sight,
		.target = target == p->name || strcmp(target, p->name) == 0
			      ? NULL
			      : arena_text(c->arena, target),
		.label = label != NULL && label[0] != '\0' ? arena_text(c->arena, label) : NULL };
	h->sight = (uint32_t)c->nsights++;
	return 0;
}

/* The sightings of a place come one after another. */
static struct sight *
find_sight(struct census *c, uint32_t place, size_t position)
{
	for (size_t i = c->nsights; i-- > 0 && c->sights[i].place == place;)
		if (c->sights[i].position == position)
			return &c->sights[i];
	return NULL;
}

void
census_extra(struct census *c, uint32_t place, size_t position)
{
	struct sight *s = find_sight(c, place, position);

	if (s != NULL)
		s->extra = true;
}

void
census_needless(struct census *c, uint32_t place, size_t position)
{
	struct sight *s = find_sight(c, place, position);

	if (s != NULL)
		s->needless = true;
}

const char *
census_moment(struct arena *a, instant t)
{
	char buf[INSTANT_TEXT];

	return arena_text(a, instant_text(t, buf));
}

const char *
census_minute(struct arena *a, instant t)
{
	char buf[INSTANT_TEXT];

	instant_text(t, buf);
	return arena_printf(a, "%.10s %.5s UTC", buf, buf + 11);
}

bool
census_parse(const struct census *c, const struct cert *h, struct arena *a, struct x509 *out)
{
	uint8_t *room = arena_alloc(a, h->len);
	struct err e;

	return spool_get(&c->spool, h->at, room, h->len) && x509_parse(room, h->len, out, &e) == 0;
}

/* The place itself before what stands in it; among these the first in byte order. */
static bool
is_before(const struct census *c, const struct sight *a, const struct sight *b)
{
	const char *one = a->target != NULL ? a->target : c->places[a->place].name;
	const char *two = b->target != NULL ? b->target : c->places[b->place].name;

	if ((a->target == NULL) != (b->target == NULL))
		return a->target == NULL;
	return strcmp(one, two) < 0;
}

const char *
census_target(const struct census *c, const struct cert *h)
{
	const struct sight *best = &c->sights[h->sight];

	if (h->target != NULL)
		return h->target;
	for (uint32_t i = best->next; i != NOBODY; i = c->sights[i].next)
		if (is_before(c, &c->sights[i], best))
			best = &c->sights[i];
	return best->target != NULL ? best->target : c->places[best->place].name;
}
