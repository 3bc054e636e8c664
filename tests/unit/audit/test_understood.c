/* SPDX-License-Identifier: Apache-2.0
 *
 * What was understood of a log: the counts, each limit at it and one past it, a share that falls
 * and comes back, lines that carry on a record; and files that are no text.
 */
#include "probes/audit/foreign.h"
#include "probes/audit/audit.h"
#include "probes/audit/look.h"

#include "tests/t.h"

#include <stdlib.h>
#include <string.h>

static const struct audit_conf automatic = { .format = "auto", .time_format = "auto" };
static const struct audit_conf bytes = { .format = "auto", .time_format = "none" };

static void
take(struct understood *u, size_t n, bool fits)
{
	struct record_info info = { .fits = fits, .has_time = fits };

	for (size_t i = 0; i < n; i++)
		understood_take(
		    u, &info, &(struct order_place){ 1, u->records + 1, 2 * u->records });
	understood_settle(u);
}

static void
shares(void)
{
	struct understood u = { 0 };

	T_INT("no record yet", understood_judge(&u, DEMAND_GIVEN), UNDERSTANDING_FINE);
	take(&u, 1, false);
	T_INT("one that does not fit", understood_judge(&u, DEMAND_GIVEN), UNDERSTANDING_UNFIT);
	T_INT("not asked for", understood_judge(&u, DEMAND_AUTO), UNDERSTANDING_FEW);
	T_INT("bytes only", understood_judge(&u, DEMAND_NOTHING), UNDERSTANDING_FINE);
	take(&u, 8, true);
	T_INT("8 of 9", understood_judge(&u, DEMAND_GIVEN), UNDERSTANDING_UNFIT);
	take(&u, 1, true);
	T_INT("9 of 10", understood_judge(&u, DEMAND_GIVEN), UNDERSTANDING_FINE);
	T_INT("times", u.times, 9);
	u = (struct understood){ .records = UNDERSTOOD_RECORDS_MAX, .fit = UNDERSTOOD_RECORDS_MAX };
	T_INT("as many as there may be", understood_judge(&u, DEMAND_GIVEN), UNDERSTANDING_FINE);
	u.fit = UNDERSTOOD_RECORDS_MAX / 2;
	T_INT("half of them", understood_judge(&u, DEMAND_GIVEN), UNDERSTANDING_UNFIT);
}

static void
falls(void)
{
	struct understood u = { 0 };
	unsigned of;

	take(&u, 15, true);
	T_TRUE("15 are too few to be good", !u.good);
	take(&u, 1, true);
	T_TRUE("16 are not", u.good);
	T_TRUE("and where there never were 256, none is missing of them", !u.fell);
	take(&u, 484, true);
	take(&u, 32, false);
	T_INT("half of the last 64 fit", understood_judge(&u, DEMAND_AUTO), UNDERSTANDING_FINE);
	take(&u, 1, false);
	T_INT("one more does not", understood_judge(&u, DEMAND_AUTO), UNDERSTANDING_FELL);
	T_INT("said also where nothing was asked for, since", u.since.record, 501);
	T_INT("lately", understood_lately(&u, &of), 31);
	T_INT("of", of, 64);
	take(&u, 57, true);
	T_INT("57 of 64 are not back", understood_judge(&u, DEMAND_AUTO), UNDERSTANDING_FELL);
	take(&u, 1, true);
	T_INT("58 are", understood_judge(&u, DEMAND_AUTO), UNDERSTANDING_FINE);
	T_INT("and nothing is left of the place", u.since.segment, 0);
}

/* One in four does not fit any more, then one more. */
static void
falls_slowly(void)
{
	struct understood u = { 0 };

	take(&u, 1024, true);
	for (int i = 0; i < 64; i++) {
		take(&u, 1, false);
		take(&u, 3, true);
	}
	T_INT("192 of the last 256", u.fell, false);
	take(&u, 1, false); /* in the place of one that did not fit */
	T_INT("the same", u.fell, false);
	take(&u, 1, false);
	T_INT("191 of the last 256", u.fell, true);
}

