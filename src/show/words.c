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
	char date[DAY_TEXT], first[DAY_TEXT], last[DAY_TEXT], left[DAY_TEXT];
	const struct deadline *d = &it->deadline;

	buf[0] = '\0';
	if (d->kind == DEADLINE_NONE)
		return buf;
	day_short(d->at, now, date);
	if (d->kind == DEADLINE_FORECAST && day_distance(d->earliest, d->latest) == 0)
		snprintf(buf, WORDS_MAX, "about %s (%s)", date, day_left(d->at, now, left));
	else if (d->kind == DEADLINE_FORECAST && d->earliest < d->latest)
		snprintf(buf, WORDS_MAX, "about %s (%s to %s)", date,
		    day_short(d->earliest, now, first), day_short(d->latest, now, last));
	else
		snprintf(buf, WORDS_MAX, "%s (%s)", date, day_left(d->at, now, left));
	return buf;
}

const char *
words_start_by(const struct item *it, instant now, char buf[WORDS_MAX])
{
	instant by = it->verdict.start_by;
	char late[DAY_TEXT];
	int64_t left;

	buf[0] = '\0';
	if (by == INSTANT_NONE)
		return buf;
	left = day_distance(by, now);
	if (left < 0)
		snprintf(buf, WORDS_MAX, "today, %s late", day_count(by, now, late));
	else if (left == 0)
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

/* Who approved it, until when, and what protects meanwhile; what differs in the newest look; what
 * it follows from. */
static void
besides(const struct verdict *v, instant now, struct str *out)
{
	const struct approval *p = v->approval;
	const struct watched *w = v->watched;
	char day[DAY_TEXT];

	if (p != NULL) {
		str_add(out, "; approved by ");
		clean(out, p->approver, TARGET_CHARS);
		str_addf(out, " until %s: ", day_short(p->until, now, day));
		clean(out, p->reason, TARGET_CHARS);
		str_add(out, "; meanwhile: ");
		clean(out, p->measure, TARGET_CHARS);
	}
	if (w != NULL && w->note != NULL)
		str_addf(out, "; %s", w->note);
	if (w != NULL && w->follows)
		str_add(out, "; follows from other trouble");
}

void
words_what(const struct row *row, instant now, struct str *out)
{
	const struct item *it = row->item;
	char n[WORDS_MAX];

	clean(out, row->check->title, TARGET_CHARS);
	str_add(out, " – ");
	if (row->fold) {
		str_addf(out, row->sign == SIGN_OK ? "%s items are fine" : "%s more like these",
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
	besides(&it->verdict, now, out);
}

const char *
words_times(const struct row *row, instant now, char buf[WORDS_MAX])
{
	const struct report_check *c = row->check;
	const struct watched *w = row->item->verdict.watched;
	char day[DAY_TEXT];
	size_t n = 0;

	buf[0] = '\0';
	if (!c->watched || row->fold || row->sign == SIGN_OK || c->result->taken == INSTANT_NONE)
		return buf;
	if (w != NULL && w->since != INSTANT_NONE)
		n = (size_t)snprintf(
		    buf, WORDS_MAX, "since %.40s, ", day_clock(w->since, now, day));
	n += (size_t)snprintf(
	    buf + n, WORDS_MAX - n, "tried %.40s", day_clock(c->result->taken, now, day));
	if (c->succeeded == INSTANT_NONE)
		snprintf(buf + n, WORDS_MAX - n, ", never succeeded");
	else if (c->succeeded != c->result->taken)
		snprintf(buf + n, WORDS_MAX - n, ", last succeeded %.40s",
		    day_clock(c->succeeded, now, day));
	return buf;
}

const char *
words_symbol(enum sign s, bool utf8)
{
	static const char *const symbols[SIGN_N][2] = {
		[SIGN_OK] = { "-", "●" },
		[SIGN_EXCEPTED] = { "=", "□" },
		[SIGN_PLAN] = { "+", "◆" },
		[SIGN_UNKNOWN] = { "?", "?" },
		[SIGN_ACT] = { "!", "▲" },
		[SIGN_STOP] = { "X", "■" },
	};

	return symbols[s][utf8];
}

const char *
words_colour(enum sign s)
{
	static const char *const colours[SIGN_N] = {
		[SIGN_OK] = "\033[32m",
		[SIGN_EXCEPTED] = "\033[34m",
		[SIGN_PLAN] = "\033[36m",
		[SIGN_UNKNOWN] = "\033[35m",
		[SIGN_ACT] = "\033[33m",
		[SIGN_STOP] = "\033[1;31m",
	};

	return colours[s];
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
	size_t n[SIGN_N] = { 0 }, follow = 0;
	char count[WORDS_MAX];
	bool first = true;

	for (size_t i = 0; i < r->nchecks; i++)
		for (size_t k = 0; k < r->checks[i].result->nitems; k++) {
			const struct verdict *v = &r->checks[i].result->items[k].verdict;

			n[sign_of(v->level, v->excepted)]++;
			follow += v->watched != NULL && v->watched->follows;
		}
	for (int s = SIGN_STOP; s >= SIGN_OK; s--) {
		if (n[s] == 0)
			continue;
		str_addf(out, "%s%s %s", first ? "" : ", ", words_count(n[s], count),
		    sign_name((enum sign)s));
		first = false;
	}
	if (follow > 0)
		str_addf(out, "; %s of them %s from other trouble", words_count(follow, count),
		    follow == 1 ? "follows" : "follow");
}
