/* SPDX-License-Identifier: Apache-2.0
 *
 * Records of columns, in UTF-16, and of JSON with named members; dates that do not say which of day
 * and month stands first; own patterns and zones. Each log is also read cut at every byte.
 */
#include "probes/audit/audit.h"
#include "probes/audit/pattern.h"
#include "probes/audit/reading.h"
#include "probes/audit/record.h"
#include "probes/audit/zone.h"

#include "tests/t.h"

#include <stdlib.h>

static instant
at(const char *rfc3339)
{
	struct err e;
	instant t = 0;

	if (instant_parse(rfc3339, &t, &e) < 0)
		abort();
	return t;
}

/* What came of a log: "N1 t=... u=..." a record, "-" a line that is none. */
struct read {
	char text[1024];
	struct scanner s;
};

static void
add(struct read *r, const struct record_info *info)
{
	size_t n = strlen(r->text);
	char time[INSTANT_TEXT];

	snprintf(r->text + n, sizeof(r->text) - n, "%s", n > 0 ? " " : "");
	n = strlen(r->text);
	if (info->none) {
		snprintf(r->text + n, sizeof(r->text) - n, "-");
		return;
	}
	snprintf(r->text + n, sizeof(r->text) - n, "%s",
	    info->has_time ? instant_text(info->at, time) : "?");
	n = strlen(r->text);
	if (info->has_seq)
		snprintf(r->text + n, sizeof(r->text) - n, "#%d", (int)info->seq);
	n = strlen(r->text);
	if (info->user.n > 0)
		snprintf(
		    r->text + n, sizeof(r->text) - n, "@%.*s", (int)info->user.n, info->user.p);
}

static void
read_log(struct read *r, const struct audit_conf *conf, const char *s, size_t n)
{
	char *copy = malloc(n + 1), *p = copy, *nl; /* of its own size: nothing is read past it */
	enum format f;

	memcpy(copy, s, n);
	r->text[0] = '\0';
	f = format_guess(conf, copy, n);
	scanner_init(&r->s, f, conf, 2000);
	scanner_begin(&r->s, copy, n);
	while (p < copy + n && (nl = memchr(p, '\n', (size_t)(copy + n - p))) != NULL) {
		struct record_info info;
		size_t len = (size_t)(nl - p);

		if (len > 0 && p[len - 1] == '\r' && r->s.reading.wide == WIDE_NO)
			len--;
		scanner_take(&r->s, p, len, &info);
		add(r, &info);
		p = nl + 1;
	}
	free(copy);
}

