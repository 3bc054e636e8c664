/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the words, signs and colours of levels on a terminal.
 */
#include "show/words.h"

#include "base/day.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

#define TARGET_CHARS 200
#define SUMMARY_CHARS 400

const char *
words_fails(const struct item *it, instant now, char buf[WORDS_MAX])
{
	char date[DAY_TEXT], first[DAY_TEXT], last[DAY_TEXT], left[SPAN_TEXT];
	const struct deadline *d = &it->deadline;
	span until = instant_minus(d->at, now);

	buf[0] = '\0';
	if (d->kind == DEADLINE_NONE)
		return buf;
	day_short(d->at, now, date);
	if (d->kind == DEADLINE_FORECAST && day_distance(d->earliest, d->latest) == 0)
		snprintf(buf, WORDS_MAX, "about %s (%s%s)", date, span_words(until, left),
		    until < 0 ? " ago" : "");
	else if (d->kind == DEADLINE_FORECAST && d->earliest < d->latest)
		snprintf(buf, WORDS_MAX, "about %s (%s to %s)", date,
		    day_short(d->earliest, now, first), day_short(d->latest, now, last));
	else if (until < 0)
		snprintf(buf, WORDS_MAX, "%s (%s ago)", date, span_words(until, left));
	else
		snprintf(buf, WORDS_MAX, "%s (%s)", date, span_words(until, left));
	return buf;
}

const char *
words_start_by(const struct item *it, instant now, char buf[WORDS_MAX])
{
	instant by = it->verdict.start_by;
	char late[SPAN_TEXT];
	span left;

	buf[0] = '\0';
	if (by == INSTANT_NONE)
		return buf;
	left = instant_minus(by, now);
	if (left <= -SPAN_DAY)
		snprintf(buf, WORDS_MAX, "today, %s late", span_words(left, late));
	else if (left <= 0)
		snprintf(buf, WORDS_MAX, "today");
	else
		day_short(by, now, buf);
	return buf;
}

const char *
words_who(const struct report_check *c, char buf[WORDS_MAX])
{
	char a[WORDS_MAX / 2 - 4], b[WORDS_MAX / 2 - 4];
	const char *owner = c->owner_name, *other = c->secondary_name;

	buf[0] = '\0';
	if (owner == NULL)
		return buf;
	text_clean_buf(a, sizeof(a), owner, strlen(owner));
	if (other == NULL)
		snprintf(buf, WORDS_MAX, "%s", a);
	else
		snprintf(buf, WORDS_MAX, "%s, else %s", a,
		    text_clean_buf(b, sizeof(b), other, strlen(other)));
	return buf;
}

static void
clean(struct str *out, const char *s, size_t chars)
{
	text_clean(out, s, strlen(s), chars);
}

void
words_what(const struct row *row, struct str *out)
{
	const struct item *it = row->item;
	char n[WORDS_MAX];

	clean(out, row->check->title, TARGET_CHARS);
	str_add(out, " – ");
	if (row->fold) {
		str_addf(out, row->level == LEVEL_OK ? "%s items are fine" : "%s more like these",
		    words_count(row->more, n));
		if (it->deadline.kind != DEADLINE_NONE) {
			str_add(out, "; the first to end is ");
			clean(out, it->target, TARGET_CHARS);
		}
		return;
	}
	clean(out, it->summary, SUMMARY_CHARS);
	if (it->verdict.doubt != NULL)
		str_addf(out, " (%s)", it->verdict.doubt);
	/* which file, which server: nobody can act without it */
	if (row->level != LEVEL_OK && strcasestr(it->summary, it->target) == NULL) {
		str_add(out, ", ");
		clean(out, it->target, TARGET_CHARS);
	}
}

const char *
words_symbol(enum level l, bool utf8)
{
	static const char *const symbols[LEVEL_N][2] = {
		[LEVEL_OK] = { "-", "●" },
		[LEVEL_PLAN] = { "+", "◆" },
		[LEVEL_UNKNOWN] = { "?", "?" },
		[LEVEL_ACT] = { "!", "▲" },
		[LEVEL_STOP] = { "X", "■" },
	};

	return symbols[l][utf8];
}

const char *
words_colour(enum level l)
{
	static const char *const colours[LEVEL_N] = {
		[LEVEL_OK] = "\033[32m",
		[LEVEL_PLAN] = "\033[36m",
		[LEVEL_UNKNOWN] = "\033[35m",
		[LEVEL_ACT] = "\033[33m",
		[LEVEL_STOP] = "\033[1;31m",
	};

	return colours[l];
}

const char *
words_count(size_t n, char buf[WORDS_MAX])
{
	char digits[32];
	size_t len = (size_t)snprintf(digits, sizeof(digits), "%zu", n), at = 0;

	for (size_t i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf[at++] = ',';
		buf[at++] = digits[i];
	}
	buf[at] = '\0';
	return buf;
}

void
words_counts(const struct report *r, struct str *out)
{
	size_t n[LEVEL_N] = { 0 };
	char count[WORDS_MAX];
	bool first = true;

	for (size_t i = 0; i < r->nchecks; i++)
		for (size_t k = 0; k < r->checks[i].result->nitems; k++)
			n[r->checks[i].result->items[k].verdict.level]++;
	for (int l = LEVEL_STOP; l >= LEVEL_OK; l--) {
		if (n[l] == 0)
			continue;
		str_addf(out, "%s%s %s", first ? "" : ", ", words_count(n[l], count),
		    level_name((enum level)l));
		first = false;
	}
}
