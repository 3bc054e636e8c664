/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the text of durations and instants, and sums that saturate.
 */
#include "base/span.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UNITS "ns us ms s min h d w mo y"

static const struct {
	const char *name;
	span size;
} units[] = {
	{ "y", 365 * SPAN_DAY },
	{ "mo", 30 * SPAN_DAY },
	{ "w", 7 * SPAN_DAY },
	{ "d", SPAN_DAY },
	{ "h", SPAN_H },
	{ "min", SPAN_MIN },
	{ "s", SPAN_S },
	{ "ms", SPAN_MS },
	{ "us", SPAN_US },
	{ "ns", 1 },
};

#define NUNITS (sizeof(units) / sizeof(units[0]))

static span
unit_size(const char *name, size_t len)
{
	if (len == 1 && name[0] == 'm') /* people write "10m"; months are "mo" */
		return SPAN_MIN;
	for (size_t i = 0; i < NUNITS; i++)
		if (strlen(units[i].name) == len && memcmp(units[i].name, name, len) == 0)
			return units[i].size;
	return 0;
}

int
span_parse(const char *text, span *out, struct err *e)
{
	const char *p = text;
	span sum = 0;

	while (*p == ' ')
		p++;
	if (*p == '\0')
		return err_set(
		    e, ERR_PARSE, "an empty time span (a number with a unit: " UNITS ")");
	while (*p != '\0') {
		long double part, size;
		const char *unit;
		char *end;

		if (!isdigit((unsigned char)*p))
			return err_set(
			    e, ERR_PARSE, "\"%s\" is no time span (as \"90s\", \"1h30min\")", text);
		errno = 0;
		part = strtold(p, &end);
		if (p[0] == '0' && (p[1] == 'x' || p[1] == 'X'))
			return err_set(e, ERR_PARSE, "\"%s\" is no time span (as \"90s\")", text);
		for (p = end; *p == ' '; p++)
			;
		for (unit = p; isalpha((unsigned char)*p); p++)
			;
		if (p == unit)
			return err_set(e, ERR_PARSE, "\"%s\" has no unit (" UNITS ")", text);
		size = unit_size(unit, (size_t)(p - unit));
		if (size == 0)
			return err_set(e, ERR_PARSE, "\"%s\" has no known unit (" UNITS ")", text);
		if (!(part * size + (long double)sum < (long double)SPAN_MAX))
			return err_set(e, ERR_RANGE, "\"%s\" is over 290 years", text);
		sum += (span)(part * size + 0.5L);
		while (*p == ' ')
			p++;
	}
	*out = sum;
	return 0;
}

const char *
span_text(span d, char buf[SPAN_TEXT])
{
	const char *sign = d < 0 ? "-" : "";

	if (d == 0)
		return memcpy(buf, "0s", 3);
	for (size_t i = 0; i < NUNITS; i++) {
		if (strcmp(units[i].name, "mo") == 0 || strcmp(units[i].name, "w") == 0)
			continue;
		if (d % units[i].size == 0) {
			snprintf(buf, SPAN_TEXT, "%s%lld%s", sign,
			    (long long)llabs(d / units[i].size), units[i].name);
			break;
		}
	}
	return buf;
}

const char *
span_words(span d, char buf[SPAN_TEXT])
{
	static const struct {
		span from, unit;
		const char *one, *many;
	} steps[] = {
		{ 730 * SPAN_DAY, 365 * SPAN_DAY, "year", "years" },
		{ 2 * SPAN_DAY, SPAN_DAY, "day", "days" },
		{ 2 * SPAN_H, SPAN_H, "h", "h" },
		{ 2 * SPAN_MIN, SPAN_MIN, "min", "min" },
		{ SPAN_S, SPAN_S, "s", "s" },
		{ SPAN_MS, SPAN_MS, "ms", "ms" },
		{ SPAN_US, SPAN_US, "µs", "µs" },
		{ 0, 1, "ns", "ns" },
	};
	span a = d < 0 ? (d == INT64_MIN ? INT64_MAX : -d) : d;

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		long double n;

		if (a < steps[i].from)
			continue;
		n = (long double)a / steps[i].unit;
		if (n < 10 && steps[i].unit < SPAN_MIN && a % steps[i].unit != 0)
			snprintf(buf, SPAN_TEXT, "%.2Lg %s", n, steps[i].many);
		else
			snprintf(buf, SPAN_TEXT, "%lld %s", (long long)n,
			    (long long)n == 1 ? steps[i].one : steps[i].many);
		break;
	}
	return buf;
}

instant
instant_plus(instant t, span d)
{
	instant sum;

	if (__builtin_add_overflow(t, d / SPAN_US, &sum))
		return d < 0 ? INT64_MIN + 1 : INT64_MAX;
	return sum;
}

span
instant_minus(instant later, instant earlier)
{
	int64_t micros;
	span d;

	if (__builtin_sub_overflow(later, earlier, &micros) ||
	    __builtin_mul_overflow(micros, SPAN_US, &d))
		return later < earlier ? INT64_MIN + 1 : INT64_MAX;
	return d;
}

double
span_seconds(span d)
{
	return (double)d / 1e9;
}

