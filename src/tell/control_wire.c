/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/control_wire.h"

static void
put_u64(struct frame *f, uint64_t v)
{
	frame_put_u32(f, (uint32_t)(v >> 32));
	frame_put_u32(f, (uint32_t)v);
}

static uint64_t
get_u64(struct frame *f)
{
	uint64_t high = frame_get_u32(f);

	return high << 32 | frame_get_u32(f);
}

/* What must be there comes out as "" when it is not. */
static const char *
get_text(struct frame *f, struct arena *a)
{
	const char *s = frame_get_text(f, a);

	return s != NULL ? s : "";
}

static int
whole(const struct frame *f, bool in_range, const char *what, struct err *e)
{
	if (frame_ok(f) && in_range)
		return 0;
	return err_set(e, ERR_PARSE, "%s that is cut or out of range", what);
}

void
ctl_put_request(struct frame *f, const struct ctl_request *r)
{
	frame_restart(f, r->kind);
	frame_put_text(f, r->pattern);
	frame_put_text(f, r->text);
	frame_put_i64(f, r->until);
	frame_put_u32(f, r->stop_too);
	frame_put_i64(f, r->row);
	frame_put_u32(f, r->upto);
	frame_put_text(f, r->approver);
	frame_put_text(f, r->measure);
}

static bool
is_request(uint32_t kind)
{
	return (kind >= CTL_STATUS && kind <= CTL_SUBSCRIBE) || kind == CTL_EXCEPT ||
	       kind == CTL_UNEXCEPT || kind == CTL_METRICS || kind == CTL_CONFIRM ||
	       kind == CTL_RUN || kind == CTL_HISTORY;
}

int
ctl_get_request(struct frame *f, struct arena *a, struct ctl_request *r, struct err *e)
{
	*r = (struct ctl_request){ .kind = (enum control_kind)f->kind };
	r->pattern = get_text(f, a);
	r->text = get_text(f, a);
	r->until = frame_get_i64(f);
	r->stop_too = frame_get_flag(f);
	r->row = frame_get_i64(f);
	r->upto = (enum level)frame_get_u32(f);
	r->approver = get_text(f, a);
	r->measure = get_text(f, a);
	return whole(f, is_request(f->kind) && r->upto < LEVEL_N, "a request", e);
}

void
ctl_put_head(struct frame *f, const struct ctl_head *h)
{
	frame_restart(f, CTL_HEAD);
	frame_put_text(f, h->site);
	frame_put_text(f, h->host);
	frame_put_text(f, h->version);
	frame_put_i64(f, h->now);
	frame_put_i64(f, h->started);
	put_u64(f, h->sequence);
	for (int l = LEVEL_OK; l < LEVEL_N; l++)
		put_u64(f, h->counts.level[l]);
	put_u64(f, h->counts.checks);
	put_u64(f, h->counts.outbox);
	put_u64(f, h->counts.dropped);
	frame_put_i64(f, h->counts.oldest);
	frame_put_i64(f, h->tested);
	frame_put_i64(f, h->confirmed);
	frame_put_u32(f, h->measuring);
}

int
ctl_get_head(struct frame *f, struct arena *a, struct ctl_head *h, struct err *e)
{
	h->site = get_text(f, a);
	h->host = get_text(f, a);
	h->version = get_text(f, a);
	h->now = frame_get_i64(f);
	h->started = frame_get_i64(f);
	h->sequence = get_u64(f);
	for (int l = LEVEL_OK; l < LEVEL_N; l++)
		h->counts.level[l] = get_u64(f);
	h->counts.checks = get_u64(f);
	h->counts.outbox = get_u64(f);
	h->counts.dropped = get_u64(f);
	h->counts.oldest = frame_get_i64(f);
	h->tested = frame_get_i64(f);
	h->confirmed = frame_get_i64(f);
	h->measuring = frame_get_flag(f);
	return whole(f, true, "a head", e);
}

void
ctl_put_check(struct frame *f, const struct ctl_check *c)
{
	frame_restart(f, CTL_CHECK);
	frame_put_text(f, c->id);
	frame_put_text(f, c->probe);
	frame_put_text(f, c->title);
	frame_put_text(f, c->owner);
	frame_put_text(f, c->owner_name);
	frame_put_text(f, c->secondary);
	frame_put_text(f, c->secondary_name);
	frame_put_i64(f, c->taken);
	frame_put_i64(f, c->valid_until);
	frame_put_i64(f, c->took);
	frame_put_i64(f, c->lead);
	frame_put_u32(f, c->auto_renew);
	frame_put_u32(f, c->items);
	frame_put_u32(f, c->clock.measured);
	frame_put_f64(f, c->clock.offset);
	frame_put_f64(f, c->clock.bound);
}

