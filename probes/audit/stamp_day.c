/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns dates that begin with the day or the month, as instruments write them.
 */
#include "stamp_private.h"

/* Of two digits, as POSIX has it for %y: 69 and more are of the last century. */
static bool
short_year(struct stamp_text *t, struct civil *c)
{
	const char *p = t->p;

	if (!number(t, 2, 4, &c->year) || t->p - p == 3)
		return false;
	if (t->p - p == 2)
		c->year += c->year < 69 ? 2000 : 1900;
	return true;
}

/* The time behind a date, to the end of the stamp. */
static size_t
behind_date(const char *s, struct stamp_text *t, struct civil *c, struct stamp *out)
{
	bool zoned;
	int minutes;

	if (!gap(t) || !short_time(t, c))
		return 0;
	fraction(t, c, true);
	if (!half_day(t, c))
		return 0;
	zoned = zone(t, &minutes);
	return done(s, t, c, zoned, minutes, out);
}

static size_t
parse_named(const char *s, size_t n, struct stamp *out)
{
	struct stamp_text t = { s, s + n };
	struct civil c = { 0 };
	char sep;

	opening(&t);
	if (!number(&t, 1, 2, &c.day) || t.p >= t.end)
		return 0;
	sep = *t.p++;
	if (sep != '-' && sep != ' ' && sep != '/' && sep != '.')
		return 0;
	c.month = month(&t);
	if (c.month == 0 || !take(&t, sep) || !short_year(&t, &c))
		return 0;
	return behind_date(s, &t, &c, out);
}

static size_t
parse_day(const char *s, size_t n, bool month_first, struct stamp *out)
{
	struct stamp_text t = { s, s + n };
	struct civil c = { 0 };
	char sep;

	opening(&t);
	if (!number(&t, 1, 2, month_first ? &c.month : &c.day) || t.p >= t.end)
		return 0;
	sep = *t.p++;
	if ((sep != '.' && sep != '/' && sep != '-') ||
	    !number(&t, 1, 2, month_first ? &c.day : &c.month) || !take(&t, sep) ||
	    !short_year(&t, &c))
		return 0;
	return behind_date(s, &t, &c, out);
}

/* "4/11/2026": the year has four digits, and what stands before the first point, slash or dash. */
static bool
day_date(const char *s, size_t n, char *sep)
{
	struct stamp_text t = { s, s + n };
	int v;

	opening(&t);
	if (!number(&t, 1, 2, &v) || t.p >= t.end)
		return false;
	*sep = *t.p++;
	return number(&t, 1, 2, &v) && take(&t, *sep) && number(&t, 4, 4, &v);
}

size_t
stamp_day_or_month(const char *s, size_t n, enum stamp_kind *kind, struct stamp *out)
{
	struct stamp month = { 0 };
	size_t day_used, month_used;
	char sep;

	if (!day_date(s, n, &sep))
		return 0;
	day_used = parse_day(s, n, false, out);
	month_used = sep == '.' ? 0 : parse_day(s, n, true, &month);
	*kind = day_used > 0 && month_used > 0 ? STAMP_EITHER
		: day_used > 0                 ? STAMP_DAY
					       : STAMP_MONTH;
	if (*kind == STAMP_MONTH)
		*out = month;
	return day_used > 0 ? day_used : month_used;
}

size_t
stamp_day(enum stamp_kind kind, const char *s, size_t n, struct stamp *out)
{
	return kind == STAMP_NAMED ? parse_named(s, n, out)
				   : parse_day(s, n, kind == STAMP_MONTH, out);
}
