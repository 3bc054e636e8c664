/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a report as text: what a person reads in a terminal: items in the order of urgency, what to
 * do now, what fails next. A table where there is room for one (table.c), blocks in a narrow
 * terminal.
 */
#include "base/day.h"
#include "base/text.h"
#include "show/table.h"
#include "show/words.h"
#include "show/wrap.h"

#include <stdio.h>
#include <string.h>

#define BLOCK_NARROW 64 /* columns below which a level has no column of its own */
#define ADVICE_MAX 10   /* "do now" lines */
#define TITLES_MAX 3    /* checks that one of them names */
#define TITLE_CHARS 100
#define CALENDAR_MAX 8 /* "what fails next" lines */

static void
paint(struct str *out, const struct text_style *s, const char *code, const char *text)
{
	if (s->colour)
		str_add(out, code);
	str_add(out, text);
	if (s->colour)
		str_add(out, "\033[0m");
}

static void
heading(struct str *out, const struct text_style *s, const char *text)
{
	str_addc(out, '\n');
	paint(out, s, "\033[1m", text);
	str_addc(out, '\n');
}

static void
title_line(const struct report *r, const struct text_style *s, struct str *out)
{
	char date[DAY_TEXT];
	struct str line;

	str_init(&line, 4096);
	if (r->site != NULL && strcmp(r->site, r->host) != 0) {
		text_clean(&line, r->site, strlen(r->site), 100);
		str_add(&line, " · ");
	}
	text_clean(&line, r->host, strlen(r->host), 100);
	str_add(&line, " · ");
	str_add(&line, day_moment(r->now, date));
	wrap_text(out, line.s, s->width, 0, 0);
	str_fini(&line);
}

/* That the moment is not the clock's must be seen before anything that is judged by it. */
static void
by_hand_line(const struct report *r, const struct text_style *s, struct str *out)
{
	char date[DAY_TEXT];
	struct str line;

	if (!r->by_hand)
		return;
	str_init(&line, 4096);
	str_addf(&line, "Judged as if it were %s; that moment was given by hand.",
	    day_moment(r->now, date));
	wrap_text(out, line.s, s->width, 0, 0);
	str_fini(&line);
}

static void
unconfined_line(const struct report *r, const struct text_style *s, struct str *out)
{
	size_t n = report_unconfined(r);
	struct str line;

	if (n == 0)
		return;
	str_init(&line, 4096);
	str_addf(&line, REPORT_UNCONFINED, n, r->nchecks);
	wrap_text(out, line.s, s->width, 0, 0);
	str_fini(&line);
}

static void
headline(const struct report *r, struct str *out)
{
	static const char *const words[SIGN_N] = {
		[SIGN_OK] = "All fine.",
		[SIGN_PLAN] = "Fine today; something belongs in the plan.",
		[SIGN_UNKNOWN] = "Something could not be checked.",
		[SIGN_ACT] = "Something needs you now.",
		[SIGN_STOP] = "Something has failed or is about to.",
	};
	enum sign sign = report_sign(r);
	char count[WORDS_MAX];

	if (r->nchecks == 0)
		str_add(out, "No check is configured.");
	else if (sign == SIGN_EXCEPTED)
		str_addf(
		    out, "%s excepted, all else fine.", words_count(report_excepted(r), count));
	else
		str_add(out, words[sign]);
}

static void
verdict_line(const struct report *r, const struct text_style *s, struct str *out)
{
	enum sign sign = report_sign(r);
	struct str text;

	str_init(&text, 4096);
	headline(r, &text);
	paint(out, s, words_colour(sign), words_symbol(sign, s->utf8));
	str_addc(out, ' ');
	paint(out, s, "\033[1m", text.s);
	str_clear(&text);
	words_counts(r, &text);
	if (text.len > 0) {
		str_add(out, "\n  ");
		wrap_text(out, text.s, s->width, 2, 2);
	} else {
		str_addc(out, '\n');
	}
	str_addc(out, '\n');
	str_fini(&text);
}

/* ---- blocks */

/* One piece of a line whose pieces stand apart; a piece that has no room begins a new line. */
static void
piece(struct str *out, const struct text_style *s, const char *before, const char *text, int indent,
    int *at)
{
	int need = wrap_width(before) + wrap_width(text);

	if (text[0] == '\0')
		return;
	if (*at > indent && *at + 3 + need > s->width) {
		str_addc(out, '\n');
		*at = 0;
	} else if (*at > indent) {
		str_add(out, " · ");
		*at += 3;
	}
	for (; *at < indent; (*at)++)
		str_addc(out, ' ');
	if (*at + need > s->width) { /* longer than a line of its own */
		struct str whole;

		str_init(&whole, 4096);
		str_addf(&whole, "%s%s", before, text);
		wrap_text(out, whole.s, s->width, indent, indent);
		str_fini(&whole);
		out->s[--out->len] = '\0'; /* its line end: the caller's */
		*at = s->width;
		return;
	}
	str_add(out, before);
	str_add(out, text);
	*at += need;
}

