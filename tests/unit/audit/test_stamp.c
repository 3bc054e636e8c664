/* SPDX-License-Identifier: Apache-2.0 */
#include "probes/audit/audit.h"
#include "probes/audit/record.h"

#include "tests/t.h"

#include <stdlib.h>

static const struct audit_conf automatic = { .format = "auto", .time_format = "auto" };

static instant
at(const char *rfc3339)
{
	struct err e;
	instant t = 0;

	if (instant_parse(rfc3339, &t, &e) < 0)
		abort();
	return t;
}

static const struct {
	const char *name;
	enum stamp_kind kind;
	const char *text;
	size_t used; /* 0: none */
	const char *want;
	bool zoned, yearless;
} stamps[] = {
	{ "RFC 3339", STAMP_ISO, "2026-11-24T08:14:00Z x", 20, "2026-11-24T08:14:00Z", true,
	    false },
	{ "offset", STAMP_ISO, "2026-11-24T08:14:00.123+01:00", 29, "2026-11-24T07:14:00.123Z",
	    true, false },
	{ "comma", STAMP_ISO, "2026-11-24 08:14:00,5 x", 21, "2026-11-24T08:14:00.5Z", false,
	    false },
	{ "compact", STAMP_ISO, "20261124-8:4:2:123|x", 18, "2026-11-24T08:04:02.123Z", false,
	    false },
	{ "bracket", STAMP_ISO, "[2026-11-24 08:14:00]", 20, "2026-11-24T08:14:00Z", false, false },
	{ "month 13", STAMP_ISO, "2026-13-24T08:14:00Z", 0, NULL, false, false },
	{ "day 32", STAMP_ISO, "2026-11-32T08:14:00Z", 0, NULL, false, false },
	{ "hour 24", STAMP_ISO, "2026-11-24T24:14:00Z", 0, NULL, false, false },
	{ "leap second", STAMP_ISO, "2016-12-31T23:59:60Z", 20, "2017-01-01T00:00:00Z", true,
	    false },
	{ "RFC 3164", STAMP_BSD, "Nov  4 08:14:00 host", 15, "2000-11-04T08:14:00Z", false, true },
	{ "with its year", STAMP_BSD, "Sun Nov  4 08:14:00 2018 x", 24, "2018-11-04T08:14:00Z",
	    false, false },
	{ "29 February", STAMP_BSD, "Feb 29 08:14:00 h", 15, "2000-02-29T08:14:00Z", false, true },
	{ "no month", STAMP_BSD, "Nox  4 08:14:00 host", 0, NULL, false, false },
	{ "Apache", STAMP_APACHE, "[24/Nov/2026:08:14:00 +0100] x", 27, "2026-11-24T07:14:00Z",
	    true, false },
	{ "seconds", STAMP_EPOCH, "1795508040 x", 10, "2026-11-24T08:14:00Z", true, false },
	{ "milliseconds", STAMP_EPOCH, "1795508040123", 13, "2026-11-24T08:14:00.123Z", true,
	    false },
	{ "after 2038", STAMP_EPOCH, "4102444800.5", 12, "2100-01-01T00:00:00.5Z", true, false },
	{ "8 digits", STAMP_EPOCH, "17955080", 0, NULL, false, false },
	{ "slashes, year first", STAMP_ISO, "2026/11/24 08:14:00 x", 19, "2026-11-24T08:14:00Z",
	    false, false },
	{ "no seconds", STAMP_ISO, "2026-11-24 08:14,x", 16, "2026-11-24T08:14:00Z", false, false },
	{ "two kinds of dash", STAMP_ISO, "2026-11/24 08:14:00", 0, NULL, false, false },
	{ "day first, points", STAMP_DAY, "24.11.2026 08:14:00;x", 19, "2026-11-24T08:14:00Z",
	    false, false },
	{ "in quotes", STAMP_DAY, "\"4.1.2026 8:14\"", 14, "2026-01-04T08:14:00Z", false, false },
	{ "two digits of a year", STAMP_DAY, "24.11.26 08:14:00", 17, "2026-11-24T08:14:00Z", false,
	    false },
	{ "of the last century", STAMP_DAY, "24.11.69 08:14:00", 17, "1969-11-24T08:14:00Z", false,
	    false },
	{ "three digits of a year", STAMP_DAY, "24.11.202 08:14:00", 0, NULL, false, false },
	{ "month 24", STAMP_DAY, "11/24/2026 08:14:00", 0, NULL, false, false },
	{ "month first, PM", STAMP_MONTH, "11/24/2026 8:14:00 PM,x", 21, "2026-11-24T20:14:00Z",
	    false, false },
	{ "midnight", STAMP_MONTH, "11/24/2026 12:00 am", 19, "2026-11-24T00:00:00Z", false,
	    false },
	{ "noon", STAMP_MONTH, "11/24/2026 12:00 PM", 19, "2026-11-24T12:00:00Z", false, false },
	{ "13 PM", STAMP_MONTH, "11/24/2026 13:00 PM", 0, NULL, false, false },
	{ "0 AM", STAMP_MONTH, "11/24/2026 00:00 AM", 0, NULL, false, false },
	{ "no date behind it", STAMP_MONTH, "11/24/2026", 0, NULL, false, false },
	{ "with the month's name", STAMP_NAMED, "24-Nov-2026 08:14:00.5 x", 22,
	    "2026-11-24T08:14:00.5Z", false, false },
	{ "in capitals", STAMP_NAMED, "24 NOV 26 8:14 AM", 17, "2026-11-24T08:14:00Z", false,
	    false },
	{ "milliseconds behind a colon", STAMP_DAY, "27.05.2019 10:09:04:540", 23,
	    "2019-05-27T10:09:04.54Z", false, false },
	{ "17 digits", STAMP_EPOCH, "17955080401234567", 0, NULL, false, false },
};