static void
in_one_look(void)
{
	struct record_info fit = { .fits = true, .has_time = true }, unfit = { 0 };
	struct understood u = { 0 };

	for (uint64_t i = 1; i <= 1000; i++)
		understood_take(&u, i <= 500 ? &fit : &unfit, &(struct order_place){ 1, i, i });
	T_INT("both halves seen at once", understood_judge(&u, DEMAND_AUTO), UNDERSTANDING_FELL);
	T_INT("and where", u.since.record, 501);
}

static void
carried(void)
{
	struct record_info fit = { .fits = true, .has_time = true }, unfit = { 0 };
	struct record_info blank = { .blank = true };
	struct order_place place = { 1, 1, 0 };
	struct understood u = { 0 };

	understood_take(&u, &blank, &place);
	T_INT("nothing above to carry on", u.records, 1);
	understood_take(&u, &fit, &place);
	for (size_t i = 0; i < CARRIED_MAX; i++)
		understood_take(&u, &blank, &place);
	T_INT("carry on the record above", u.records, 2);
	understood_take(&u, &blank, &place);
	T_INT("one line too many", u.records, 3);
	understood_take(&u, &fit, &place);
	understood_take(&u, &unfit, &place);
	T_INT("no blank before it", u.records, 5);
}

static void
words(void)
{
	struct understood u = { .records = 1000, .times = 998 };
	char buf[SHARE_TEXT];
	struct str out;

	T_TEXT("none", share_text(0, 7, buf), "none");
	T_TEXT("all", share_text(7, 7, buf), "all");
	T_TEXT("never rounded up", share_text(99999, 100000, buf), "99.9 %");
	T_TEXT("nor down", share_text(1, 100000, buf), "less than 0.1 %");
	T_TEXT("the most", share_text(UNDERSTOOD_RECORDS_MAX - 1, UNDERSTOOD_RECORDS_MAX, buf),
	    "99.9 %");
	str_init(&out, 256);
	understood_text(&u, DEMAND_AUTO, &out);
	T_TEXT("in words", out.s, "times in 99.8 % of the records, numbers in none");
	str_fini(&out);
}

static void
options(void)
{
	struct audit_conf c = automatic;
	uint64_t how = understood_how(&c);

	T_INT("auto", understood_demand(&automatic), DEMAND_AUTO);
	T_INT("none", understood_demand(&bytes), DEMAND_NOTHING);
	T_TRUE("other options, other number", understood_how(&bytes) != how);
	c.time_format = "iso";
	T_INT("a time_format", understood_demand(&c), DEMAND_GIVEN);
	c.format = "regex";
	c.time_format = "none";
	T_INT("a regex for numbers", understood_demand(&c), DEMAND_GIVEN);
	c.regex = "a";
	how = understood_how(&c);
	c.regex = "b";
	T_TRUE("another regex", understood_how(&c) != how);
	c.format = "plain";
	T_INT("plain and none", understood_demand(&c), DEMAND_NOTHING);
}

static const struct {
	const char *name;
	size_t n;
	const char *text;
	enum format want;
} files[] = {
	{ "SQLite", 16, "SQLite format 3", FORMAT_SQLITE },
	{ "a text about SQLite", 17, "SQLite format 3 x", FORMAT_AUTO },
	{ "journal", 8, "LPKSHHRH", FORMAT_JOURNAL },
	{ "event log", 8, "ElfFile", FORMAT_EVTX },
	{ "UTF-16, low byte first", 4,
	    "\xff\xfe"
	    "a",
	    FORMAT_AUTO },
	{ "UTF-16, high byte first", 2, "\xfe\xff", FORMAT_AUTO },
	{ "xz", 6,
	    "\xfd"
	    "7zXZ",
	    FORMAT_XZ },
	{ "zstd", 4, "\x28\xb5\x2f\xfd", FORMAT_ZSTD },
	{ "bzip2", 10, "BZh91AY&SY", FORMAT_BZIP2 },
	{ "bzip2 of nothing", 10, "BZh1\x17rE8P\x90", FORMAT_BZIP2 },
	{ "a text", 10, "BZh0 bzip2", FORMAT_AUTO },
	{ "zip", 4, "PK\3\4", FORMAT_ZIP },
	{ "nothing", 0, "", FORMAT_AUTO },
	{ "Latin-1, colours, form feed", 14, "\xe4\xf6\x1b[1m\f\ttext\r\n", FORMAT_AUTO },
};

