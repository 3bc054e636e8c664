/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the body for PagerDuty, Events API v2. One incident an alert: dedup_key is the alert's id. A
 * second trigger under the same key is added to the incident's log and calls nobody again.
 */
#include "tell/body_private.h"
#include "tell/body_words.h"

#define DEDUP_CHARS 254 /* and an ellipsis: Events API v2, "dedup_key", at most 255 */
#define DETAILS_END (BODY_MAX - 400)

static const char *
action(enum event_kind k)
{
	if (k == EVENT_ACKNOWLEDGED)
		return "acknowledge";
	return event_closes(k) ? "resolve" : "trigger";
}

static const char *
severity(enum level l)
{
	static const char *const names[LEVEL_N] = { [LEVEL_OK] = "info",
		[LEVEL_PLAN] = "info",
		[LEVEL_UNKNOWN] = "warning",
		[LEVEL_ACT] = "error",
		[LEVEL_STOP] = "critical" };

	return names[l];
}

/* A member for each detail until the room is used up; then how many are missing. */
struct custom_details {
	struct json *j;
	size_t left_out;
};

static void
add_detail(void *self, const char *name, const char *value)
{
	struct custom_details *d = self;
	struct str *out = d->j->out;
	size_t mark = out->len;
	bool comma = d->j->comma;

	/* an object inside an array, so that a name may come twice */
	json_object(d->j, NULL);
	json_text(d->j, "name", name);
	json_text(d->j, "value", value);
	json_object_end(d->j);
	if (out->len <= DETAILS_END)
		return;
	out->len = mark;
	out->s[mark] = '\0';
	d->j->comma = comma;
	d->left_out++;
}

static void
custom_details(struct json *j, const struct event *v)
{
	struct custom_details d = { j, 0 };

	json_object(j, "custom_details");
	body_member(j, "body", v->body, EVENT_BODY_MAX);
	body_member(j, "when", v->parts.when, BODY_PART_CHARS);
	body_member(j, "so_what", v->parts.so_what, BODY_PART_CHARS);
	body_member(j, "do_now", v->parts.do_now, BODY_PART_CHARS);
	body_member(j, "who", v->parts.who, BODY_PART_CHARS);
	json_text(j, "level", level_name(v->level));
	json_text(j, "event", v->id);
	json_array(j, "details");
	body_details(v, add_detail, &d);
	json_array_end(j);
	json_int(j, "details_left_out", (int64_t)d.left_out);
	json_object_end(j);
}

static void
payload(struct json *j, const struct event *v)
{
	json_object(j, "payload");
	body_member(j, "summary", v->title, EVENT_TITLE_MAX);
	body_member(j, "source", v->host, BODY_NAME_CHARS);
	json_text(j, "severity", severity(v->level));
	json_time(j, "timestamp", event_true_time(v));
	body_member(j, "component", v->check, BODY_NAME_CHARS);
	body_member(j, "group", v->site, BODY_NAME_CHARS);
	body_member(j, "class", v->rule, BODY_RULE_CHARS);
	custom_details(j, v);
	json_object_end(j);
}

int
body_pagerduty(const struct body_terms *t, const struct event *v, struct str *out, struct err *e)
{
	const char *key = *body_or(v->alert) != '\0' ? v->alert : v->id;
	struct json j;

	(void)t, (void)e;
	json_init(&j, out);
	json_object(&j, NULL);
	json_text(&j, "routing_key", "@secret"); /* BODY_SECRET */
	json_text(&j, "event_action", action(v->kind));
	body_member(&j, "dedup_key", key, DEDUP_CHARS);
	if (v->kind != EVENT_ACKNOWLEDGED && !event_closes(v->kind)) {
		json_text(&j, "client", "forewarn");
		payload(&j, v);
	}
	json_object_end(&j);
	return 0;
}
