/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how the way in which a log is read is kept, and told.
 */
#include "reading.h"

#include <inttypes.h>

void
reading_put(struct str *out, const struct reading *r)
{
	const struct columns *c = &r->columns;

	str_addf(out,
	    "fw1 reading kind=%d before=%d first=%d decided=%" PRIu64
	    " either=%d place=%d wide=%d local=%d sep=%d w3c=%d header=%d n=%u time=%u clock=%u"
	    " number=%u user=%u open=%d told=%d at=%u lines=%u held=%d held_number=%" PRIu64 "\n",
	    (int)r->kind, (int)r->before, (int)r->first, r->decided, r->either, (int)r->place,
	    (int)r->wide, r->local, (unsigned char)c->sep, c->w3c, c->header, c->n, c->time,
	    c->clock, c->number, c->user, c->open, c->told, c->at, c->lines, c->held,
	    c->held_number);
}

/* A whole number of at most max. */
static bool
get(const struct statement *st, const char *name, uint64_t max, uint64_t *out)
{
	return statement_u64(st, name, out) && *out <= max;
}

static bool
get_bool(const struct statement *st, const char *name, bool *out)
{
	uint64_t v = 0;
	bool fine = get(st, name, 1, &v);

	*out = v == 1;
	return fine;
}

static bool
get_count(const struct statement *st, const char *name, uint16_t *out)
{
	uint64_t v = 0;
	bool fine = get(st, name, COLUMNS_MAX, &v);

	*out = (uint16_t)v;
	return fine;
}

static bool
get_columns(struct columns *c, const struct statement *st)
{
	uint64_t sep;

	if (!get(st, "sep", 127, &sep))
		return false;
	c->sep = (char)sep;
	return get_bool(st, "w3c", &c->w3c) && get_bool(st, "header", &c->header) &&
	       get_count(st, "n", &c->n) && get_count(st, "time", &c->time) &&
	       get_count(st, "clock", &c->clock) && get_count(st, "number", &c->number) &&
	       get_count(st, "user", &c->user) && get_bool(st, "open", &c->open) &&
	       get_bool(st, "told", &c->told) && get_count(st, "at", &c->at) &&
	       get_count(st, "lines", &c->lines) && get_bool(st, "held", &c->held) &&
	       statement_u64(st, "held_number", &c->held_number);
}

bool
reading_get(struct reading *r, const struct statement *st)
{
	uint64_t kind, before, first, place, wide;

	if (!get(st, "kind", STAMP_EITHER - 1, &kind) ||
	    !get(st, "before", STAMP_EITHER - 1, &before) ||
	    !get(st, "first", STAMP_MONTH, &first) || !get(st, "place", PLACE_BRACKET, &place) ||
	    !get(st, "wide", WIDE_BIG, &wide))
		return false;
	r->kind = (enum stamp_kind)kind;
	r->before = (enum stamp_kind)before;
	r->first = (enum stamp_kind)first;
	r->place = (enum place)place;
	r->wide = (enum wide)wide;
	return statement_u64(st, "decided", &r->decided) && get_bool(st, "either", &r->either) &&
	       get_bool(st, "local", &r->local) && get_columns(&r->columns, st);
}

static const char *
separator_words(char sep)
{
	return sep == ',' ? "commas" : sep == ';' ? "semicolons" : sep == '|' ? "bars" : "tabs";
}

static void
column_words(const struct columns *c, struct str *out)
{
	if (c->sep != '\0' && !c->w3c)
		str_addf(out, ", %s between columns", separator_words(c->sep));
	if (c->time != 0 && c->clock != 0)
		str_addf(out, ", time in columns %u and %u", c->time, c->clock);
	else if (c->time != 0)
		str_addf(out, ", time in column %u", c->time);
	if (c->number != 0)
		str_addf(out, ", number in column %u", c->number);
	if (c->user != 0)
		str_addf(out, ", user in column %u", c->user);
}

static void
date_words(const struct reading *r, struct str *out)
{
	const char *what = r->first == STAMP_DAY ? "day" : "month";

	if (r->kind != STAMP_NONE)
		str_addf(out, ", times as %s", stamp_name(r->kind));
	if (r->either)
		str_addf(out, ", and nothing says yet whether day or month stands first");
	else if (r->first == r->kind && r->decided > 0)
		str_addf(out, " (record %" PRIu64 " can only have the %s first)", r->decided, what);
}

void
reading_text(const struct reading *r, enum format format, bool guessed, struct str *out)
{
	str_addf(out, "%s%s", format_name(format), guessed ? " (found)" : " (given)");
	if (r->wide != WIDE_NO)
		str_addf(out, " in UTF-16");
	if (format == FORMAT_CSV || format == FORMAT_W3C)
		column_words(&r->columns, out);
	if (format != FORMAT_AUDITD && format < FORMAT_FOREIGN)
		date_words(r, out);
}

bool
reading_is_told(const struct reading *r, enum format format)
{
	return format == FORMAT_CSV || format == FORMAT_W3C || r->wide != WIDE_NO ||
	       (r->decided > 0 && r->first == r->kind);
}
