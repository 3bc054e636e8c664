/* SPDX-License-Identifier: Apache-2.0
 *
 * Letters on their way: a cell a sink while letters are due, their answers back into the outbox.
 * One slow or dead sink holds up no other.
 */
#include "daemon/daemon.h"

#include <stdio.h>
#include <string.h>

#define ARENA_MAX ((size_t)32 << 20)
#define CELL_TIME (60 * SPAN_S) /* for a batch; a cell that is not done is killed */
#define UNNOTED_MAX 4           /* until the waits grow no more: 8 to 16 s */
#define DEAD_AFTER 5            /* failures in a row until the others are told */
#define DEAD_SINCE (2 * SPAN_MIN)

static uint64_t
draw(struct daemon *d)
{
	d->seed = d->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return d->seed >> 16;
}

struct degraded {
	struct daemon *d;
	struct daemon_sink *s;
	bool over;
	struct arena *a;
};

static int
write_degraded(void *self, struct err *e)
{
	struct degraded *w = self;

	return daemon_degraded(w->d, w->s, w->over, w->a, e);
}

/* What could not be written is told at the next answer. */
static void
tell_degraded(struct daemon *d, struct daemon_sink *s, bool over)
{
	struct degraded w = { d, s, over, arena_new(ARENA_MAX) };

	if (daemon_write(d, write_degraded, &w) == 0)
		s->told_dead = !over;
	arena_free(w.a);
}

static void
works(struct daemon *d, struct daemon_sink *s)
{
	if (s->told_dead)
		tell_degraded(d, s, true);
	if (!s->told_dead)
		s->dead_since = INSTANT_NONE;
	s->failures = 0;
	s->not_before = 0;
}

static void
fails(struct daemon *d, struct daemon_sink *s, enum outbox_pace pace, span asked, const char *why)
{
	instant now = d->clk->wall(d->clk);

	s->failures++;
	if (s->dead_since == INSTANT_NONE)
		s->dead_since = now;
	snprintf(s->reason, sizeof(s->reason), "%.159s", why);
	s->not_before = d->clk->boot(d->clk) + outbox_wait(pace, s->failures, asked, draw(d));
	if (s->told_dead ||
	    (pace == PACE_USUAL &&
		(s->failures < DEAD_AFTER || instant_minus(now, s->dead_since) < DEAD_SINCE)))
		return;
	tell_degraded(d, s, false);
}

static enum outbox_pace
pace_of(enum post_outcome o)
{
	if (o == POST_PAUSED)
		return PACE_PAUSED;
	return o == POST_AUTH ? PACE_SLOW : PACE_USUAL;
}

static struct store_letter *
letter_of_row(struct daemon_sink *s, int64_t row, size_t *at)
{
	for (size_t i = 0; i < s->nletters; i++)
		if (s->letters[i].row == row) {
			*at = i;
			return &s->letters[i];
		}
	return NULL;
}

struct answering {
	struct daemon *d;
	struct daemon_sink *s;
	enum post_outcome worst; /* of this turn: how the sink goes */
	bool any, delivered;
	span asked;
	char reason[LETTER_REASON_MAX];
	struct err e;
};

/* Letters that the cell was not to try keep their place; the sink as a whole waits. */
static int
note(struct answering *w, const struct store_letter *l, const struct answer *a)
{
	struct daemon *d = w->d;

	switch (a->outcome) {
	case POST_DELIVERED:
		w->delivered = true;
		w->s->delivered++;
		if (l->kind == EVENT_HEARTBEAT)
			d->heard_at = d->clk->wall(d->clk);
		return store_letter_done(d->store, l->row, &w->e);
	case POST_REFUSED:
		daemon_log(4, "%s refused a message for good: %s", w->s->conf->id, a->reason);
		w->delivered = true; /* it is there, and answers */
		if (daemon_dropped(d, 1, &w->e) < 0)
			return -1;
		return store_letter_done(d->store, l->row, &w->e);
	case POST_HELD:
		return 0;
	default:
		w->any = true;
		if (a->outcome == POST_PAUSED || w->worst != POST_PAUSED)
			w->worst = a->outcome;
		w->asked = a->retry_after > w->asked ? a->retry_after : w->asked;
		snprintf(w->reason, sizeof(w->reason), "%s", a->reason);
		return store_letter_later(d->store, l->row, l->tries + 1,
		    d->clk->boot(d->clk) +
			outbox_wait(pace_of(a->outcome), l->tries + 1, a->retry_after, draw(d)),
		    a->reason, &w->e);
	}
}

