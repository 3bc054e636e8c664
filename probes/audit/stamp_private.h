/* SPDX-License-Identifier: Apache-2.0
 *
 * stamp_private: the pieces that stamps are made of, for stamp.c and stamp_day.c only. Inline,
 * since every record of a log passes through them. Nothing is read past `end`.
 */
#ifndef PROBES_AUDIT_STAMP_PRIVATE_H
#define PROBES_AUDIT_STAMP_PRIVATE_H

#include "stamp.h"

#include <string.h>
#include <strings.h>

struct stamp_text {
	const char *p, *end;
};

static inline bool
is_digit(const struct stamp_text *t, size_t at)
{
	return (size_t)(t->end - t->p) > at && t->p[at] >= '0' && t->p[at] <= '9';
}

static inline bool
take(struct stamp_text *t, char c)
{
	if (t->p >= t->end || *t->p != c)
		return false;
	t->p++;
	return true;
}

/* Between min and max digits; more of them are left where they are. */
static inline bool
number(struct stamp_text *t, int min, int max, int *out)
{
	int n = 0, v = 0;

	while (n < max && is_digit(t, 0)) {
		v = v * 10 + (*t->p - '0');
		t->p++;
		n++;
	}
	*out = v;
	return n >= min;
}

static inline bool
civil_ok(const struct civil *c)
{
	static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return c->month >= 1 && c->month <= 12 && c->day >= 1 && c->day <= days[c->month - 1] &&
	       c->hour <= 23 && c->minute <= 59 && c->second <= 60 && c->year >= 1;
}

static inline bool
clock_time(struct stamp_text *t, struct civil *c)
{
	return number(t, 1, 2, &c->hour) && take(t, ':') && number(t, 1, 2, &c->minute) &&
	       take(t, ':') && number(t, 1, 2, &c->second);
}

/* The same, also without seconds. */
static inline bool
short_time(struct stamp_text *t, struct civil *c)
{
	if (!number(t, 1, 2, &c->hour) || !take(t, ':') || !number(t, 1, 2, &c->minute))
		return false;
	return !is_digit(t, 1) || *t->p != ':' || (take(t, ':') && number(t, 1, 2, &c->second));
}

/* " AM", "pm": false when there is one and the hour is none of the twelve. */
static inline bool
half_day(struct stamp_text *t, struct civil *c)
{
	const char *p = t->p + (t->p < t->end && *t->p == ' ');
	bool pm;

	if (t->end - p < 2 || (p[1] | 0x20) != 'm' ||
	    ((p[0] | 0x20) != 'a' && (p[0] | 0x20) != 'p'))
		return true;
	pm = (p[0] | 0x20) == 'p';
	if (c->hour < 1 || c->hour > 12)
		return false;
	c->hour = c->hour % 12 + (pm ? 12 : 0);
	t->p = p + 2;
	return true;
}

/* What may stand between the date and the time. */
static inline bool
gap(struct stamp_text *t)
{
	if (t->p >= t->end ||
	    (*t->p != ' ' && *t->p != 'T' && *t->p != ',' && *t->p != ';' && *t->p != '\t'))
		return false;
	t->p++;
	take(t, ' ');
	return true;
}

/* What may stand before a stamp. */
static inline void
opening(struct stamp_text *t)
{
	if (!take(t, '['))
		take(t, '"');
}

/* ".123456", also after a comma; digits past the sixth are skipped. */
static inline void
fraction(struct stamp_text *t, struct civil *c, bool colon)
{
	int scale = 100000;

	if (!is_digit(t, 1) || (*t->p != '.' && *t->p != ',' && !(colon && *t->p == ':')))
		return;
	for (t->p++; is_digit(t, 0); t->p++) {
		c->micros += (*t->p - '0') * scale;
		scale /= 10;
	}
}

/* Z, +01:00, +0100, with or without one space before it; minutes east of UTC. */
static inline bool
zone(struct stamp_text *t, int *minutes)
{
	struct stamp_text try = *t;
	bool east;
	int h, m;

	*minutes = 0;
	if (take(&try, 'Z')) {
		*t = try;
		return true;
	}
	take(&try, ' ');
	if ((size_t)(try.end - try.p) >= 3 && memcmp(try.p, "UTC", 3) == 0) {
		try.p += 3;
		*t = try;
		return true;
	}
	if (try.p >= try.end || (*try.p != '+' && *try.p != '-'))
		return false;
	east = *try.p++ == '+';
	if (!number(&try, 2, 2, &h))
		return false;
	take(&try, ':');
	if (!number(&try, 2, 2, &m) || is_digit(&try, 0) || h > 23 || m > 59)
		return false;
	*minutes = (east ? 1 : -1) * (h * 60 + m);
	*t = try;
	return true;
}

/* The same day stands in most records of a log: it is not reckoned again (one thread reads stamps).
 */
static inline instant
day_of(const struct civil *c)
{
	static struct civil day;
	static instant at = INSTANT_NONE;

	if (at == INSTANT_NONE || c->day != day.day || c->month != day.month ||
	    c->year != day.year) {
		day = (struct civil){ .year = c->year, .month = c->month, .day = c->day };
		at = civil_instant(&day);
	}
	return at;
}

static inline size_t
done(const char *s, const struct stamp_text *t, const struct civil *c, bool zoned, int minutes,
    struct stamp *out)
{
	if (!civil_ok(c))
		return 0;
	out->at = day_of(c) +
		  ((instant)(c->hour * 60 + c->minute - minutes) * 60 + c->second) * INSTANT_S +
		  c->micros;
	out->zoned = zoned;
	return (size_t)(t->p - s);
}

static inline int
month(struct stamp_text *t)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	if (t->end - t->p < 3)
		return 0;
	for (int i = 0; i < 12; i++)
		if (memcmp(t->p, names + 3 * i, 3) == 0) {
			t->p += 3;
			return i + 1;
		}
	for (int i = 0; i < 12; i++)
		if (strncasecmp(t->p, names + 3 * i, 3) == 0) {
			t->p += 3;
			return i + 1;
		}
	return 0;
}

/* Day first, month first, or with the month's name (stamp_day.c); as stamp_parse. */
size_t stamp_day(enum stamp_kind kind, const char *s, size_t n, struct stamp *out);
/* The one of them that fits, or STAMP_EITHER; as stamp_any. */
size_t stamp_day_or_month(const char *s, size_t n, enum stamp_kind *kind, struct stamp *out);

#endif
