/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the answers to who only wants to know.
 */
#include "daemon/answers.h"

#include "daemon/context.h"
#include "daemon/meant.h"
#include "daemon/results.h"
#include "daemon/routes.h"
#include "model/wire.h"
#include "watch/quiet.h"

#include <string.h>

#define ARENA_MAX ((size_t)256 << 20)

static bool
any_instrument_runs(const struct conf *c)
{
	for (size_t i = 0; i < c->nchecks; i++)
		if (quiet_now(&c->checks[i].quiet_when_running))
			return true;
	return false;
}

static int
head(struct asking *q, struct err *e)
{
	const struct ground *on = q->on;
	struct ctl_head h = { .site = on->generation->site,
		.host = on->world->host,
		.version = FOREWARN_VERSION,
		.now = world_now(on->world),
		.started = on->world->started,
		.measuring = any_instrument_runs(on->generation->conf) };
	int64_t sequence;

	if (store_number(on->world->store, "sequence", 0, &sequence, e) < 0 ||
	    routes_tested_here(on, &h.tested, &h.confirmed, e) < 0 ||
	    counts_take(on, &h.counts, e) < 0)
		return -1;
	h.sequence = (uint64_t)sequence;
	ctl_put_head(&q->f, &h);
	asking_send(q);
	return 0;
}

/* ---- status */

static void
send_check(struct asking *q, const struct check_conf *k, const struct result *r)
{
	const struct generation *g = q->on->generation;
	struct ctl_check c = { .id = k->id,
		.probe = k->probe,
		.title = k->title,
		.owner = k->owner,
		.owner_name = generation_person(g, k->owner),
		.secondary = k->secondary,
		.secondary_name = generation_person(g, k->secondary),
		.taken = INSTANT_NONE,
		.lead = k->lead,
		.auto_renew = k->auto_renew };

	if (r != NULL) {
		c.taken = r->taken;
		c.valid_until = r->valid_until;
		c.took = r->took;
		c.items = (uint32_t)r->nitems;
		c.clock = r->host_clock;
	}
	ctl_put_check(&q->f, &c);
	asking_send(q);
}

static int
send_items(struct asking *q, const struct check_conf *k, const struct result *r, bool history,
    struct err *e)
{
	bool series = history && (q->r->pattern[0] == '\0' || strcmp(q->r->pattern, k->id) == 0);

	for (size_t i = 0; i < r->nitems; i++) {
		wire_put_item(&q->f, &r->items[i]);
		asking_send(q);
		if (series && asking_series(q, k, &r->items[i], e) < 0)
			return -1;
	}
	return 0;
}

static int
one_check(struct asking *q, const struct check_conf *k, bool history, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct result r;
	bool there;
	int rc = results_get(q->on->world->store, k, a, &r, &there, e);

	if (rc == 0) {
		send_check(q, k, there ? &r : NULL);
		if (there)
			rc = send_items(q, k, &r, history, e);
	}
	arena_free(a);
	return rc;
}

/* What of the silences and then of the exceptions matches something now; in the arena of q. */
static bool *
matching(struct asking *q, const struct context *said)
{
	size_t n = said->nsilences + said->nexceptions;
	const char **patterns = arena_array(q->a, n + 1, sizeof(*patterns));
	bool *matches = arena_array(q->a, n + 1, sizeof(*matches));

	for (size_t i = 0; i < said->nsilences; i++)
		patterns[i] = said->silences[i].pattern;
	for (size_t i = 0; i < said->nexceptions; i++)
		patterns[said->nsilences + i] = said->exceptions[i].pattern;
	meant_each(q, patterns, n, matches);
	return matches;
}

/* Those that are over too: who approved what is asked for later. */
static void
send_exceptions(struct asking *q, const struct context *said, const bool *matches)
{
	for (size_t i = 0; i < said->nexceptions; i++) {
		const struct store_exception *v = &said->exceptions[i];

		ctl_put_excepted(&q->f, &(struct ctl_excepted){ v->row, v->pattern, v->exception,
					    matches[said->nsilences + i] });
		asking_send(q);
	}
}

static int
status(struct asking *q, bool history, struct err *e)
{
	const struct conf *c = q->on->generation->conf;
	struct context said = context_of(q->on, NULL, q->a);

	if (head(q, e) < 0 || context_read_pauses(&said, e) < 0)
		return -1;
	send_exceptions(q, &said, matching(q, &said));
	for (size_t i = 0; i < c->nchecks; i++)
		if (one_check(q, &c->checks[i], history, e) < 0)
			return -1;
	q->done = c->nchecks;
	return 0;
}

int
answer_status(struct asking *q, struct err *e)
{
	return status(q, false, e);
}

int
answer_history(struct asking *q, struct err *e)
{
	return status(q, true, e);
}

/* ---- alerts */

