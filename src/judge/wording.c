/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the five parts of an alert's words.
 */
#include "judge/wording.h"

#include "base/day.h"
#include "judge/phrase.h"
#include "judge/writer.h"

#include <stdio.h>
#include <string.h>

#define REASON_SHOWN 100 /* characters of why it was accepted; the whole stands beside it */

static enum about
about(const struct wording_of *of)
{
	const struct item *it = of->item;
	enum policy_why why = of->told.why;

	if (of->told.kind == EVENT_RESOLVED)
		return ABOUT_END;
	if (of->told.kind == EVENT_EXCEPTED)
		return ABOUT_EXCEPTED;
	if (why == WHY_FLAPPING)
		return ABOUT_FLAPPING;
	if (why == WHY_STALE || why == WHY_LOST || it == NULL)
		return ABOUT_UNSEEN;
	/* what was found may be that something cannot be known */
	if (of->told.level == LEVEL_UNKNOWN && it->state != ITEM_FOUND)
		return ABOUT_UNSEEN;
	if (it->state == ITEM_FOUND || it->deadline.kind == DEADLINE_NONE)
		return ABOUT_STATE;
	return it->deadline.kind == DEADLINE_FORECAST ? ABOUT_FORECAST : ABOUT_DATE;
}

/* ---- parts */

static void
what(struct writer *w)
{
	const struct item *it = w->of->item;
	char *s = w->out->what, day[DAY_TEXT];

	if (w->about == ABOUT_END && w->of->told.why == WHY_RETIRED) {
		snprintf(s, WORDING_PART_SIZE, "It was taken out of the settings, or is gone.");
	} else if (w->about == ABOUT_END && (it == NULL || w->of->accepted != NULL)) {
		/* nothing was measured that could be told; or it is as it was, and WHEN says who
		 * accepts that */
		s[0] = '\0';
	} else if (it == NULL || w->of->told.why == WHY_STALE) {
		snprintf(s, WORDING_PART_SIZE, "No result has come since %s.",
		    w->of->taken == INSTANT_NONE ? "the start"
						 : day_clock(w->of->taken, w->now, day));
	} else {
		char doubt[WORDING_PART_SIZE];
		size_t n;

		/* room for the doubt, which is short and ours, and for the full stop */
		phrase_clean(doubt, sizeof(doubt), it->verdict.doubt, WORDING_WHAT_MAX / 4);
		phrase_clean(
		    s, WORDING_PART_SIZE, it->summary, WORDING_WHAT_MAX - 3 - phrase_chars(doubt));
		n = strlen(s);
		if (n > 0 && doubt[0] != '\0' && s[n - 1] != '.')
			snprintf(s + n, WORDING_PART_SIZE - n, ", %s", doubt);
	}
	phrase_stop(s, WORDING_PART_SIZE);
}

static void
when_date(struct writer *w, char *s)
{
	const struct item *it = w->of->item;
	char day[DAY_TEXT], left[DAY_TEXT], by[DAY_TEXT];
	bool today = day_distance(it->deadline.at, w->now) == 0;

	day_long(it->deadline.at, w->now, day);
	day_count(it->deadline.at, w->now, left);
	if (writer_ended(w))
		snprintf(s, WORDING_PART_SIZE,
		    today ? "It ended today." : "It ended on %s (%s ago).", day, left);
	else if (today)
		snprintf(s, WORDING_PART_SIZE, "It ends today.");
	else if (it->verdict.start_by == INSTANT_NONE)
		snprintf(s, WORDING_PART_SIZE, "It ends on %s (%s left).", day, left);
	else {
		day_long(it->verdict.start_by, w->now, by);
		snprintf(s, WORDING_PART_SIZE,
		    writer_can_start(w) ? "Start by %3$s; it ends on %1$s (%2$s left)."
					: "It ends on %1$s (%2$s left); the day to start was %3$s.",
		    day, left, by);
	}
}

static void
when_forecast(struct writer *w, char *s)
{
	const struct deadline *d = &w->of->item->deadline;
	char day[DAY_TEXT], range[DAY_TEXT];

	day_long(d->at, w->now, day);
	if (day_distance(d->earliest, d->latest) == 0)
		snprintf(s, WORDING_PART_SIZE, "It reaches its limit on %s.", day);
	else
		snprintf(s, WORDING_PART_SIZE, "It reaches its limit %s, most likely %s.",
		    day_range(d->earliest, d->latest, w->now, range), day);
}

