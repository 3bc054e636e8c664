/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the title of an alert, shortened until it fits.
 */
#include "base/day.h"
#include "judge/judge.h"
#include "judge/phrase.h"
#include "judge/writer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool
writer_ended(const struct writer *w)
{
	return w->of->item->deadline.at <= w->now;
}

bool
writer_has_date(const struct writer *w)
{
	const struct item *it = w->of->item;

	return it != NULL && it->state != ITEM_FOUND && it->deadline.kind == DEADLINE_KNOWN;
}

bool
writer_can_start(const struct writer *w)
{
	instant by = w->of->item->verdict.start_by;

	return by != INSTANT_NONE && day_distance(by, w->now) >= 0;
}

/* Takes the text as title if it fits. */
__attribute__((format(printf, 2, 3))) static bool
fits(struct writer *w, const char *fmt, ...)
{
	char text[2 * WORDING_PART_SIZE];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (phrase_chars(text) > EVENT_TITLE_MAX)
		return false;
	memcpy(w->out->title, text, strlen(text) + 1);
	return true;
}

/* before + name + after; the name is cut when there is no room. */
static void
named(struct writer *w, const char *before, const char *after)
{
	size_t rest = phrase_chars(before) + phrase_chars(after);
	char name[sizeof(w->name)];

	memcpy(name, w->name, sizeof(name));
	phrase_cut(name, rest < EVENT_TITLE_MAX ? EVENT_TITLE_MAX - rest : 0);
	fits(w, "%s%s%s", before, name, after);
}

static void
title_date(struct writer *w)
{
	const struct deadline *d = &w->of->item->deadline;
	char day[DAY_TEXT], after[DAY_TEXT + 32];

	if (w->of->told.level == LEVEL_PLAN && writer_can_start(w)) {
		day_long(w->of->item->verdict.start_by, w->now, day);
		if (fits(w, "%s: %s, start by %s", w->name, w->clause, day))
			return;
		snprintf(after, sizeof(after), ": start by %s", day);
	} else {
		const char *verb = writer_ended(w) ? "ended" : "ends";

		day_long(d->at, w->now, day);
		if (fits(w, "%s: %s %s %s", w->name, w->clause, verb, day))
			return;
		snprintf(after, sizeof(after), ": %s %s", verb, day);
	}
	named(w, "", after);
}

/* Without its last parts, which commas set off: "14.0 s slow, give or take 0.1 s". */
static bool
fits_in_part(struct writer *w)
{
	char part[sizeof(w->clause)];
	size_t n = strlen(w->clause);

	memcpy(part, w->clause, n + 1);
	while (n-- > 0)
		if (part[n] == ',' && part[n + 1] == ' ') {
			part[n] = '\0';
			if (fits(w, "%s: %s", w->name, part))
				return true;
		}
	return false;
}

/* It is outside of a limit already: what it is now says more than when it gets to the next one, and
 * names which of a check's things it is. */
static bool
is_outside(const struct item *it)
{
	const char *doubt;

	for (size_t i = 0; i < it->nmetrics; i++) {
		enum level level = judge_metric(&it->metrics[i], &doubt);

		if (level == LEVEL_ACT || level == LEVEL_STOP)
			return true;
	}
	return false;
}

static void
title_forecast(struct writer *w)
{
	char day[DAY_TEXT], after[DAY_TEXT + 32];

	if (is_outside(w->of->item) && (fits(w, "%s: %s", w->name, w->clause) || fits_in_part(w)))
		return;
	day_long(w->of->item->deadline.at, w->now, day);
	if (fits(w, "%s: %s, limit about %s", w->name, w->clause, day))
		return;
	snprintf(after, sizeof(after), ": reaches its limit about %s", day);
	named(w, "", after);
}

static void
title_state(struct writer *w)
{
	char after[sizeof(w->clause) + 4];
	size_t name = phrase_chars(w->name);

	if (fits(w, "%s: %s", w->name, w->clause))
		return;
	if (fits_in_part(w)) {
		w->title_says_all = false;
		return;
	}
	/* half the title for each, more where the other needs less */
	if (name > EVENT_TITLE_MAX / 2)
		name = EVENT_TITLE_MAX / 2;
	phrase_cut(w->clause, EVENT_TITLE_MAX - 2 - name);
	snprintf(after, sizeof(after), ": %s", w->clause);
	named(w, "", after);
	w->title_says_all = false;
}

static void
title_excepted(struct writer *w)
{
	char day[DAY_TEXT], after[DAY_TEXT + 32];

	day_long(w->of->told.until, w->now, day);
	snprintf(after, sizeof(after), ": excepted until %s", day);
	named(w, "", after);
}

/* A date that was moved was not wrong before. */
static void
title_recovered(struct writer *w)
{
	char day[DAY_TEXT], after[DAY_TEXT + 32];

	if (w->of->told.previous == LEVEL_UNKNOWN) {
		named(w, "", " can be checked again");
	} else if (writer_has_date(w)) {
		day_long(w->of->item->deadline.at, w->now, day);
		snprintf(after, sizeof(after), ": now ends %s", day);
		named(w, "", after);
	} else {
		named(w, "", " is right again");
	}
}

static void
title_end(struct writer *w)
{
	if (w->of->accepted != NULL) {
		named(w, "", ": accepted as it is");
		return;
	}
	switch (w->of->told.why) {
	case WHY_RETIRED:
		named(w, "", " is not watched under this name any more");
		return;
	default:
		title_recovered(w);
	}
}

void
writer_title(struct writer *w)
{
	switch (w->about) {
	case ABOUT_DATE:
		title_date(w);
		break;
	case ABOUT_FORECAST:
		title_forecast(w);
		break;
	case ABOUT_UNSEEN:
		named(w, "Could not check ", "");
		break;
	case ABOUT_FLAPPING:
		named(w, "", ": trouble that comes and goes");
		break;
	case ABOUT_EXCEPTED:
		title_excepted(w);
		break;
	case ABOUT_END:
		title_end(w);
		break;
	default:
		title_state(w);
	}
}
