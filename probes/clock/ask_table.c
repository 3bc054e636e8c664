/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the table of requests by their random origin.
 */
#include "ask_table.h"

#include <sys/random.h>

#define SLOTS_MIN 64

static void
make_room(struct ask_table *t, size_t expected)
{
	size_t cap = SLOTS_MIN;

	while (cap < 2 * expected)
		cap *= 2;
	t->slots = arena_array(t->arena, cap, sizeof(*t->slots));
	t->mask = cap - 1;
}

void
ask_table_init(struct ask_table *t, size_t expected, struct arena *a)
{
	*t = (struct ask_table){ .arena = a };
	make_room(t, expected);
}

static void
put(struct ask_table *t, struct ask_slot slot)
{
	size_t i = slot.origin & t->mask;

	while (t->slots[i].origin != 0)
		i = (i + 1) & t->mask;
	t->slots[i] = slot;
}

static void
grow(struct ask_table *t)
{
	struct ask_slot *old = t->slots;
	size_t n = t->mask + 1;

	make_room(t, n);
	for (size_t i = 0; i < n; i++)
		if (old[i].origin != 0)
			put(t, old[i]);
}

static uint64_t
fresh(struct ask_table *t)
{
	for (int tries = 0; tries < 16; tries++) {
		uint64_t r;

		if (t->random_left == 0) {
			if (getrandom(t->random, sizeof(t->random), 0) !=
			    (ssize_t)sizeof(t->random))
				return 0;
			t->random_left = sizeof(t->random) / sizeof(t->random[0]);
		}
		r = t->random[--t->random_left];
		if (r != 0 && ask_table_find(t, r) == NULL)
			return r;
	}
	return 0;
}

uint64_t
ask_table_add(struct ask_table *t, size_t server, size_t request)
{
	uint64_t origin = fresh(t);

	if (origin == 0)
		return 0;
	if (2 * ++t->used > t->mask)
		grow(t);
	put(t, (struct ask_slot){ origin, (uint32_t)server, (uint32_t)request });
	return origin;
}

const struct ask_slot *
ask_table_find(const struct ask_table *t, uint64_t origin)
{
	for (size_t i = origin & t->mask; t->slots[i].origin != 0; i = (i + 1) & t->mask)
		if (t->slots[i].origin == origin)
			return &t->slots[i];
	return NULL;
}
