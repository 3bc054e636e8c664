/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns finding the date and the number in a file's name.
 */
#include "dated.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define YEAR_FIRST 1990
#define YEAR_LAST 2099
#define NUMBER_DIGITS 18 /* fits 64 bits */

/* A piece of the name. */
struct piece {
	size_t at, len;
};

static bool
digit(char c)
{
	return isdigit((unsigned char)c) != 0;
}

/* n digits at p, or -1; more digits may follow. */
static int
digits(const char *p, int n)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		if (!digit(p[i]))
			return -1;
		v = v * 10 + (p[i] - '0');
	}
	return v;
}

/* false: there is no such day or time. */
static bool
moment(int year, int month, int day, const int clock[3], instant *out)
{
	struct tm t = { .tm_year = year - 1900,
		.tm_mon = month - 1,
		.tm_mday = day,
		.tm_hour = clock[0],
		.tm_min = clock[1],
		.tm_sec = clock[2] };
	time_t at;

	if (year < YEAR_FIRST || year > YEAR_LAST || month < 1 || month > 12 || day < 1 ||
	    clock[0] > 23 || clock[1] > 59 || clock[2] > 59)
		return false;
	at = timegm(&t);
	if (t.tm_mday != day)
		return false;
	*out = (instant)at * INSTANT_S;
	return true;
}

/* "T0815", "_08-15-00", "081500": how many bytes of it are a time of day; 0: none. */
static size_t
clock_behind(const char *p, int clock[3])
{
	size_t n = strchr("T_- .", *p) != NULL && *p != '\0' ? 1 : 0;
	int found[3] = { -1, -1, -1 };

	for (int i = 0; i < 3; i++) {
		size_t gap = i > 0 && strchr("-_.:", p[n]) != NULL && p[n] != '\0' ? 1 : 0;

		found[i] = digits(p + n + gap, 2);
		if (found[i] < 0)
			break;
		n += gap + 2;
	}
	if (found[1] < 0 || digit(p[n]) || found[0] > 23 || found[1] > 59 || found[2] > 59)
		return 0;
	clock[0] = found[0];
	clock[1] = found[1];
	clock[2] = found[2] < 0 ? 0 : found[2];
	return n;
}

/* A date of one form at p: bytes of it, 0 none. */
static size_t
year_first(const char *p, instant *out)
{
	int year = digits(p, 4), month, day, clock[3] = { 0, 0, 0 };
	char sep = year < 0 ? '\0' : p[4];
	size_t n;

	if (year < 0)
		return 0;
	if (digit(sep)) { /* YYYYMMDD */
		month = digits(p + 4, 2);
		day = month < 0 ? -1 : digits(p + 6, 2);
		n = 8;
	} else {
		if (sep == '\0' || strchr("-_.", sep) == NULL)
			return 0;
		month = digits(p + 5, 2);
		if (month < 0 || digit(p[7]))
			return 0;
		day = p[7] == sep ? digits(p + 8, 2) : -1;
		if (day < 0) /* YYYY-MM */
			return moment(year, month, 1, clock, out) ? 7 : 0;
		n = 10;
	}
	if (day < 0)
		return 0;
	n += clock_behind(p + n, clock);
	return !digit(p[n]) && moment(year, month, day, clock, out) ? n : 0;
}

static size_t
day_first(const char *p, instant *out)
{
	const int midnight[3] = { 0, 0, 0 };
	int day = digits(p, 2), month, year;

	if (day < 0 || p[2] != '.')
		return 0;
	month = digits(p + 3, 2);
	if (month < 0 || p[5] != '.')
		return 0;
	year = digits(p + 6, 4);
	return year >= 0 && !digit(p[10]) && moment(year, month, day, midnight, out) ? 10 : 0;
}

static size_t
short_year(const char *p, instant *out)
{
	const int midnight[3] = { 0, 0, 0 };
	int all = digits(p, 6);

	if (all < 0 || digit(p[6]))
		return 0;
	return moment(2000 + all / 10000, all / 100 % 100, all % 100, midnight, out) ? 6 : 0;
}

/* The last date of the name: what stands first is more often a part of its title. */
static bool
find_date(const char *name, instant *out, struct piece *where)
{
	bool found = false;

	for (size_t i = 0; name[i] != '\0'; i++) {
		size_t n;

		if (i > 0 && digit(name[i - 1]))
			continue;
		n = year_first(name + i, out);
		if (n == 0)
			n = day_first(name + i, out);
		if (n == 0)
			n = short_year(name + i, out);
		if (n == 0)
			continue;
		*where = (struct piece){ i, n };
		found = true;
		i += n - 1;
	}
	return found;
}

/* The last run of digits that lies outside the date. */
static bool
find_number(const char *name, const struct piece *date, uint64_t *out, struct piece *where)
{
	bool found = false;

	for (size_t i = 0; name[i] != '\0'; i++) {
		uint64_t v = 0;
		size_t n = 0;

		if (date->len > 0 && i == date->at)
			i += date->len;
		for (; digit(name[i + n]); n++)
			if (n < NUMBER_DIGITS)
				v = v * 10 + (uint64_t)(name[i + n] - '0');
		if (n > 0 && n <= NUMBER_DIGITS) {
			*where = (struct piece){ i, n };
			*out = v;
			found = true;
		}
		i += n;
		if (name[i] == '\0')
			break;
	}
	return found;
}

/* Without the endings of programs that pack. */
static size_t
unpacked_length(const char *name)
{
	static const char *const endings[] = { ".gz", ".xz", ".zst", ".bz2" };
	size_t len = strlen(name);

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t n = strlen(endings[i]);

		if (len > n && strcmp(name + len - n, endings[i]) == 0)
			return len - n;
	}
	return len;
}

bool
dated_name(const char *name, bool number, struct dated *out)
{
	struct piece date = { 0, 0 }, count = { 0, 0 };
	size_t len = unpacked_length(name), n = 0;
	char plain[NAME_MAX + 1];

	if (len > NAME_MAX)
		return false;
	memcpy(plain, name, len);
	plain[len] = '\0';
	out->dated = find_date(plain, &out->from, &date);
	out->numbered = number && find_number(plain, &date, &out->number, &count);
	for (size_t i = 0; i < len; i++) {
		size_t skip = date.len > 0 && i == date.at     ? date.len
			      : count.len > 0 && i == count.at ? count.len
							       : 0;

		out->series[n++] = skip > 0 ? '*' : plain[i];
		i += skip > 0 ? skip - 1 : 0;
	}
	out->series[n] = '\0';
	return out->dated || out->numbered;
}
