/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "judge/judge.h"
#include "show/report.h"
#include "show/words.h"
#include "show/wrap.h"
#include "tests/t.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define HOSTILE "\033]0;own\007 <img src=x> | a=\"b\\\" \xe2\x80\xae\xff 'q'\n# EOF"

static const instant now = 1800000000 * INSTANT_S;

static struct metric metrics[] = {
	{ "it's | odd\n", UNIT_SECONDS, 0.5, 0.1, { true, false, -1, 1 }, { 0 } },
	{ "it's | odd\n", UNIT_SECONDS, 0.7, 0, { 0 }, { 0 } },
	{ "none", UNIT_BYTES, (double)NAN, 0, { 0 }, { 0 } },
};
static struct evidence evidence[] = { { HOSTILE, HOSTILE } };

static struct item
item(const char *target, enum level level, int days)
{
	struct item it = { .target = target,
		.rule = "x.y",
		.summary = HOSTILE,
		.metrics = metrics,
		.nmetrics = 3,
		.evidence = evidence,
		.nevidence = 1,
		.verdict = { .level = level,
		    .start_by = INSTANT_NONE,
		    .do_now = "Do it",
		    .so_what = "It hurts." } };

	if (days != 0) {
		instant at = now + days * 86400 * INSTANT_S;

		it.deadline = (struct deadline){ DEADLINE_KNOWN, at, at, at, 0 };
		it.verdict.start_by = at - 14 * 86400 * INSTANT_S;
	}
	return it;
}

static bool
without_controls(const char *s)
{
	for (; *s != '\0'; s++)
		if (((unsigned char)*s < 0x20 && *s != '\n') || *s == 0x7f)
			return false;
	return true;
}

/* What a terminal may get to see: no controls, no text that turns round. */
static bool
harmless(const char *s)
{
	return without_controls(s) && strstr(s, "\xe2\x80\xae") == NULL;
}

static struct report
report(struct result *r, struct report_check *c)
{
	*c = (struct report_check){ .result = r,
		.title = HOSTILE,
		.owner = "o",
		.secondary = "s",
		.owner_name = HOSTILE,
		.secondary_name =
		    "Somebody whose name is longer than a narrow terminal has columns" };
	return (struct report){ "Site " HOSTILE, "host", now, c, 1, false };
}

static int
widest(const char *text)
{
	int most = 0;

	for (const char *p = text; *p != '\0'; p += strcspn(p, "\n"), p += *p == '\n') {
		char line[4096] = "";
		int w;

		memcpy(line, p, strcspn(p, "\n") < 4095 ? strcspn(p, "\n") : 4095);
		w = wrap_width(line);
		most = w > most ? w : most;
	}
	return most;
}

static void
hostile(void)
{
	struct item items[] = { item(HOSTILE, LEVEL_STOP, 3), item(HOSTILE, LEVEL_ACT, 30),
		item("c", LEVEL_UNKNOWN, 0), item("d", LEVEL_PLAN, 80), item("e", LEVEL_OK, 300) };
	struct result r = { .check = "id",
		.probe = "x",
		.items = items,
		.nitems = 5,
		.level = LEVEL_STOP,
		.taken = now,
		.valid_until = now };
	struct report_check c;
	struct report rep = report(&r, &c);
	static const int widths[] = { 1, 20, 40, 64, 80, 200, 1000 };

	for (size_t i = 0; i < sizeof(widths) / sizeof(widths[0]); i++) {
		struct text_style s = { .width = widths[i], .utf8 = true };
		struct str out;

		str_init(&out, SHOW_MAX);
		show_text(&rep, &s, &out);
		T_TRUE("text shows no control", harmless(out.s));
		T_HAS("and the level as a word and a shape", out.s, "■ stop");
		if (s.width >= 40)
			T_TRUE("no line is wider than the terminal", widest(out.s) <= s.width);
		str_fini(&out);
	}
}

