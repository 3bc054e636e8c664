/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how the rows of the store are read: each with the newest result of its check, judged now,
 * and with the exception that covers it.
 */
#include "daemon/stands.h"

#include "daemon/counts.h"
#include "daemon/results.h"

#include <fnmatch.h>
#include <string.h>

#define ARENA_MAX ((size_t)512 << 20)

struct standing_by {
	const struct ground *on;
	instant now;
	struct arena *said; /* of what people said */
	struct store_exception *exceptions;
	size_t nexceptions;
	/* the rows of a check come one after the other: its result is read once */
	struct arena *a;
	const struct check_conf *of; /* whose result this is; NULL before the first */
	struct result result;
	bool there;
	instant tried, succeeded;
	void (*each)(void *self, const struct stands_row *r);
	void *self;
};

static void
read_check(struct standing_by *b, const struct check_conf *k)
{
	struct store *s = b->on->world->store;

	if (k == b->of)
		return;
	arena_reset(b->a);
	b->of = k;
	b->there = false;
	b->tried = b->succeeded = INSTANT_NONE;
	/* of what cannot be read only the standings are known */
	if (k == NULL || results_judged(b->on, k, b->a, &b->result, &b->there, NULL) < 0 ||
	    !b->there)
		return;
	b->tried = b->result.taken;
	if (results_succeeded(s, &b->result, &b->succeeded, NULL) < 0)
		b->succeeded = INSTANT_NONE;
}

/* Of several the one that holds longest. */
static const struct store_exception *
covering(const struct standing_by *b, const char *fingerprint, enum level level)
{
	const struct store_exception *found = NULL;

	for (size_t i = 0; level != LEVEL_OK && i < b->nexceptions; i++) {
		const struct store_exception *v = &b->exceptions[i];
		const struct exception *x = &v->exception;

		if (x->from <= b->now && b->now < x->until && level <= x->upto &&
		    (found == NULL || x->until > found->exception.until) &&
		    fnmatch(v->pattern, fingerprint, 0) == 0)
			found = v;
	}
	return found;
}

/* What is kept quiet, as it will be at the next tick: an exception counts from the moment it is
 * approved to the moment it ends, and a check without a fresh result hides what hangs on it. */
static enum gate
gate_of(const struct stands_row *r)
{
	enum gate gate = r->row->st.gate;

	if (r->exception != NULL)
		return GATE_EXCEPTED;
	if (gate == GATE_EXCEPTED)
		return GATE_NONE;
	if (gate == GATE_NONE && r->stand.overdue && strcmp(r->row->rule, RUN_RULE_NAME) != 0 &&
	    r->stand.level <= LEVEL_UNKNOWN && !r->row->st.open)
		return GATE_PARENT;
	return gate;
}

static void
one_row(void *self, const struct store_standing *row)
{
	struct standing_by *b = self;
	struct stands_row r = { .row = row,
		.check = conf_check(b->on->generation->conf, row->check) };

	read_check(b, r.check);
	if (b->there)
		r.item = result_item(&b->result, row->target, row->rule);
	r.stand = stand_of(&row->st, r.item != NULL ? r.item->verdict.level : row->st.seen, b->now);
	r.exception = covering(b, row->fingerprint, r.stand.level);
	r.gate = gate_of(&r);
	r.tried = b->tried;
	r.succeeded = b->succeeded;
	b->each(b->self, &r);
}

int
stands_each(const struct ground *on, const char *check,
    void (*each)(void *self, const struct stands_row *r), void *self, struct err *e)
{
	struct standing_by b = { .on = on,
		.now = world_now(on->world),
		.said = arena_new(ARENA_MAX),
		.a = arena_new(ARENA_MAX),
		.tried = INSTANT_NONE,
		.succeeded = INSTANT_NONE,
		.each = each,
		.self = self };
	int rc = store_exceptions(on->world->store, b.said, &b.exceptions, &b.nexceptions, e);

	if (rc == 0)
		rc = store_standings(on->world->store, check, one_row, &b, e);
	arena_free(b.a);
	arena_free(b.said);
	return rc;
}
