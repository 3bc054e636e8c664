/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what an answer of a sink's cell means: for the letter in the outbox, and for the sink.
 */
#include "daemon/posts_private.h"

#include "daemon/checkpoint.h"
#include "daemon/journal.h"

#include <stdio.h>
#include <string.h>

#define UNNOTED_MAX 4 /* until the waits grow no more: 8 to 16 s */

int
sending_note_arrived(struct posts *p, struct sending *s, struct err *e)
{
	for (size_t i = 0; i < s->narrived; i++)
		if (store_letter_done(p->on->world->store, s->arrived[i], e) < 0)
			return -1;
	return 0;
}

void
sending_not_noted(struct posts *p, struct sending *s, const struct err *e)
{
	struct world *w = p->on->world;
	span again;

	ledger_write_failed(p->on->ledger, e);
	if (s->unnoted < UNNOTED_MAX)
		s->unnoted++;
	again = world_boot(w) + outbox_wait(PACE_USUAL, s->unnoted, 0, world_draw(w));
	if (s->not_before < again)
		s->not_before = again;
}

/* ---- the answers of one turn */

static enum outbox_pace
pace_of(enum post_outcome o)
{
	if (o == POST_PAUSED)
		return PACE_PAUSED;
	return o == POST_AUTH ? PACE_SLOW : PACE_USUAL;
}

static struct store_letter *
letter_of_row(struct sending *s, int64_t row, size_t *at)
{
	for (size_t i = 0; i < s->nletters; i++)
		if (s->letters[i].row == row) {
			*at = i;
			return &s->letters[i];
		}
	return NULL;
}

struct answering {
	struct posts *p;
	struct sending *s;
	enum post_outcome worst; /* of this turn: how the sink goes */
	bool any_failed, delivered, refused;
	span asked; /* the longest wait that was asked for */
	char reason[LETTER_REASON_MAX + 1];
	char partly[LETTER_REASON_MAX + 1]; /* who did not get what was delivered; "" all did */
	struct err e;                       /* the state did not take an answer */
};

static int
note_delivered(struct answering *w, const struct store_letter *l, const struct answer *a)
{
	struct world *world = w->p->on->world;

	w->delivered = true;
	w->s->delivered++;
	w->s->refusals = 0;
	if (a->outcome == POST_PARTLY) {
		snprintf(w->partly, sizeof(w->partly), "%s", a->reason);
		journal(JOURNAL_WARNING, "%s: %s", w->s->conf->id, a->reason);
	}
	if (l->kind == EVENT_HEARTBEAT)
		w->p->heartbeat_delivered_at = world_now(world);
	return store_letter_delivered(world->store, l, &w->e);
}

/* What else it says is said again soon: a heartbeat, a digest. */
static bool
is_of_alerts(enum event_kind k)
{
	return event_is_alert(k) || k == EVENT_DEGRADED || k == EVENT_SUMMARY;
}

/* Refused a second time: given up. The newest state of an alert is parked, since it may be the sink
 * that refuses everything: it goes once more when the sink takes a letter again. */
static int
give_up(struct answering *w, const struct store_letter *l, const struct answer *a)
{
	struct store *store = w->p->on->world->store;
	bool known = l->refusals > 1, behind = false;

	if (!known) {
		journal(JOURNAL_WARNING, "%s refused a message for good (%s): %s", w->s->conf->id,
		    l->key, a->reason);
		if (store_letters_dropped(store, w->s->conf->id, 1, &w->e) < 0)
			return -1;
	}
	if (store_letters_behind(store, l, &behind, &w->e) < 0)
		return -1;
	if (known || behind || !is_of_alerts(l->kind))
		return store_letter_done(store, l->row, &w->e);
	w->s->parked = true;
	return store_letter_refused(store, l, SPAN_MAX, a->reason, &w->e);
}

static int
note_refused(struct answering *w, const struct store_letter *l, const struct answer *a)
{
	struct world *world = w->p->on->world;
	span again;

	w->refused = true;
	w->s->refusals++;
	snprintf(w->reason, sizeof(w->reason), "%s", a->reason);
	if (l->refusals > 0)
		return give_up(w, l, a);
	again = world_boot(world) + outbox_wait(PACE_USUAL, 1, 0, world_draw(world));
	return store_letter_refused(world->store, l, again, a->reason, &w->e);
}