/* The rows of a check come one after the other: its result is read once. */
struct listing {
	struct asking *q;
	const struct check_conf *of; /* whose result this is; NULL before the first */
	struct arena *a;
	struct result result;
	bool there;
};

/* What the check found there last; NULL: nothing. */
static const struct item *
newest_item(struct listing *l, const struct check_conf *k, const struct store_standing *row)
{
	const struct world *w = l->q->on->world;

	if (k == NULL)
		return NULL;
	if (l->of != k) {
		arena_reset(l->a);
		l->of = k;
		if (results_judged(w->store, k, world_now(w), l->a, &l->result, &l->there, NULL) <
		    0)
			l->there = false;
	}
	return l->there ? result_item(&l->result, row->target, row->rule) : NULL;
}

/* What was never told has no words of its own yet: what was found, then. */
static const char *
title_of(struct asking *q, const struct ctl_alert *v, const struct item *it)
{
	if (v->title[0] != '\0' || it == NULL || it->summary == NULL)
		return v->title;
	return arena_printf(
	    q->a, "%.*s: %.*s", EVENT_TITLE_MAX, v->check_title, EVENT_BODY_MAX, it->summary);
}

static void
one_alert(void *self, const struct store_standing *row)
{
	struct listing *l = self;
	struct asking *q = l->q;
	const struct check_conf *k = conf_check(q->on->generation->conf, row->check);
	const struct item *it;
	char id[EVENT_ID] = "";
	struct ctl_alert v = { .alert = id,
		.fingerprint = row->fingerprint,
		.check = row->check,
		.check_title = k != NULL ? k->title : row->check,
		.title = row->title,
		.body = row->body,
		.acked_by = row->acked_by,
		.note = row->note,
		.held = row_level(row),
		.told = row->st.told,
		.gate = row->st.gate,
		.open = row->st.open,
		.acked = row->st.acked,
		.flapping = row->st.flapping,
		.since = row->st.open ? row->st.opened : row->st.held_since,
		.ack_until = row->st.ack_until };

	if (!row->st.open && v.held == LEVEL_OK)
		return;
	if (row->st.open)
		policy_alert_id(row->fingerprint, row->st.alert, row->st.opened, id);
	it = newest_item(l, k, row);
	v.title = title_of(q, &v, it);
	v.start_by = it != NULL ? it->verdict.start_by : INSTANT_NONE;
	ctl_put_alert(&q->f, &v);
	asking_send(q);
	q->done++;
}

static void
send_silences(struct asking *q, const struct context *said, const bool *matches)
{
	for (size_t i = 0; i < said->nsilences; i++) {
		const struct store_silence *v = &said->silences[i];

		if (v->silence.until <= said->now)
			continue;
		ctl_put_silenced(
		    &q->f, &(struct ctl_silenced){ v->row, v->pattern, v->silence, matches[i] });
		asking_send(q);
	}
}

int
answer_alerts(struct asking *q, struct err *e)
{
	struct context said = context_of(q->on, NULL, q->a);
	struct listing l = { .q = q, .a = arena_new(ARENA_MAX) };
	const bool *matches;
	int rc = head(q, e);

	if (rc == 0)
		rc = store_standings(q->on->world->store, NULL, one_alert, &l, e);
	arena_free(l.a);
	if (rc < 0 || context_read_pauses(&said, e) < 0)
		return -1;
	matches = matching(q, &said);
	send_silences(q, &said, matches);
	send_exceptions(q, &said, matches);
	return 0;
}

/* ---- the others */

int
answer_metrics(struct asking *q, struct err *e)
{
	struct str text;
	int rc;

	str_init(&text, GAUGES_MAX);
	rc = gauges_text(q->desk->gauges, &text, e);
	for (size_t at = 0; rc == 0 && at < text.len; at += CTL_TEXT_MAX) {
		ctl_put_piece(&q->f, arena_printf(q->a, "%.*s", (int)CTL_TEXT_MAX, text.s + at));
		asking_send(q);
	}
	str_fini(&text);
	return rc;
}

int
answer_subscribe(struct asking *q, struct err *e)
{
	(void)e; /* it cannot fail */
	control_listen(q->to);
	return 0;
}

/* ---- what became of the test alert */

int
answer_routes(struct asking *q, struct err *e)
{
	const struct posts *p = q->desk->posts;

	for (size_t i = 0; i < p->n; i++) {
		struct sink_state state;
		struct ctl_route r = { .sink = p->v[i].conf->id };

		if (!way_has_cell(&q->on->ways->v[i]))
			continue;
		if (posts_state(p, i, &state) < 0)
			return err_set(e, ERR_SYS, "the outbox cannot be read now");
		r.answered = state.test == SINK_TEST_TAKEN || state.test == SINK_TEST_NOT_TAKEN;
		r.taken = state.test == SINK_TEST_TAKEN;
		r.answer = state.test_answer;
		ctl_put_route(&q->f, &r);
		asking_send(q);
		q->done++;
	}
	return 0;
}
