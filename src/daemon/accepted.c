/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the way of an accepted finding from the person to the check, and back as what is over.
 */
#include "daemon/accepted.h"

#include "model/accepting.h"

#include <string.h>

/* Room in the job for one more, whose text has n bytes. */
static bool
has_room(size_t *used, size_t n)
{
	if (n > HANDED_BYTES_MAX - *used)
		return false;
	*used += n;
	return true;
}

static void
hand_accepts(
    const struct ground *on, const char *check, struct arena *a, struct handed *h, size_t *used)
{
	struct store_accept *v;
	size_t n;

	if (store_accepts_pending(on->world->store, check, a, &v, &n, NULL) < 0)
		return;
	h->accepts = arena_array(a, n + 1, sizeof(*h->accepts));
	for (size_t i = 0; i < n && h->naccepts < HANDED_ACCEPTS_MAX; i++) {
		const struct accept *x = &v[i].accept;

		if (has_room(used, strlen(x->target) + strlen(x->rule) + strlen(x->finding) +
				       strlen(x->by) + strlen(x->reason)))
			h->accepts[h->naccepts++] = *x;
	}
}

static void
hand_keeps(
    const struct ground *on, const char *check, struct arena *a, struct handed *h, size_t *used)
{
	struct store_keep *v;
	size_t n;

	if (store_keeps(on->world->store, check, a, &v, &n, NULL) < 0)
		return;
	h->keeps = arena_array(a, n + 1, sizeof(*h->keeps));
	for (size_t i = 0; i < n && h->nkeeps < HANDED_KEEPS_MAX; i++)
		if (has_room(used, strlen(v[i].keep.target) + strlen(v[i].keep.text)))
			h->keeps[h->nkeeps++] = v[i].keep;
}

const struct handed *
accepted_handed(const struct ground *on, const char *check, struct arena *a)
{
	struct handed *h = arena_alloc(a, sizeof(*h));
	size_t used = 0;

	*h = (struct handed){ .naccepts = 0 };
	hand_accepts(on, check, a, h, &used);
	hand_keeps(on, check, a, h, &used);
	return h;
}

/* The result still tells it, or could not tell. */
static bool
may_be_open(const struct result *r, const struct accept *v)
{
	for (size_t i = 0; i < r->nitems; i++) {
		const struct item *it = &r->items[i];
		const char *id = accepting_finding(it);

		if (strcmp(it->target, v->target) != 0)
			continue;
		if (it->state == ITEM_UNKNOWN || (id != NULL && strcmp(id, v->finding) == 0))
			return true;
	}
	return false;
}

int
accepted_settle(const struct ground *on, const struct check_conf *k, const struct result *r,
    struct arena *a, struct err *e)
{
	struct store_accept *v;
	size_t n;

	if (store_accepts_pending(on->world->store, k->id, a, &v, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		/* a run that had begun before was not handed it */
		if (v[i].accept.at > r->taken || may_be_open(r, &v[i].accept))
			continue;
		v[i].ended = r->taken;
		if (store_accept_put(on->world->store, &v[i], e) < 0)
			return -1;
	}
	return 0;
}

static bool
speaks_of(const struct result *r, const char *target)
{
	for (size_t i = 0; i < r->nkeeps; i++)
		if (strcmp(r->keeps[i].target, target) == 0)
			return true;
	for (size_t i = 0; i < r->nitems; i++)
		if (strcmp(r->items[i].target, target) == 0)
			return true;
	return false;
}

int
accepted_keep(const struct ground *on, const struct check_conf *k, const struct result *r,
    struct arena *a, struct err *e)
{
	struct store *s = on->world->store;
	struct store_keep *v;
	size_t n;

	if (store_keeps(s, k->id, a, &v, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (!speaks_of(r, v[i].keep.target) &&
		    store_keeps_drop(s, k->id, v[i].keep.target, e) < 0)
			return -1;
	for (size_t i = 0; i < r->nkeeps; i++)
		if (store_keep_put(s, k->id, &r->keeps[i], r->taken, a, e) < 0)
			return -1;
	return 0;
}

int
accepted_by(const struct ground *on, const struct store_standing *row, instant taken,
    struct arena *a, bool *yes, struct err *e)
{
	struct store_accept v;
	bool there;

	if (store_accept_of(
		on->world->store, row->check, row->target, row->rule, 0, a, &v, &there, e) < 0)
		return -1;
	*yes = *yes || (there && v.ended == taken);
	return 0;
}

int
accepted_of(const struct ground *on, const struct outcome *told, const struct store_standing *row,
    struct arena *a, const struct accept **out, struct err *e)
{
	struct store_accept *v = arena_alloc(a, sizeof(*v));
	bool there;

	*out = NULL;
	if (told->kind != EVENT_RESOLVED)
		return 0;
	if (store_accept_of(on->world->store, row->check, row->target, row->rule, told->since, a, v,
		&there, e) < 0)
		return -1;
	if (there)
		*out = &v->accept;
	return 0;
}
