/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the daemon's answer as it is gathered, sorted and counted.
 */
#include "tray/facts.h"

#include <stdlib.h>
#include <string.h>

#define ARENA_MAX ((size_t)64 << 20)

struct facts *
facts_new(void)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct facts *f = arena_alloc(a, sizeof(*f));

	f->a = a;
	f->reach = REACH_ABSENT;
	f->since = INSTANT_NONE;
	f->head = (struct ctl_head){ .site = "",
		.host = "",
		.version = "",
		.tested = INSTANT_NONE,
		.confirmed = INSTANT_NONE };
	return f;
}

void
facts_free(struct facts *f)
{
	if (f != NULL)
		arena_free(f->a);
}

static int
take_alert(struct facts *f, struct frame *frame, struct err *e)
{
	struct ctl_alert in;

	if (ctl_get_alert(frame, f->a, &in, e) < 0)
		return -1;
	f->v = arena_grow(f->a, f->v, f->n, &f->cap, sizeof(*f->v));
	f->v[f->n++] = (struct fact){ .alert = in.open ? in.alert : "",
		.fingerprint = in.fingerprint,
		.check = in.check,
		.check_title = in.check_title,
		.title = in.title[0] != '\0' ? in.title : in.check_title,
		.body = in.body,
		.acked_by = in.acked_by,
		.level = in.level,
		.gate = in.gate,
		.open = in.open,
		.acked = in.acked,
		.since = in.since,
		.turn = in.turn,
		.turn_since = in.turn_since,
		.tried = in.tried,
		.succeeded = in.succeeded,
		.excepted_until = in.excepted_until,
		.start_by = in.start_by };
	return 0;
}

int
facts_take(struct facts *f, struct frame *frame, struct err *e)
{
	struct ctl_excepted over;

	switch (frame->kind) {
	case CTL_HEAD:
		f->reach = REACH_OK;
		return ctl_get_head(frame, f->a, &f->head, e);
	case CTL_ALERT:
		return take_alert(f, frame, e);
	case CTL_SILENCED:
		f->silenced = arena_grow(
		    f->a, f->silenced, f->nsilenced, &f->cap_silenced, sizeof(*f->silenced));
		return ctl_get_silenced(frame, f->a, &f->silenced[f->nsilenced++], e);
	case CTL_EXCEPTED:
		return ctl_get_excepted(frame, f->a, &over, e);
	default:
		return err_set(e, ERR_PARSE, "forewarnd sent a message of kind %u", frame->kind);
	}
}

enum sign
fact_sign(const struct fact *v)
{
	return sign_of(v->level, v->gate == GATE_EXCEPTED);
}

enum sign
facts_sign(const struct facts *f)
{
	return sign_of(f->level, f->level == LEVEL_OK && f->excepted > 0);
}

static int
by_urgency(const void *va, const void *vb)
{
	const struct fact *a = va, *b = vb;
	instant at = a->start_by == INSTANT_NONE ? INT64_MAX : a->start_by;
	instant bt = b->start_by == INSTANT_NONE ? INT64_MAX : b->start_by;

	if (fact_sign(a) != fact_sign(b))
		return fact_sign(a) > fact_sign(b) ? -1 : 1;
	if (at != bt)
		return at < bt ? -1 : 1;
	if (a->since != b->since)
		return a->since < b->since ? -1 : 1;
	return strcmp(a->fingerprint, b->fingerprint);
}

static size_t *
counter(struct facts *f, const struct fact *v)
{
	if (v->gate == GATE_EXCEPTED)
		return &f->excepted;
	if (v->level == LEVEL_PLAN)
		return &f->plans;
	return v->acked ? &f->taken : &f->needs;
}

void
facts_done(struct facts *f)
{
	size_t kept = 0;

	for (size_t i = 0; i < f->n; i++)
		/* what follows from other trouble is told by that */
		if (f->v[i].gate != GATE_PARENT && f->v[i].level != LEVEL_OK)
			f->v[kept++] = f->v[i];
	f->n = kept;
	if (kept > 0)
		qsort(f->v, kept, sizeof(*f->v), by_urgency);
	/* those excepted come last */
	f->level = kept > 0 && f->v[0].gate != GATE_EXCEPTED ? f->v[0].level : LEVEL_OK;
	f->needs = f->taken = f->plans = f->excepted = 0;
	for (size_t i = 0; i < kept; i++)
		(*counter(f, &f->v[i]))++;
}

static const char *
copy(struct facts *f, const char *text)
{
	return arena_text(f->a, text);
}

static struct fact
copy_fact(struct facts *f, const struct fact *of)
{
	struct fact v = *of;

	v.alert = copy(f, of->alert);
	v.fingerprint = copy(f, of->fingerprint);
	v.check = copy(f, of->check);
	v.check_title = copy(f, of->check_title);
	v.title = copy(f, of->title);
	v.body = copy(f, of->body);
	v.acked_by = copy(f, of->acked_by);
	return v;
}

struct facts *
facts_lost(const struct facts *old, enum facts_reach reach, instant now)
{
	struct facts *f = facts_new();

	f->reach = reach;
	f->since = old->reach == reach && old->since != INSTANT_NONE ? old->since : now;
	f->head = old->head;
	f->head.site = copy(f, old->head.site);
	f->head.host = copy(f, old->head.host);
	f->head.version = copy(f, old->head.version);
	f->level = LEVEL_UNKNOWN;
	f->v = arena_array(f->a, old->n + 1, sizeof(*f->v));
	f->cap = old->n + 1;
	for (; f->n < old->n; f->n++)
		f->v[f->n] = copy_fact(f, &old->v[f->n]);
	return f;
}

const struct fact *
facts_find(const struct facts *f, const char *alert)
{
	for (size_t i = 0; i < f->n && alert[0] != '\0'; i++)
		if (strcmp(f->v[i].alert, alert) == 0)
			return &f->v[i];
	return NULL;
}

bool
fact_calls(const struct fact *v)
{
	return v->open && !v->acked && v->gate == GATE_NONE && v->level > LEVEL_PLAN;
}

int64_t
facts_run_silence(const struct facts *f, const char *by, instant now)
{
	for (size_t i = 0; i < f->nsilenced; i++) {
		const struct ctl_silenced *s = &f->silenced[i];

		if (s->silence.until > now && strcmp(s->silence.reason, FACTS_RUN_REASON) == 0 &&
		    strcmp(s->silence.by, by) == 0)
			return s->row;
	}
	return -1;
}