static const struct {
	const char *name;
	struct audit_conf conf;
	const char *log, *want;
} logs[] = {
	{ "the names of columns are no record", { .format = "auto", .time_format = "auto" },
	    "Date,What\n24.11.2026 08:14:00,a\n25.11.2026 08:14:00,b\n",
	    "- 2026-11-24T08:14:00Z 2026-11-25T08:14:00Z" },
	{ "line ends and separators in quotes", { .format = "auto", .time_format = "auto" },
	    "Date;What\n24.11.2026 08:14:00;\"a;\n\"\"b\"\"\nc\"\n25.11.2026 08:14:00;b\n",
	    "- 2026-11-24T08:14:00Z - - 2026-11-25T08:14:00Z" },
	{ "the time behind a text of two lines", { .format = "csv", .time_format = "auto" },
	    "What\tDate\n\"a\nb\"\t24.11.2026 08:14:00\nc\t25.11.2026 08:14:00\n"
	    "d\t25.11.2026 08:14:00\n",
	    "- - 2026-11-24T08:14:00Z 2026-11-25T08:14:00Z 2026-11-25T08:14:00Z" },
	{ "a date in the text is not the record's",
	    { .format = "auto", .time_format = "auto", .time_field = "At" },
	    "Was,At\n2020-01-01 00:00:00,2026-11-24 08:14:00\n", "- 2026-11-24T08:14:00Z" },
	{ "fields by name",
	    { .format = "auto",
		.time_format = "auto",
		.time_field = "Date+Time",
		.number_field = "no.",
		.user_field = "User name" },
	    "No.,Time,Date,\"User name\"\n7,8:14 PM,11/24/2026,\"Li, Wu\"\n8,8:15 "
	    "PM,11/24/2026,B\n",
	    "- 2026-11-24T20:14:00Z#7@Li, Wu 2026-11-24T20:15:00Z#8@B" },
	{ "fields by number",
	    { .format = "auto", .time_format = "auto", .time_field = "2", .number_field = "1" },
	    "1|1795508040123|x\n2|1795508041123|x\n",
	    "2026-11-24T08:14:00.123Z#1 2026-11-24T08:14:01.123Z#2" },
	{ "blanks round the values", { .format = "auto", .time_format = "auto", .user_field = "2" },
	    "a | maria | 1795508040123 | x\nb | li | 1795508041123 | y\n",
	    "2026-11-24T08:14:00.123Z@maria 2026-11-24T08:14:01.123Z@li" },
	{ "a last column with separators in it", { .format = "auto", .time_format = "auto" },
	    "7,27.05.2019,10:09:04:540,a\n7,27.05.2019,10:09:05:540,a, "
	    "b\n7,27.05.2019,10:09:06:540,a\n",
	    "2019-05-27T10:09:04.540Z 2019-05-27T10:09:05.540Z 2019-05-27T10:09:06.540Z" },
	{ "a column that is not there",
	    { .format = "auto", .time_format = "auto", .number_field = "9" }, "1,2\n3,4\n", "? ?" },
	{ "W3C: columns change within the file", { .format = "auto", .time_format = "auto" },
	    "#Software: IIS\n#Fields: date time ip\n2026-11-24 08:14:00 ::1\n"
	    "#Fields: ip date time\n::1 2026-11-24 08:15:00\n",
	    "- - 2026-11-24T08:14:00Z - 2026-11-24T08:15:00Z" },
	{ "W3C: a user", { .format = "w3c", .time_format = "auto", .user_field = "cs-username" },
	    "#Fields: date time cs-username\n2026-11-24 08:14:00 maria\n",
	    "- 2026-11-24T08:14:00Z@maria" },
	{ "JSON: members within members",
	    { .format = "jsonl",
		.time_format = "auto",
		.time_field = "e.at",
		.number_field = "n",
		.user_field = "e.who.id" },
	    "{\"x\":{\"at\":1},\"n\":7,\"e\":{\"a\":[{\"at\":2}],\"who\":{\"id\":\"m\"},"
	    "\"at\":1795508040}}\n"
	    "{\"n\":\"8\",\"e\":[{\"at\":1795508040}],\"at\":1795508040}\n",
	    "2026-11-24T08:14:00Z#7@m ?#8" },
	{ "JSON: a name with a point in it",
	    { .format = "jsonl", .time_format = "auto", .time_field = "e.at" },
	    "{\"e.at\":1795508040}\n", "2026-11-24T08:14:00Z" },
	{ "either day or month: nothing says which", { .format = "auto", .time_format = "auto" },
	    "4/11/2026 08:14:00 a\n5/11/2026 08:14:00 b\n", "? ?" },
	{ "one date says it, of all", { .format = "auto", .time_format = "auto" },
	    "4/11/2026 08:14:00 a\n13/11/2026 08:14:00 b\n",
	    "2026-11-04T08:14:00Z 2026-11-13T08:14:00Z" },
	{ "and the other way round", { .format = "auto", .time_format = "auto" },
	    "4/11/2026 08:14:00 a\n4/13/2026 08:14:00 b\n",
	    "2026-04-11T08:14:00Z 2026-04-13T08:14:00Z" },
	{ "points: the day", { .format = "auto", .time_format = "auto" }, "4.11.2026 08:14:00 a\n",
	    "2026-11-04T08:14:00Z" },
	{ "two digits of a year are not guessed at", { .format = "auto", .time_format = "auto" },
	    "17/06/09 20:10:40 a\n", "?" },
	{ "given", { .format = "auto", .time_format = "mdy" }, "4/11/2026 08:14:00 a\n",
	    "2026-04-11T08:14:00Z" },
	{ "an own pattern", { .format = "auto", .time_format = "%y%m%d-%H%M%S.%f" },
	    "261124-081400.25 a\n261124 b\n", "2026-11-24T08:14:00.250Z ?" },
	{ "a zone for stamps without one",
	    { .format = "auto", .time_format = "auto", .zone = "+05:30" },
	    "2026-11-24 08:14:00 a\n2026-11-24 08:14:00Z a\n",
	    "2026-11-24T02:44:00Z 2026-11-24T08:14:00Z" },
	{ "a date within the text, behind a bracket", { .format = "auto", .time_format = "auto" },
	    "2026-11-24 08:14:00 a\nSELECT [2019-01-01 00:00:00]\n\t2019-01-01 00:00:00\n",
	    "2026-11-24T08:14:00Z ? ?" },
	{ "behind a bracket, where it stood before", { .format = "auto", .time_format = "auto" },
	    "a [2026-11-24 08:14:00] x\nb [2026-11-24 08:15:00] x\n",
	    "2026-11-24T08:14:00Z 2026-11-24T08:15:00Z" },
};

static void
all_logs(void)
{
	static struct read r;

	for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++) {
		size_t n = strlen(logs[i].log);

		read_log(&r, &logs[i].conf, logs[i].log, n);
		T_TEXT(logs[i].name, r.text, logs[i].want);
		while (n-- > 0)
			read_log(&r, &logs[i].conf, logs[i].log, n);
	}
}

