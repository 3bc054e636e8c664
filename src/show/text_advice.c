/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what the text says that is to be done: each advice once, with the checks that it concerns.
 */
#include "base/text.h"
#include "show/meant.h"
#include "show/table.h"
#include "show/text_private.h"
#include "show/words.h"
#include "show/wrap.h"

#include <string.h>

#define ADVICE_MAX 10 /* lines */
#define TITLES_MAX 3  /* checks that one of them names */
#define TITLE_CHARS 100

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

/* One line however long, so that it can be copied. */
static void
meant(const struct row *row, struct str *out)
{
	struct str command;

	str_init(&command, 4 * HANDED_TARGET_MAX + 1024);
	if (!row->fold && meant_command(row->check->result->check, row->item, &command))
		str_addf(out, "    Meant to be so?  %s\n", command.s);
	str_fini(&command);
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
	text_paint(out, s, words_colour(row->sign), words_symbol(row->sign, s->utf8));
	str_addc(out, ' ');
	wrap_text(out, text.s, s->width > TABLE_WIDE ? TABLE_WIDE : s->width, 4, 4);
	str_fini(&text);
	meant(row, out);
}

void
text_do_now(const struct row *rows, size_t n, const struct text_style *s, struct str *out)
{
	size_t lines = 0;

	for (size_t i = 0; i < n; i++) {
		if (rows[i].level == LEVEL_OK || rows[i].item->verdict.do_now == NULL ||
		    said_before(rows, i))
			continue;
		if (lines == 0)
			text_heading(out, s, "What to do");
		if (lines++ < ADVICE_MAX)
			advice(rows, n, i, s, out);
	}
	text_left_out(out, s, lines > ADVICE_MAX ? lines - ADVICE_MAX : 0, "more thing to do",
	    "more things to do");
}
