/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how things are counted: in the heartbeat, the digest, the status and the metrics alike.
 */
#include "daemon/counts.h"

#include "daemon/stands.h"
#include "probes/specs.h"

#include <string.h>

bool
row_is_run(const struct store_standing *row)
{
	return strcmp(row->target, RUN_TARGET) == 0 && strcmp(row->rule, RUN_RULE_NAME) == 0;
}

static void
count_one(void *self, const struct stands_row *r)
{
	struct event_counts *c = self;
	enum level l = r->stand.level;

	/* that a check runs, or forewarn itself, is no item of its own, unless it does not */
	if (l == LEVEL_OK &&
	    (strcmp(r->row->rule, RUN_RULE_NAME) == 0 || strcmp(r->row->check, BUILTIN_CHECK) == 0))
		return;
	if (r->gate == GATE_EXCEPTED)
		c->excepted++;
	else
		c->level[l]++;
}

int
counts_take(const struct ground *on, struct event_counts *out, struct err *e)
{
	struct store *s = on->world->store;
	struct store_outbox o;

	*out = (struct event_counts){ .checks = on->generation->conf->nchecks - 1 };
	if (stands_each(on, NULL, count_one, out, e) < 0 || store_outbox(s, NULL, &o, e) < 0)
		return -1;
	out->outbox = o.letters;
	out->dropped = o.dropped;
	out->oldest = o.oldest != INSTANT_NONE ? instant_minus(world_now(on->world), o.oldest) : 0;
	return 0;
}

enum level
counts_worst(const struct event_counts *c)
{
	for (int l = LEVEL_STOP; l > LEVEL_OK; l--)
		if (c->level[l] > 0)
			return level_worst(
			    (enum level)l, c->excepted > 0 ? LEVEL_EXCEPTED : LEVEL_OK);
	return c->excepted > 0 ? LEVEL_EXCEPTED : LEVEL_OK;
}