static void
when_since(struct writer *w, char *s)
{
	char text[DAY_TEXT];
	bool fresh = w->of->told.kind == EVENT_RAISED;
	instant t = fresh ? w->of->taken : w->of->told.since;

	if (t == INSTANT_NONE || (fresh && w->of->told.why == WHY_STALE))
		return;
	snprintf(
	    s, WORDING_PART_SIZE, fresh ? "Seen %s." : "So since %s.", day_clock(t, w->now, text));
}

/* The new date; how many bytes. */
static size_t
when_now_ends(struct writer *w, char *s)
{
	char day[DAY_TEXT], left[DAY_TEXT];
	instant at = w->of->item->deadline.at;

	return (size_t)snprintf(s, WORDING_PART_SIZE, "It ends on %s (%s left). ",
	    day_long(at, w->now, day), day_count(at, w->now, left));
}

static void
when_over(struct writer *w, char *s)
{
	static const char *const was[LEVEL_N] = { "open", "due", "not checked", "wrong", "wrong" };
	const struct accept *by = w->of->accepted;
	char text[SPAN_TEXT], name[ACCEPT_BY_MAX * 4 + 8], why[REASON_SHOWN * 4 + 8];

	span_words(instant_minus(w->now, w->of->told.since), text);
	if (by == NULL) {
		size_t n = 0;

		if (writer_has_date(w))
			n = when_now_ends(w, s);
		snprintf(s + n, WORDING_PART_SIZE - n, "It was %s for %s.",
		    n > 0 && w->of->told.previous > LEVEL_UNKNOWN ? "open"
								  : was[w->of->told.previous],
		    text);
		return;
	}
	phrase_clean(name, sizeof(name), by->by, WORDING_NAME_MAX);
	phrase_clean(why, sizeof(why), by->reason, REASON_SHOWN);
	snprintf(s, WORDING_PART_SIZE, "It was open for %s. %s accepted it: %s", text, name, why);
	phrase_stop(s, WORDING_PART_SIZE);
}

static void
when_excepted(struct writer *w, char *s)
{
	char day[DAY_TEXT];

	snprintf(s, WORDING_PART_SIZE, "It counts again on %s.",
	    day_long(w->of->told.until, w->now, day));
}

/* Why it is told just now, where that is not plain. */
static const char *
occasion(enum policy_why why)
{
	switch (why) {
	case WHY_SILENCE_ENDED:
		return "The silence has ended, and it is still so.";
	case WHY_EXCEPTION_ENDED:
		return "Its exception has ended: it counts again.";
	case WHY_PARENT_BACK:
		return "Its cause is over, and it is still so.";
	case WHY_UNTAKEN:
		return "Nobody has taken it yet.";
	case WHY_ACK_ENDED:
		return "It was taken until now, and is still so.";
	default:
		return "";
	}
}

static void
when(struct writer *w)
{
	const char *why = occasion(w->of->told.why);
	char *s = w->out->when;
	size_t n;

	switch (w->about) {
	case ABOUT_DATE:
		when_date(w, s);
		break;
	case ABOUT_FORECAST:
		when_forecast(w, s);
		break;
	case ABOUT_EXCEPTED:
		when_excepted(w, s);
		break;
	case ABOUT_END:
		when_over(w, s);
		break;
	default:
		when_since(w, s);
	}
	w->occasion = n = strlen(s);
	if (why[0] != '\0')
		snprintf(s + n, WORDING_PART_SIZE - n, "%s%s", n > 0 ? " " : "", why);
}

static void
so_what(struct writer *w)
{
	const struct item *it = w->of->item;
	char *s = w->out->so_what;
	size_t n;

	if (w->about == ABOUT_END || w->about == ABOUT_EXCEPTED)
		return;
	if (w->about == ABOUT_UNSEEN)
		snprintf(s, WORDING_PART_SIZE, "Until it is checked again, trouble goes unseen.");
	else if (it != NULL)
		phrase_clean(s, WORDING_PART_SIZE, it->verdict.so_what, RULE_WORDS_MAX);
	phrase_stop(s, WORDING_PART_SIZE);
	n = strlen(s);
	if (w->of->suppressed > 0)
		snprintf(s + n, WORDING_PART_SIZE - n, "%s%llu other check%s.", n > 0 ? " " : "",
		    (unsigned long long)w->of->suppressed,
		    w->of->suppressed == 1 ? " hangs on it" : "s hang on it");
}

