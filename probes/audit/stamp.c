/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the ways in which logs write a time.
 */
#include "stamp.h"

#include <stdint.h>
#include <string.h>

#define EPOCH_MIN_DIGITS 9
#define EPOCH_MAX_DIGITS 16

struct text {
	const char *p, *end;
};

static bool
is_digit(const struct text *t, size_t at)
{
	return (size_t)(t->end - t->p) > at && t->p[at] >= '0' && t->p[at] <= '9';
}

static bool
take(struct text *t, char c)
{
	if (t->p >= t->end || *t->p != c)
		return false;
	t->p++;
	return true;
}

/* Between min and max digits; more of them are left where they are. */
static bool
number(struct text *t, int min, int max, int *out)
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

static bool
civil_ok(const struct civil *c)
{
	static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return c->month >= 1 && c->month <= 12 && c->day >= 1 && c->day <= days[c->month - 1] &&
	       c->hour <= 23 && c->minute <= 59 && c->second <= 60 && c->year >= 1;
}

static bool
clock_time(struct text *t, struct civil *c)
{
	return number(t, 1, 2, &c->hour) && take(t, ':') && number(t, 1, 2, &c->minute) &&
	       take(t, ':') && number(t, 1, 2, &c->second);
}

/* ".123456", also after a comma; digits past the sixth are skipped. */
static void
fraction(struct text *t, struct civil *c, bool colon)
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
static bool
zone(struct text *t, int *minutes)
{
	struct text try = *t;
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

static size_t
done(const char *s, const struct text *t, const struct civil *c, bool zoned, int minutes,
    struct stamp *out)
{
	if (!civil_ok(c))
		return 0;
	out->at = civil_instant(c) - (instant)minutes * 60 * INSTANT_S;
	out->zoned = zoned;
	return (size_t)(t->p - s);
}

static size_t
parse_iso(const char *s, size_t n, struct stamp *out)
{
	struct text t = { s, s + n };
	struct civil c = { 0 };
	bool zoned, dashes;
	int minutes;

	take(&t, '[');
	if (!number(&t, 4, 4, &c.year))
		return 0;
	dashes = take(&t, '-');
	if (!number(&t, 2, 2, &c.month) || (dashes && !take(&t, '-')) || !number(&t, 2, 2, &c.day))
		return 0;
	if (!take(&t, 'T') && !take(&t, 't') && !take(&t, ' ') && (dashes || !take(&t, '-')))
		return 0;
	if (!clock_time(&t, &c))
		return 0;
	fraction(&t, &c, !dashes);
	zoned = zone(&t, &minutes);
	return done(s, &t, &c, zoned, minutes, out);
}

static int
month(struct text *t)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	if (t->end - t->p < 3)
		return 0;
	for (int i = 0; i < 12; i++)
		if (memcmp(t->p, names + 3 * i, 3) == 0) {
			t->p += 3;
			return i + 1;
		}
	return 0;
}

static void
weekday(struct text *t)
{
	static const char names[] = "MonTueWedThuFriSatSun";

	if (t->end - t->p < 4 || t->p[3] != ' ')
		return;
	for (int i = 0; i < 7; i++)
		if (memcmp(t->p, names + 3 * i, 3) == 0) {
			t->p += 4;
			return;
		}
}

static size_t
parse_bsd(const char *s, size_t n, int year, struct stamp *out)
{
	struct text t = { s, s + n }, after;
	struct civil c = { 0 };

	take(&t, '[');
	weekday(&t);
	c.month = month(&t);
	if (c.month == 0 || !take(&t, ' '))
		return 0;
	take(&t, ' ');
	if (!number(&t, 1, 2, &c.day) || !take(&t, ' ') || !clock_time(&t, &c))
		return 0;
	fraction(&t, &c, false);
	after = t;
	out->yearless = true;
	c.year = year;
	if (take(&after, ' ') && number(&after, 4, 4, &c.year) && !is_digit(&after, 0) &&
	    c.year >= 1970 && (after.p == after.end || *after.p == ' ' || *after.p == ']')) {
		out->yearless = false;
		t = after;
	} else {
		c.year = year;
	}
	return done(s, &t, &c, false, 0, out);
}

static size_t
parse_apache(const char *s, size_t n, struct stamp *out)
{
	struct text t = { s, s + n };
	struct civil c = { 0 };
	bool zoned;
	int minutes;

	take(&t, '[');
	if (!number(&t, 1, 2, &c.day) || !take(&t, '/'))
		return 0;
	c.month = month(&t);
	if (c.month == 0 || !take(&t, '/') || !number(&t, 4, 4, &c.year) || !take(&t, ':') ||
	    !clock_time(&t, &c))
		return 0;
	zoned = zone(&t, &minutes);
	return done(s, &t, &c, zoned, minutes, out);
}

static size_t
parse_epoch(const char *s, size_t n, struct stamp *out)
{
	struct text t = { s, s + n };
	struct civil c = { 0 };
	int64_t v = 0;
	int digits = 0;

	while (digits <= EPOCH_MAX_DIGITS && is_digit(&t, 0)) {
		v = v * 10 + (*t.p++ - '0');
		digits++;
	}
	if (digits == 13)
		v *= 1000;
	else if (digits >= EPOCH_MIN_DIGITS && digits <= 10)
		v *= INSTANT_S;
	else if (digits != EPOCH_MAX_DIGITS)
		return 0;
	if (digits <= 10)
		fraction(&t, &c, false);
	out->at = v + c.micros;
	out->zoned = true;
	return (size_t)(t.p - s);
}

size_t
stamp_parse(enum stamp_kind kind, const char *s, size_t n, int year, struct stamp *out)
{
	*out = (struct stamp){ 0 };
	switch (kind) {
	case STAMP_ISO:
		return parse_iso(s, n, out);
	case STAMP_BSD:
		return parse_bsd(s, n, year, out);
	case STAMP_APACHE:
		return parse_apache(s, n, out);
	case STAMP_EPOCH:
		return parse_epoch(s, n, out);
	default:
		return 0;
	}
}

size_t
stamp_any(const char *s, size_t n, int year, enum stamp_kind *kind, struct stamp *out)
{
	for (int k = STAMP_ISO; k < STAMP_N; k++) {
		size_t used = stamp_parse((enum stamp_kind)k, s, n, year, out);

		if (used > 0) {
			*kind = (enum stamp_kind)k;
			return used;
		}
	}
	*kind = STAMP_NONE;
	return 0;
}
