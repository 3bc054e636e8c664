/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns dates of certificates, as the standard and as the field write them.
 */
#include "probes/x509/x509_time.h"

#define NEVER_S ((instant)253402300799) /* 9999-12-31T23:59:59Z */

struct digits {
	const uint8_t *p, *end;
	bool bad;
};

static int
take(struct digits *d, int n)
{
	int v = 0;

	while (n-- > 0) {
		if (d->p == d->end || *d->p < '0' || *d->p > '9') {
			d->bad = true;
			return 0;
		}
		v = v * 10 + (*d->p++ - '0');
	}
	return v;
}

static bool
digit_next(const struct digits *d)
{
	return d->p < d->end && *d->p >= '0' && *d->p <= '9';
}

static int
days_of(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

static bool
in_calendar(const struct civil *c)
{
	return c->month >= 1 && c->month <= 12 && c->day >= 1 &&
	       c->day <= days_of(c->year, c->month) && c->hour <= 23 && c->minute <= 59 &&
	       c->second <= 59;
}

/* "Z", "+hhmm" or "-hhmm" to minutes east. */
static int
take_zone(struct digits *d, bool *odd)
{
	int sign, minutes;

	if (d->p == d->end) {
		d->bad = true;
		return 0;
	}
	if (*d->p == 'Z') {
		d->p++;
		return 0;
	}
	if (*d->p != '+' && *d->p != '-') {
		d->bad = true;
		return 0;
	}
	*odd = true;
	sign = *d->p++ == '-' ? -1 : 1;
	minutes = take(d, 2) * 60;
	minutes += take(d, 2);
	if (minutes > 24 * 60)
		d->bad = true;
	return sign * minutes;
}

int
x509_time(unsigned tag, struct der text, instant *out, bool *odd, struct err *e)
{
	struct digits d = { text.p, text.p + text.len, false };
	struct civil c = { 0 };
	int east;

	*odd = false;
	if (tag == DER_UTC_TIME) {
		c.year = take(&d, 2);
		c.year += c.year >= 50 ? 1900 : 2000;
	} else if (tag == DER_GENERALIZED_TIME)
		c.year = take(&d, 4);
	else
		return err_set(e, ERR_PARSE, "a date of type 0x%02x (RFC 5280 4.1.2.5)", tag);
	c.month = take(&d, 2);
	c.day = take(&d, 2);
	c.hour = take(&d, 2);
	c.minute = take(&d, 2);
	if (digit_next(&d))
		c.second = take(&d, 2);
	else
		*odd = true;
	if (tag == DER_GENERALIZED_TIME && d.p < d.end && (*d.p == '.' || *d.p == ',')) {
		*odd = true;
		d.p++;
		take(&d, 1);
		while (digit_next(&d))
			d.p++;
	}
	east = take_zone(&d, odd);
	if (d.bad || d.p != d.end || !in_calendar(&c))
		return err_set(e, ERR_PARSE, "\"%.*s\" is no date (RFC 5280 4.1.2.5)",
		    text.len < 32 ? (int)text.len : 32, (const char *)text.p);
	*out = civil_instant(&c) - (instant)east * 60 * INSTANT_S;
	return 0;
}

bool
x509_time_is_never(instant t)
{
	return t == NEVER_S * INSTANT_S;
}
