/* SPDX-License-Identifier: Apache-2.0
 *
 * What changes by the passing of time alone: staleness, reminders, ends of silences and
 * acknowledgements, checks that are no longer configured.
 */
#include "daemon/context.h"

#include "probes/specs.h"
#include "watch/quiet.h"

#include <string.h>

#define ARENA_MAX ((size_t)64 << 20)

struct old {
	const char *fingerprint, *check, *target, *rule;
	struct old *next;
};

struct ticking {
	struct daemon *d;
	struct arena *a;
	struct old *list;
	struct join said; /* what people said, once for all */
};

static void
gather_open(void *self, const struct store_standing *row)
{
	struct ticking *k = self;
	struct old *old;

	if (!row->st.open && row->st.gate == GATE_NONE && row->st.held == LEVEL_OK &&
	    row->st.valid_until > k->d->clk->wall(k->d->clk))
		return;
	old = arena_alloc(k->a, sizeof(*old));
	*old = (struct old){ arena_text(k->a, row->fingerprint), arena_text(k->a, row->check),
		arena_text(k->a, row->target), arena_text(k->a, row->rule), k->list };
	k->list = old;
}

/* No longer in the configuration: what was open ends. */
static int
retire(struct join *j, struct store_standing *row, struct err *e)
{
	struct letter_of of = { .row = row, .taken = row->st.taken };
	struct policy_now now;

	join_now(j, row->fingerprint, NULL, &now);
	if (policy_retire(&row->st, &now, &of.told) && daemon_tell(j->d, row, &of, j->a, e) < 0)
		return -1;
	return store_standing_drop(j->d->store, row->fingerprint, e);
}

static bool
is_run(const struct old *o)
{
	return strcmp(o->target, JOIN_RUN_TARGET) == 0 && strcmp(o->rule, JOIN_RUN_RULE) == 0;
}

static int
pass_time(struct join *j, const struct old *o, struct store_standing *row, struct err *e)
{
	struct letter_of of = { .check = j->k, .row = row, .taken = row->st.taken };
	const struct standing *parent = NULL;
	struct standing room;
	struct policy_terms terms;
	struct policy_now now;
	struct worst above;

	of.rule = rule_find(probe_find(j->k->probe)->rules, o->rule);
	terms = policy_terms_of(
	    of.rule != NULL ? of.rule->by : BY_FINDING, j->k->confirm, j->k->every, j->k->remind);
	if (join_above(j, &above, e) < 0)
		return -1;
	if (is_run(o))
		parent = above.any ? &above.st : NULL;
	else if (join_run(j, &above, &parent, &room, e) < 0)
		return -1;
	join_now(j, o->fingerprint, parent, &now);
	if (policy_tick(&row->st, &terms, &now, &of.told)) {
		of.item = row->st.stale ? NULL : join_item(j, o->target, o->rule);
		if (join_suppressed(j, j->k, &of.suppressed, e) < 0 ||
		    daemon_tell(j->d, row, &of, j->a, e) < 0)
			return -1;
	}
	return store_standing_put(j->d->store, row, e);
}

static int
tick_one(struct ticking *k, const struct old *o, struct err *e)
{
	struct daemon *d = k->d;
	struct join j = k->said;
	struct store_standing row;
	bool there;

	j.k = conf_check(d->conf, o->check);
	if (store_standing_get(d->store, o->fingerprint, k->a, &row, &there, e) < 0)
		return -1;
	if (!there)
		return 0;
	if (j.k != NULL && quiet_now(&j.k->quiet_when_running))
		j.quiet = join_quiet(&j);
	return j.k == NULL ? retire(&j, &row, e) : pass_time(&j, o, &row, e);
}

/* What others hang on goes first. */
static int
write_ticks(void *self, struct err *e)
{
	struct ticking *k = self;

	k->list = NULL;
	k->said = (struct join){ .d = k->d, .a = k->a, .now = k->d->clk->wall(k->d->clk) };
	if (join_said(&k->said, e) < 0 || store_standings(k->d->store, NULL, gather_open, k, e) < 0)
		return -1;
	for (int runs = 1; runs >= 0; runs--)
		for (const struct old *o = k->list; o != NULL; o = o->next)
			if (is_run(o) == (runs == 1) && tick_one(k, o, e) < 0)
				return -1;
	return 0;
}

void
daemon_tick(struct daemon *d)
{
	struct ticking k = { .d = d, .a = arena_new(ARENA_MAX) };

	daemon_write(d, write_ticks, &k);
	daemon_storage(d);
	arena_free(k.a);
}
