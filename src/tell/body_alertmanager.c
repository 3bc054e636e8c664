/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the body for Prometheus Alertmanager, POST /api/v2/alerts: an array of {labels, annotations,
 * startsAt, endsAt}.
 *
 * Its fingerprint is that of all labels, so severity is a part of it: when the level changes, the
 * alert under the level before is ended in the same body, or both would fire.
 *
 * It compares our times with its own clock. Two alerts of one fingerprint are merged and the later
 * endsAt wins unless the new one lies in the past (types.Alert.Merge), so an end must be past for
 * sure: what is over ends END_MARGIN before it was over. Where our clock's offset is unknown no
 * time of ours may decide: what fires does so until we say that it is over (FAR), and what is over
 * ended at a moment that is past for certain (PAST). A wrong clock would else end in "start time
 * must be before end time" or in an alert that never fires or never ends. startsAt is then for show
 * only: left out, it would be taken from endsAt, which is FAR.
 */
#include "tell/body_private.h"
#include "tell/body_words.h"

#include <string.h>

#define END_MARGIN SPAN_MIN                    /* its clock may be that far behind */
#define FAR ((instant)4102444800 * INSTANT_S)  /* 2100-01-01T00:00:00Z */
#define PAST ((instant)1767225600 * INSTANT_S) /* 2026-01-01T00:00:00Z, before this was written */
#define TEST_FIRES SPAN_H                      /* a test alert nobody confirms */
#define HEARTBEAT_FIRES (15 * SPAN_MIN)        /* silence for that long, and it is over */
#define DETAILS_ROOM ((size_t)100)             /* what follows the details: an ellipsis, brackets */

/* "clock.offset" gives "ForewarnClockOffset". */
static void
alert_name(const struct event *v, struct str *out)
{
	const char *rule = v->rule;
	bool upper = true;

	if (v->kind == EVENT_HEARTBEAT)
		rule = "heartbeat";
	else if (*body_or(rule) == '\0')
		rule = v->kind == EVENT_DEGRADED ? "delivery"
		       : v->kind == EVENT_TEST   ? "test"
						 : "alert";
	if (strncmp(rule, "forewarn.", 9) == 0)
		rule += 9;
	str_add(out, "Forewarn");
	for (; *rule != '\0' && out->len < BODY_RULE_CHARS; rule++) {
		bool lower = *rule >= 'a' && *rule <= 'z';

		if (lower || (*rule >= 'A' && *rule <= 'Z') || (*rule >= '0' && *rule <= '9')) {
			str_addc(out, (char)(lower && upper ? *rule - 32 : *rule));
			upper = false;
		} else
			upper = true;
	}
}

/* A label that is empty is no label to Alertmanager. */
static void
label(struct json *j, const char *name, const char *text, size_t max_chars)
{
	if (*body_or(text) != '\0')
		body_member(j, name, text, max_chars);
}

static void
labels(struct json *j, const struct event *v, enum level l)
{
	struct str name;

	str_init(&name, 2 * BODY_RULE_CHARS);
	alert_name(v, &name);
	json_object(j, "labels");
	json_text(j, "alertname", name.s);
	label(j, "site", v->site, BODY_NAME_CHARS);
	label(j, "host", v->host, BODY_NAME_CHARS);
	label(j, "check", v->check, BODY_NAME_CHARS);
	label(j, "target", v->target, BODY_TARGET_CHARS);
	label(j, "rule", v->rule, BODY_RULE_CHARS);
	json_text(j, "severity", v->kind == EVENT_HEARTBEAT ? "none" : level_name(l));
	json_object_end(j);
	str_fini(&name);
}

static void
when(struct json *j, const char *name, instant t)
{
	char buf[INSTANT_TEXT];

	if (t != INSTANT_NONE)
		json_text(j, name, instant_text(t, buf));
}

static void
add_detail(void *self, const char *name, const char *value)
{
	struct str *out = self;

	str_addf(out, "%s%s: %s", out->len > 0 ? "\n" : "", name, value);
}

/* What does not fit is evidence, which comes last in the details; an ellipsis says so. */
static void
details(struct json *j, const struct event *v, size_t already)
{
	size_t room = already + DETAILS_ROOM < BODY_MAX ? BODY_MAX - already - DETAILS_ROOM : 0;
	size_t bytes = 0; /* in JSON */
	struct str all, cut;

	str_init(&all, 2 * BODY_MAX);
	str_init(&cut, 2 * BODY_MAX);
	body_details(v, add_detail, &all);
	for (size_t at = 0; at < all.len; at++) {
		bytes += strchr("\"\\\n", all.s[at]) != NULL ? 2 : 1;
		/* never in the middle of a character */
		if (bytes > room && ((unsigned char)all.s[at] & 0xc0) != 0x80) {
			str_add(&cut, "\xe2\x80\xa6");
			break;
		}
		str_addc(&cut, all.s[at]);
	}
	if (cut.len > 0)
		json_text(j, "details", cut.s);
	str_fini(&all);
	str_fini(&cut);
}