span
span_from_seconds(double s)
{
	if (isnan(s))
		return 0;
	if (s >= 9.2e9)
		return INT64_MAX;
	if (s <= -9.2e9)
		return INT64_MIN + 1;
	/* no llround: libm would cost every process of ours a tenth of a millisecond at start */
	return (span)(s * 1e9 + (s < 0 ? -0.5 : 0.5));
}

/* Days since 1970-01-01 of a proleptic Gregorian date, and back: the well-known era arithmetic
 * (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
static int64_t
days_from_civil(int64_t y, int64_t m, int64_t d)
{
	int64_t era, yoe, doy, doe;

	y -= m <= 2;
	era = (y >= 0 ? y : y - 399) / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

static int64_t
floor_div(int64_t a, int64_t b, int64_t *rest)
{
	int64_t q = a / b;

	*rest = a % b;
	if (*rest < 0) {
		*rest += b;
		q--;
	}
	return q;
}

void
instant_civil(instant t, struct civil *c)
{
	int64_t micros, secs, z, era, doe, yoe, doy, mp, day;

	secs = floor_div(t, INSTANT_S, &micros);
	day = floor_div(secs, 86400, &secs);
	c->micros = (int)micros;
	c->hour = (int)(secs / 3600);
	c->minute = (int)(secs / 60 % 60);
	c->second = (int)(secs % 60);
	floor_div(day + 4, 7, &z);
	c->weekday = (int)z;
	era = floor_div(day + 719468, 146097, &doe);
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	c->day = (int)(doy - (153 * mp + 2) / 5 + 1);
	c->month = (int)(mp < 10 ? mp + 3 : mp - 9);
	c->year = (int)(yoe + era * 400 + (c->month <= 2));
}

instant
civil_instant(const struct civil *c)
{
	int64_t s = days_from_civil(c->year, c->month, c->day) * 86400 + c->hour * 3600 +
		    c->minute * 60 + c->second;

	if (s >= INT64_MAX / INSTANT_S)
		return INT64_MAX;
	if (s <= INT64_MIN / INSTANT_S)
		return INT64_MIN + 1; /* the very least is no instant: INSTANT_NONE */
	return s * INSTANT_S + c->micros;
}

const char *
instant_text(instant t, char buf[INSTANT_TEXT])
{
	struct civil c;
	int n;

	instant_civil(t, &c);
	n = snprintf(buf, INSTANT_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d", c.year, c.month, c.day,
	    c.hour, c.minute, c.second);
	if (n > 0 && n < INSTANT_TEXT - 6)
		snprintf(buf + n, INSTANT_TEXT - (size_t)n, c.micros / 1000 != 0 ? ".%03dZ" : "Z",
		    c.micros / 1000);
	return buf;
}

static bool
digits(const char **p, int n, int *out)
{
	*out = 0;
	for (int i = 0; i < n; i++) {
		if (!isdigit((unsigned char)(*p)[i]))
			return false;
		*out = *out * 10 + ((*p)[i] - '0');
	}
	*p += n;
	return true;
}

static bool
expect(const char **p, char c)
{
	if (**p != c)
		return false;
	(*p)++;
	return true;
}

static bool
parse_offset(const char **p, int *minutes)
{
	int sign, h, m;

	if (**p == 'Z' || **p == 'z') {
		(*p)++;
		*minutes = 0;
		return true;
	}
	if (**p != '+' && **p != '-')
		return false;
	sign = *(*p)++ == '-' ? -1 : 1;
	if (!digits(p, 2, &h) || !expect(p, ':') || !digits(p, 2, &m) || h > 23 || m > 59)
		return false;
	*minutes = sign * (h * 60 + m);
	return true;
}

static int
month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

static bool
parse_clock(const char **p, struct civil *c, int *offset)
{
	if (!digits(p, 2, &c->hour) || !expect(p, ':') || !digits(p, 2, &c->minute) ||
	    !expect(p, ':') || !digits(p, 2, &c->second))
		return false;
	if (expect(p, '.')) {
		int scale = 100000;

		if (!isdigit((unsigned char)**p))
			return false;
		for (; isdigit((unsigned char)**p); (*p)++, scale /= 10)
			c->micros += (**p - '0') * scale;
	}
	return parse_offset(p, offset) && c->hour < 24 && c->minute < 60 && c->second < 61;
}

int
instant_parse(const char *text, instant *out, struct err *e)
{
	struct civil c = { 0 };
	const char *p = text;
	int offset = 0;
	bool ok;

	ok = digits(&p, 4, &c.year) && expect(&p, '-') && digits(&p, 2, &c.month) &&
	     expect(&p, '-') && digits(&p, 2, &c.day) && c.month >= 1 && c.month <= 12 &&
	     c.day >= 1 && c.day <= month_days(c.year, c.month);
	if (ok && *p != '\0')
		ok = (expect(&p, 'T') || expect(&p, 't') || expect(&p, ' ')) &&
		     parse_clock(&p, &c, &offset);
	if (!ok || *p != '\0')
		return err_set(e, ERR_PARSE,
		    "\"%s\" is no date (RFC 3339, as 2027-03-31 or 2027-03-31T12:00:00Z)", text);
	*out = civil_instant(&c) - (instant)offset * 60 * INSTANT_S;
	return 0;
}
