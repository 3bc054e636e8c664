/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how days are read.
 */
#include "dates.h"

#include "text.h"

#include "base/day.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define SERIAL_EPOCH 25569 /* what Excel counts for 1970-01-01 (its 1900 has a day too many) */
#define YEAR_FIRST 1970
#define YEAR_LAST 2199

static const char not_a_day[] =
    "is no date that is understood (2027-03-31, 31.03.2027, 31 Mar 2027)";

/* Up to three numbers with one separator: a/b/c. What stands behind a blank or a T is a time. */
struct parts {
	int64_t n[3];
	int digits[3];
	char sep;
};

static bool
take_parts(const char *s, struct parts *p)
{
	*p = (struct parts){ 0 };
	for (int i = 0; i < 3; i++) {
		while (*s == ' ' && i > 0) /* 31. 3. 2027 */
			s++;
		for (; isdigit((unsigned char)*s) && p->digits[i] < 5; p->digits[i]++)
			p->n[i] = p->n[i] * 10 + (*s++ - '0');
		if (p->digits[i] == 0)
			return false;
		if (i == 2)
			break;
		if (strchr(".-/", *s) == NULL || *s == '\0' || (i == 1 && *s != p->sep))
			return false;
		p->sep = *s++;
	}
	/* a time of day behind it says nothing more of the day */
	if (*s == 'T' || *s == ' ')
		s += 1 + strspn(s + 1, "0123456789:.,Z+ APMapm");
	return *s == '\0';
}

static bool
year_first(const struct parts *p)
{
	return p->digits[0] == 4 && p->digits[1] <= 2 && p->digits[2] <= 2;
}

/* a/b/c with the year last. */
static bool
year_last(const struct parts *p)
{
	return p->digits[0] <= 2 && p->digits[1] <= 2 &&
	       (p->digits[2] == 4 || (p->digits[2] == 2 && p->sep != '-'));
}

enum date_order
date_order_seen(enum date_order so_far, const char *cell)
{
	enum date_order here = ORDER_UNKNOWN;
	struct parts p;

	if (!take_parts(cell, &p) || !year_last(&p) || p.sep == '.')
		return so_far;
	if (p.n[0] > 12 && p.n[1] <= 12)
		here = ORDER_DAY_FIRST;
	else if (p.n[1] > 12 && p.n[0] <= 12)
		here = ORDER_MONTH_FIRST;
	if (here == ORDER_UNKNOWN || so_far == here)
		return so_far;
	return so_far == ORDER_UNKNOWN ? here : ORDER_CONTRADICTORY;
}

static const char *
civil_day(int64_t year, int64_t month, int64_t day, int64_t *out)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	struct civil c = { .year = (int)year, .month = (int)month, .day = (int)day };

	if (year < YEAR_FIRST || year > YEAR_LAST)
		return "has a year before 1970 or after 2199";
	if (month < 1 || month > 12 || day < 1 ||
	    day > days[month - 1] + (month == 2 && leap ? 1 : 0))
		return "is no day of the calendar";
	*out = civil_instant(&c) / INSTANT_S / 86400;
	return NULL;
}

static const char *
of_parts(const struct parts *p, enum date_order order, int64_t *day)
{
	int64_t year = p->digits[2] == 2 ? 2000 + p->n[2] : p->n[2];
	bool same = p->n[0] == p->n[1];

	if (year_first(p))
		return civil_day(p->n[0], p->n[1], p->n[2], day);
	if (!year_last(p))
		return not_a_day;
	if (p->sep == '.' || order == ORDER_DAY_FIRST || same)
		return civil_day(year, p->n[1], p->n[0], day);
	if (order == ORDER_MONTH_FIRST)
		return civil_day(year, p->n[0], p->n[1], day);
	if (order == ORDER_CONTRADICTORY)
		return "is written as other dates of this list are not: day first in some, month "
		       "first in others";
	return "may be day/month or month/day, and no date of this list tells; say which in the "
	       "check: dates = \"d/m/y\" or \"m/d/y\"";
}

/* The month that a folded word means, 1 to 12; 0: none. English, German, French. */
static int
month_called(const char *word)
{
	static const char *const months[12] = { "jan january januar janvier janv",
		"feb february februar fevrier fevr fev", "mar march marz maerz mrz mars",
		"apr april avril avr", "may mai", "jun june juni juin",
		"jul july juli juillet juil", "aug august aout", "sep sept september septembre",
		"oct october okt oktober octobre", "nov november novembre",
		"dec december dez dezember decembre" };

	for (int i = 0; i < 12; i++)
		if (text_is_one_of(word, months[i]))
			return i + 1;
	return 0;
}

/* The next word or number of a date with a name in it, folded; "" at the end. */
static const char *
next_word(const char **s, char word[FOLDED_MAX])
{
	char raw[FOLDED_MAX];
	size_t n;

	*s += strspn(*s, " .,-/");
	n = strcspn(*s, " .,-/");
	if (n >= sizeof(raw))
		n = sizeof(raw) - 1;
	memcpy(raw, *s, n);
	raw[n] = '\0';
	*s += n;
	return text_fold(raw, word);
}

/* "31 March 2027", "31-Mar-27", "March 31, 2027", "31. März 2027". */
static const char *
of_words(const char *s, int64_t *day)
{
	char words[3][FOLDED_MAX], rest[FOLDED_MAX];
	int64_t year;
	int month;

	for (int i = 0; i < 3; i++)
		next_word(&s, words[i]);
	next_word(&s, rest);
	month = month_called(words[1]);
	if (month == 0) {
		month = month_called(words[0]);
		memcpy(words[0], words[1], FOLDED_MAX);
	}
	year = strtoll(words[2], NULL, 10);
	if (month == 0 || rest[0] != '\0' || words[2][strspn(words[2], "0123456789")] != '\0' ||
	    (strlen(words[2]) != 4 && strlen(words[2]) != 2) ||
	    !isdigit((unsigned char)words[0][0]))
		return not_a_day;
	return civil_day(
	    strlen(words[2]) == 2 ? 2000 + year : year, month, strtoll(words[0], NULL, 10), day);
}

/* A number alone: a day as Excel counts them, or 20270331. */
static const char *
of_number(const char *s, int64_t *day)
{
	int64_t n = strtoll(s, NULL, 10);

	if (strcspn(s, ".,") == 8)
		return civil_day(n / 10000, n / 100 % 100, n % 100, day);
	if (n < NUMBER_FIRST || n > NUMBER_LAST)
		return not_a_day;
	*day = n - SERIAL_EPOCH;
	return NULL;
}

const char *
date_read(const char *cell, enum date_order order, int64_t *day)
{
	size_t digits = strspn(cell, "0123456789");
	struct parts p;

	/* 46478 and 46478.5 are numbers; 31.12 is a day without its year */
	if ((digits == 8 && cell[digits] == '\0') ||
	    (digits == 5 && cell[digits + strspn(cell + digits, ".,0123456789")] == '\0'))
		return of_number(cell, day);
	if (take_parts(cell, &p))
		return of_parts(&p, order, day);
	return of_words(cell, day);
}

instant
date_begin(int64_t day)
{
	instant noon = (day * 86400 + 43200) * INSTANT_S;

	/* east of +12 h noon in UTC is on the next day already */
	return day_start(noon + (day - day_number(noon)) * 86400 * INSTANT_S);
}

instant
date_end(int64_t day)
{
	return date_begin(day + 1) - INSTANT_S;
}