int
ctl_get_check(struct frame *f, struct arena *a, struct ctl_check *c, struct err *e)
{
	c->id = get_text(f, a);
	c->probe = get_text(f, a);
	c->title = get_text(f, a);
	c->owner = frame_get_text(f, a);
	c->owner_name = frame_get_text(f, a);
	c->secondary = frame_get_text(f, a);
	c->secondary_name = frame_get_text(f, a);
	c->taken = frame_get_i64(f);
	c->valid_until = frame_get_i64(f);
	c->took = frame_get_i64(f);
	c->lead = frame_get_i64(f);
	c->auto_renew = frame_get_flag(f);
	c->items = frame_get_u32(f);
	c->clock.measured = frame_get_flag(f);
	c->clock.offset = frame_get_f64(f);
	c->clock.bound = frame_get_f64(f);
	return whole(f, c->lead >= 0, "a check", e);
}

void
ctl_put_alert(struct frame *f, const struct ctl_alert *a)
{
	frame_restart(f, CTL_ALERT);
	frame_put_text(f, a->alert);
	frame_put_text(f, a->fingerprint);
	frame_put_text(f, a->check);
	frame_put_text(f, a->check_title);
	frame_put_text(f, a->title);
	frame_put_text(f, a->body);
	frame_put_text(f, a->acked_by);
	frame_put_u32(f, a->held);
	frame_put_u32(f, a->told);
	frame_put_u32(f, a->gate);
	frame_put_u32(f, a->open);
	frame_put_u32(f, a->acked);
	frame_put_u32(f, a->flapping);
	frame_put_i64(f, a->since);
	frame_put_i64(f, a->ack_until);
	frame_put_i64(f, a->start_by);
}

int
ctl_get_alert(struct frame *f, struct arena *a, struct ctl_alert *out, struct err *e)
{
	uint32_t held, told, gate;

	out->alert = get_text(f, a);
	out->fingerprint = get_text(f, a);
	out->check = get_text(f, a);
	out->check_title = get_text(f, a);
	out->title = get_text(f, a);
	out->body = get_text(f, a);
	out->acked_by = get_text(f, a);
	held = frame_get_u32(f);
	told = frame_get_u32(f);
	gate = frame_get_u32(f);
	out->open = frame_get_flag(f);
	out->acked = frame_get_flag(f);
	out->flapping = frame_get_flag(f);
	out->since = frame_get_i64(f);
	out->ack_until = frame_get_i64(f);
	out->start_by = frame_get_i64(f);
	out->held = (enum level)held;
	out->told = (enum level)told;
	out->gate = (enum gate)gate;
	return whole(f, held < LEVEL_N && told < LEVEL_N && gate < GATE_N, "an alert", e);
}

void
ctl_put_silenced(struct frame *f, const struct ctl_silenced *s)
{
	frame_restart(f, CTL_SILENCED);
	frame_put_i64(f, s->row);
	frame_put_text(f, s->pattern);
	frame_put_i64(f, s->silence.from);
	frame_put_i64(f, s->silence.until);
	frame_put_u32(f, s->silence.stop_too);
	frame_put_text(f, s->silence.by);
	frame_put_text(f, s->silence.reason);
}

int
ctl_get_silenced(struct frame *f, struct arena *a, struct ctl_silenced *s, struct err *e)
{
	s->row = frame_get_i64(f);
	s->pattern = get_text(f, a);
	s->silence.from = frame_get_i64(f);
	s->silence.until = frame_get_i64(f);
	s->silence.stop_too = frame_get_flag(f);
	s->silence.by = get_text(f, a);
	s->silence.reason = get_text(f, a);
	return whole(f, true, "a silence", e);
}

void
ctl_put_excepted(struct frame *f, const struct ctl_excepted *x)
{
	frame_restart(f, CTL_EXCEPTED);
	frame_put_i64(f, x->row);
	frame_put_text(f, x->pattern);
	frame_put_i64(f, x->exception.from);
	frame_put_i64(f, x->exception.until);
	frame_put_u32(f, x->exception.upto);
	frame_put_text(f, x->exception.reason);
	frame_put_text(f, x->exception.approver);
	frame_put_text(f, x->exception.measure);
}