static void
annotations(struct json *j, const struct event *v, size_t already)
{
	json_object(j, "annotations");
	label(j, "summary", v->title, EVENT_TITLE_MAX);
	label(j, "description", v->body, EVENT_BODY_MAX);
	label(j, "do_now", v->parts.do_now, BODY_PART_CHARS);
	when(j, "start_by", v->start_by);
	if (v->deadline.kind != DEADLINE_NONE)
		when(j, "deadline", v->deadline.at);
	label(j, "owner", v->owner, BODY_NAME_CHARS);
	label(j, "secondary", v->secondary, BODY_NAME_CHARS);
	label(j, "alert", v->alert, BODY_ID_CHARS);
	json_text(j, "event", v->id);
	details(j, v, already + j->out->len);
	json_object_end(j);
}

static span
fires_for(const struct body_terms *t, enum event_kind k)
{
	if (k == EVENT_TEST)
		return TEST_FIRES;
	if (k == EVENT_HEARTBEAT)
		return HEARTBEAT_FIRES;
	return t->firing_for > 0 ? t->firing_for : BODY_FIRING_FOR;
}

static instant
between(instant lo, instant t, instant hi)
{
	return t < lo ? lo : t > hi ? hi : t;
}

static void
firing(struct json *j, const struct body_terms *t, const struct event *v, size_t others)
{
	instant now = event_true_time(v), since = body_true(v, v->since);
	bool brief = v->kind == EVENT_TEST || v->kind == EVENT_HEARTBEAT;

	json_object(j, NULL);
	labels(j, v, v->level);
	if (v->clock.measured) {
		if (since != INSTANT_NONE)
			when(j, "startsAt", since < now ? since : now);
		when(j, "endsAt", instant_plus(now, fires_for(t, v->kind)));
	} else if (!brief) { /* a brief one ends by the receiver's resolve_timeout */
		when(j, "startsAt", between(PAST, since != INSTANT_NONE ? since : now, FAR));
		when(j, "endsAt", FAR);
	}
	annotations(j, v, others);
	json_object_end(j);
}

static void
ended(struct json *j, const struct event *v, enum level l)
{
	instant since = body_true(v, v->since), end = PAST;

	if (v->clock.measured)
		end = instant_plus(
		    event_true_time(v), -END_MARGIN - span_from_seconds(v->clock.bound));
	json_object(j, NULL);
	labels(j, v, l);
	when(
	    j, "startsAt", v->clock.measured && since != INSTANT_NONE && since < end ? since : end);
	when(j, "endsAt", end);
	if (event_closes(v->kind)) {
		json_object(j, "annotations");
		label(j, "summary", v->title, EVENT_TITLE_MAX);
		label(j, "description", v->body, EVENT_BODY_MAX);
		label(j, "alert", v->alert, BODY_ID_CHARS);
		json_text(j, "event", v->id);
		json_object_end(j);
	}
	json_object_end(j);
}

/* Was it told under that level, and not told to be over since? */
static bool
to_end(const struct event *v, enum level l)
{
	bool any = v->folded > 0 || (event_closes(v->kind) && v->previous == LEVEL_OK);

	if (l == LEVEL_OK || !body_is_alert(v->kind))
		return false;
	if (!event_closes(v->kind) && l == v->level)
		return false;
	return any || l == v->previous;
}

int
body_alertmanager(const struct body_terms *t, const struct event *v, struct str *out, struct err *e)
{
	struct str others; /* first written apart: the details get the room that is left */
	struct json j;

	(void)e;
	str_init(&others, 2 * BODY_MAX);
	json_init(&j, &others);
	for (int l = LEVEL_OK; l < LEVEL_N; l++)
		if (to_end(v, (enum level)l))
			ended(&j, v, (enum level)l);
	json_init(&j, out);
	json_array(&j, NULL);
	if (!event_closes(v->kind))
		firing(&j, t, v, others.len);
	if (others.len > 0 && !event_closes(v->kind))
		str_addc(out, ',');
	str_addn(out, others.s, others.len);
	json_array_end(&j);
	str_fini(&others);
	return 0;
}