static void
do_now(struct writer *w)
{
	const struct item *it = w->of->item;
	char *s = w->out->do_now;
	const char *text = it != NULL ? it->verdict.do_now : NULL;

	if (w->about == ABOUT_END || w->about == ABOUT_EXCEPTED)
		return;
	if (w->about == ABOUT_UNSEEN && w->of->rule != NULL)
		text = w->of->rule->unknown_do;
	else if (text == NULL && w->of->rule != NULL)
		text = w->of->rule->do_now;
	if (text == NULL || text[0] == '\0')
		text = "Run `forewarn check` by hand, and read what it says.";
	phrase_clean(s, WORDING_PART_SIZE, text, RULE_WORDS_MAX);
	phrase_stop(s, WORDING_PART_SIZE);
}

static void
who(struct writer *w)
{
	char a[WORDING_NAME_MAX * 4 + 16], b[WORDING_NAME_MAX * 4 + 16], *s = w->out->who;

	phrase_clean(a, sizeof(a), w->of->owner, WORDING_NAME_MAX);
	phrase_clean(b, sizeof(b), w->of->secondary, WORDING_NAME_MAX);
	if (a[0] == '\0' && b[0] == '\0')
		snprintf(s, WORDING_PART_SIZE, "No owner is named");
	else
		snprintf(s, WORDING_PART_SIZE, "Owner %s%s%s", a[0] != '\0' ? a : "not named",
		    b[0] != '\0' ? ", else " : "", b);
	phrase_stop(s, WORDING_PART_SIZE);
}

/* ---- body */

static bool
body_fits(struct writer *w, const char *const *parts, size_t n)
{
	char *s = w->out->body;
	size_t len = 0, chars = 0;

	for (size_t i = 0; i < n; i++) {
		size_t bytes = strlen(parts[i]);
		bool space = len > 0 && bytes > 0;

		chars += phrase_chars(parts[i]) + space;
		if (chars > EVENT_BODY_MAX)
			return false;
		if (space)
			s[len++] = ' ';
		memcpy(s + len, parts[i], bytes);
		len += bytes;
	}
	s[len] = '\0';
	return true;
}

static void
body(struct writer *w)
{
	static const struct {
		size_t what; /* characters left of it */
		bool so_what, occasion;
		size_t do_now;
	} tries[] = {
		{ WORDING_WHAT_MAX, true, true, RULE_WORDS_MAX + 1 },
		{ 100, true, true, RULE_WORDS_MAX + 1 },
		{ 60, true, true, RULE_WORDS_MAX + 1 },
		{ 0, true, true, RULE_WORDS_MAX + 1 },
		{ 0, false, true, RULE_WORDS_MAX + 1 },
		{ 0, false, false, RULE_WORDS_MAX + 1 },
		{ 0, false, false, 80 },
		{ 0, false, false, 30 },
	};

	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		char shorter[WORDING_PART_SIZE], act[WORDING_PART_SIZE], date[WORDING_PART_SIZE];
		const char *parts[] = { shorter, date, tries[i].so_what ? w->out->so_what : "", act,
			w->out->who };

		memcpy(shorter, w->out->what, sizeof(shorter));
		memcpy(date, w->out->when, sizeof(date));
		if (!tries[i].occasion && w->occasion > 0)
			date[w->occasion] = '\0';
		memcpy(act, w->out->do_now, sizeof(act));
		phrase_cut(shorter, w->title_says_all ? 0 : tries[i].what);
		phrase_cut(act, tries[i].do_now);
		if (body_fits(w, parts, sizeof(parts) / sizeof(parts[0])))
			return;
	}
}

void
wording_make(const struct wording_of *of, instant now, struct wording *out)
{
	struct writer w = { .of = of, .now = now, .about = about(of), .out = out };

	memset(out, 0, sizeof(*out));
	phrase_clean(w.name, sizeof(w.name), of->title, THING_MAX);
	if (w.name[0] == '\0')
		snprintf(w.name, sizeof(w.name), "A check");
	what(&w);
	when(&w);
	so_what(&w);
	do_now(&w);
	who(&w);
	memcpy(w.clause, out->what, sizeof(w.clause));
	phrase_clause(w.clause);
	if (w.clause[0] == '\0')
		phrase_clean(w.clause, sizeof(w.clause),
		    of->rule != NULL ? of->rule->title : "something is wrong", RULE_WORDS_MAX);
	w.title_says_all = w.about == ABOUT_STATE && strlen(w.clause) + 1 >= strlen(out->what) &&
			   w.clause[0] != '\0';
	if (w.clause[0] != '\0' && w.clause[strlen(w.clause) - 1] == '.')
		w.clause[strlen(w.clause) - 1] = '\0';
	phrase_lower(w.clause);
	writer_title(&w);
	body(&w);
	out->parts =
	    (struct event_parts){ out->what, out->when, out->so_what, out->do_now, out->who };
}
