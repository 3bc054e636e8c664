/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns whose turn it is: the queue, the waits, how many requests may be on their way, and what
 * comes after an exchange that worked or failed.
 */
#include "asker.h"

/* Between two requests to one server in the network. ntpd's `limited` wants 2 s and rounds to whole
 * seconds; chrony's iburst and ntpd's burst ask each 2 s. A little less, so that four requests take
 * less than 6 s. */
#define SPACING (1900 * SPAN_MS)
#define LATE (300 * SPAN_MS) /* what lost requests may add to the time that `samples` take */

void
asker_ready(struct asker *a, size_t i)
{
	a->servers[i].state = ASK_READY;
	a->servers[i].next = ASKER_NONE;
	if (a->head == ASKER_NONE)
		a->head = i;
	else
		a->servers[a->tail].next = i;
	a->tail = i;
}

void
asker_later(struct asker *a, size_t i, enum ask_state state, span due)
{
	a->servers[i].state = state;
	a->servers[i].due = due;
	if (due < a->next_due)
		a->next_due = due;
}

void
asker_done(struct asker *a, size_t i)
{
	if (a->servers[i].state != ASK_DONE)
		a->left--;
	a->servers[i].state = ASK_DONE;
}

/* The next address that a way may lead to, starting from `from`; -1: none is left. */
static int
way(const struct ask_server *s, size_t from)
{
	for (size_t k = 0; k < s->naddresses; k++) {
		size_t at = (from + k) % s->naddresses;

		if ((s->dead & 1U << at) == 0)
			return (int)at;
	}
	return -1;
}

/* The newest request got no good answer: another address, a wait, or the end. */
void
asker_failed(struct asker *a, size_t i, span now)
{
	struct ask_server *s = &a->servers[i];
	int next = way(s, s->nsamples > 0 ? s->address : s->address + 1);

	s->failures++;
	if (next < 0 || s->failures >= ASKER_FAILURES_MAX + s->naddresses - 1 ||
	    s->nrequests >= s->cap) {
		asker_done(a, i);
		return;
	}
	if ((size_t)next == s->address && !net_address_is_loopback(&s->addresses[next])) {
		int64_t due = s->requests[s->nrequests - 1].sent_mono + SPACING;

		if (due > now) {
			asker_later(a, i, ASK_SPACE, due);
			return;
		}
	}
	s->address = (size_t)next;
	asker_ready(a, i);
}

void
asker_closed_way(struct asker *a, size_t i, size_t address, int error, span now)
{
	struct ask_server *s = &a->servers[i];

	s->net_error = error;
	s->dead |= 1U << address;
	if (s->state == ASK_WAIT && s->address == address)
		asker_failed(a, i, now);
}

void
asker_unpace(struct asker *a, struct ask_request *q)
{
	if (q->paced) {
		q->paced = false;
		a->flying--;
	}
}

bool
asker_has_room(struct asker *a, span now)
{
	while (a->ring_n > 0) {
		struct ask_request *q =
		    &a->servers[a->ring[a->ring_at].server].requests[a->ring[a->ring_at].request];

		if (q->paced && now - q->sent_mono < ASKER_PACE)
			break;
		asker_unpace(a, q);
		a->ring_at = (a->ring_at + 1) % ASKER_RING;
		a->ring_n--;
	}
	return a->flying < a->window && a->ring_n < ASKER_RING;
}

/* Whether what a server far away has said so far is all that is to be known of it. */
static bool
enough(const struct ask_plan *plan, const struct ask_server *s)
{
	struct estimate e =
	    estimate(s->samples, s->nsamples, s->samples[s->nsamples - 1].mono, plan->ppm);

	return estimate_enough(&e, s->root, plan->warn, plan->max);
}

/* A server in the network is asked again after a while, which people who wait are told; but not
 * when it has had the time that all samples take without a loss. */
static void
space(struct asker *a, size_t i)
{
	const struct ask_server *s = &a->servers[i];
	span due = s->requests[s->nrequests - 1].sent_mono + SPACING;
	span last = s->requests[0].sent_mono + (span)(a->plan->samples - 1) * SPACING + LATE;

	if (due > last) {
		asker_done(a, i);
		return;
	}
	if (!a->told && a->plan->ctx != NULL)
		probe_note(a->plan->ctx, "asking the time servers again, two seconds apart");
	a->told = true;
	asker_later(a, i, ASK_SPACE, due);
}

/* A good sample is there: is another wanted, and when? */
void
asker_go_on(struct asker *a, size_t i)
{
	struct ask_server *s = &a->servers[i];

	if (s->nsamples >= a->plan->samples || s->nrequests >= s->cap)
		asker_done(a, i);
	else if (net_address_is_loopback(&s->addresses[s->address]))
		asker_ready(a, i);
	else if (enough(a->plan, s))
		asker_done(a, i);
	else
		space(a, i);
}

void
asker_sweep(struct asker *a, span now)
{
	if (now < a->next_due)
		return;
	a->next_due = INT64_MAX;
	for (size_t i = 0; i < a->n; i++) {
		struct ask_server *s = &a->servers[i];

		if (s->state != ASK_WAIT && s->state != ASK_SPACE)
			continue;
		if (s->due > now) {
			if (s->due < a->next_due)
				a->next_due = s->due;
		} else if (s->state == ASK_SPACE)
			asker_ready(a, i);
		else
			asker_failed(a, i, now);
	}
}
