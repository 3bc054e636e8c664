/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is told again to receivers that forget.
 */
#include "daemon/again.h"

#include "daemon/results.h"
#include "daemon/teller.h"
#include "probes/specs.h"

#include <string.h>

#define ROWS_MAX ((size_t)64 << 20)   /* bytes of the rows that are open */
#define RESULT_MAX ((size_t)64 << 20) /* bytes of one check's result, and of the words */

struct open_row {
	struct store_standing row;
	struct open_row *next;
};

struct repeating {
	const struct ground *on;
	uint64_t bits; /* of the ways that forget */
	struct arena *rows, *a;
	struct open_row *first, **last;
	/* the check in hand: rows of one stand together */
	const struct check_conf *check;
	struct result result;
	bool measured;
};

static void
gather(void *self, const struct store_standing *row)
{
	struct repeating *r = self;
	struct open_row *o;

	if (!row->st.open || !(row->st.told_to & r->bits))
		return;
	o = arena_alloc(r->rows, sizeof(*o));
	o->row = *row;
	o->row.fingerprint = arena_text(r->rows, row->fingerprint);
	o->row.check = arena_text(r->rows, row->check);
	o->row.target = arena_text(r->rows, row->target);
	o->row.rule = arena_text(r->rows, row->rule);
	o->row.title = o->row.body = o->row.acked_by = o->row.note = "";
	*r->last = o;
	r->last = &o->next;
}

/* The newest result of the row's check, judged. */
static int
take_up_check(struct repeating *r, const char *id, struct err *e)
{
	const struct check_conf *k = conf_check(r->on->generation->conf, id);

	if (k != NULL && k == r->check)
		return 0;
	arena_reset(r->a);
	r->check = k;
	r->measured = false;
	if (k == NULL)
		return 0;
	return results_judged(r->on, k, r->a, &r->result, &r->measured, e);
}

static int
repeat(struct repeating *r, const struct store_standing *row, struct err *e)
{
	const struct standing *st = &row->st;
	struct alert_news news = { .taken = st->taken,
		.told = { .kind = EVENT_REMINDER,
		    .why = WHY_REMIND,
		    .level = st->told,
		    .previous = st->told,
		    .sinks = st->told_to & r->bits,
		    .alert = st->alert,
		    .since = st->opened } };

	if (take_up_check(r, row->check, e) < 0)
		return -1;
	news.check = r->check;
	if (r->check != NULL)
		news.rule = rule_find(probe_find(r->check->probe)->rules, row->rule);
	if (r->measured && !st->stale)
		news.item = result_item(&r->result, row->target, row->rule);
	return teller_alert_again(r->on, row, &news, r->a, e);
}

static int
write_again(void *self, struct err *e)
{
	struct repeating *r = self;

	r->first = NULL;
	r->last = &r->first;
	r->check = NULL;
	arena_reset(r->rows);
	if (store_standings(r->on->world->store, NULL, gather, r, e) < 0)
		return -1;
	for (const struct open_row *o = r->first; o != NULL; o = o->next)
		if (repeat(r, &o->row, e) < 0)
			return -1;
	return teller_heartbeat_again(r->on, r->bits, e);
}

void
again(const struct ground *on)
{
	struct repeating r = { .on = on, .bits = ways_forgetful(on->ways) };

	if (r.bits == 0)
		return;
	r.rows = arena_new(ROWS_MAX);
	r.a = arena_new(RESULT_MAX);
	ledger_write(on->ledger, write_again, &r);
	arena_free(r.rows);
	arena_free(r.a);
}