/* What arrived while nothing could be written, within a transaction. */
static int
note_arrived(struct daemon *d, const struct daemon_sink *s, struct err *e)
{
	for (size_t i = 0; i < s->narrived; i++)
		if (store_letter_done(d->store, s->arrived[i], e) < 0)
			return -1;
	return 0;
}

static bool
has_arrived(const struct daemon_sink *s, int64_t row)
{
	for (size_t i = 0; i < s->narrived; i++)
		if (s->arrived[i] == row)
			return true;
	return false;
}

static void
take_answer(void *self, const struct answer *a)
{
	struct answering *w = self;
	struct daemon_sink *s = w->s;
	struct store_letter *l;
	size_t at;

	l = letter_of_row(s, a->row, &at);
	if (l == NULL || s->answered[at])
		return;
	s->answered[at] = true;
	if (a->outcome == POST_DELIVERED && s->narrived < DAEMON_LETTERS)
		s->arrived[s->narrived++] = a->row;
	if (w->e.code != ERR_NONE)
		return;
	if (!s->in_batch) {
		if (store_begin(w->d->store, &w->e) < 0)
			return;
		s->in_batch = true;
		if (note_arrived(w->d, s, &w->e) < 0)
			return;
	}
	note(w, l, a);
}

/* What arrived and could not be noted is sent again: not at once, or a full disk floods a receiver.
 */
static void
not_noted(struct daemon *d, struct daemon_sink *s, const struct err *e)
{
	span again;

	daemon_refused(d, e);
	if (s->unnoted < UNNOTED_MAX)
		s->unnoted++;
	again = d->clk->boot(d->clk) + outbox_wait(PACE_USUAL, s->unnoted, 0, draw(d));
	if (s->not_before < again)
		s->not_before = again;
}

/* What was taken is forgotten only when that is on the disk: over a crash sent twice rather than
 * not at all. */
static void
settle(struct answering *w)
{
	struct daemon *d = w->d;

	if (w->s->in_batch) {
		w->s->in_batch = false;
		if (w->e.code != ERR_NONE)
			store_rollback(d->store);
		else if (store_commit(d->store, &w->e) == 0)
			w->s->narrived = 0;
	}
	if (w->e.code == ERR_LIMIT) {
		store_make_room(d->store, NULL);
		d->next_tick = 0;
	}
	if (w->delivered && !w->any)
		works(d, w->s);
	if (w->any)
		fails(d, w->s, pace_of(w->worst), w->asked, w->reason);
	if (w->e.code != ERR_NONE)
		not_noted(d, w->s, &w->e);
	else if (w->delivered || w->any)
		w->s->unnoted = 0;
}

static void
end(struct daemon *d, struct daemon_sink *s)
{
	struct err e = { 0 };
	int rc = post_end(&s->post, &e);

	s->posting = false;
	arena_free(s->batch);
	s->batch = NULL;
	if (rc < 0)
		fails(d, s, PACE_USUAL, 0, e.msg);
}

/* Leaves those out of the batch that arrived before, unless that can be noted now. */
static void
leave_out_arrived(struct daemon *d, struct daemon_sink *s)
{
	struct err e = { 0 };
	size_t n = 0;

	if (s->narrived == 0)
		return;
	for (size_t i = 0; i < s->nletters; i++)
		if (!has_arrived(s, s->letters[i].row))
			s->letters[n++] = s->letters[i];
	s->nletters = n;
	if (store_begin(d->store, &e) == 0) {
		if (note_arrived(d, s, &e) == 0 && store_commit(d->store, &e) == 0) {
			s->narrived = s->unnoted = 0;
			daemon_accepted(d);
			return;
		}
		store_rollback(d->store);
	}
	not_noted(d, s, &e);
}