static void
json_and_plugin(void)
{
	struct item items[] = { item("a", LEVEL_ACT, 3), item("a", LEVEL_OK, 0) };
	struct result r = {
		.check = "id", .probe = "x", .items = items, .nitems = 2, .level = LEVEL_ACT
	};
	struct report_check c;
	struct report rep = report(&r, &c);
	struct str out;
	size_t bars = 0;

	str_init(&out, SHOW_MAX);
	show_json(&rep, &out);
	T_TRUE("JSON has no raw controls", without_controls(out.s));
	T_HAS("an unmeasured value is null", out.s, "\"value\":null");
	T_HAS("a range as plug-ins write it", out.s, "\"warn\":\"-1:1\"");
	T_HAS("a date in UTC", out.s, "\"at\":\"2027-01-18T08:00:00Z\"");
	str_clear(&out);
	show_plugin(&rep, &out);
	T_TRUE(
	    "plug-in output begins with its status", strncmp(out.s, "FOREWARN WARNING: ", 18) == 0);
	for (char *p = out.s; *p != '\0'; p++)
		bars += *p == '|';
	T_INT("one bar, before the performance data", bars, 1);
	T_HAS("labels are quoted, quotes doubled", out.s, "'id a it''s / odd '=0.5s;-1:1;");
	T_HAS("what was not measured is U", out.s, "none'=U;;");
	str_clear(&out);
	show_metrics(&rep, &out);
	T_HAS("metrics end", out.s, "\n# EOF\n");
	T_HAS("a twin has a label of its own", out.s, "twin=\"1\"");
	T_HAS("quotes are escaped", out.s, "\\\"b\\\\\\\"");
	str_fini(&out);
}

/* A thousand fine certificates are one line; nothing that is wrong is hidden without a count. */
static void
folding(void)
{
	struct arena *a = arena_new((size_t)64 << 20);
	struct item *items = arena_array(a, 1000, sizeof(*items));
	struct result r = { .check = "id", .probe = "x", .items = items, .nitems = 1000 };
	struct report_check c;
	struct report rep = report(&r, &c);
	struct row *rows;
	size_t n;

	for (int i = 0; i < 1000; i++)
		items[i] = item("t", i < 960 ? LEVEL_OK : LEVEL_STOP, 1000 - i + 50);
	rows = rows_by_urgency(&rep, false, a, &n);
	T_INT("20 of 40, one for the other 20, one for the fine", n, ROWS_SAME_MAX + 2);
	T_INT("the other 20 are counted", rows[ROWS_SAME_MAX].more, 20);
	T_INT("and the fine ones", rows[n - 1].more, 960);
	T_INT("that row names the first to end", rows[n - 1].item->deadline.at,
	    now + (instant)(1000 - 959 + 50) * 86400 * INSTANT_S);
	rows_by_urgency(&rep, true, a, &n);
	T_INT("all when asked for", n, 1000);
	r.nitems = ROWS_FINE_MAX;
	rows_by_urgency(&rep, false, a, &n);
	T_INT("a few fine ones are listed", n, ROWS_FINE_MAX);
	r.nitems = ROWS_FINE_MAX + 1;
	rows_by_urgency(&rep, false, a, &n);
	T_INT("one more and they fold", n, 1);
	arena_free(a);
}

/* Nobody can act without the file's name; what its sentence holds is not said twice. */
static void
names(void)
{
	struct item it = item("/etc/ssl/a.pem", LEVEL_ACT, 9);
	struct result r = { .check = "id", .probe = "x", .items = &it, .nitems = 1 };
	struct report_check c = { .result = &r, .title = "Portals" };
	struct row row = { LEVEL_ACT, &c, &it, 0, false, SIGN_ACT };
	struct str s;

	str_init(&s, 4096);
	it.summary = "Certificate of a";
	words_what(&row, now, &s);
	T_TEXT(
	    "what is not fine names its place", s.s, "Portals – Certificate of a, /etc/ssl/a.pem");
	str_clear(&s);
	it.summary = "/etc/ssl/a.pem: is a FIFO";
	words_what(&row, now, &s);
	T_TEXT("once", s.s, "Portals – /etc/ssl/a.pem: is a FIFO");
	str_clear(&s);
	it.summary = "Certificate of a";
	row.level = LEVEL_OK;
	words_what(&row, now, &s);
	T_TEXT("what is fine needs none", s.s, "Portals – Certificate of a");
	str_fini(&s);
}

