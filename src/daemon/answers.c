/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers to `forewarn status`, `forewarn alerts` and the tray.
 */
#include "daemon/asking.h"

#include "judge/judge.h"
#include "model/wire.h"
#include "probes/specs.h"
#include "watch/quiet.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ARENA_MAX ((size_t)256 << 20)

void
asking_refuse(struct asking *q, const char *why)
{
	ctl_put_refused(&q->f, why);
	control_answer(q->to, &q->f);
}

void
asking_done(struct asking *q)
{
	ctl_put_done(&q->f, q->n);
	control_answer(q->to, &q->f);
}

static int
head(struct asking *q, struct err *e)
{
	struct daemon *d = q->d;
	struct ctl_head h = { .site = d->site,
		.host = d->host,
		.version = FOREWARN_VERSION,
		.now = d->clk->wall(d->clk),
		.started = d->started };
	int64_t sequence;

	for (size_t i = 0; i < d->conf->nchecks && !h.measuring; i++)
		h.measuring = quiet_now(&d->conf->checks[i].quiet_when_running);
	if (store_number(d->store, "sequence", 0, &sequence, e) < 0 ||
	    daemon_tested_here(d, &h.tested, &h.confirmed, e) < 0 ||
	    daemon_counts(d, &h.counts, e) < 0)
		return -1;
	h.sequence = (uint64_t)sequence;
	ctl_put_head(&q->f, &h);
	control_answer(q->to, &q->f);
	return 0;
}

static int
one_check(struct asking *q, const struct check_conf *k, struct err *e)
{
	struct daemon *d = q->d;
	struct ctl_check c = { .id = k->id,
		.probe = k->probe,
		.title = k->title,
		.owner = k->owner,
		.owner_name = daemon_person(d, k->owner),
		.secondary = k->secondary,
		.secondary_name = daemon_person(d, k->secondary),
		.taken = INSTANT_NONE,
		.lead = k->lead,
		.auto_renew = k->auto_renew };
	struct arena *a = arena_new(ARENA_MAX);
	struct result r;
	bool there;
	int rc = daemon_result(d, k, a, &r, &there, e);

	if (rc == 0 && there) {
		c.taken = r.taken;
		c.valid_until = r.valid_until;
		c.took = r.took;
		c.items = (uint32_t)r.nitems;
		c.clock = r.host_clock;
	}
	ctl_put_check(&q->f, &c);
	control_answer(q->to, &q->f);
	for (uint32_t i = 0; rc == 0 && i < c.items; i++) {
		wire_put_item(&q->f, &r.items[i]);
		control_answer(q->to, &q->f);
		if (q->r->kind == CTL_HISTORY &&
		    (q->r->pattern[0] == '\0' || strcmp(q->r->pattern, k->id) == 0))
			rc = asking_series(q, k, &r.items[i], e);
	}
	arena_free(a);
	return rc;
}

/* Those that are over too: who approved what is asked for later. */
static void
send_exceptions(struct asking *q, const struct join *said)
{
	for (size_t i = 0; i < said->nexceptions; i++) {
		const struct store_exception *v = &said->exceptions[i];

		ctl_put_excepted(&q->f, &(struct ctl_excepted){ v->row, v->pattern, v->exception });
		control_answer(q->to, &q->f);
	}
}

static int
status(struct asking *q, struct err *e)
{
	struct join said = { .d = q->d, .a = q->a };

	if (head(q, e) < 0 || join_said(&said, e) < 0)
		return -1;
	send_exceptions(q, &said);
	for (size_t i = 0; i < q->d->conf->nchecks; i++)
		if (one_check(q, &q->d->conf->checks[i], e) < 0)
			return -1;
	q->n = q->d->conf->nchecks;
	return 0;
}

/* The rows of a check come one after the other: its result is read once. */
struct listing {
	struct asking *q;
	const struct check_conf *of;
	struct arena *a;
	struct result result;
	bool there;
};

