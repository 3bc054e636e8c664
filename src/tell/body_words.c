/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the details of an event in words.
 */
#include "tell/body_words.h"

#include "tell/body_private.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#define VALUE_MAX 8192

struct teller {
	void (*each)(void *self, const char *label, const char *value);
	void *self;
};

const char *
body_state(const struct event *v)
{
	return event_state(v->kind, v->level);
}

static void
add_day(struct str *out, instant t, bool year)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char *const months[] = { "January", "February", "March", "April", "May",
		"June", "July", "August", "September", "October", "November", "December" };
	struct civil c;

	instant_civil(t, &c);
	str_addf(out, "%s %d %s", days[c.weekday], c.day, months[c.month - 1]);
	if (year)
		str_addf(out, " %d", c.year);
}

const char *
body_moment(instant t, char buf[BODY_MOMENT])
{
	struct civil c;
	struct str s;

	buf[0] = '\0';
	if (t == INSTANT_NONE)
		return buf;
	str_init(&s, BODY_MOMENT - 1);
	instant_civil(t, &c);
	add_day(&s, t, true);
	snprintf(buf, BODY_MOMENT, "%s %02d:%02d UTC", s.s, c.hour, c.minute);
	str_fini(&s);
	return buf;
}

void
body_fails(const struct event *v, struct str *out)
{
	const struct deadline *d = &v->deadline;

	if (d->kind == DEADLINE_NONE || d->at == INSTANT_NONE)
		return;
	if (d->kind == DEADLINE_FORECAST && d->earliest != INSTANT_NONE &&
	    d->latest != INSTANT_NONE) {
		str_add(out, "between ");
		add_day(out, d->earliest, false);
		str_add(out, " and ");
		add_day(out, d->latest, true);
		str_add(out, ", most likely ");
		add_day(out, d->at, false);
	} else
		add_day(out, d->at, true);
}

static void
tell(const struct teller *t, const char *label, const char *value, size_t max_chars)
{
	struct str s;

	if (*body_or(value) == '\0')
		return;
	str_init(&s, VALUE_MAX);
	body_clean(&s, value, max_chars);
	t->each(t->self, label, s.s);
	str_fini(&s);
}

static void
range_words(struct str *out, const char *word, const struct range *r)
{
	if (!r->set || (isinf(r->lo) && isinf(r->hi)))
		return;
	str_addf(out, "; %s when %s ", word, r->inverted ? "inside" : "outside");
	if (isinf(r->lo))
		str_addf(out, "up to %g", r->hi);
	else if (isinf(r->hi))
		str_addf(out, "%g and more", r->lo);
	else
		str_addf(out, "%g to %g", r->lo, r->hi);
}

static void
metrics(const struct teller *t, const struct event *v)
{
	for (size_t i = 0; i < v->nmetrics; i++) {
		const struct metric *m = &v->metrics[i];
		const char *unit = unit_name(m->unit);
		struct str label, value;

		str_init(&label, BODY_KEY_CHARS * 4 + 8);
		body_clean(&label, m->name, BODY_KEY_CHARS);
		str_init(&value, VALUE_MAX);
		if (!isfinite(m->value))
			str_add(&value, "not measured");
		else
			str_addf(&value, "%.6g%s%s", m->value, *unit ? " " : "", unit);
		if (isfinite(m->value) && isfinite(m->bound) && m->bound > 0)
			str_addf(&value, ", right to within %.6g", m->bound);
		range_words(&value, "act", &m->warn);
		range_words(&value, "stop", &m->crit);
		t->each(t->self, label.s, value.s);
		str_fini(&label);
		str_fini(&value);
	}
}

static void
number(const struct teller *t, const char *label, uint64_t n, const char *after)
{
	char buf[96];

	if (n == 0)
		return;
	snprintf(buf, sizeof(buf), "%" PRIu64 "%s", n, after);
	t->each(t->self, label, buf);
}

