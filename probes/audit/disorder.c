/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the findings of what the records of a run showed: their order, another way of writing times,
 * one login for all.
 */
#include "disorder.h"

#include "finding.h"

#include <inttypes.h>

static void
note_gap(struct log *l, const struct order_tally *t, const struct finding_place *p)
{
	if (t->from == t->to)
		finding_add(&l->s, l->now, "sequence", "gap", p,
		    "Record number %" PRIu64 " is missing%s", t->from,
		    t->times > 1 ? ", and others after it" : "");
	else
		finding_add(&l->s, l->now, "sequence", "gap", p,
		    "Record numbers %" PRIu64 " to %" PRIu64 " are missing%s", t->from, t->to,
		    t->times > 1 ? ", and others after them" : "");
}

static void
note_order(struct log *l)
{
	static const char *const keys[ORDER_KINDS] = { "gap", "repeated", "restarted", "backwards",
		"ahead" };
	char back[SPAN_TEXT];

	for (int k = 0; k < ORDER_KINDS; k++) {
		const struct order_tally *t = &l->s.order.tally[k];
		struct finding_place p = { .segment = t->first.segment,
			.record = t->first.record,
			.offset = t->first.offset,
			.count = t->count };

		if (t->times == 0)
			continue;
		if (k == ORDER_GAP || k == ORDER_REPEATED) {
			p.number = t->from;
			p.number_last = k == ORDER_GAP ? t->to : t->from;
		}
		if (k == ORDER_GAP)
			note_gap(l, t, &p);
		else if (k == ORDER_REPEATED)
			finding_add(&l->s, l->now, "sequence", keys[k], &p,
			    "Record number %" PRIu64 " comes a second time%s", t->from,
			    t->times > 1 ? ", and others too" : "");
		else if (k == ORDER_RESTARTED)
			finding_add(&l->s, l->now, "sequence", keys[k], &p,
			    "Record numbers start again: %" PRIu64 " follows %" PRIu64, t->to,
			    t->from);
		else if (k == ORDER_FUTURE)
			finding_add(&l->s, l->now, "time", keys[k], &p,
			    "%" PRIu64
			    " record%s dated ahead of this computer's clock; the largest "
			    "step is %s",
			    t->times, t->times == 1 ? " is" : "s are", span_words(t->back, back));
		else
			finding_add(&l->s, l->now, "time", keys[k], &p,
			    "%" PRIu64 " record%s dated before the one above; the largest step "
			    "back is %s",
			    t->times, t->times == 1 ? " is" : "s are", span_words(t->back, back));
	}
}

/* One name for weeks; over when another one comes. */
static void
note_account(struct log *l)
{
	const struct account *a = &l->s.account;
	struct kept_finding *f = finding_known(&l->s, "account", "shared", NULL);
	char time[SPAN_TEXT];

	if (!account_shared(a)) {
		if (f != NULL)
			finding_end(&l->s, f);
	} else if (f == NULL) {
		finding_add(&l->s, l->now, "account", "shared", &(struct finding_place){ 0 },
		    "All %" PRIu64 " records of %s bear one name, \"%s\", in %d hours of the day",
		    a->records, span_words(instant_minus(a->newest, a->since), time), a->name,
		    __builtin_popcount(a->hours));
	}
}

/* Another way of writing times is understood as well, but somebody changed the program. */
static void
note_turn(struct log *l)
{
	const struct order_place *at = &l->s.understood.turned;
	struct finding_place p = { at->segment, at->record, at->offset, 0, 0, 0, 0, 0 };

	if (at->segment == 0 || !l->s.known || finding_known(&l->s, "understood", "turned", NULL))
		return;
	finding_add(&l->s, l->now, "understood", "turned", &p,
	    "From record %" PRIu64 " on, times are written in another way than before", at->record);
}

void
disorder_say(struct log *l)
{
	note_order(l);
	note_turn(l);
	note_account(l);
}