/* The same logs in UTF-16, either way round, with the mark of the byte order and without. */
static void
wide_logs(void)
{
	static struct read r;
	static char wide[2048];

	for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++)
		for (int how = 0; how < 4; how++) {
			bool big = how % 2 == 1, mark = how < 2;
			size_t n = 0;

			if (!mark && strlen(logs[i].log) < WIDE_MIN)
				continue;
			if (mark) {
				memcpy(wide, big ? "\xfe\xff" : "\xff\xfe", 2);
				n = 2;
			}
			for (const char *p = logs[i].log; *p != '\0'; p++) {
				wide[n++] = big ? '\0' : *p;
				wide[n++] = big ? *p : '\0';
			}
			read_log(&r, &logs[i].conf, wide, n);
			T_TEXT(logs[i].name, r.text, logs[i].want);
		}
}

static void
narrow(void)
{
	static const struct {
		const char *name;
		enum wide wide;
		size_t n;
		const char *bytes, *want;
	} records[] = {
		{ "a line end before it", WIDE_LITTLE, 5, "\0a\0b\0", "ab" },
		{ "the first one", WIDE_LITTLE, 6,
		    "\xff\xfe"
		    "a\0b\0",
		    "ab" },
		{ "its own line end behind it", WIDE_BIG, 5, "\0a\0b\0", "ab" },
		{ "a return", WIDE_BIG, 4, "\0a\0\r", "a" },
		{ "two bytes", WIDE_BIG, 2, "\0\xe4", "\xc3\xa4" },
		{ "three", WIDE_BIG, 2, "\x20\xac", "\xe2\x82\xac" },
		{ "a pair", WIDE_BIG, 4, "\xd8\x3d\xde\x00", "\xf0\x9f\x98\x80" },
		{ "half a pair", WIDE_BIG, 2, "\xd8\x3d", "\xef\xbf\xbd" },
		{ "the wrong half", WIDE_BIG, 4, "\xde\x00\0a",
		    "\xef\xbf\xbd"
		    "a" },
		{ "nothing", WIDE_LITTLE, 0, "", "" },
	};
	static char buf[WIDE_MAX], text[WIDE_MAX + 1], much[2 * WIDE_MAX];

	for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++) {
		struct slice s = wide_narrow(
		    records[i].wide, (struct slice){ records[i].bytes, records[i].n }, buf);

		memcpy(text, s.p, s.n);
		text[s.n] = '\0';
		T_TEXT(records[i].name, text, records[i].want);
	}
	memset(much, 'x', sizeof(much));
	T_TRUE("as much as is looked at",
	    wide_narrow(WIDE_BIG, (struct slice){ much, sizeof(much) }, buf).n <= WIDE_MAX);
	T_INT("fifteen units tell nothing",
	    wide_find("a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0k\0l\0m\0n\0o\0", 30), WIDE_NO);
	T_INT("sixteen do", wide_find("a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0k\0l\0m\0n\0o\0p\0", 32),
	    WIDE_LITTLE);
	T_TRUE("a 0A that was half of a character",
	    wide_goes_on(WIDE_LITTLE, (struct slice){ "\1a\0", 3 }));
}

/* A quote that is never closed ends with COLUMNS_LINES_MAX lines. */
static void
open_quote(void)
{
	struct columns c = { .sep = ',', .time = 1 };
	struct columns_line l;
	int lines = 0;

	columns_take(&c, (struct slice){ "a,\"b", 4 }, &l);
	T_TRUE("open", !l.ends && l.begins);
	do {
		columns_take(&c, (struct slice){ "c,d", 3 }, &l);
		lines++;
	} while (!l.begins && lines < 10000);
	T_INT("as many lines as a record may have", lines, COLUMNS_LINES_MAX);
	T_INT("then it is a record of its own", l.n, 2);
	memset(&c, 0, sizeof(c));
	c.sep = ',';
	static char many[COLUMNS_MAX + 10];
	memset(many, ',', sizeof(many));
	columns_take(&c, (struct slice){ many, COLUMNS_MAX - 1 }, &l);
	T_INT("as many columns as are looked at", l.n, COLUMNS_MAX);
	columns_take(&c, (struct slice){ many, sizeof(many) }, &l);
	T_INT("and not more", l.n, COLUMNS_MAX);
}