static void
counts(const struct teller *t, const struct event *v)
{
	char buf[192];

	if (v->kind != EVENT_DIGEST && v->kind != EVENT_HEARTBEAT)
		return;
	snprintf(buf, sizeof(buf),
	    "%" PRIu64 " stop, %" PRIu64 " act, %" PRIu64 " could not check, %" PRIu64
	    " plan, %" PRIu64 " excepted, %" PRIu64 " fine",
	    v->counts.level[LEVEL_STOP], v->counts.level[LEVEL_ACT], v->counts.level[LEVEL_UNKNOWN],
	    v->counts.level[LEVEL_PLAN], v->counts.excepted, v->counts.level[LEVEL_OK]);
	t->each(t->self, "Things watched", buf);
	number(t, "Messages waiting", v->counts.outbox, "");
	number(t, "Messages given up", v->counts.dropped, "");
}

/* The alerts of a summary, of which each letter would have been. */
static void
lines(const struct teller *t, const struct event *v)
{
	for (size_t i = 0; i < v->nlines; i++)
		tell(t, event_state(v->lines[i].kind, v->lines[i].level), v->lines[i].title,
		    EVENT_TITLE_MAX);
}

static void
clock_words(const struct teller *t, const struct event *v)
{
	char buf[2 * SPAN_TEXT + 48], off[SPAN_TEXT], bound[SPAN_TEXT];

	if (!v->clock.measured)
		return;
	snprintf(buf, sizeof(buf), "%s %s, right to within %s",
	    span_words(span_from_seconds(fabs(v->clock.offset)), off),
	    v->clock.offset < 0 ? "slow" : "fast",
	    span_words(span_from_seconds(v->clock.bound), bound));
	t->each(t->self, "Clock of this host", buf);
}

static void
dates(const struct teller *t, const struct event *v)
{
	char buf[BODY_MOMENT];
	struct str s;

	str_init(&s, VALUE_MAX);
	if (!event_closes(v->kind))
		body_fails(v, &s);
	tell(t, "Fails", s.s, VALUE_MAX);
	str_clear(&s);
	if (v->start_by != INSTANT_NONE && !event_closes(v->kind))
		add_day(&s, v->start_by, true);
	tell(t, "Start by", s.s, VALUE_MAX);
	str_fini(&s);
	/* a digest and a heartbeat are of no moment when something began */
	if (v->since != INSTANT_NONE && v->since != 0)
		tell(t, "Since", body_moment(body_true(v, v->since), buf), VALUE_MAX);
	tell(t, "Told", body_moment(event_true_time(v), buf), VALUE_MAX);
}

void
body_details(const struct event *v, void (*each)(void *self, const char *label, const char *value),
    void *self)
{
	struct teller t = { each, self };

	lines(&t, v);
	counts(&t, v);
	metrics(&t, v);
	dates(&t, v);
	tell(&t, "Taken by", v->taken_by, BODY_NAME_CHARS);
	tell(&t, "Note", v->note, EVENT_NOTE_MAX);
	if (v->accepted != NULL) {
		tell(&t, "Accepted by", v->accepted->by, ACCEPT_BY_MAX);
		tell(&t, "Reason", v->accepted->reason, ACCEPT_REASON_MAX);
	}
	tell(&t, "Owner", v->owner, BODY_NAME_CHARS);
	tell(&t, "Else", v->secondary, BODY_NAME_CHARS);
	number(&t, "Because of this", v->suppressed, " more are not told one by one");
	number(&t, "Stands also for", v->folded, " earlier messages that did not get out");
	tell(&t, "Site", v->site, BODY_NAME_CHARS);
	tell(&t, "Host", v->host, BODY_NAME_CHARS);
	clock_words(&t, v);
	tell(&t, "Check", v->check, BODY_NAME_CHARS);
	tell(&t, "Target", v->target, BODY_TARGET_CHARS);
	tell(&t, "Rule", v->rule, BODY_RULE_CHARS);
	tell(&t, "Alert", v->alert, BODY_ID_CHARS);
	for (size_t i = 0; i < v->nevidence; i++) {
		struct str label;

		str_init(&label, BODY_KEY_CHARS * 4 + 8);
		body_clean(&label, v->evidence[i].key, BODY_KEY_CHARS);
		tell(&t, label.s, v->evidence[i].value, BODY_EVIDENCE_CHARS);
		str_fini(&label);
	}
}