static void
start(struct daemon *d, struct daemon_sink *s)
{
	struct post_job job = { .type = s->conf->type, .sink = s->conf->id };
	struct host_clock clock;
	struct letter *letters;
	struct err e = { 0 };
	bool known = daemon_clock(d, &clock);

	s->batch = arena_new(ARENA_MAX);
	if (store_letters_due(d->store, s->conf->id, d->clk->boot(d->clk), DAEMON_LETTERS, s->batch,
		&s->letters, &s->nletters, &e) < 0 ||
	    s->nletters == 0) {
		if (e.code != ERR_NONE)
			daemon_log(3, "the outbox cannot be read: %s", e.msg);
		arena_free(s->batch);
		s->batch = NULL;
		return;
	}
	leave_out_arrived(d, s);
	if (s->nletters == 0) {
		arena_free(s->batch);
		s->batch = NULL;
		return;
	}
	letters = arena_array(s->batch, s->nletters, sizeof(*letters));
	s->answered = arena_array(s->batch, s->nletters, sizeof(*s->answered));
	for (size_t i = 0; i < s->nletters; i++)
		letters[i] = (struct letter){ .row = s->letters[i].row,
			.event = s->letters[i].event,
			.order = s->letters[i].key,
			.type = s->letters[i].type,
			.body = s->letters[i].body,
			.clock_known = known,
			.offset = known ? clock.offset : 0,
			.attempt = s->letters[i].tries };
	s->nletters = post_batch(letters, s->nletters);
	job.letters = (uint32_t)s->nletters;
	s->kill_at = d->clk->mono(d->clk) + CELL_TIME;
	job.deadline = s->kill_at - SPAN_S;
	if (post_start(&s->post, d->sink_program, &job, s->spec->opts, s->conf->options, letters,
		&e) < 0) {
		arena_free(s->batch);
		s->batch = NULL;
		fails(d, s, PACE_USUAL, 0, e.msg);
		return;
	}
	s->posting = true;
}

void
daemon_post_start(struct daemon *d)
{
	span now = d->clk->boot(d->clk), due;

	for (size_t i = 0; i < d->nsinks; i++) {
		struct daemon_sink *s = &d->sinks[i];

		if (!s->posting && daemon_has_cell(s) && now >= s->not_before &&
		    store_letters_next(d->store, s->conf->id, &due, NULL) == 0 && due <= now)
			start(d, s);
	}
}

size_t
daemon_post_poll(struct daemon *d, struct pollfd *p)
{
	size_t n = 0;

	for (size_t i = 0; i < d->nsinks; i++)
		if (d->sinks[i].posting)
			p[n++] = (struct pollfd){ d->sinks[i].post.child.fd,
				post_events(&d->sinks[i].post), 0 };
	return n;
}

void
daemon_post_handle(struct daemon *d, const struct pollfd *p, size_t n)
{
	for (size_t i = 0; i < d->nsinks; i++) {
		struct daemon_sink *s = &d->sinks[i];
		struct answering w = { .d = d, .s = s, .worst = POST_LATER };
		bool more = true, late;

		if (!s->posting)
			continue;
		for (size_t k = 0; k < n; k++)
			if (p[k].fd == s->post.child.fd && p[k].revents != 0) {
				more = post_turn(&s->post, take_answer, &w);
				settle(&w);
			}
		late = d->clk->mono(d->clk) >= s->kill_at;
		if (!more || late)
			end(d, s);
	}
}

span
daemon_post_next(struct daemon *d)
{
	span boot = d->clk->boot(d->clk), mono = d->clk->mono(d->clk), next = SPAN_MAX;

	for (size_t i = 0; i < d->nsinks; i++) {
		const struct daemon_sink *s = &d->sinks[i];
		span due = SPAN_MAX;

		if (s->posting)
			due = boot + (s->kill_at - mono);
		else if (daemon_has_cell(s) &&
			 store_letters_next(d->store, s->conf->id, &due, NULL) == 0 &&
			 due != SPAN_MAX && due < s->not_before)
			due = s->not_before;
		if (due < next)
			next = due;
	}
	return next;
}

void
daemon_post_stop(struct daemon *d)
{
	for (size_t i = 0; i < d->nsinks; i++)
		if (d->sinks[i].posting) {
			post_end(&d->sinks[i].post, NULL);
			arena_free(d->sinks[i].batch);
			d->sinks[i].posting = false;
		}
}
