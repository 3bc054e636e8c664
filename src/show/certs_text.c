/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the inventory on a terminal: a table where there is room for one (table.c), else blocks.
 */
#include "show/certs_private.h"

#include "show/table.h"
#include "show/text_private.h"
#include "show/words.h"
#include "show/wrap.h"

#include <string.h>

/* "10,000 certificates: 3 to start on now, 2 gone, 1 not looked at" */
static void
count_line(const struct certs *c, const struct text_style *s, struct str *out)
{
	size_t places = 0, certs;
	char n[WORDS_MAX];
	struct str line;

	for (size_t i = 0; i < c->n; i++)
		places += c->rows[i].sha256 == NULL;
	certs = c->n - places;
	str_init(&line, 4096);
	str_addf(&line, "%s certificate%s", words_count(certs, n), certs == 1 ? "" : "s");
	if (c->due > 0)
		str_addf(&line, "; %s to start on now", words_count(c->due, n));
	if (c->count[CERTS_GONE] > 0)
		str_addf(&line, "; %s gone", words_count(c->count[CERTS_GONE], n));
	if (c->count[CERTS_UNSEEN] > 0)
		str_addf(
		    &line, "; %s could not be looked at", words_count(c->count[CERTS_UNSEEN], n));
	str_addc(&line, '.');
	wrap_text(out, line.s, s->width, 0, 0);
	str_fini(&line);
}

static void
block(
    const struct certs *c, const struct certs_row *row, const struct text_style *s, struct str *out)
{
	const char *symbol = words_symbol(row->sign, s->utf8);
	struct str text, who;

	str_init(&text, 4 * CERTS_CELL_MAX);
	str_addf(&text, "%s %s", symbol, sign_name(row->sign));
	text_paint(out, s, words_colour(row->sign), text.s);
	str_add(out, "  ");
	str_clear(&text);
	certs_what(row, &text);
	wrap_text(
	    out, text.s, s->width, wrap_width(symbol) + 3 + (int)strlen(sign_name(row->sign)), 2);
	str_clear(&text);
	certs_dates(row, c->report->now, &text);
	str_init(&who, CERTS_CELL_MAX);
	certs_who(row, &who);
	str_addf(&text, "%s%s", text.len > 0 && who.len > 0 ? " · " : "", who.s);
	str_fini(&who);
	if (text.len > 0) {
		str_add(out, "  ");
		wrap_text(out, text.s, s->width, 2, 2);
	}
	str_clear(&text);
	certs_where(row, s->all ? 0 : TABLE_PLACES, &text);
	str_add(out, "  ");
	wrap_text(out, text.s, s->width, 2, 2);
	str_fini(&text);
}

void
certs_head(const struct certs *c, const struct text_style *s, struct str *out)
{
	text_title(c->report, s, out);
	text_by_hand(c->report, s, out);
	count_line(c, s, out);
	if (c->n > 0)
		str_addc(out, '\n');
}

static void
text_utf8(const struct certs *c, const struct text_style *s, struct str *out)
{
	certs_head(c, s, out);
	if (c->n > 0 && s->width >= TABLE_NARROW)
		table_certs(c, s, out);
	for (size_t i = 0; i < c->n && s->width < TABLE_NARROW; i++)
		block(c, &c->rows[i], s, out);
}

void
certs_to_terminal(const struct certs *c, const struct text_style *s,
    void (*draw)(const struct certs *, const struct text_style *, struct str *), struct str *out)
{
	struct str text;

	if (s->utf8) {
		draw(c, s, out);
		return;
	}
	str_init(&text, SHOW_MAX);
	draw(c, s, &text);
	text_to_ascii(text.s, out);
	str_fini(&text);
}

void
certs_text(const struct certs *c, const struct text_style *s, struct str *out)
{
	certs_to_terminal(c, s, text_utf8, out);
}