/* What the check found there last; NULL: nothing. */
static const struct item *
item_of(struct listing *l, const struct check_conf *k, const struct store_standing *row)
{
	struct daemon *d = l->q->d;

	if (k == NULL)
		return NULL;
	if (l->of != k) {
		struct judge_terms terms = { k->lead, k->auto_renew };

		arena_reset(l->a);
		l->of = k;
		if (daemon_result(d, k, l->a, &l->result, &l->there, NULL) < 0)
			l->there = false;
		if (l->there)
			judge_result(
			    &l->result, probe_find(k->probe)->rules, &terms, d->clk->wall(d->clk));
	}
	for (size_t i = 0; l->there && i < l->result.nitems; i++) {
		const struct item *it = &l->result.items[i];

		if (strcmp(it->target, row->target) == 0 && strcmp(it->rule, row->rule) == 0)
			return it;
	}
	return NULL;
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
	const struct check_conf *k = conf_check(q->d->conf, row->check);
	const struct item *it;
	char id[EVENT_ID] = "";
	struct ctl_alert v = { .alert = id,
		.fingerprint = row->fingerprint,
		.check = row->check,
		.check_title = k != NULL ? k->title : row->check,
		.title = row->title,
		.body = row->body,
		.acked_by = row->acked_by,
		.held = row->st.stale ? LEVEL_UNKNOWN : row->st.held,
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
	it = item_of(l, k, row);
	v.title = title_of(q, &v, it);
	v.start_by = it != NULL ? it->verdict.start_by : INSTANT_NONE;
	ctl_put_alert(&q->f, &v);
	control_answer(q->to, &q->f);
	q->n++;
}

static int
alerts(struct asking *q, struct err *e)
{
	struct join said = { .d = q->d, .a = q->a, .now = q->d->clk->wall(q->d->clk) };
	struct listing l = { .q = q, .a = arena_new(ARENA_MAX) };
	int rc = head(q, e);

	if (rc == 0)
		rc = store_standings(q->d->store, NULL, one_alert, &l, e);
	arena_free(l.a);
	if (rc < 0 || join_said(&said, e) < 0)
		return -1;
	for (size_t i = 0; i < said.nsilences; i++) {
		const struct store_silence *v = &said.silences[i];

		if (v->silence.until <= said.now)
			continue;
		ctl_put_silenced(&q->f, &(struct ctl_silenced){ v->row, v->pattern, v->silence });
		control_answer(q->to, &q->f);
	}
	send_exceptions(q, &said);
	return 0;
}

static int
metrics(struct asking *q, struct err *e)
{
	struct str text;
	int rc;

	str_init(&text, DAEMON_METRICS_MAX);
	rc = daemon_metrics_text(q->d, &text, e);
	for (size_t at = 0; rc == 0 && at < text.len; at += CTL_TEXT_MAX) {
		ctl_put_piece(&q->f, arena_printf(q->a, "%.*s", (int)CTL_TEXT_MAX, text.s + at));
		control_answer(q->to, &q->f);
	}
	str_fini(&text);
	return rc;
}

static void
on_request(void *self, struct control_client *to, const struct ctl_request *r, const char *by,
    bool may_act)
{
	struct asking q = {
		.d = self, .to = to, .r = r, .by = by, .may_act = may_act, .a = arena_new(ARENA_MAX)
	};
	struct err e = { 0 };
	int rc = 0;

	frame_init(&q.f, 0);
	if (r->kind == CTL_SUBSCRIBE)
		control_listen(to);
	else if (r->kind == CTL_STATUS || r->kind == CTL_HISTORY)
		rc = status(&q, &e);
	else if (r->kind == CTL_ALERTS)
		rc = alerts(&q, &e);
	else if (r->kind == CTL_METRICS)
		rc = metrics(&q, &e);
	if (rc < 0)
		asking_refuse(&q, e.msg);
	else if (r->kind == CTL_STATUS || r->kind == CTL_HISTORY || r->kind == CTL_ALERTS ||
		 r->kind == CTL_METRICS || r->kind == CTL_SUBSCRIBE)
		asking_done(&q);
	else
		daemon_act(&q);
	frame_fini(&q.f);
	arena_free(q.a);
}

int
daemon_control_open(struct daemon *d, const char *path, struct err *e)
{
	const struct control_ops ops = { .request = on_request, .self = d };
	struct arena *a = arena_new(65536);

	d->control = control_new(path != NULL ? path : place_socket(a),
	    geteuid() == 0 || getenv("RUNTIME_DIRECTORY") != NULL, d->clk, &ops, e);
	arena_free(a);
	return d->control != NULL ? 0 : -1;
}

void
daemon_control_close(struct daemon *d)
{
	control_free(d->control);
	d->control = NULL;
}

size_t
daemon_control_poll(struct daemon *d, struct pollfd *p, size_t max)
{
	return control_poll(d->control, p, max);
}

void
daemon_control_handle(struct daemon *d, const struct pollfd *p, size_t n)
{
	control_handle(d->control, p, n);
}

span
daemon_control_next(struct daemon *d)
{
	span until = control_next(d->control);

	return until == SPAN_MAX ? SPAN_MAX : d->clk->boot(d->clk) + (until - d->clk->mono(d->clk));
}

void
daemon_publish(struct daemon *d, const struct event *v)
{
	struct frame f;

	if (d->control == NULL)
		return;
	frame_init(&f, 0);
	ctl_put_event(&f, v);
	control_publish(d->control, &f);
	frame_fini(&f);
}

void
daemon_alive(struct daemon *d)
{
	daemon_publish(
	    d, &(struct event){ .kind = EVENT_HEARTBEAT, .start_by = INSTANT_NONE, .title = "" });
}
