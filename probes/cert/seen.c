/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the set: a hash table of half hashes that only grows.
 */
#include "probes/cert/seen.h"

#include "probes/x509/x509_item.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define SLOTS_MIN 256

static const uint8_t unused[16];

static uint8_t *
slot_of(const struct seen *s, const uint8_t key[16])
{
	size_t at;

	memcpy(&at, key, sizeof(at));
	for (at &= s->cap - 1;; at = (at + 1) & (s->cap - 1))
		if (memcmp(s->slots[at], key, 16) == 0 || memcmp(s->slots[at], unused, 16) == 0)
			return s->slots[at];
}

static void
grow(struct seen *s)
{
	struct seen old = *s;

	s->cap = old.cap == 0 ? SLOTS_MIN : old.cap * 2;
	s->slots = calloc(s->cap, sizeof(*s->slots));
	if (s->slots == NULL) {
		fprintf(stderr, "out of memory for %zu certificates\n", s->cap);
		_exit(EX_OSERR);
	}
	for (size_t i = 0; i < old.cap; i++)
		if (memcmp(old.slots[i], unused, 16) != 0)
			memcpy(slot_of(s, old.slots[i]), old.slots[i], 16);
	free(old.slots);
}

bool
seen_add(struct seen *s, struct der thing)
{
	uint8_t sum[SHA256_BYTES], *slot;

	if (s->n * 2 >= s->cap)
		grow(s);
	x509_sha256(thing, sum);
	slot = slot_of(s, sum);
	if (memcmp(slot, sum, 16) == 0)
		return false;
	memcpy(slot, sum, 16);
	s->n++;
	return true;
}

void
seen_fini(struct seen *s)
{
	free(s->slots);
	*s = (struct seen){ 0 };
}