int
ctl_get_excepted(struct frame *f, struct arena *a, struct ctl_excepted *x, struct err *e)
{
	uint32_t upto;

	x->row = frame_get_i64(f);
	x->pattern = get_text(f, a);
	x->exception.from = frame_get_i64(f);
	x->exception.until = frame_get_i64(f);
	upto = frame_get_u32(f);
	x->exception.upto = (enum level)upto;
	x->exception.reason = get_text(f, a);
	x->exception.approver = get_text(f, a);
	x->exception.measure = get_text(f, a);
	return whole(f, upto < LEVEL_N, "an exception", e);
}

void
ctl_put_samples(struct frame *f, const struct ctl_samples *s)
{
	frame_restart(f, CTL_SAMPLES);
	frame_put_u32(f, s->metric);
	frame_put_u32(f, s->n);
	for (uint32_t i = 0; i < s->n; i++) {
		frame_put_i64(f, s->v[i].at);
		frame_put_f64(f, s->v[i].value);
		frame_put_f64(f, s->v[i].bound);
	}
}

int
ctl_get_samples(struct frame *f, struct arena *a, struct ctl_samples *s, struct err *e)
{
	bool ascending = true;

	s->metric = frame_get_u32(f);
	s->n = frame_get_u32(f);
	if (s->n > CTL_SAMPLES_MAX)
		return whole(f, false, "samples", e);
	s->v = arena_array(a, s->n + 1, sizeof(*s->v));
	for (uint32_t i = 0; i < s->n; i++) {
		s->v[i].at = frame_get_i64(f);
		s->v[i].value = frame_get_f64(f);
		s->v[i].bound = frame_get_f64(f);
		ascending = ascending && (i == 0 || s->v[i - 1].at <= s->v[i].at);
	}
	return whole(f, ascending, "samples", e);
}

void
ctl_put_piece(struct frame *f, const char *text)
{
	frame_restart(f, CTL_TEXT);
	frame_put_text(f, text);
}

int
ctl_get_piece(struct frame *f, struct arena *a, const char **text, struct err *e)
{
	*text = get_text(f, a);
	return whole(f, true, "a piece of text", e);
}

void
ctl_put_done(struct frame *f, uint64_t n)
{
	frame_restart(f, CTL_DONE);
	put_u64(f, n);
}

int
ctl_get_done(struct frame *f, uint64_t *n, struct err *e)
{
	*n = get_u64(f);
	return whole(f, true, "an end", e);
}

void
ctl_put_refused(struct frame *f, const char *why)
{
	frame_restart(f, CTL_REFUSED);
	frame_put_text(f, why);
}

int
ctl_get_refused(struct frame *f, struct arena *a, const char **why, struct err *e)
{
	*why = get_text(f, a);
	return whole(f, true, "a refusal", e);
}

void
ctl_put_event(struct frame *f, const struct event *v)
{
	frame_restart(f, CTL_EVENT);
	frame_put_u32(f, v->kind);
	frame_put_text(f, v->alert);
	frame_put_text(f, v->fingerprint);
	frame_put_text(f, v->check_title);
	frame_put_u32(f, v->level);
	frame_put_u32(f, v->previous);
	frame_put_text(f, v->title);
	frame_put_text(f, v->body);
	frame_put_i64(f, v->start_by);
	put_u64(f, v->sequence);
}

int
ctl_get_event(struct frame *f, struct arena *a, struct ctl_event *v, struct err *e)
{
	uint32_t kind = frame_get_u32(f), level, previous;

	v->alert = get_text(f, a);
	v->fingerprint = get_text(f, a);
	v->check_title = get_text(f, a);
	level = frame_get_u32(f);
	previous = frame_get_u32(f);
	v->title = get_text(f, a);
	v->body = get_text(f, a);
	v->start_by = frame_get_i64(f);
	v->sequence = get_u64(f);
	v->kind = (enum event_kind)kind;
	v->level = (enum level)level;
	v->previous = (enum level)previous;
	return whole(f, kind < EVENT_KINDS && level < LEVEL_N && previous < LEVEL_N, "an event", e);
}