static int
note_later(struct answering *w, const struct store_letter *l, const struct answer *a)
{
	struct world *world = w->p->on->world;
	enum outbox_pace pace = pace_of(a->outcome);
	span wait = outbox_wait(pace, l->tries + 1, a->retry_after, world_draw(world));

	if (l->level == LEVEL_STOP && pace != PACE_PAUSED && wait > OUTBOX_STOP_ASKED)
		wait = OUTBOX_STOP_ASKED;
	w->any_failed = true;
	if (a->outcome == POST_PAUSED || w->worst != POST_PAUSED)
		w->worst = a->outcome;
	w->asked = a->retry_after > w->asked ? a->retry_after : w->asked;
	snprintf(w->reason, sizeof(w->reason), "%s", a->reason);
	return store_letter_later(
	    world->store, l->row, l->tries + 1, world_boot(world) + wait, a->reason, &w->e);
}

/* Letters that the cell was not to try keep their place; the sink as a whole waits. */
static int
note(struct answering *w, const struct store_letter *l, const struct answer *a)
{
	switch (a->outcome) {
	case POST_DELIVERED:
	case POST_PARTLY:
		if (l->kind == EVENT_CHECKPOINT &&
		    checkpoint_taken(w->p->on, l->created, &w->e) < 0)
			return -1;
		return note_delivered(w, l, a);
	case POST_REFUSED:
		return note_refused(w, l, a);
	case POST_HELD:
		return 0;
	default:
		return note_later(w, l, a);
	}
}

/* Within the transaction of this turn's answers. */
static int
enter_transaction(struct answering *w)
{
	if (w->s->in_transaction)
		return 0;
	if (ledger_begin(w->p->on->ledger, &w->e) < 0)
		return -1;
	w->s->in_transaction = true;
	return sending_note_arrived(w->p, w->s, &w->e);
}

static void
take_answer(void *self, const struct answer *a)
{
	struct answering *w = self;
	struct sending *s = w->s;
	bool taken = a->outcome == POST_DELIVERED || a->outcome == POST_PARTLY;
	const struct store_letter *l;
	size_t at;

	l = letter_of_row(s, a->row, &at);
	if (l == NULL || s->answered[at])
		return;
	s->answered[at] = true;
	if (taken && s->narrived < POSTS_LETTERS)
		s->arrived[s->narrived++] = a->row;
	if (l->kind == EVENT_TEST && a->outcome != POST_HELD)
		sending_tested(s, taken ? SINK_TEST_TAKEN : SINK_TEST_NOT_TAKEN, a->reason);
	if (w->e.code == ERR_NONE && enter_transaction(w) == 0)
		note(w, l, a);
}

static bool
takes_again(const struct answering *w)
{
	return w->delivered && !w->any_failed && w->s->refusals == 0;
}

/* What waited for the sink to work goes now: all of it, or what was parked. */
static int
wake(struct answering *w)
{
	struct sending *s = w->s;
	bool stuck = sending_is_stuck(s);

	if (!takes_again(w) || (!stuck && !s->parked))
		return 0;
	s->parked = false;
	return store_letters_wake(w->p->on->world->store, s->conf->id, !stuck, &w->e);
}

/* What was taken is forgotten only when that is on the disk: over a crash sent twice rather than
 * not at all. */
static void
commit_answers(struct answering *w)
{
	struct ledger *l = w->p->on->ledger;

	if (w->s->in_transaction) {
		w->s->in_transaction = false;
		if (w->e.code == ERR_NONE)
			wake(w);
		if (w->e.code != ERR_NONE)
			ledger_rollback(l);
		else if (ledger_commit(l, &w->e) == 0)
			w->s->narrived = 0;
	}
	if (w->e.code == ERR_LIMIT)
		ledger_make_room(l);
}

static void
settle(struct answering *w)
{
	commit_answers(w);
	if (w->any_failed)
		sending_failed(w->p, w->s, pace_of(w->worst), w->asked, w->reason);
	else if (takes_again(w))
		sending_worked(w->p, w->s, w->partly[0] != '\0' ? w->partly : NULL);
	else if (w->refused)
		sending_refused(w->p, w->s, w->reason);
	if (w->e.code != ERR_NONE)
		sending_not_noted(w->p, w->s, &w->e);
	else if (w->delivered || w->any_failed || w->refused)
		w->s->unnoted = 0;
}

bool
sending_take_answers(struct posts *p, struct sending *s)
{
	struct answering w = { .p = p, .s = s, .worst = POST_LATER };
	bool more = post_turn(&s->post, take_answer, &w);

	settle(&w);
	return more;
}