/* "start by Fri 27 Nov", "start today" */
static void
start_piece(const struct row *row, const struct report *r, const struct text_style *s, int indent,
    int *at, struct str *out)
{
	char start[WORDS_MAX];

	words_start_by(row->item, r->now, start);
	piece(out, s, strncmp(start, "today", 5) == 0 ? "start " : "start by ", start, indent, at);
}

/* "fails when, start by when, whom to call"; of an item that is fine only when it fails. */
static void
block_facts(const struct row *row, const struct report *r, const struct text_style *s, int indent,
    struct str *out)
{
	char fails[WORDS_MAX], who[WORDS_MAX], times[WORDS_MAX];
	struct str line;
	int at = 0;

	str_init(&line, 4096);
	piece(&line, s, "fails ", words_fails(row->item, r->now, fails), indent, &at);
	if (row->sign != SIGN_OK) {
		start_piece(row, r, s, indent, &at, &line);
		piece(&line, s, "", words_who(row->check, who), indent, &at);
		piece(&line, s, "", words_times(row, r->now, times), indent, &at);
	}
	if (line.len > 0) {
		str_add(out, line.s);
		str_addc(out, '\n');
	}
	str_fini(&line);
}

static void
block(const struct row *row, const struct report *r, const struct text_style *s, struct str *out)
{
	/* the level in a column of its own where there is room for one */
	int indent = s->width < BLOCK_NARROW ? 2 : 12;
	char level[32];
	struct str text;

	snprintf(
	    level, sizeof(level), "%s %s", words_symbol(row->sign, s->utf8), sign_name(row->sign));
	paint(out, s, words_colour(row->sign), level);
	str_add(out, "  ");
	for (int at = wrap_width(level) + 2; at < indent; at++)
		str_addc(out, ' ');
	str_init(&text, 8192);
	words_what(row, r->now, &text);
	wrap_text(out, text.s, s->width, indent > 2 ? indent : wrap_width(level) + 2, indent);
	str_fini(&text);
	block_facts(row, r, s, indent, out);
}

/* ---- what to do, and what comes */

static bool
same_advice(const struct verdict *a, const struct verdict *b)
{
	return a->do_now != NULL && b->do_now != NULL && strcmp(a->do_now, b->do_now) == 0;
}

/* The same advice for ten items, of one check or several, is said once. */
static bool
said_before(const struct row *rows, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (same_advice(&rows[k].item->verdict, &rows[i].item->verdict))
			return true;
	return false;
}

/* Whom the advice of row i concerns: the titles of the checks that share it. */
static void
concerned(struct str *out, const struct row *rows, size_t n, size_t i)
{
	const struct report_check *last = NULL;
	size_t more = 0, titles = 0;

	for (size_t k = i; k < n; k++) {
		bool named = rows[k].check == last;

		for (size_t m = i; m < k && !named; m++)
			named = rows[m].check == rows[k].check &&
				same_advice(&rows[m].item->verdict, &rows[k].item->verdict);
		if (named || !same_advice(&rows[i].item->verdict, &rows[k].item->verdict))
			continue;
		last = rows[k].check;
		if (titles >= TITLES_MAX) {
			more++;
			continue;
		}
		str_add(out, titles++ > 0 ? ", " : "");
		text_clean(out, last->title, strlen(last->title), TITLE_CHARS);
	}
	if (more > 0)
		str_addf(out, " and %zu more", more);
}

/* With a full stop, whether or not the rule's table gave one. */
static void
sentence(struct str *out, const char *text)
{
	size_t len = strlen(text);

	str_add(out, text);
	if (len > 0 && strchr(".!?", text[len - 1]) == NULL)
		str_addc(out, '.');
}

/* What did not get a line is counted, never dropped in silence. */
static void
left_out(struct str *out, const struct text_style *s, size_t n, const char *one, const char *many)
{
	char count[WORDS_MAX], line[WORDS_MAX];

	if (n == 0)
		return;
	snprintf(line, sizeof(line), "    and %.40s %s (--format json has all)",
	    words_count(n, count), n == 1 ? one : many);
	wrap_text(out, line, s->width, 0, 4);
}

