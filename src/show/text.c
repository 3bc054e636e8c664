/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a report as text: what a person reads in a terminal: items in the order of urgency, what to
 * do now (text_advice.c), what fails next. A table where there is room for one (table.c), blocks in
 * a narrow terminal.
 */
#include "show/table.h"
#include "show/text_private.h"
#include "show/words.h"
#include "show/wrap.h"

#include <stdio.h>
#include <string.h>

#define BLOCK_NARROW 64 /* columns below which a level has no column of its own */
#define CALENDAR_MAX 8  /* "what fails next" lines */

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
	text_paint(out, s, words_colour(sign), words_symbol(sign, s->utf8));
	str_addc(out, ' ');
	text_paint(out, s, "\033[1m", text.s);
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
	text_paint(out, s, words_colour(row->sign), level);
	str_add(out, "  ");
	for (int at = wrap_width(level) + 2; at < indent; at++)
		str_addc(out, ' ');
	str_init(&text, 8192);
	words_what(row, r->now, &text);
	wrap_text(out, text.s, s->width, indent > 2 ? indent : wrap_width(level) + 2, indent);
	str_fini(&text);
	block_facts(row, r, s, indent, out);
}

/* ---- what comes */

static void
calendar_block(
    const struct row *row, const struct report *r, const struct text_style *s, struct str *out)
{
	char fails[WORDS_MAX];
	struct str text;
	int at = 4;

	str_add(out, "  ");
	text_paint(out, s, words_colour(row->sign), words_symbol(row->sign, s->utf8));
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
	text_heading(out, s, "What fails next");
	n = all > CALENDAR_MAX ? CALENDAR_MAX : all;
	if (s->width >= TABLE_NARROW)
		table_calendar(rows, n, r, s, out);
	for (size_t i = 0; i < n && s->width < TABLE_NARROW; i++)
		calendar_block(&rows[i], r, s, out);
	text_left_out(out, s, all - n, "later date", "later dates");
}

static void
show_utf8(const struct report *r, const struct text_style *s, struct str *out)
{
	struct arena *a = arena_new(SHOW_MAX);
	size_t n;
	struct row *rows = rows_by_urgency(r, s->all, a, &n);

	text_title(r, s, out);
	text_by_hand(r, s, out);
	unconfined_line(r, s, out);
	verdict_line(r, s, out);
	if (n > 0 && s->width >= TABLE_NARROW)
		table_items(rows, n, r, s, out);
	for (size_t i = 0; i < n && s->width < TABLE_NARROW; i++)
		block(&rows[i], r, s, out);
	text_do_now(rows, n, s, out);
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
	text_to_ascii(text.s, out);
	str_fini(&text);
}
