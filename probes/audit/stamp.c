/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the ways in which logs write a time.
 */
#include "stamp_private.h"

#include <stdint.h>

#define EPOCH_MIN_DIGITS 9
#define EPOCH_MAX_DIGITS 16

static size_t
parse_iso(const char *s, size_t n, struct stamp *out)
{
	struct stamp_text t = { s, s + n };
	struct civil c = { 0 };
	char sep = '\0';
	bool zoned;
	int minutes;

	opening(&t);
	if (!number(&t, 4, 4, &c.year) || t.p >= t.end)
		return 0;
	if (*t.p == '-' || *t.p == '/' || *t.p == '.')
		sep = *t.p++;
	if (!number(&t, sep != '\0' ? 1 : 2, 2, &c.month) || (sep != '\0' && !take(&t, sep)) ||
	    !number(&t, sep != '\0' ? 1 : 2, 2, &c.day))
		return 0;
	if (!gap(&t) && !take(&t, 't') && (sep != '\0' || !take(&t, '-')))
		return 0;
	if (sep != '\0' ? !short_time(&t, &c) : !clock_time(&t, &c))
		return 0;
	fraction(&t, &c, true);
	if (!half_day(&t, &c))
		return 0;
	zoned = zone(&t, &minutes);
	return done(s, &t, &c, zoned, minutes, out);
}

static void
weekday(struct stamp_text *t)
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
	struct stamp_text t = { s, s + n }, after;
	struct civil c = { 0 };

	opening(&t);
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
	struct stamp_text t = { s, s + n };
	struct civil c = { 0 };
	bool zoned;
	int minutes;

	opening(&t);
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
	struct stamp_text t = { s, s + n };
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
	case STAMP_NAMED:
	case STAMP_DAY:
	case STAMP_MONTH:
		return stamp_day(kind, s, n, out);
	default:
		return 0;
	}
}

size_t
stamp_any(const char *s, size_t n, int year, enum stamp_kind *kind, struct stamp *out)
{
	size_t used;

	for (int k = STAMP_ISO; k <= STAMP_NAMED; k++) {
		used = stamp_parse((enum stamp_kind)k, s, n, year, out);
		if (used > 0) {
			*kind = (enum stamp_kind)k;
			return used;
		}
	}
	*out = (struct stamp){ 0 };
	used = stamp_day_or_month(s, n, kind, out);
	if (used == 0)
		*kind = STAMP_NONE;
	return used;
}
