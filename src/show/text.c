/* SPDX-License-Identifier: Apache-2.0
 *
 * What a person reads in a terminal: items in the order of urgency, what to do now, what fails
 * next. A table where there is room for one (table.c), blocks in a narrow terminal.
 */
#include "base/day.h"
#include "base/text.h"
#include "show/table.h"
#include "show/words.h"
#include "show/wrap.h"

#include <string.h>

#define ADVICE_MAX 6   /* "do now" lines */
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

static void
verdict_line(const struct report *r, const struct text_style *s, struct str *out)
{
	static const char *const words[LEVEL_N] = {
		[LEVEL_OK] = "All fine.",
		[LEVEL_PLAN] = "Fine today; something belongs in the plan.",
		[LEVEL_UNKNOWN] = "Something could not be checked.",
		[LEVEL_ACT] = "Something needs you now.",
		[LEVEL_STOP] = "Something has failed or is about to.",
	};
	enum level l = report_level(r);

	paint(out, s, words_colour(l), words_symbol(l, s->utf8));
	str_addc(out, ' ');
	paint(out, s, "\033[1m", r->nchecks == 0 ? "No check is configured." : words[l]);
	str_add(out, "\n\n");
}

/* ---- blocks */

static void
block(const struct row *row, const struct report *r, const struct text_style *s, struct str *out)
{
	char fails[WORDS_MAX], start[WORDS_MAX], who[WORDS_MAX];
	struct str text;

	str_init(&text, 8192);
	paint(out, s, words_colour(row->level), words_symbol(row->level, s->utf8));
	str_addf(&text, "%s  ", level_name(row->level));
	words_what(row, &text);
	str_addc(out, ' ');
	wrap_text(out, text.s, s->width, 2, 2);
	if (words_fails(row->item, r->now, fails)[0] != '\0') {
		str_clear(&text);
		str_addf(&text, "  fails %s", fails);
		wrap_text(out, text.s, s->width, 0, 4);
	}
	if (words_start_by(row->item, r->now, start)[0] != '\0') {
		str_clear(&text);
		str_addf(&text, "  start by %s", start);
		wrap_text(out, text.s, s->width, 0, 4);
	}
	if (words_who(row->check, who)[0] != '\0') {
		str_clear(&text);
		str_addf(&text, "  %s", who);
		wrap_text(out, text.s, s->width, 0, 4);
	}
	str_fini(&text);
}

/* ---- what to do, and what comes */

/* The same advice for ten items of a check is one line. */
static bool
said_before(const struct row *rows, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (rows[k].check == rows[i].check && rows[k].item->verdict.do_now != NULL &&
		    strcmp(rows[k].item->verdict.do_now, rows[i].item->verdict.do_now) == 0)
			return true;
	return false;
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

static void
do_now(const struct row *rows, size_t n, const struct text_style *s, struct str *out)
{
	size_t lines = 0;

	for (size_t i = 0; i < n && lines < ADVICE_MAX; i++) {
		const struct verdict *v = &rows[i].item->verdict;
		struct str text;

		if (rows[i].level == LEVEL_OK || v->do_now == NULL || said_before(rows, i))
			continue;
		if (lines++ == 0)
			heading(out, s, "What to do");
		str_init(&text, 8192);
		text_clean(&text, rows[i].check->title, strlen(rows[i].check->title), 100);
		str_add(&text, ": ");
		sentence(&text, v->do_now);
		if (v->so_what != NULL && rows[i].level != LEVEL_UNKNOWN) {
			str_addc(&text, ' ');
			sentence(&text, v->so_what);
		}
		str_add(out, "  ");
		paint(out, s, words_colour(rows[i].level), words_symbol(rows[i].level, s->utf8));
		str_addc(out, ' ');
		wrap_text(out, text.s, s->width > TABLE_WIDE ? TABLE_WIDE : s->width, 4, 4);
		str_fini(&text);
	}
}

static void
calendar_block(
    const struct row *row, const struct report *r, const struct text_style *s, struct str *out)
{
	char date[WORDS_MAX], start[WORDS_MAX];
	struct str text;

	str_init(&text, 8192);
	str_addf(&text, "%s: ", words_fails(row->item, r->now, date));
	words_what(row, &text);
	if (words_start_by(row->item, r->now, start)[0] != '\0')
		str_addf(&text, "; start by %s", start);
	str_add(out, "  ");
	wrap_text(out, text.s, s->width, 2, 4);
	str_fini(&text);
}

static void
calendar(const struct report *r, const struct text_style *s, struct arena *a, struct str *out)
{
	size_t n;
	struct row *rows = rows_by_deadline(r, a, &n);

	if (n == 0)
		return;
	heading(out, s, "What fails next");
	if (n > CALENDAR_MAX)
		n = CALENDAR_MAX;
	if (s->width >= TABLE_NARROW)
		table_calendar(rows, n, r, s, out);
	for (size_t i = 0; i < n && s->width < TABLE_NARROW; i++)
		calendar_block(&rows[i], r, s, out);
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