/* Bytes 0 before a record, or between two halves of one. */
static void
holes(void)
{
	static const struct audit_conf conf = { .format = "auto", .time_format = "auto" };
	static char rec[2000];
	static struct scanner s;
	struct record_info info;

	scanner_init(&s, FORMAT_PLAIN, &conf, 2000);
	memcpy(rec + 3, "2026-11-24 08:14:00 x", 21);
	scanner_take(&s, rec, 24, &info);
	T_TRUE("before it: its time is read", info.has_time && info.fits && !info.none);
	T_INT("and counted", info.nuls, 3);
	scanner_take(&s, rec, 3, &info);
	T_TRUE("nothing but a hole is no record", info.none);
	T_INT("and counted too", info.nuls, 3);
	memset(rec, 'x', sizeof(rec));
	memset(rec + 100, 0, RECORD_HOLE - 1);
	scanner_take(&s, rec, sizeof(rec), &info);
	T_INT("a few within are none", info.nuls, 0);
	rec[100 + RECORD_HOLE - 1] = '\0';
	scanner_take(&s, rec, sizeof(rec), &info);
	T_INT("more are", info.nuls, RECORD_HOLE);
	T_INT("and where", info.before_nuls, 100);
}

static void
patterns(void)
{
	static const struct {
		const char *pattern;
		bool fine;
	} list[] = { { "%d.%m.%y %H:%M", true }, { "%F %T", true }, { "%j %H", true },
		{ "%d.%m.%y", false }, { "%H:%M", false }, { "%m %H", false }, { "%d %H", false },
		{ "%d.%m.%y %H:%M %", false }, { "%d.%m.%y %H:%M %Q", false },
		{ "%d.%m.%y %H:%M %s", false }, { "%%d%%m%%H", false } };
	char much[PATTERN_MAX + 2];
	struct err e;
	struct stamp st;

	for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++)
		T_INT(list[i].pattern, pattern_check(list[i].pattern, &e), list[i].fine ? 0 : -1);
	memset(much, 'x', sizeof(much));
	memcpy(much, "%F %T", 5);
	much[PATTERN_MAX] = '\0';
	T_INT("as long as it may be", pattern_check(much, &e), 0);
	memset(much, 'x', sizeof(much));
	memcpy(much, "%F %T", 5);
	much[PATTERN_MAX + 1] = '\0';
	T_INT("and one more", pattern_check(much, &e), -1);
	T_INT("no year in it", pattern_parse("%d/%m %H:%M", "24/11 08:14", 11, 2000, &st), 11);
	T_TRUE("is said", st.yearless && st.at == at("2000-11-24T08:14:00Z"));
	T_INT("a zone", pattern_parse("%F %T %z", "2026-11-24 08:14:00 +0100", 25, 2000, &st), 25);
	T_TRUE("is counted", st.zoned && st.at == at("2026-11-24T07:14:00Z"));
	T_INT("no fraction where one is due",
	    pattern_parse("%F %T.%f", "2026-11-24 08:14:00.x", 21, 0, &st), 0);
}

static void
zones(void)
{
	static const struct {
		const char *text;
		int minutes; /* 9999: none */
	} list[] = { { "UTC", 0 }, { "+05:30", 330 }, { "-03:00", -180 }, { "+14:00", 840 },
		{ "+14:01", 9999 }, { "+5:30", 9999 }, { "05:30", 9999 }, { "+05:60", 9999 },
		{ "+0a:00", 9999 }, { "Europe/Berlin", 9999 }, { "", 9999 } };
	struct err e;
	instant east;

	for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
		int rc = zone_parse(list[i].text, &east, &e);

		T_INT(list[i].text, rc, list[i].minutes == 9999 ? -1 : 0);
		if (rc == 0)
			T_INT(list[i].text, east / INSTANT_S / 60, list[i].minutes);
	}
}

/* What is kept in the head, and the words for it. */
static void
kept(void)
{
	static struct read r;
	static const struct audit_conf conf = { .format = "auto", .time_format = "auto" };
	static const char log[] = "Date;What\n4/11/2026 08:14:00;a\n13/11/2026 08:14:00;\"b\n";
	struct reading back = { 0 };
	struct statement st;
	struct str text;

	read_log(&r, &conf, log, sizeof(log) - 1);
	str_init(&text, 1000);
	reading_text(&r.s.reading, r.s.format, true, &text);
	T_TEXT("what was taken, and why", text.s,
	    "csv (found), semicolons between columns, time in column 1, times as dmy (record 3 can "
	    "only "
	    "have "
	    "the day first)");
	str_clear(&text);
	reading_put(&text, &r.s.reading);
	text.s[text.len - 1] = '\0';
	T_TRUE("its line is one", statement_parse(text.s, text.len - 1, &st));
	T_TRUE("and is read", reading_get(&back, &st));
	T_TRUE("all of it", back.kind == STAMP_DAY && back.first == STAMP_DAY &&
				back.decided == 3 && back.columns.open && back.columns.told &&
				back.columns.at == 2 && back.columns.sep == ';' &&
				back.columns.time == 1 && back.columns.header);
	str_fini(&text);
}

int
main(void)
{
	all_logs();
	wide_logs();
	narrow();
	open_quote();
	holes();
	patterns();
	zones();
	kept();
	return t_end();
}
