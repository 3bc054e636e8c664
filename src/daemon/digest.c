/* SPDX-License-Identifier: Apache-2.0
 *
 * What is told at once for many: the inventory of a new machine, and the plan of the day, which is
 * the only word about what can wait.
 */
#include "daemon/context.h"

#include "base/day.h"

#include <stdlib.h>
#include <string.h>

#define ARENA_MAX ((size_t)64 << 20)
#define DIGEST_HOUR (7 * SPAN_H) /* after the day began, where this machine is */
#define DIGEST_DAY "digest-day"  /* the number that keeps the last one */

static instant
today(const struct daemon *d)
{
	return day_start(d->clk->wall(d->clk));
}

static int
write_inventory(void *self, struct err *e)
{
	struct daemon *d = self;
	struct arena *a = arena_new((size_t)1 << 20);
	int rc = daemon_digest(d, (const char *const *)d->named, d->nnamed, true, a, e);

	arena_free(a);
	if (rc < 0 || store_set_number(d->store, DIGEST_DAY, today(d), e) < 0)
		return -1;
	return store_set_number(d->store, "inventory", 1, e);
}

void
daemon_inventory(struct daemon *d)
{
	span age = instant_minus(d->clk->wall(d->clk), d->started);
	bool all = true;

	if (!d->inventory)
		return;
	for (size_t i = 0; i < d->conf->nchecks; i++)
		all = all && d->had_first[i];
	if ((!all && age < DAEMON_INVENTORY) || daemon_write(d, write_inventory, d) < 0)
		return;
	d->inventory = false;
	for (size_t i = 0; i < d->nnamed; i++)
		free(d->named[i]);
	free(d->named);
	d->named = NULL;
	d->nnamed = 0;
}

struct daily {
	struct daemon *d;
	struct arena *a;
	const char **named;
	size_t n, cap;
	bool any; /* something is not fine */
};

static void
gather(void *self, const struct store_standing *row)
{
	struct daily *t = self;
	const struct check_conf *k = conf_check(t->d->conf, row->check);

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
	struct daemon *d = t->d;

	t->n = 0;
	t->any = false;
	if (store_set_number(d->store, DIGEST_DAY, today(d), e) < 0 ||
	    store_standings(d->store, NULL, gather, t, e) < 0)
		return -1;
	return t->any ? daemon_digest(d, t->named, t->n, false, t->a, e) : 0;
}

void
daemon_daily(struct daemon *d)
{
	struct daily t = { .d = d };
	instant day = today(d);
	int64_t last;

	if (d->inventory || instant_minus(d->clk->wall(d->clk), day) < DIGEST_HOUR ||
	    store_number(d->store, DIGEST_DAY, 0, &last, NULL) < 0 || last == day)
		return;
	t.a = arena_new(ARENA_MAX);
	daemon_write(d, write_daily, &t);
	arena_free(t.a);
}