static void
table(void)
{
	for (size_t i = 0; i < sizeof(stamps) / sizeof(stamps[0]); i++) {
		const char *row = stamps[i].name;
		struct stamp s;
		size_t used =
		    stamp_parse(stamps[i].kind, stamps[i].text, strlen(stamps[i].text), 2000, &s);

		T_INT(row, used, stamps[i].used);
		if (used == 0)
			continue;
		T_INT(row, s.at, at(stamps[i].want));
		T_INT(row, s.zoned, stamps[i].zoned);
		T_INT(row, s.yearless, stamps[i].yearless);
	}
}

/* Nothing is read behind n: each truncation lies in memory of its own (the sanitizer sees). */
static void
truncations(void)
{
	for (size_t i = 0; i < sizeof(stamps) / sizeof(stamps[0]); i++)
		for (size_t n = 0; n <= strlen(stamps[i].text); n++) {
			char *exact = malloc(n + 1);
			struct stamp s;
			enum stamp_kind kind;

			if (exact == NULL)
				abort();
			char *p = exact + 1;
			memcpy(p, stamps[i].text, n);
			T_TRUE(stamps[i].name, stamp_any(p, n, 2000, &kind, &s) <= n);
			free(exact);
		}
}

static const struct {
	const char *name, *text;
	enum format want;
} guesses[] = {
	{ "auditd", "type=USER_AUTH msg=audit(1492037289.295:58): pid=1\n", FORMAT_AUDITD },
	{ "auditd with node", "node=h type=EOE msg=audit(1492037289.295:58): \n", FORMAT_AUDITD },
	{ "RFC 3164", "Nov 24 08:14:00 h su: x\nNov 24 08:14:01 h su: y\n", FORMAT_RFC3164 },
	{ "RFC 5424", "<34>1 2026-11-24T08:14:00Z h su - - - x\n", FORMAT_RFC5424 },
	{ "JSON lines", "{\"a\":1,\"time\":\"2026-11-24T08:14:00Z\"}\n", FORMAT_JSONL },
	{ "JSON without time", "{\"a\":1}\n", FORMAT_PLAIN },
	{ "plain", "2026-11-24 08:14:00 x\n", FORMAT_PLAIN },
	{ "CSV", "Date,User\n24.11.2026 08:14:00,a\n24.11.2026 08:15:00,\"b,c\"\n", FORMAT_CSV },
	{ "semicolons, a column for the time of day",
	    "No;Datum;Zeit\n1;24.11.2026;08:14:00\n2;24.11.2026;08:15:00\n", FORMAT_CSV },
	{ "columns without names", "7,24.11.2026,08:14:00\n8,24.11.2026,08:15:00\n", FORMAT_CSV },
	{ "columns without times", "a,b\nc,d\ne,f\n", FORMAT_PLAIN },
	{ "a plain text with commas", "2026-11-24 08:14:00,1 a, b\n2026-11-24 08:14:01,2 c, d\n",
	    FORMAT_PLAIN },
	{ "W3C", "#Software: x\n#Fields: date time s-ip\n2026-11-24 08:14:00 ::1\n", FORMAT_W3C },
	{ "mostly something else", "aa\nbb\nNov 24 08:14:00 h su: x\ncc\n", FORMAT_PLAIN },
	{ "no whole line", "Nov 24 08:14:00 h su", FORMAT_PLAIN },
};

