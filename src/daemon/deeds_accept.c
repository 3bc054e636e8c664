/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what people do about findings that were meant: they end at the check's next look.
 */
#include "daemon/deeds.h"

#include "daemon/results.h"
#include "daemon/rights.h"
#include "model/accepting.h"

#include <string.h>

struct accepting {
	const struct result *r;
	struct accept *v;
	size_t n;
};

/* What the result says of it. */
static const char *
summary_of(const struct result *r, const struct accept *v)
{
	for (size_t i = 0; i < r->nitems; i++) {
		const char *id = accepting_finding(&r->items[i]);

		if (id != NULL && strcmp(id, v->finding) == 0 &&
		    strcmp(r->items[i].target, v->target) == 0)
			return r->items[i].summary;
	}
	return "";
}

static int
write_accept(void *self, struct err *e)
{
	struct asking *q = self;
	const struct accepting *x = q->accepting;
	instant now = world_now(q->on->world);

	if (store_accepts_prune(
		q->on->world->store, instant_plus(now, -STORE_ACCEPTS_KEPT), x->n, e) < 0)
		return -1;
	for (size_t i = 0; i < x->n; i++) {
		const struct store_accept row = { .check = q->r->pattern,
			.accept = x->v[i],
			.login = q->by,
			.summary = summary_of(x->r, &x->v[i]) };

		if (store_accept_put(q->on->world->store, &row, e) < 0)
			return -1;
	}
	q->done = x->n;
	ledger_line(q->on->ledger, "accepted: %zu of %s on %s, by %s, entered by %s: %s", x->n,
	    x->v[0].rule, x->v[0].target, x->v[0].by, q->by, x->v[0].reason);
	return 0;
}

/* As many as wait to be handed over; what has ended makes room. */
static int
need_room(struct asking *q, size_t more, struct err *e)
{
	uint64_t pending, all;

	if (store_accepts_count(q->on->world->store, &pending, &all, e) < 0)
		return -1;
	if (pending + more <= STORE_ACCEPTS_MAX)
		return 0;
	return err_set(e, ERR_LIMIT,
	    "forewarnd keeps %d accepted findings that wait for their check at most",
	    STORE_ACCEPTS_MAX);
}

static int
choose(struct asking *q, const struct check_conf *k, struct result *r, struct accepting *x,
    struct err *e)
{
	const struct accept_words w = { .target = q->r->target,
		.rule = q->r->rule,
		.at = world_now(q->on->world),
		.before = INSTANT_NONE, /* the newest result is what everybody sees */
		.by = q->r->approver,
		.reason = q->r->text };
	bool there;

	/* judged: a run that is unlike the others is found by the judge */
	if (results_judged(q->on, k, q->a, r, &there, e) < 0)
		return -1;
	if (!there)
		return err_set(e, ERR_ABSENT, "check \"%s\" was not looked at yet", k->id);
	*x = (struct accepting){ .r = r };
	return accepting_choose(r, &w, q->a, &x->v, &x->n, e);
}

int
deed_accept(struct asking *q, struct err *e)
{
	const struct check_conf *k = conf_check(q->on->generation->conf, q->r->pattern);
	struct accepting x;
	struct result r;

	if (rights_need_root(q, e) < 0)
		return -1;
	if (k == NULL)
		return err_set(
		    e, ERR_ABSENT, "forewarnd watches no check \"%.64s\"", q->r->pattern);
	q->accepting = &x;
	if (accept_check(q->r->approver, q->r->text, e) < 0 || choose(q, k, &r, &x, e) < 0 ||
	    need_room(q, x.n, e) < 0 || asking_write(q, write_accept, e) < 0)
		return -1;
	ctl_put_piece(&q->f, x.v[0].rule);
	asking_send(q);
	runs_hurry(q->desk->runs, k->id);
	return 0;
}