static void
advice(const struct row *rows, size_t n, size_t i, const struct text_style *s, struct str *out)
{
	const struct row *row = &rows[i];
	const struct verdict *v = &row->item->verdict;
	struct str text;

	str_init(&text, 8192);
	concerned(&text, rows, n, i);
	str_add(&text, ": ");
	sentence(&text, v->do_now);
	if (v->so_what != NULL && row->level != LEVEL_UNKNOWN) {
		str_addc(&text, ' ');
		sentence(&text, v->so_what);
	}
	str_add(out, "  ");
	paint(out, s, words_colour(row->sign), words_symbol(row->sign, s->utf8));
	str_addc(out, ' ');
	wrap_text(out, text.s, s->width > TABLE_WIDE ? TABLE_WIDE : s->width, 4, 4);
	str_fini(&text);
}

static void
do_now(const struct row *rows, size_t n, const struct text_style *s, struct str *out)
{
	size_t lines = 0;

	for (size_t i = 0; i < n; i++) {
		if (rows[i].level == LEVEL_OK || rows[i].item->verdict.do_now == NULL ||
		    said_before(rows, i))
			continue;
		if (lines == 0)
			heading(out, s, "What to do");
		if (lines++ < ADVICE_MAX)
			advice(rows, n, i, s, out);
	}
	left_out(out, s, lines > ADVICE_MAX ? lines - ADVICE_MAX : 0, "more thing to do",
	    "more things to do");
}

static void
calendar_block(
    const struct row *row, const struct report *r, const struct text_style *s, struct str *out)
{
	char fails[WORDS_MAX];
	struct str text;
	int at = 4;

	str_add(out, "  ");
	paint(out, s, words_colour(row->sign), words_symbol(row->sign, s->utf8));
	str_addc(out, ' ');
	piece(out, s, "", words_fails(row->item, r->now, fails), 4, &at);
	start_piece(row, r, s, 4, &at, out);
	str_add(out, "\n    ");
	str_init(&text, 8192);
	words_what(row, r->now, &text);
	wrap_text(out, text.s, s->width, 4, 4);
	str_fini(&text);
}

static void
calendar(const struct report *r, const struct text_style *s, struct arena *a, struct str *out)
{
	size_t all, n;
	struct row *rows = rows_by_deadline(r, a, &all);

	if (all == 0)
		return;
	heading(out, s, "What fails next");
	n = all > CALENDAR_MAX ? CALENDAR_MAX : all;
	if (s->width >= TABLE_NARROW)
		table_calendar(rows, n, r, s, out);
	for (size_t i = 0; i < n && s->width < TABLE_NARROW; i++)
		calendar_block(&rows[i], r, s, out);
	left_out(out, s, all - n, "later date", "later dates");
}

/* For a terminal that is not UTF-8: one column for one, so that nothing moves. */
static void
to_ascii(const char *text, struct str *out)
{
	static const struct {
		uint32_t c;
		char ascii;
	} known[] = { { 0x2013, '-' }, { 0x2026, '.' }, { 0xb5, 'u' }, { 0xb7, '-' } };
	size_t n = strlen(text);

	for (size_t i = 0; i < n;) {
		uint32_t c = 0xfffd;
		size_t len = utf8_decode(text + i, n - i, &c);
		char ascii = c < 0x80 ? (char)c : '?';

		for (size_t k = 0; k < sizeof(known) / sizeof(known[0]); k++)
			if (known[k].c == c)
				ascii = known[k].ascii;
		str_addc(out, ascii);
		i += len == 0 ? 1 : len;
	}
}

static void
show_utf8(const struct report *r, const struct text_style *s, struct str *out)
{
	struct arena *a = arena_new(SHOW_MAX);
	size_t n;
	struct row *rows = rows_by_urgency(r, s->all, a, &n);

	title_line(r, s, out);
	by_hand_line(r, s, out);
	unconfined_line(r, s, out);
	verdict_line(r, s, out);
	if (n > 0 && s->width >= TABLE_NARROW)
		table_items(rows, n, r, s, out);
	for (size_t i = 0; i < n && s->width < TABLE_NARROW; i++)
		block(&rows[i], r, s, out);
	do_now(rows, n, s, out);
	calendar(r, s, a, out);
	arena_free(a);
}

void
show_text(const struct report *r, const struct text_style *s, struct str *out)
{
	struct str text;

	if (s->utf8) {
		show_utf8(r, s, out);
		return;
	}
	str_init(&text, SHOW_MAX);
	show_utf8(r, s, &text);
	to_ascii(text.s, out);
	str_fini(&text);
}
