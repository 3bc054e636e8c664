/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns finding where two rows of hashes agree again.
 */
#include "resync.h"

#include <string.h>

#define SLOTS (2 * RESYNC_MAX)
#define NONE UINT32_MAX

/* Where each hash of a row stands: first the earliest place, then the later ones. */
struct places {
	uint32_t slot[SLOTS]; /* the first place of a hash */
	uint32_t next[RESYNC_MAX];
	const struct row *row;
	size_t mask;
};

static size_t
slot_of(const struct places *p, uint64_t hash)
{
	size_t i = (size_t)(hash ^ hash >> 32) & p->mask;

	while (p->slot[i] != NONE && p->row->v[p->slot[i]] != hash)
		i = (i + 1) & p->mask;
	return i;
}

static void
fill(struct places *p, const struct row *row)
{
	size_t slots = 16;

	while (slots < 2 * row->n)
		slots *= 2;
	p->row = row;
	p->mask = slots - 1;
	memset(p->slot, 0xff, slots * sizeof(p->slot[0]));
	for (size_t k = row->n; k-- > 0;) {
		size_t i = slot_of(p, row->v[k]);

		p->next[k] = p->slot[i];
		p->slot[i] = (uint32_t)k;
	}
}

static bool
agree(const struct row *old, size_t a, const struct row *now, size_t b)
{
	size_t run = 0;

	while (run < RESYNC_RUN && a + run < old->n && b + run < now->n &&
	       old->v[a + run] == now->v[b + run])
		run++;
	return run == RESYNC_RUN || (run > 0 && old->ends && a + run == old->n);
}

bool
resync_find(const struct row *old, const struct row *now, size_t *a, size_t *b)
{
	static struct places p;
	size_t best = SIZE_MAX;

	fill(&p, now);
	for (size_t i = 0; i < old->n && i < best; i++) {
		unsigned tried = 0;

		for (uint32_t k = p.slot[slot_of(&p, old->v[i])];
		     k != NONE && i + k < best && tried < RESYNC_ALIKE; k = p.next[k], tried++)
			if (agree(old, i, now, k)) {
				best = i + k;
				*a = i;
				*b = k;
			}
	}
	return best != SIZE_MAX;
}

/* Longest common rows from each place on; 16 bits are enough for RESYNC_CELLS cells. */
static uint16_t table[RESYNC_CELLS + 2 * RESYNC_MAX + 2];

static void
fill_table(const uint64_t *old, size_t na, const uint64_t *now, size_t nb)
{
	size_t w = nb + 1;

	for (size_t i = na + 1; i-- > 0;)
		for (size_t k = nb + 1; k-- > 0;) {
			uint16_t *t = &table[i * w + k];

			if (i == na || k == nb)
				*t = 0;
			else if (old[i] == now[k])
				*t = (uint16_t)(t[w + 1] + 1);
			else
				*t = t[w] >= t[1] ? t[w] : t[1];
		}
}

void
resync_stretches(const uint64_t *old, size_t na, const uint64_t *now, size_t nb,
    bool (*each)(void *self, const struct stretch *s), void *self)
{
	size_t i = 0, k = 0, w = nb + 1;
	struct stretch s;

	if (na == 0 || nb == 0 || na > RESYNC_CELLS / nb) {
		each(self, &(struct stretch){ 0, na, 0, nb });
		return;
	}
	fill_table(old, na, now, nb);
	while (i < na || k < nb) {
		if (i < na && k < nb && old[i] == now[k]) {
			i++;
			k++;
			continue;
		}
		s = (struct stretch){ i, 0, k, 0 };
		while ((i < na || k < nb) && !(i < na && k < nb && old[i] == now[k])) {
			if (k == nb || (i < na && table[(i + 1) * w + k] >= table[i * w + k + 1]))
				i++;
			else
				k++;
		}
		s.old_n = i - s.old_at;
		s.now_n = k - s.now_at;
		if (!each(self, &s))
			return;
	}
}
