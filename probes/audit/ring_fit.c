/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the question which records have left at the front, and which are not as they were.
 */
#include "ring_fit.h"

#include "resync.h"

/* The longest end of old that now begins with (Knuth, Morris, Pratt). */
static size_t
overlap(const struct ring_row *old, const struct ring_row *now, struct arena *a)
{
	size_t *back = arena_array(a, now->n + 1, sizeof(*back)), k = 0;

	for (size_t i = 1; i < now->n; i++) {
		while (k > 0 && now->v[i] != now->v[k])
			k = back[k - 1];
		k += now->v[i] == now->v[k];
		back[i] = k;
	}
	k = 0;
	for (size_t i = 0; i < old->n; i++) {
		while (k > 0 && (k == now->n || old->v[i] != now->v[k]))
			k = back[k - 1];
		if (k < now->n && old->v[i] == now->v[k])
			k++;
	}
	return k;
}

static struct row
row_from(const struct ring_row *r, size_t at)
{
	size_t n = r->n - at;

	return (struct row){ r->v + at, n < RESYNC_MAX ? n : RESYNC_MAX, n <= RESYNC_MAX };
}

static void
differs(struct ring_fit *f, size_t at, size_t gone, size_t come)
{
	size_t count = gone > come ? gone : come;

	if (f->change != RING_SAME) {
		f->others += count;
		return;
	}
	f->change = gone == come ? RING_CHANGED : gone > come ? RING_DELETED : RING_INSERTED;
	f->at = at;
	f->count = gone == come ? gone : gone > come ? gone - come : come - gone;
	f->others = gone == come ? 0 : gone < come ? gone : come;
}

/* A piece of both rows in which they differ, taken apart. */
struct piece {
	struct ring_fit *fit;
	size_t old_at; /* of the piece, in the notes */
};

static bool
each(void *self, const struct stretch *s)
{
	const struct piece *p = self;
	size_t gone = s->old_n;

	/* the oldest may leave; what stands in front of the first that stayed took their place */
	if (p->old_at + s->old_at == 0) {
		p->fit->left = gone > s->now_n ? gone - s->now_n : 0;
		gone -= p->fit->left;
	}
	if (gone + s->now_n > 0)
		differs(p->fit, p->old_at + s->old_at + s->old_n - gone, gone, s->now_n);
	return true;
}

/* From old[i] and now[k] on. */
static void
walk(struct ring_fit *f, const struct ring_row *old, const struct ring_row *now, size_t i, size_t k)
{
	while (i < old->n) {
		struct row o = row_from(old, i), n;
		struct piece p = { f, i };
		size_t gone, come;

		if (k < now->n && old->v[i] == now->v[k]) {
			i++;
			k++;
			continue;
		}
		n = row_from(now, k);
		if (k == now->n || !resync_find(&o, &n, &gone, &come)) {
			f->strange = i == 0 && now->n > 0;
			gone = old->n - i;
			come = now->n - k < gone ? now->n - k : gone;
		}
		if (i == 0 && k == now->n)
			differs(f, 0, gone, 0); /* emptied */
		else if (!f->strange)
			resync_stretches(old->v + i, gone, now->v + k, come, each, &p);
		i += gone;
		k += come;
	}
}

void
ring_fit(
    const struct ring_row *old, const struct ring_row *now, struct arena *a, struct ring_fit *out)
{
	size_t same = overlap(old, now, a);

	*out = (struct ring_fit){ 0 };
	if (same == old->n || same >= RESYNC_RUN) {
		out->left = old->n - same;
		return;
	}
	walk(out, old, now, 0, 0);
	if (out->strange && same > 0)
		*out = (struct ring_fit){ .left = old->n - same };
}
