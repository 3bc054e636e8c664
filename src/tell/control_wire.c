/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the tables of the messages on the control socket.
 */
#include "tell/control_wire.h"

#include "base/fields.h"

/* Reads all of a frame by its table. what: the noun of the refusal. */
static int
take(struct frame *f, const struct field *table, void *to, struct arena *a, const char *what,
    struct err *e)
{
	fields_get(f, table, to, a);
	if (frame_ok(f) && fields_fault(table, to) == NULL)
		return 0;
	return err_set(e, ERR_PARSE, "%s that is cut or out of range", what);
}

static const struct field request_fields[] = {
	FIELD_WORDS(struct ctl_request, pattern),
	FIELD_WORDS(struct ctl_request, text),
	FIELD_I64(struct ctl_request, until),
	FIELD_FLAG(struct ctl_request, stop_too),
	FIELD_I64(struct ctl_request, row),
	FIELD_ENUM(struct ctl_request, upto, enum level, LEVEL_N),
	FIELD_WORDS(struct ctl_request, approver),
	FIELD_WORDS(struct ctl_request, measure),
	FIELDS_END,
};

/* Behind the others, of this request alone: the older ones keep their bytes. */
static const struct field accept_fields[] = {
	FIELD_WORDS(struct ctl_request, target),
	FIELD_WORDS(struct ctl_request, rule),
	FIELDS_END,
};

void
ctl_put_request(struct frame *f, const struct ctl_request *r)
{
	frame_restart(f, r->kind);
	fields_put(f, request_fields, r);
	if (r->kind == CTL_ACCEPT)
		fields_put(f, accept_fields, r);
}

static bool
is_request(uint32_t kind)
{
	return (kind >= CTL_STATUS && kind <= CTL_SUBSCRIBE) || kind == CTL_EXCEPT ||
	       kind == CTL_UNEXCEPT || kind == CTL_METRICS || kind == CTL_CONFIRM ||
	       kind == CTL_RUN || kind == CTL_HISTORY || kind == CTL_ROUTES || kind == CTL_ACCEPT ||
	       kind == CTL_PAST;
}

int
ctl_get_request(struct frame *f, struct arena *a, struct ctl_request *r, struct err *e)
{
	*r = (struct ctl_request){ .kind = (enum control_kind)f->kind };
	f->bad = f->bad || !is_request(f->kind);
	if (r->kind == CTL_ACCEPT) {
		fields_get(f, request_fields, r, a);
		f->bad = f->bad || fields_fault(request_fields, r) != NULL;
		return take(f, accept_fields, r, a, "a request", e);
	}
	return take(f, request_fields, r, a, "a request", e);
}

static const struct field route_fields[] = {
	FIELD_WORDS(struct ctl_route, sink),
	FIELD_FLAG(struct ctl_route, answered),
	FIELD_FLAG(struct ctl_route, taken),
	FIELD_WORDS(struct ctl_route, answer),
	FIELD_I64(struct ctl_route, tested),
	FIELD_I64(struct ctl_route, confirmed),
	FIELDS_END,
};

void
ctl_put_route(struct frame *f, const struct ctl_route *r)
{
	frame_restart(f, CTL_ROUTE);
	fields_put(f, route_fields, r);
}

int
ctl_get_route(struct frame *f, struct arena *a, struct ctl_route *r, struct err *e)
{
	return take(f, route_fields, r, a, "a route", e);
}

static const struct field counts_fields[] = {
	FIELD_U64(struct event_counts, level[0], .times = LEVEL_N),
	FIELD_U64(struct event_counts, excepted),
	FIELD_U64(struct event_counts, checks),
	FIELD_U64(struct event_counts, outbox),
	FIELD_U64(struct event_counts, dropped),
	FIELD_I64(struct event_counts, oldest),
	FIELDS_END,
};

static const struct field head_fields[] = {
	FIELD_WORDS(struct ctl_head, site),
	FIELD_WORDS(struct ctl_head, host),
	FIELD_WORDS(struct ctl_head, version),
	FIELD_I64(struct ctl_head, now),
	FIELD_I64(struct ctl_head, started),
	FIELD_U64(struct ctl_head, sequence),
	FIELD_PART(struct ctl_head, counts, struct event_counts, counts_fields),
	FIELD_I64(struct ctl_head, tested),
	FIELD_I64(struct ctl_head, confirmed),
	FIELD_FLAG(struct ctl_head, measuring),
	FIELDS_END,
};

void
ctl_put_head(struct frame *f, const struct ctl_head *h)
{
	frame_restart(f, CTL_HEAD);
	fields_put(f, head_fields, h);
}

int
ctl_get_head(struct frame *f, struct arena *a, struct ctl_head *h, struct err *e)
{
	return take(f, head_fields, h, a, "a head", e);
}

