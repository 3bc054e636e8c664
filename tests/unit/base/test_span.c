/* SPDX-License-Identifier: Apache-2.0 */
#include "base/span.h"
#include "tests/t.h"

#include <stdlib.h>

static void
spans(void)
{
	static const struct {
		const char *text, *back; /* NULL: refused */
		span want;
		const char *why;
	} cases[] = {
		{ "500ms", "500ms", 500 * SPAN_MS, NULL },
		{ "1h30min", "90min", 90 * SPAN_MIN, NULL },
		{ "1.5h", "90min", 90 * SPAN_MIN, NULL },
		{ "2w", "14d", 14 * SPAN_DAY, NULL },
		{ "1mo", "30d", 30 * SPAN_DAY, NULL },
		{ "3y", "3y", 3 * 365 * SPAN_DAY, NULL },
		{ "10m", "10min", 10 * SPAN_MIN, NULL },
		{ " 7 d ", "7d", 7 * SPAN_DAY, NULL },
		{ "0s", "0s", 0, NULL },
		{ "1ns", "1ns", 1, NULL },
		{ "292y", "292y", 292 * 365 * SPAN_DAY, NULL },
		{ "293y", NULL, 0, "over 290 years" },
		{ "99999999999999999999y", NULL, 0, "over 290 years" },
		{ "5 parsecs", NULL, 0, "no known unit" },
		{ "5", NULL, 0, "no unit" },
		{ "", NULL, 0, "empty" },
		{ "-5s", NULL, 0, "is no time span" },
		{ "inf s", NULL, 0, "is no time span" },
		{ "0x10s", NULL, 0, "is no time span" },
		{ "5s!", NULL, 0, "is no time span" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err e = { 0 };
		char buf[SPAN_TEXT];
		span got = -1;
		int rc = span_parse(cases[i].text, &got, &e);

		T_INT(cases[i].text, rc, cases[i].back == NULL ? -1 : 0);
		if (rc < 0)
			T_HAS(cases[i].text, e.msg, cases[i].why);
		else {
			T_INT(cases[i].text, got, cases[i].want);
			T_TEXT(cases[i].text, span_text(got, buf), cases[i].back);
		}
	}
}

static void
words(void)
{
	static const struct {
		span d;
		const char *want;
	} cases[] = {
		{ 9 * SPAN_DAY, "9 days" },
		{ -9 * SPAN_DAY, "9 days" },
		{ 47 * SPAN_H, "47 h" },
		{ 48 * SPAN_H, "2 days" },
		{ 90 * SPAN_MIN, "90 min" },
		{ 2500 * SPAN_MS, "2.5 s" },
		{ 12 * SPAN_MS, "12 ms" },
		{ 4 * 365 * SPAN_DAY, "4 years" },
		{ INT64_MIN, "292 years" },
		{ 0, "0 ns" },
	};
	char buf[SPAN_TEXT];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		T_TEXT(cases[i].want, span_words(cases[i].d, buf), cases[i].want);
}

static void
instants(void)
{
	static const struct {
		const char *text, *want; /* NULL: refused */
		instant at;
	} cases[] = {
		{ "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", 0 },
		{ "2036-02-07T06:28:16Z", "2036-02-07T06:28:16Z", 2085978496 * INSTANT_S },
		{ "2038-01-19T03:14:08Z", "2038-01-19T03:14:08Z", 2147483648 * INSTANT_S },
		{ "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z", 253402300799 * INSTANT_S },
		{ "2027-03-31", "2027-03-31T00:00:00Z", 1806451200 * INSTANT_S },
		{ "2027-03-31T12:00:00+05:00", "2027-03-31T07:00:00Z", 1806476400 * INSTANT_S },
		{ "2027-03-31 12:00:00.250Z", "2027-03-31T12:00:00.250Z",
		    1806494400 * INSTANT_S + 250000 },
		{ "2028-02-29", "2028-02-29T00:00:00Z", 1835395200 * INSTANT_S },
		{ "2027-02-29", NULL, 0 },
		{ "2100-02-29", NULL, 0 },
		{ "2027-13-01", NULL, 0 },
		{ "2027-00-01", NULL, 0 },
		{ "2027-03-31T24:00:00Z", NULL, 0 },
		{ "2027-03-31T12:00:00", NULL, 0 },
		{ "2027-03-31T12:00:00.Z", NULL, 0 },
		{ "31.3.2027", NULL, 0 },
		{ "", NULL, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char buf[INSTANT_TEXT];
		struct err e;
		instant got = 0;
		int rc = instant_parse(cases[i].text, &got, &e);

		T_INT(cases[i].text, rc, cases[i].want == NULL ? -1 : 0);
		if (rc == 0) {
			T_INT(cases[i].text, got, cases[i].at);
			T_TEXT(cases[i].text, instant_text(got, buf), cases[i].want);
		}
	}
}

/* Every day of four centuries, there and back. */
static void
calendar(void)
{
	bool same = true;
	int weekday = 6; /* 2000-01-01 was a Saturday */

	for (int64_t day = 10957; day < 10957 + 146097; day++) {
		struct civil c;

		instant_civil(day * 86400 * INSTANT_S, &c);
		same = same && civil_instant(&c) == day * 86400 * INSTANT_S && c.weekday == weekday;
		weekday = (weekday + 1) % 7;
	}
	T_TRUE("each day of 400 years converts there and back", same);
}

static void
saturation(void)
{
	T_INT("far later minus far earlier stays in range", instant_minus(INT64_MAX, INT64_MIN + 1),
	    INT64_MAX);
	T_INT("year 9999 minus 1970 saturates", instant_minus(253402300799 * INSTANT_S, 0),
	    INT64_MAX);
	T_INT("an instant plus a span that is too long", instant_plus(INT64_MAX - 5, SPAN_MAX),
	    INT64_MAX);
	T_INT("seconds that are no number", span_from_seconds((double)NAN), 0);
	T_INT("seconds past the end", span_from_seconds(1e12), INT64_MAX);
}

/* The first and the last moment there is, and what lies a year beyond. */
static void
ends_of_time(void)
{
	static const instant ends[] = { INT64_MIN, INT64_MIN + 1, INT64_MAX };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		struct civil c;

		instant_civil(ends[i], &c);
		T_TRUE("a moment at the end comes back",
		    civil_instant(&c) == (i == 0 ? INT64_MIN + 1 : ends[i]));
		c.year += ends[i] < 0 ? -1 : 1;
		T_TRUE("a year further is the end",
		    civil_instant(&c) == (ends[i] < 0 ? INT64_MIN + 1 : INT64_MAX));
	}
}

int
main(void)
{
	ends_of_time();
	spans();
	words();
	instants();
	calendar();
	saturation();
	return t_end();
}
