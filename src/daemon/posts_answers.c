/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what an answer of a sink's cell means: for the letter in the outbox, and for the sink.
 */
#include "daemon/posts_private.h"

#include "daemon/counts.h"
#include "daemon/journal.h"

#include <stdio.h>
#include <string.h>

#define UNNOTED_MAX 4 /* until the waits grow no more: 8 to 16 s */
#define DEAD_AFTER 5  /* failures in a row until the others are told */
#define DEAD_SINCE (2 * SPAN_MIN)

static void
sending_worked(struct posts *p, struct sending *s)
{
	p->changed = p->changed || s->dead;
	s->dead = false;
	s->dead_since = INSTANT_NONE;
	s->last_taken = world_now(p->on->world);
	s->failures = 0;
	s->not_before = 0;
}

void
sending_failed(
    struct posts *p, struct sending *s, enum outbox_pace pace, span asked, const char *why)
{
	struct world *w = p->on->world;
	instant now = world_now(w);
	bool yet;

	s->failures++;
	if (s->dead_since == INSTANT_NONE)
		s->dead_since = now;
	snprintf(s->reason, sizeof(s->reason), "%s", why);
	s->not_before = world_boot(w) + outbox_wait(pace, s->failures, asked, world_draw(w));
	/* a pause that is usual may be a restart of the receiver */
	yet = pace != PACE_USUAL ||
	      (s->failures >= DEAD_AFTER && instant_minus(now, s->dead_since) >= DEAD_SINCE);
	p->changed = p->changed || (yet && !s->dead);
	s->dead = s->dead || yet;
}

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
	bool any_failed, delivered;
	span asked; /* the longest wait that was asked for */
	char reason[LETTER_REASON_MAX];
	struct err e; /* the state did not take an answer */
};

static int
note_delivered(struct answering *w, const struct store_letter *l)
{
	struct world *world = w->p->on->world;

	w->delivered = true;
	w->s->delivered++;
	if (l->kind == EVENT_HEARTBEAT)
		w->p->heartbeat_delivered_at = world_now(world);
	return store_letter_done(world->store, l->row, &w->e);
}

static int
note_refused(struct answering *w, const struct store_letter *l, const struct answer *a)
{
	struct store *store = w->p->on->world->store;

	journal(JOURNAL_WARNING, "%s refused a message for good: %s", w->s->conf->id, a->reason);
	w->delivered = true; /* it is there, and answers */
	if (counts_dropped(store, 1, &w->e) < 0)
		return -1;
	return store_letter_done(store, l->row, &w->e);
}

static int
note_later(struct answering *w, const struct store_letter *l, const struct answer *a)
{
	struct world *world = w->p->on->world;
	span wait =
	    outbox_wait(pace_of(a->outcome), l->tries + 1, a->retry_after, world_draw(world));

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
		return note_delivered(w, l);
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
	const struct store_letter *l;
	size_t at;

	l = letter_of_row(s, a->row, &at);
	if (l == NULL || s->answered[at])
		return;
	s->answered[at] = true;
	if (a->outcome == POST_DELIVERED && s->narrived < POSTS_LETTERS)
		s->arrived[s->narrived++] = a->row;
	if (w->e.code == ERR_NONE && enter_transaction(w) == 0)
		note(w, l, a);
}

/* What was taken is forgotten only when that is on the disk: over a crash sent twice rather than
 * not at all. */
static void
commit_answers(struct answering *w)
{
	struct ledger *l = w->p->on->ledger;

	if (w->s->in_transaction) {
		w->s->in_transaction = false;
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
	if (w->delivered && !w->any_failed)
		sending_worked(w->p, w->s);
	if (w->any_failed)
		sending_failed(w->p, w->s, pace_of(w->worst), w->asked, w->reason);
	if (w->e.code != ERR_NONE)
		sending_not_noted(w->p, w->s, &w->e);
	else if (w->delivered || w->any_failed)
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