static const struct field clock_fields[] = {
	FIELD_FLAG(struct host_clock, measured),
	FIELD_F64(struct host_clock, offset),
	FIELD_F64(struct host_clock, bound),
	FIELDS_END,
};

static const struct field check_fields[] = {
	FIELD_WORDS(struct ctl_check, id),
	FIELD_WORDS(struct ctl_check, probe),
	FIELD_WORDS(struct ctl_check, title),
	FIELD_MAYBE(struct ctl_check, owner),
	FIELD_MAYBE(struct ctl_check, owner_name),
	FIELD_MAYBE(struct ctl_check, secondary),
	FIELD_MAYBE(struct ctl_check, secondary_name),
	FIELD_I64(struct ctl_check, taken),
	FIELD_I64(struct ctl_check, since),
	FIELD_I64(struct ctl_check, succeeded),
	FIELD_I64(struct ctl_check, valid_until),
	FIELD_I64(struct ctl_check, took),
	FIELD_I64(struct ctl_check, lead, .lo = -1, .hi = INT64_MAX),
	FIELD_FLAG(struct ctl_check, auto_renew),
	FIELD_I64(struct ctl_check, ahead),
	FIELD_I64(struct ctl_check, doubt),
	FIELD_U32(struct ctl_check, items),
	FIELD_PART(struct ctl_check, clock, struct host_clock, clock_fields),
	FIELD_MAYBE(struct ctl_check, cell),
	FIELDS_END,
};

void
ctl_put_check(struct frame *f, const struct ctl_check *c)
{
	frame_restart(f, CTL_CHECK);
	fields_put(f, check_fields, c);
}

int
ctl_get_check(struct frame *f, struct arena *a, struct ctl_check *c, struct err *e)
{
	return take(f, check_fields, c, a, "a check", e);
}

static const struct field alert_fields[] = {
	FIELD_WORDS(struct ctl_alert, alert),
	FIELD_WORDS(struct ctl_alert, fingerprint),
	FIELD_WORDS(struct ctl_alert, check),
	FIELD_WORDS(struct ctl_alert, target),
	FIELD_WORDS(struct ctl_alert, rule),
	FIELD_WORDS(struct ctl_alert, check_title),
	FIELD_WORDS(struct ctl_alert, title),
	FIELD_WORDS(struct ctl_alert, body),
	FIELD_WORDS(struct ctl_alert, acked_by),
	FIELD_WORDS(struct ctl_alert, note),
	FIELD_ENUM(struct ctl_alert, level, enum level, LEVEL_N),
	FIELD_ENUM(struct ctl_alert, told, enum level, LEVEL_N),
	FIELD_ENUM(struct ctl_alert, gate, enum gate, GATE_N),
	FIELD_FLAG(struct ctl_alert, open),
	FIELD_FLAG(struct ctl_alert, acked),
	FIELD_FLAG(struct ctl_alert, flapping),
	FIELD_ENUM(struct ctl_alert, turn, enum stand_turn, STAND_TURNS),
	FIELD_I64(struct ctl_alert, turn_since),
	FIELD_I64(struct ctl_alert, since),
	FIELD_I64(struct ctl_alert, tried),
	FIELD_I64(struct ctl_alert, succeeded),
	FIELD_I64(struct ctl_alert, exception),
	FIELD_I64(struct ctl_alert, excepted_until),
	FIELD_I64(struct ctl_alert, ack_until),
	FIELD_I64(struct ctl_alert, start_by),
	FIELDS_END,
};

void
ctl_put_alert(struct frame *f, const struct ctl_alert *a)
{
	frame_restart(f, CTL_ALERT);
	fields_put(f, alert_fields, a);
}

int
ctl_get_alert(struct frame *f, struct arena *a, struct ctl_alert *out, struct err *e)
{
	return take(f, alert_fields, out, a, "an alert", e);
}

static const struct field silenced_fields[] = {
	FIELD_I64(struct ctl_silenced, row),
	FIELD_WORDS(struct ctl_silenced, pattern),
	FIELD_I64(struct ctl_silenced, silence.from),
	FIELD_I64(struct ctl_silenced, silence.until),
	FIELD_FLAG(struct ctl_silenced, silence.stop_too),
	FIELD_WORDS(struct ctl_silenced, silence.by),
	FIELD_WORDS(struct ctl_silenced, silence.reason),
	FIELD_FLAG(struct ctl_silenced, matches),
	FIELDS_END,
};

void
ctl_put_silenced(struct frame *f, const struct ctl_silenced *s)
{
	frame_restart(f, CTL_SILENCED);
	fields_put(f, silenced_fields, s);
}

