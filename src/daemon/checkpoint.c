/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns when what checks have kept goes out, and how it is cut into events.
 */
#include "daemon/checkpoint.h"

#include "daemon/teller.h"

#define ARENA_MAX ((size_t)64 << 20)
#define LAST "checkpoint" /* the number of the store: wall, when the last one was made */

struct checkpoint {
	const struct ground *on;
	struct arena *a;
};

static int
tell_check(const struct checkpoint *c, const struct check_conf *k, struct err *e)
{
	struct store_keep *v;
	struct evidence *heads;
	size_t n;

	if (store_keeps(c->on->world->store, k->id, c->a, &v, &n, e) < 0)
		return -1;
	heads = arena_array(c->a, n + 1, sizeof(*heads));
	for (size_t i = 0; i < n; i++)
		heads[i] = (struct evidence){ "head",
			arena_printf(c->a, "%s target=%s", v[i].keep.text, v[i].keep.target) };
	for (size_t at = 0, part = 0; at < n; at += CHECKPOINT_HEADS, part++) {
		size_t left = n - at < CHECKPOINT_HEADS ? n - at : CHECKPOINT_HEADS;

		if (teller_checkpoint(c->on, k, heads + at, left, part, c->a, e) < 0)
			return -1;
	}
	return 0;
}

static int
write_checkpoints(void *self, struct err *e)
{
	const struct checkpoint *c = self;
	const struct conf *conf = c->on->generation->conf;

	for (size_t i = 0; i < conf->nchecks; i++)
		if (tell_check(c, &conf->checks[i], e) < 0)
			return -1;
	return store_set_number(c->on->world->store, LAST, world_now(c->on->world), e);
}

static bool
anything_kept(struct checkpoint *c)
{
	struct store_keep *v;
	size_t n;

	return store_keeps(c->on->world->store, NULL, c->a, &v, &n, NULL) == 0 && n > 0;
}

void
checkpoint_daily(const struct ground *on)
{
	struct checkpoint c = { .on = on };
	instant now = world_now(on->world);
	int64_t last;

	if (store_number(on->world->store, LAST, 0, &last, NULL) < 0 ||
	    /* a clock that was set back does not hold it up for longer than a day */
	    (last <= now && instant_minus(now, last) < CHECKPOINT_EVERY))
		return;
	c.a = arena_new(ARENA_MAX);
	if (anything_kept(&c))
		ledger_write(on->ledger, write_checkpoints, &c);
	arena_free(c.a);
}

int
checkpoint_taken(const struct ground *on, instant made, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX);
	int rc = store_keeps_outside(on->world->store, made, a, e);

	arena_free(a);
	return rc;
}
