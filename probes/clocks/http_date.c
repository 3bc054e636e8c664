/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the three forms of a date (RFC 9110, 5.6.7).
 */
#include "http_head.h"

#include <string.h>

#define YEAR_MIN 1970
#define YEAR_MAX 2261 /* nanoseconds since 1970 fit in 63 bits until 2262 */

/* '0' is a digit, '_' a digit or a blank, '@' the three letters of a month, '?' a letter; all else
 * stands for itself. */
static const char imf[] = "???, 00 @ 0000 00:00:00 GMT", asctime_form[] = "??? @ _0 00:00:00 0000";
/* behind the name of the day, which has six to nine letters */
static const char rfc850[] = ", 00-@-00 00:00:00 GMT";

struct cursor {
	const char *p;
	size_t n;
	int v[6]; /* the numbers, in the order they come */
	size_t nv;
	int month; /* 1 to 12; 0: none so far */
};

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
take_month(struct cursor *c)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	if (c->n < 3)
		return false;
	for (int i = 0; i < 12; i++)
		if (memcmp(c->p, names + 3 * i, 3) == 0)
			c->month = i + 1;
	c->p += 3;
	c->n -= 3;
	return c->month != 0;
}

/* One or more digits of the form at once, so that they are one number. */
static const char *
take_number(struct cursor *c, const char *form)
{
	int v = 0;

	for (; *form == '0' || *form == '_'; form++) {
		char d = c->n > 0 ? *c->p : '\0';

		if (*form == '_' && d == ' ')
			d = '0';
		if (d < '0' || d > '9' || c->nv == 6)
			return NULL;
		v = v * 10 + (d - '0');
		c->p++;
		c->n--;
	}
	c->v[c->nv++] = v;
	return form;
}

static bool
fits(struct cursor *c, const char *form)
{
	while (*form != '\0') {
		if (*form == '@') {
			if (!take_month(c))
				return false;
			form++;
		} else if (*form == '0' || *form == '_') {
			form = take_number(c, form);
			if (form == NULL)
				return false;
		} else {
			if (c->n == 0 || (*form == '?' ? !is_letter(*c->p) : *c->p != *form))
				return false;
			form++;
			c->p++;
			c->n--;
		}
	}
	return c->n == 0;
}

/* Days from 1970-01-01 to a date of the Gregorian calendar. */
static int64_t
days(int y, int m, int d)
{
	int64_t yy = m <= 2 ? y - 1 : y, mm = m <= 2 ? m + 9 : m - 3;

	return 365 * yy + yy / 4 - yy / 100 + yy / 400 + (153 * mm + 2) / 5 + d - 1 - 719468;
}

static bool
make(int year, int month, int day, const int clock[3], int64_t *out)
{
	static const int lengths[12] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	/* second 60 is a leap second (RFC 9110, 5.6.7) */
	if (year < YEAR_MIN || year > YEAR_MAX || day < 1 || day > lengths[month - 1] ||
	    (month == 2 && day == 29 && !leap) || clock[0] > 23 || clock[1] > 59 || clock[2] > 60)
		return false;
	*out = days(year, month, day) * 86400 + clock[0] * 3600 + clock[1] * 60 + clock[2];
	return true;
}

bool
http_date_parse(const char *text, size_t n, int64_t *out)
{
	struct cursor c = { .p = text, .n = n };
	size_t name = 0;

	if (fits(&c, imf))
		return make(c.v[1], c.month, c.v[0], c.v + 2, out);
	c = (struct cursor){ .p = text, .n = n };
	if (fits(&c, asctime_form))
		return make(c.v[4], c.month, c.v[0], c.v + 1, out);
	while (name < n && is_letter(text[name]))
		name++;
	c = (struct cursor){ .p = text + name, .n = n - name };
	if (name < 6 || name > 9 || !fits(&c, rfc850))
		return false;
	/* two digits of a year: this program was written in 2026, and no clock it meets is from
	 * before 1970 */
	return make(c.v[1] + (c.v[1] < 70 ? 2000 : 1900), c.month, c.v[0], c.v + 2, out);
}
