/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers to `forewarn status`, `forewarn alerts` and the tray.
 */
#include "app/daemon_join.h"

#include "model/wire.h"
#include "tell/control.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ARENA_MAX ((size_t)256 << 20)

/* One request while it is answered. */
struct asking {
	struct daemon *d;
	struct control_client *to;
	const struct ctl_request *r;
	const char *by;
	struct frame f;
	struct arena *a;
	uint64_t n;
	struct acked *acked;
};

static void
refuse(struct asking *q, const char *why)
{
	ctl_put_refused(&q->f, why);
	control_answer(q->to, &q->f);
}

static void
done(struct asking *q)
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

	if (store_number(d->store, "sequence", 0, &sequence, e) < 0 ||
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
	}
	arena_free(a);
	return rc;
}

static int
status(struct asking *q, struct err *e)
{
	if (head(q, e) < 0)
		return -1;
	for (size_t i = 0; i < q->d->conf->nchecks; i++)
		if (one_check(q, &q->d->conf->checks[i], e) < 0)
			return -1;
	q->n = q->d->conf->nchecks;
	return 0;
}

static void
one_alert(void *self, const struct store_standing *row)
{
	struct asking *q = self;
	const struct check_conf *k = conf_check(q->d->conf, row->check);
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
	ctl_put_alert(&q->f, &v);
	control_answer(q->to, &q->f);
	q->n++;
}

static int
alerts(struct asking *q, struct err *e)
{
	struct store_silence *list;
	size_t n;

	if (head(q, e) < 0 || store_standings(q->d->store, NULL, one_alert, q, e) < 0 ||
	    store_silences(q->d->store, q->a, &list, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		ctl_put_silenced(
		    &q->f, &(struct ctl_silenced){ list[i].row, list[i].pattern, list[i].silence });
		control_answer(q->to, &q->f);
	}
	return 0;
}

struct acked {
	const char *fingerprint, *check;
	struct acked *next;
};

/* A pattern of fingerprints, the id of an alert, or of a check. */
static bool
means(const char *pattern, const struct store_standing *row)
{
	char id[EVENT_ID];

	if (strcmp(pattern, row->check) == 0 || fnmatch(pattern, row->fingerprint, 0) == 0)
		return true;
	return strcmp(pattern,
		   policy_alert_id(row->fingerprint, row->st.alert, row->st.opened, id)) == 0;
}

static void
gather_meant(void *self, const struct store_standing *row)
{
	struct asking *q = self;
	struct acked *m;

	if (!row->st.open || !means(q->r->pattern, row))
		return;
	m = arena_alloc(q->a, sizeof(*m));
	*m = (struct acked){ arena_text(q->a, row->fingerprint), arena_text(q->a, row->check),
		q->acked };
	q->acked = m;
}

static int
ack_one(struct asking *q, const struct acked *m, struct err *e)
{
	struct join j = { .d = q->d,
		.k = conf_check(q->d->conf, m->check),
		.a = q->a,
		.now = q->d->clk->wall(q->d->clk) };
	struct letter_of of = { .check = j.k };
	struct store_standing row;
	struct policy_now now;
	bool there;

	if (store_standing_get(q->d->store, m->fingerprint, q->a, &row, &there, e) < 0)
		return -1;
	if (!there)
		return 0;
	join_now(&j, m->fingerprint, NULL, &now);
	of.taken = row.st.taken;
	if (!policy_ack(&row.st, q->r->until, &now, &of.told))
		return 0;
	of.item = j.k != NULL ? join_item(&j, row.target, row.rule) : NULL;
	row.acked_by = q->by;
	if (daemon_tell(q->d, &row, &of, q->a, e) < 0)
		return -1;
	q->n++;
	return store_standing_put(q->d->store, &row, e);
}

static int
write_ack(void *self, struct err *e)
{
	struct asking *q = self;

	q->acked = NULL;
	q->n = 0;
	if (store_standings(q->d->store, NULL, gather_meant, q, e) < 0)
		return -1;
	for (const struct acked *m = q->acked; m != NULL; m = m->next)
		if (ack_one(q, m, e) < 0)
			return -1;
	return 0;
}

static int
write_silence(void *self, struct err *e)
{
	struct asking *q = self;
	const char *p = q->r->pattern;
	struct store_silence v = { .pattern = p,
		.silence = { .from = q->d->clk->wall(q->d->clk),
		    .until = q->r->until,
		    .stop_too = q->r->stop_too,
		    .by = q->by,
		    .reason = q->r->text } };

	/* the id of a check means all of it */
	if (conf_check(q->d->conf, p) != NULL)
		v.pattern = arena_printf(q->a, "%s/%s/%s/*", q->d->site, q->d->host, p);
	if (silence_check(&v.silence, e) < 0)
		return -1;
	q->n = 1;
	return store_silence_put(q->d->store, &v, e);
}

static int
write_unsilence(void *self, struct err *e)
{
	struct asking *q = self;

	q->n = 1;
	return store_silence_drop(q->d->store, q->r->row, e);
}

static int
write_test(void *self, struct err *e)
{
	struct asking *q = self;

	q->n = 1;
	return daemon_test_alert(q->d, q->r->text, q->a, e);
}

static void
act(struct asking *q)
{
	int (*write)(void *, struct err *) = q->r->kind == CTL_ACK         ? write_ack
					     : q->r->kind == CTL_SILENCE   ? write_silence
					     : q->r->kind == CTL_UNSILENCE ? write_unsilence
									   : write_test;
	struct err why = { 0 };
	struct silence s = { .from = q->d->clk->wall(q->d->clk),
		.until = q->r->until,
		.by = q->by,
		.reason = q->r->text };

	if (q->r->kind == CTL_SILENCE && silence_check(&s, &why) < 0)
		refuse(q, why.msg);
	else if (daemon_write(q->d, write, q) < 0)
		refuse(q, "the state cannot be written now; see the log of forewarnd");
	else
		done(q);
	q->d->next_tick = 0; /* what a silence's end or an acknowledgement changes is told now */
}

static void
on_request(void *self, struct control_client *to, const struct ctl_request *r, const char *by,
    bool may_act)
{
	struct asking q = { .d = self, .to = to, .r = r, .by = by, .a = arena_new(ARENA_MAX) };
	struct err e = { 0 };
	int rc = 0;

	frame_init(&q.f, 0);
	if (r->kind == CTL_SUBSCRIBE)
		control_listen(to);
	else if (r->kind == CTL_STATUS)
		rc = status(&q, &e);
	else if (r->kind == CTL_ALERTS)
		rc = alerts(&q, &e);
	else if (!may_act)
		refuse(&q, "only root and the user forewarnd runs as may do that");
	else
		act(&q);
	if (rc < 0)
		refuse(&q, e.msg);
	else if (r->kind == CTL_STATUS || r->kind == CTL_ALERTS || r->kind == CTL_SUBSCRIBE)
		done(&q);
	frame_fini(&q.f);
	arena_free(q.a);
}

int
daemon_control_open(struct daemon *d, const char *path, struct err *e)
{
	const struct control_ops ops = { .request = on_request, .self = d };
	struct arena *a = arena_new(65536);

	d->control = control_new(path != NULL ? path : app_socket_path(a),
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
