/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the first look at a new machine, and the day of the last digest.
 */
#include "daemon/digest.h"

#include "base/day.h"
#include "daemon/results.h"
#include "daemon/teller.h"

#define ARENA_MAX ((size_t)64 << 20)
#define INVENTORY_WAIT (5 * SPAN_MIN) /* the digest of a new machine waits no longer */
#define DIGEST_HOUR (7 * SPAN_H)      /* after the day began, where this machine is */
/* The number of the store that keeps the day of the last one: its date, not the moment it began,
 * which differs as soon as the machine is in another zone. */
#define DIGEST_DATE "digest-date"
#define INVENTORY_DONE "inventory" /* 1: the digest of a new machine was told */

void
digest_init(struct digest *d, const struct ground *on)
{
	*d = (struct digest){ .on = on };
}

void
digest_adopt(struct digest *d)
{
	const struct conf *c = d->on->generation->conf;
	struct store *s = d->on->world->store;
	int64_t done = 1;

	store_number(s, INVENTORY_DONE, 0, &done, NULL);
	d->inventory = done == 0;
	d->had_first = arena_array(d->on->generation->arena, c->nchecks + 1, sizeof(*d->had_first));
	for (size_t i = 0; i < c->nchecks; i++)
		d->had_first[i] =
		    results_age(s, c->checks[i].id, world_now(d->on->world)) != SPAN_MAX;
}

void
digest_had(struct digest *d, const struct check_conf *k)
{
	d->had_first[k - d->on->generation->conf->checks] = true;
}

static int64_t
today(const struct digest *d)
{
	return day_number(world_now(d->on->world));
}

static int
write_inventory(void *self, struct err *e)
{
	struct digest *d = self;
	struct store *s = d->on->world->store;
	struct arena *a = arena_new((size_t)1 << 20);
	int rc = teller_digest(d->on, NULL, 0, true, a, e);

	arena_free(a);
	if (rc < 0 || store_set_number(s, DIGEST_DATE, today(d), e) < 0)
		return -1;
	return store_set_number(s, INVENTORY_DONE, 1, e);
}

void
digest_inventory(struct digest *d)
{
	const struct world *w = d->on->world;
	bool all = true;

	if (!d->inventory)
		return;
	for (size_t i = 0; all && i < d->on->generation->conf->nchecks; i++)
		all = d->had_first[i];
	if (!all && instant_minus(world_now(w), w->started) < INVENTORY_WAIT)
		return;
	if (ledger_write(d->on->ledger, write_inventory, d) == 0)
		d->inventory = false;
}

struct daily {
	struct digest *d;
	struct arena *a;
	const char **named;
	size_t n, cap;
	bool any; /* something is not fine */
};

static void
gather(void *self, const struct store_standing *row)
{
	struct daily *t = self;
	const struct check_conf *k = conf_check(t->d->on->generation->conf, row->check);

	if (k == NULL || row->st.gate == GATE_EXCEPTED || row->st.held == LEVEL_OK)
		return;
	t->any = true;
	if (row->st.held != LEVEL_STOP || (t->n > 0 && t->named[t->n - 1] == k->title))
		return;
	t->named = arena_grow(t->a, t->named, t->n, &t->cap, sizeof(*t->named));
	t->named[t->n++] = k->title;
}

/* A day on which all is fine has no digest: the heartbeat says that forewarn lives. */
static int
write_daily(void *self, struct err *e)
{
	struct daily *t = self;
	const struct ground *on = t->d->on;

	t->n = 0;
	t->any = false;
	if (store_set_number(on->world->store, DIGEST_DATE, today(t->d), e) < 0 ||
	    store_standings(on->world->store, NULL, gather, t, e) < 0)
		return -1;
	return t->any ? teller_digest(on, t->named, t->n, false, t->a, e) : 0;
}

void
digest_daily(struct digest *d)
{
	struct daily t = { .d = d };
	instant now = world_now(d->on->world);
	int64_t last;

	if (d->inventory || instant_minus(now, day_start(now)) < DIGEST_HOUR ||
	    store_number(d->on->world->store, DIGEST_DATE, 0, &last, NULL) < 0 || last == today(d))
		return;
	t.a = arena_new(ARENA_MAX);
	ledger_write(d->on->ledger, write_daily, &t);
	arena_free(t.a);
}