static void
foreign(void)
{
	char buf[400];

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		T_INT(files[i].name, format_foreign(files[i].text, files[i].n), files[i].want);
		if (files[i].want != FORMAT_AUTO)
			T_INT(files[i].name, format_foreign(files[i].text, files[i].n - 1),
			    FORMAT_AUTO);
	}
	memset(buf, 'x', sizeof(buf));
	memset(buf, 1, 5);
	T_INT("5 % control bytes", format_foreign(buf, 100), FORMAT_AUTO);
	buf[5] = 1;
	T_INT("6 %", format_foreign(buf, 100), FORMAT_BINARY);
	T_INT("63 bytes are too few", format_foreign(buf, BINARY_MIN - 1), FORMAT_AUTO);
	T_INT("64 are not", format_foreign(buf, BINARY_MIN), FORMAT_BINARY);
	memset(buf, 0, 300);
	T_INT("a hole before the text", format_foreign(buf, sizeof(buf)), FORMAT_AUTO);
	T_TEXT("the last one has words", foreign_words(FORMAT_N - 1), "no text (binary)");
	T_TEXT("and the first", foreign_words(FORMAT_FOREIGN), "an SQLite database");
	T_TEXT("names too", format_name(FORMAT_N - 1), "binary");
}

static const struct {
	const char *name, *format, *time_format, *text;
	bool fits;
} records[] = {
	{ "auditd", "auditd", "auto", "type=EOE msg=audit(1492037289.297:6): ", true },
	{ "not auditd", "auditd", "auto", "2026-11-24 08:14:00 x", false },
	{ "a time", "plain", "auto", "2026-11-24 08:14:00 x", true },
	{ "no time", "plain", "auto", "x", false },
	{ "none is looked for", "plain", "none", "x", true },
	{ "JSON", "jsonl", "auto", "{\"time\":1795508040}", true },
	{ "JSON without time", "jsonl", "auto", "{\"x\":1795508040}", false },
	{ "JSON, none is looked for", "jsonl", "none", "{\"x\":1}", true },
	{ "no JSON", "jsonl", "none", "x", false },
	{ "regex, both", "regex", "auto", "#1 2026-11-24T08:14:00Z", true },
	{ "regex, no such line", "regex", "auto", "1 2026-11-24T08:14:00Z", false },
	{ "regex, a time that is none", "regex", "auto", "#1 24.11.2026", false },
	{ "regex, the time is not looked for", "regex", "none", "#1 24.11.2026", true },
	{ "regex, a number too long", "regex", "auto", "#12345678901234567890 2026-11-24T08:14:00Z",
	    false },
};

static void
fits(void)
{
	struct err e;
	struct regex *r = regex_new("^#(?<seq>[0-9]+) (?<time>\\S+)", &e);

	for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++) {
		struct audit_conf c = { .format = records[i].format,
			.time_format = records[i].time_format };
		struct understood u = { 0 };
		struct record_info info;
		struct scanner s;

		look_scanner(&s, format_find(c.format), &c, r);
		look_at_record(&s, &u, records[i].text, strlen(records[i].text),
		    &(struct order_place){ 1, 1, 0 }, &info);
		T_INT(records[i].name, u.fit, records[i].fits);
	}
	regex_free(r);
}

/* A program that writes its times in another way from a record on is read again soon. */
static void
another_kind(void)
{
	static const char iso[] = "2026-11-24 08:14:00 x", bsd[] = "Nov 24 08:14:00 x";
	struct record_info info;
	struct scanner s;

	scanner_init(&s, FORMAT_PLAIN, &automatic, 2000);
	scanner_take(&s, iso, sizeof(iso) - 1, &info);
	for (int i = 0; i < SCANNER_MISSES; i++) {
		scanner_take(&s, bsd, sizeof(bsd) - 1, &info);
		T_TRUE("not yet", !info.has_time);
	}
	scanner_take(&s, bsd, sizeof(bsd) - 1, &info);
	T_TRUE("now", info.has_time && info.fits);
}

int
main(void)
{
	shares();
	falls();
	falls_slowly();
	in_one_look();
	carried();
	words();
	options();
	foreign();
	fits();
	another_kind();
	return t_end();
}