static void
order(void)
{
	struct arena *a = arena_new(1 << 20);
	struct item items[] = { item("ok", LEVEL_OK, 0), item("unknown", LEVEL_UNKNOWN, 0),
		item("act later", LEVEL_ACT, 30), item("plan", LEVEL_PLAN, 1),
		item("stop", LEVEL_STOP, 0), item("act sooner", LEVEL_ACT, 20) };
	static const char *const want[] = { "stop", "act sooner", "act later", "unknown", "plan",
		"ok" };
	struct result r = { .check = "id", .probe = "x", .items = items, .nitems = 6 };
	struct report_check c;
	struct report rep = report(&r, &c);
	size_t n;
	struct row *rows = rows_by_urgency(&rep, false, a, &n);

	T_INT("all are listed", n, 6);
	for (size_t i = 0; i < n; i++)
		T_TEXT("worst first, then by the day to start", rows[i].item->target, want[i]);
	arena_free(a);
}

static void
words(void)
{
	struct item it = item("t", LEVEL_ACT, 9);
	char buf[WORDS_MAX];

	setenv("TZ", "UTC", 1);
	T_TEXT("a date with its weekday and the time left", words_fails(&it, now, buf),
	    "Sun 24 Jan (9 days)");
	T_TEXT("late", words_start_by(&it, now, buf), "today, 5 days late");
	it.deadline.at = now - 8 * 86400 * INSTANT_S;
	T_TEXT("the past", words_fails(&it, now, buf), "Thu 7 Jan (8 days ago)");
	it = item("t", LEVEL_OK, 400);
	T_TEXT("far away with the year", words_fails(&it, now, buf), "Sat 19 Feb 2028 (400 days)");
	it.deadline.kind = DEADLINE_FORECAST;
	it.deadline.earliest = now + 3 * 86400 * INSTANT_S;
	it.deadline.at = now + 9 * 86400 * INSTANT_S;
	it.deadline.latest = now + 20 * 86400 * INSTANT_S;
	T_TEXT("a forecast with its range", words_fails(&it, now, buf),
	    "about Sun 24 Jan (Mon 18 Jan to Thu 4 Feb)");
	T_TEXT("a count", words_count(1234567, buf), "1,234,567");
}

static void
wrapping(void)
{
	struct str s;

	str_init(&s, 4096);
	wrap_text(&s, "one two three four", 9, 0, 2);
	T_TEXT("broken at spaces, indented", s.s, "one two\n  three\n  four\n");
	str_clear(&s);
	wrap_text(&s, "give or take 0.001 s, so", 19, 0, 0);
	T_TEXT("a number keeps its unit", s.s, "give or take\n0.001 s, so\n");
	str_clear(&s);
	wrap_text(&s, "some take 12 hours, so", 13, 0, 0);
	T_TEXT("not a longer word", s.s, "some take 12\nhours, so\n");
	str_clear(&s);
	wrap_text(&s, "abcdefghijklmnop", 8, 0, 0);
	T_TEXT("a long word is broken", s.s, "abcdefgh\nijklmnop\n");
	str_clear(&s);
	wrap_text(&s, "\xe6\xa0\xa1\xe6\xad\xa3\xe6\xa0\xa1\xe6\xad\xa3\xe6\xa0\xa1", 8, 0, 0);
	T_TEXT("wide characters count as two", s.s,
	    "\xe6\xa0\xa1\xe6\xad\xa3\xe6\xa0\xa1\xe6\xad\xa3\n\xe6\xa0\xa1\n");
	str_fini(&s);
}

int
main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	hostile();
	json_and_plugin();
	folding();
	names();
	order();
	words();
	wrapping();
	return t_end();
}
