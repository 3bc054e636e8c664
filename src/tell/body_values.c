/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the table of names that a template may use.
 */
#include "tell/body_values.h"

#include "tell/body_private.h"
#include "tell/body_words.h"

#include <inttypes.h>
#include <string.h>

#define DETAILS_MAX ((size_t)16384)

static void
get_deadline(const struct event *v, const struct body_terms *t, struct str *out)
{
	char buf[INSTANT_TEXT];

	(void)t;
	if (v->deadline.kind != DEADLINE_NONE && v->deadline.at != INSTANT_NONE)
		str_add(out, instant_text(v->deadline.at, buf));
}

static void
add_time(struct str *out, instant t)
{
	char buf[INSTANT_TEXT];

	if (t != INSTANT_NONE)
		str_add(out, instant_text(t, buf));
}

static void
get_since(const struct event *v, const struct body_terms *t, struct str *out)
{
	(void)t;
	if (v->since != 0) /* of a digest */
		add_time(out, body_true(v, v->since));
}

static void
get_start_by(const struct event *v, const struct body_terms *t, struct str *out)
{
	(void)t;
	add_time(out, v->start_by);
}

static void
get_time(const struct event *v, const struct body_terms *t, struct str *out)
{
	(void)t;
	add_time(out, event_true_time(v));
}

static void
add_detail(void *self, const char *label, const char *value)
{
	struct str *out = self;

	if (out->len > 0)
		str_addc(out, '\n');
	str_addf(out, "%s: %s", label, value);
}

static void
get_details(const struct event *v, const struct body_terms *t, struct str *out)
{
	struct str s;

	(void)t;
	str_init(&s, DETAILS_MAX);
	body_details(v, add_detail, &s);
	str_addn(out, s.s, s.len);
	str_fini(&s);
}

static void
get_id(const struct event *v, const struct body_terms *t, struct str *out)
{
	(void)t;
	str_add(out, v->id);
}

static void
get_level(const struct event *v, const struct body_terms *t, struct str *out)
{
	(void)t;
	str_add(out, level_name(v->level));
}

static void
get_previous(const struct event *v, const struct body_terms *t, struct str *out)
{
	(void)t;
	str_add(out, level_name(v->previous));
}

static void
get_state(const struct event *v, const struct body_terms *t, struct str *out)
{
	(void)t;
	str_add(out, body_state(v));
}

static void
get_type(const struct event *v, const struct body_terms *t, struct str *out)
{
	(void)t;
	str_add(out, event_type(v->kind));
}

static void
get_topic(const struct event *v, const struct body_terms *t, struct str *out)
{
	(void)v;
	body_clean(out, t->topic, BODY_ID_CHARS);
}

static void
get_sequence(const struct event *v, const struct body_terms *t, struct str *out)
{
	(void)t;
	str_addf(out, "%" PRIu64, v->sequence);
}

static void
get_folded(const struct event *v, const struct body_terms *t, struct str *out)
{
	(void)t;
	str_addf(out, "%" PRIu64, v->folded);
}

static void
get_suppressed(const struct event *v, const struct body_terms *t, struct str *out)
{
	(void)t;
	str_addf(out, "%" PRIu64, v->suppressed);
}

/* Of what is over the calmest of each scale. */
static void
scale(const struct event *v, struct str *out, const unsigned by_level[LEVEL_N])
{
	enum level l = event_closes(v->kind) ? LEVEL_OK : v->level;

	str_addf(out, "%u", by_level[l]);
}

/* RGB: green, blue, grey, orange, red; never the only signal */
static void
get_colour(const struct event *v, const struct body_terms *t, struct str *out)
{
	static const unsigned colours[LEVEL_N] = { 0x2e7d32, 0x1565c0, 0x616161, 0xef6c00,
		0xc62828 };

	(void)t;
	scale(v, out, colours);
}

/* ntfy: 5 max, 3 default, 1 min */
static void
get_priority(const struct event *v, const struct body_terms *t, struct str *out)
{
	static const unsigned priorities[LEVEL_N] = { 2, 2, 3, 4, 5 };

	(void)t;
	scale(v, out, priorities);
}

static void
get_severity(const struct event *v, const struct body_terms *t, struct str *out)
{
	(void)t;
	str_addf(out, "%d", body_severity(v->level));
}

#define TEXT(name, member, max)                                                                    \
	{                                                                                          \
		name, false, offsetof(struct event, member), NULL, max                             \
	}
#define TEXT_BY(name, get)                                                                         \
	{                                                                                          \
		name, false, 0, get, 0                                                             \
	}
#define NUMBER(name, get)                                                                          \
	{                                                                                          \
		name, true, 0, get, 0                                                              \
	}

const struct template_value template_values[] = {
	TEXT("alert", alert, BODY_ID_CHARS),
	TEXT("body", body, EVENT_BODY_MAX),
	TEXT("check", check, BODY_NAME_CHARS),
	TEXT("check_title", check_title, BODY_NAME_CHARS),
	NUMBER("colour", get_colour),
	TEXT_BY("deadline", get_deadline),
	TEXT_BY("details", get_details),
	TEXT("do_now", parts.do_now, BODY_PART_CHARS),
	TEXT("fingerprint", fingerprint, BODY_FINGERPRINT_CHARS),
	NUMBER("folded", get_folded),
	TEXT("host", host, BODY_NAME_CHARS),
	TEXT_BY("id", get_id),
	TEXT_BY("level", get_level),
	TEXT("owner", owner, BODY_NAME_CHARS),
	TEXT_BY("previous", get_previous),
	NUMBER("priority", get_priority),
	TEXT("rule", rule, BODY_RULE_CHARS),
	TEXT("secondary", secondary, BODY_NAME_CHARS),
	NUMBER("sequence", get_sequence),
	NUMBER("severity", get_severity),
	TEXT_BY("since", get_since),
	TEXT("site", site, BODY_NAME_CHARS),
	TEXT("so_what", parts.so_what, BODY_PART_CHARS),
	TEXT_BY("start_by", get_start_by),
	TEXT_BY("state", get_state),
	NUMBER("suppressed", get_suppressed),
	TEXT("target", target, BODY_TARGET_CHARS),
	TEXT_BY("time", get_time),
	TEXT("title", title, EVENT_TITLE_MAX),
	TEXT_BY("topic", get_topic),
	TEXT_BY("type", get_type),
	TEXT("what", parts.what, BODY_PART_CHARS),
	TEXT("when", parts.when, BODY_PART_CHARS),
	TEXT("who", parts.who, BODY_PART_CHARS),
	{ 0 },
};

const struct template_value *
template_value_find(const char *name, size_t len)
{
	for (const struct template_value *x = template_values; x->name != NULL; x++)
		if (strlen(x->name) == len && memcmp(x->name, name, len) == 0)
			return x;
	return NULL;
}

void
template_value_get(const struct template_value *x, const struct event *v,
    const struct body_terms *t, struct str *out)
{
	const char *text;

	if (x->get != NULL) {
		x->get(v, t, out);
		return;
	}
	memcpy(&text, (const char *)v + x->text_at, sizeof(text));
	body_clean(out, text, x->max);
}
