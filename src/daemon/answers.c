/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the answers to who only wants to know.
 */
#include "daemon/answers.h"

#include "daemon/context.h"
#include "daemon/meant.h"
#include "daemon/results.h"
#include "daemon/routes.h"
#include "daemon/stands.h"
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

/* ---- what is not fine */

/* What was never told has no words of its own yet: what was found, then. */
static const char *
title_of(struct asking *q, const struct ctl_alert *v, const struct item *it)
{
	if (v->title[0] != '\0' || it == NULL || it->summary == NULL)
		return v->title;
	return arena_printf(
	    q->a, "%.*s: %.*s", EVENT_TITLE_MAX, v->check_title, EVENT_BODY_MAX, it->summary);
}

static struct ctl_alert
alert_of(struct asking *q, const struct stands_row *r)
{
	const struct standing *st = &r->row->st;
	struct ctl_alert v = { .alert = "",
		.fingerprint = r->row->fingerprint,
		.check = r->row->check,
		.target = r->row->target,
		.rule = r->row->rule,
		.check_title = r->check != NULL ? r->check->title : r->row->check,
		.title = r->row->title,
		.body = r->row->body,
		.acked_by = r->row->acked_by,
		.note = r->row->note,
		.level = r->stand.level,
		.told = st->told,
		.gate = r->gate,
		.open = st->open,
		.acked = st->acked,
		.flapping = st->flapping,
		.turn = r->stand.turn,
		.turn_since = r->stand.turn_since,
		.since = r->stand.since,
		.ack_until = st->ack_until,
		.tried = r->tried,
		.succeeded = r->succeeded,
		.excepted_until = INSTANT_NONE,
		.start_by = r->item != NULL ? r->item->verdict.start_by : INSTANT_NONE };

	v.title = title_of(q, &v, r->item);
	if (r->exception != NULL) {
		v.exception = r->exception->row;
		v.excepted_until = r->exception->exception.until;
	}
	return v;
}

static void
one_alert(void *self, const struct stands_row *r)
{
	struct asking *q = self;
	char id[EVENT_ID];
	struct ctl_alert v;

	if (!r->row->st.open && r->stand.level == LEVEL_OK)
		return;
	v = alert_of(q, r);
	if (v.open)
		v.alert =
		    policy_alert_id(r->row->fingerprint, r->row->st.alert, r->row->st.opened, id);
	ctl_put_alert(&q->f, &v);
	asking_send(q);
	q->done++;
}

static int
send_alerts(struct asking *q, struct err *e)
{
	return stands_each(q->on, NULL, one_alert, q, e);
}

/* ---- what became of the test alert, a way out each */

static int
send_routes(struct asking *q, struct err *e)
{
	const struct posts *p = q->desk->posts;

	for (size_t i = 0; i < p->n; i++) {
		struct sink_state state;
		struct ctl_route r = { .sink = p->v[i].conf->id };

		if (!way_has_cell(&q->on->ways->v[i]))
			continue;
		if (posts_state(p, i, &state) < 0)
			return err_set(e, ERR_SYS, "the outbox cannot be read now");
		if (routes_moments(q->on, r.sink, &r.tested, &r.confirmed, e) < 0)
			return -1;
		r.answered = state.test == SINK_TEST_TAKEN || state.test == SINK_TEST_NOT_TAKEN;
		r.taken = state.test == SINK_TEST_TAKEN;
		r.answer = state.test_answer;
		ctl_put_route(&q->f, &r);
		asking_send(q);
		q->done++;
	}
	return 0;
}

int
answer_routes(struct asking *q, struct err *e)
{
	return send_routes(q, e);
}

/* ---- status */

/* Since when a check stands as it does: its worst things since the first of them began, a check
 * that is fine since the last of its things became so. */
struct check_since {
	enum sign worst;
	instant at;
};

static void
add_since(void *self, const struct stands_row *r)
{
	struct check_since *c = self;
	enum sign s = sign_of(r->stand.level, r->gate == GATE_EXCEPTED);
	instant at = r->stand.since;
	bool first = c->at == INSTANT_NONE || (at != INSTANT_NONE && at < c->at);

	if (s > c->worst || (s == c->worst && first == (s != SIGN_OK)))
		*c = (struct check_since){ s, at };
}

static void
send_check(struct asking *q, const struct check_conf *k, const struct result *r, instant since,
    instant succeeded)
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
		.since = since,
		.succeeded = succeeded,
		.lead = k->lead,
		.auto_renew = k->auto_renew,
		.ahead = hostclock_ahead(q->on->hostclock),
		.doubt = hostclock_doubt(q->on->hostclock, q->on->world) };

	if (r != NULL) {
		c.taken = r->taken;
		c.valid_until = r->valid_until;
		c.took = r->took;
		c.items = (uint32_t)r->nitems;
		c.clock = r->host_clock;
		c.cell = r->cell;
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
	struct check_since since = { SIGN_OK, INSTANT_NONE };
	instant succeeded = INSTANT_NONE;
	struct result r;
	bool there;
	int rc = results_get(q->on->world->store, k, a, &r, &there, e);

	if (rc == 0)
		rc = stands_each(q->on, k->id, add_since, &since, e);
	if (rc == 0 && there)
		rc = results_succeeded(q->on->world->store, &r, &succeeded, e);
	if (rc == 0) {
		send_check(q, k, there ? &r : NULL, since.at, succeeded);
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
	if (send_alerts(q, e) < 0 || (history && send_routes(q, e) < 0))
		return -1;
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

static int
send_accepted(struct asking *q, struct err *e)
{
	struct store_accept *v;
	size_t n;

	if (store_accepts(q->on->world->store, q->a, &v, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		ctl_put_accepted(
		    &q->f, &(struct ctl_accepted){ v[i].row, v[i].check, v[i].accept, v[i].login,
			       v[i].summary, v[i].ended != 0 ? v[i].ended : INSTANT_NONE });
		asking_send(q);
	}
	return 0;
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
	const bool *matches;

	if (head(q, e) < 0 || send_alerts(q, e) < 0 || context_read_pauses(&said, e) < 0)
		return -1;
	matches = matching(q, &said);
	send_silences(q, &said, matches);
	send_exceptions(q, &said, matches);
	return q->r->row == CTL_ALERTS_ACCEPTED ? send_accepted(q, e) : 0;
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