static void
guess(void)
{
	for (size_t i = 0; i < sizeof(guesses) / sizeof(guesses[0]); i++)
		T_INT(guesses[i].name,
		    format_guess(&automatic, guesses[i].text, strlen(guesses[i].text)),
		    guesses[i].want);
}

static const struct {
	const char *name;
	enum format format;
	const char *text;
	bool has_seq;
	uint64_t seq;
	const char *at; /* NULL: none */
} records[] = {
	{ "auditd", FORMAT_AUDITD, "type=EOE msg=audit(1492037289.295:58): ", true, 58,
	    "2017-04-12T22:48:09.295Z" },
	{ "serial 2^32 - 1", FORMAT_AUDITD, "type=EOE msg=audit(1492037289.295:4294967295):", true,
	    4294967295, "2017-04-12T22:48:09.295Z" },
	{ "serial 2^32", FORMAT_AUDITD, "type=EOE msg=audit(1492037289.295:4294967296):", false, 0,
	    NULL },
	{ "cut stamp", FORMAT_AUDITD, "type=EOE msg=audit(1492037289.29", false, 0, NULL },
	{ "JSON name of a deeper object", FORMAT_JSONL, "{\"x\":{\"time\":1},\"ts\":1795508040}",
	    false, 0, "2026-11-24T08:14:00Z" },
	{ "JSON text with an escaped quote", FORMAT_JSONL,
	    "{\"m\":\"\\\"time\\\":\",\"time\":\"2026-11-24T08:14:00Z\"}", false, 0,
	    "2026-11-24T08:14:00Z" },
	{ "Apache behind its address", FORMAT_PLAIN, "::1 - - [24/Nov/2026:08:14:00 +0000] \"GET\"",
	    false, 0, "2026-11-24T08:14:00Z" },
	{ "empty", FORMAT_PLAIN, "", false, 0, NULL },
};

static void
record(void)
{
	for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++) {
		const char *row = records[i].name;
		struct record_info info;
		struct scanner s;

		scanner_init(&s, records[i].format, &automatic, 2000);
		scanner_take(&s, records[i].text, strlen(records[i].text), &info);
		T_INT(row, info.has_seq, records[i].has_seq);
		T_INT(row, info.seq, records[i].seq);
		T_INT(row, info.has_time, records[i].at != NULL);
		if (info.has_time && records[i].at != NULL)
			T_INT(row, info.at, at(records[i].at));
	}
}

static void
regex(void)
{
	struct err e;
	struct regex *r = regex_new("^#(?<seq>[0-9]+) (?<time>\\S+)", &e);
	struct regex_match m;

	T_TRUE("a pattern", r != NULL);
	T_INT("matches", regex_match(r, "#12 now", 7, &m), 1);
	T_INT("its number", m.seq_len, 2);
	T_INT("its time", m.time_len, 3);
	T_INT("does not", regex_match(r, "12 now", 6, &m), 0);
	regex_free(r);
	T_TRUE("a bad one", regex_new("(", &e) == NULL);
	T_HAS("says where", e.msg, "at character");
	r = regex_new("(?<seq>(a+)+)$", &e);
	T_INT("one that would never end is stopped",
	    regex_match(r, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", 40, &m), -1);
	regex_free(r);
}

int
main(void)
{
	table();
	truncations();
	guess();
	record();
	regex();
	return t_end();
}