int
ctl_get_silenced(struct frame *f, struct arena *a, struct ctl_silenced *s, struct err *e)
{
	return take(f, silenced_fields, s, a, "a silence", e);
}

static const struct field excepted_fields[] = {
	FIELD_I64(struct ctl_excepted, row),
	FIELD_WORDS(struct ctl_excepted, pattern),
	FIELD_I64(struct ctl_excepted, exception.from),
	FIELD_I64(struct ctl_excepted, exception.until),
	FIELD_ENUM(struct ctl_excepted, exception.upto, enum level, LEVEL_N),
	FIELD_WORDS(struct ctl_excepted, exception.reason),
	FIELD_WORDS(struct ctl_excepted, exception.approver),
	FIELD_WORDS(struct ctl_excepted, exception.measure),
	FIELD_FLAG(struct ctl_excepted, matches),
	FIELDS_END,
};

void
ctl_put_excepted(struct frame *f, const struct ctl_excepted *x)
{
	frame_restart(f, CTL_EXCEPTED);
	fields_put(f, excepted_fields, x);
}

int
ctl_get_excepted(struct frame *f, struct arena *a, struct ctl_excepted *x, struct err *e)
{
	return take(f, excepted_fields, x, a, "an exception", e);
}

static const struct field accepted_fields[] = {
	FIELD_I64(struct ctl_accepted, row),
	FIELD_WORDS(struct ctl_accepted, check),
	FIELD_WORDS(struct ctl_accepted, accept.target),
	FIELD_WORDS(struct ctl_accepted, accept.rule),
	FIELD_WORDS(struct ctl_accepted, accept.finding),
	FIELD_I64(struct ctl_accepted, accept.at),
	FIELD_WORDS(struct ctl_accepted, accept.by),
	FIELD_WORDS(struct ctl_accepted, accept.reason),
	FIELD_WORDS(struct ctl_accepted, login),
	FIELD_WORDS(struct ctl_accepted, summary),
	FIELD_I64(struct ctl_accepted, ended),
	FIELDS_END,
};

void
ctl_put_accepted(struct frame *f, const struct ctl_accepted *v)
{
	frame_restart(f, CTL_ACCEPTED);
	fields_put(f, accepted_fields, v);
}

int
ctl_get_accepted(struct frame *f, struct arena *a, struct ctl_accepted *v, struct err *e)
{
	return take(f, accepted_fields, v, a, "an accepted finding", e);
}

/* A message of one text: no struct, so that its address stands for one. */
static const struct field text_fields[] = {
	{ .kind = FIELDS_WORDS, .name = "text" },
	FIELDS_END,
};

void
ctl_put_piece(struct frame *f, const char *text)
{
	frame_restart(f, CTL_TEXT);
	frame_put_text(f, text);
}

int
ctl_get_piece(struct frame *f, struct arena *a, const char **text, struct err *e)
{
	return take(f, text_fields, text, a, "a piece of text", e);
}

static const struct field done_fields[] = {
	FIELD_U64(struct ctl_done, n),
	FIELD_U64(struct ctl_done, things),
	FIELD_U64(struct ctl_done, open),
	FIELD_I64(struct ctl_done, until),
	FIELDS_END,
};

void
ctl_put_done(struct frame *f, const struct ctl_done *d)
{
	frame_restart(f, CTL_DONE);
	fields_put(f, done_fields, d);
}

int
ctl_get_done(struct frame *f, struct ctl_done *d, struct err *e)
{
	return take(f, done_fields, d, NULL, "an end", e);
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
	return take(f, text_fields, why, a, "a refusal", e);
}

static const struct field event_fields[] = {
	FIELD_ENUM(struct ctl_event, kind, enum event_kind, EVENT_KINDS),
	FIELD_WORDS(struct ctl_event, alert),
	FIELD_WORDS(struct ctl_event, fingerprint),
	FIELD_WORDS(struct ctl_event, check_title),
	FIELD_ENUM(struct ctl_event, level, enum level, LEVEL_N),
	FIELD_ENUM(struct ctl_event, previous, enum level, LEVEL_N),
	FIELD_WORDS(struct ctl_event, title),
	FIELD_WORDS(struct ctl_event, body),
	FIELD_I64(struct ctl_event, start_by),
	FIELD_U64(struct ctl_event, sequence),
	FIELDS_END,
};

void
ctl_put_event(struct frame *f, const struct event *v)
{
	const struct ctl_event part = { v->kind, v->alert, v->fingerprint, v->check_title, v->level,
		v->previous, v->title, v->body, v->start_by, v->sequence };

	frame_restart(f, CTL_EVENT);
	fields_put(f, event_fields, &part);
}

int
ctl_get_event(struct frame *f, struct arena *a, struct ctl_event *v, struct err *e)
{
	return take(f, event_fields, v, a, "an event", e);
}
