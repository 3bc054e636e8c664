/* SPDX-License-Identifier: Apache-2.0 */
#include "show/html.h"

#include "base/text.h"
#include "tests/t.h"

#include <stdlib.h>
#include <time.h>

#define HOSTILE                                                                                    \
	"<img src=x onerror=a()> \"q' & \xe2\x80\xae"                                              \
	"gnp.exe\xff\x1b[31m</bdi><script>"
#define DAY (86400 * INSTANT_S)

static const instant now = 1800000000 * INSTANT_S; /* Fri 15 Jan 2027 08:00 UTC */

static struct item
item(const char *target, enum level level)
{
	return (struct item){ .target = target,
		.rule = "x.y",
		.summary = "as it is",
		.deadline = { .kind = DEADLINE_NONE },
		.verdict = { .level = level, .start_by = INSTANT_NONE } };
}

/* One check with so many items of that text. */
struct scene {
	struct item *items;
	struct result result;
	struct report_check check;
	struct report report;
	struct page page;
	struct page_thing things[LEVEL_N];
};

static void
scene_make(struct scene *s, struct item *items, size_t n, const char *text)
{
	memset(s, 0, sizeof(*s));
	s->items = items;
	s->result = (struct result){ .check = text,
		.probe = "x",
		.taken = now - 60 * INSTANT_S,
		.valid_until = now + DAY,
		.items = items,
		.nitems = n };
	s->check = (struct report_check){ .result = &s->result, .title = text };
	s->report = (struct report){ text, text, now, &s->check, 1, false };
	s->page = (struct page){ .report = &s->report,
		.things = s->things,
		.made = now,
		.watched = true,
		.version = "1" };
}

static void
add_thing(struct scene *s, const struct item *it, const char *text)
{
	s->things[s->page.nthings++] =
	    (struct page_thing){ .row = { .level = it->verdict.level,
				     .check = &s->check,
				     .item = it,
				     .sign = sign_of(it->verdict.level, it->verdict.excepted) },
		    .title = text,
		    .parts = { text, text, text, text, text } };
}

static size_t
count(const char *s, const char *what)
{
	size_t n = 0;

	while ((s = strstr(s, what)) != NULL) {
		n++;
		s++;
	}
	return n;
}

static bool
clean(const char *s)
{
	size_t n = strlen(s);

	for (size_t i = 0; i < n;) {
		uint32_t c;
		size_t len = utf8_decode(s + i, n - i, &c);

		if (len == 0 || (c < 0x20 && c != '\n') || (c >= 0x202a && c <= 0x202e))
			return false;
		i += len;
	}
	return true;
}

static void
draw(const struct scene *s, struct str *out)
{
	str_clear(out);
	html_page(&s->page, out);
	T_TRUE("never cut", !out->cut);
	T_TRUE("UTF-8 without controls", clean(out->s));
	T_INT("no script", count(out->s, "<script"), 0);
	/* a hash may have two slashes in a row */
	T_INT("nothing from elsewhere", count(out->s, "://") + count(out->s, "\"//"), 0);
	T_INT("no picture file", count(out->s, "<img"), 0);
	T_INT("each isolate ends", count(out->s, "<bdi>"), count(out->s, "</bdi>"));
}

/* Word by word what the tray says. */
static void
headlines(struct str *out)
{
	static const struct {
		const char *row;
		enum level level;
		size_t n;
		bool taken;
		enum gate gate;
		const char *want;
	} rows[] = {
		{ "nothing is wrong", LEVEL_OK, 0, false, GATE_NONE,
		    "<h1>Fit to measure today</h1>" },
		{ "one", LEVEL_ACT, 1, false, GATE_NONE, "<h1>1 thing needs you</h1>" },
		{ "two", LEVEL_STOP, 2, false, GATE_NONE, "<h1>2 things need you</h1>" },
		{ "one in the dark", LEVEL_UNKNOWN, 1, false, GATE_NONE,
		    "<h1>1 thing could not be checked</h1>" },
		{ "a plan is no trouble", LEVEL_PLAN, 1, false, GATE_NONE,
		    "<h1>Fit to measure today</h1>\n<p class=\"under\">1 thing to plan</p>" },
		{ "taken", LEVEL_STOP, 2, true, GATE_NONE, "<h1>2 things are taken care of</h1>" },
		{ "of a cause that counts by itself", LEVEL_STOP, 1, false, GATE_PARENT,
		    "<h1>Fit to measure today</h1>" },
	};
	struct item it = item("a", LEVEL_OK);
	struct scene s;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		scene_make(&s, &it, 1, "x");
		it.verdict.level = rows[i].level;
		for (size_t k = 0; k < rows[i].n; k++) {
			add_thing(&s, &it, "t");
			s.things[k].taken_by = rows[i].taken ? "Sana" : NULL;
			s.things[k].gate = rows[i].gate;
		}
		draw(&s, out);
		T_HAS(rows[i].row, out->s, rows[i].want);
		T_INT("who has it", count(out->s, "Taken by <bdi>Sana</bdi>."),
		    rows[i].taken ? rows[i].n : 0);
	}
	scene_make(&s, &it, 0, "x");
	s.report.nchecks = 0;
	draw(&s, out);
	T_HAS("nothing is watched", out->s, "<h1>No check is configured</h1>");
	T_HAS("and that is not fine", out->s, "class=\"sign big unknown\"");
}

static void
levels(struct str *out)
{
	static const char *const words[LEVEL_N] = { "Fine", "Plan", "Not checked", "Act now",
		"Stop" };
	struct item items[LEVEL_N];
	struct scene s;

	scene_make(&s, items, LEVEL_N, "Balance 3");
	for (int l = LEVEL_STOP; l >= LEVEL_OK; l--) {
		items[l] = item("a", (enum level)l);
		if (l != LEVEL_OK)
			add_thing(&s, &items[l], "t");
	}
	draw(&s, out);
	for (int l = LEVEL_PLAN; l < LEVEL_N; l++) {
		char want[64];

		snprintf(want, sizeof(want), "<span class=\"word\">%s</span>", words[l]);
		T_INT("each with its word", count(out->s, want), 1);
		snprintf(
		    want, sizeof(want), "<article class=\"thing %s\">", level_name((enum level)l));
		T_INT("and its colour", count(out->s, want), 1);
	}
	T_INT("five parts each", count(out->s, "<dt>Do now</dt><dd class=\"do\">"), 4);
	T_TRUE("stop before plan", strstr(out->s, "thing stop") < strstr(out->s, "thing plan"));
	T_TRUE("what to plan after what is to do",
	    strstr(out->s, "thing unknown") < strstr(out->s, "<section id=\"plan\">"));
	T_HAS("what is fine is folded", out->s,
	    "<summary>1 thing was measured and fine</summary></details>\n<div class=\"folded\">");
}

static void
hostile(struct str *out)
{
	char *big = malloc(10241);
	const char *texts[] = { HOSTILE, big, "", "\xff\xfe\xfd" };
	struct evidence evidence[HTML_DETAILS + 1];
	struct metric metric = { HOSTILE, UNIT_SECONDS, (double)NAN, 0, { 0 }, { 0 } };

	memset(big, '<', 10240);
	big[10240] = '\0';
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct item it = item(texts[i], LEVEL_STOP);
		struct page_route route = { texts[i], now, INSTANT_NONE, true };
		struct scene s;

		for (size_t k = 0; k < HTML_DETAILS + 1; k++)
			evidence[k] = (struct evidence){ texts[i], texts[i] };
		it.summary = texts[i];
		it.metrics = &metric;
		it.nmetrics = 1;
		it.evidence = evidence;
		it.nevidence = HTML_DETAILS + 1;
		scene_make(&s, &it, 1, texts[i]);
		add_thing(&s, &it, texts[i]);
		s.things[0].taken_by = texts[i];
		s.page.routes = &route;
		s.page.nroutes = 1;
		draw(&s, out);
		T_TRUE("bounded", out->len < 200000);
		T_INT("title and h1 are ours alone", count(out->s, "<h1>"), 1);
		it.verdict.level = LEVEL_OK;
		s.page.nthings = 0;
		draw(&s, out);
		it.verdict.excepted = true;
		draw(&s, out);
		T_HAS("what was approved is shown", out->s, "<span class=\"word\">Excepted</span>");
	}
	free(big);
}

/* So many fine things of one check, and one more. */
static void
limits(struct str *out)
{
	struct item *items = calloc(HTML_CHECK_ITEMS + 1, sizeof(*items));
	struct evidence evidence[HTML_DETAILS + 1];
	struct scene s;

	for (size_t i = 0; i <= HTML_CHECK_ITEMS; i++)
		items[i] = item("mark", LEVEL_OK);
	scene_make(&s, items, HTML_CHECK_ITEMS, "x");
	draw(&s, out);
	T_INT("as many as there may be", count(out->s, "<bdi>mark</bdi>"), HTML_CHECK_ITEMS);
	T_INT("and nothing is left", count(out->s, "more that are fine"), 0);
	s.result.nitems++;
	draw(&s, out);
	T_INT("one more", count(out->s, "<bdi>mark</bdi>"), HTML_CHECK_ITEMS);
	T_HAS("is counted", out->s, "and 1 more that are fine");
	for (size_t i = 0; i <= HTML_DETAILS; i++)
		evidence[i] = (struct evidence){ "key", "value" };
	items[0] = item("a", LEVEL_ACT);
	items[0].evidence = evidence;
	for (size_t n = HTML_DETAILS; n <= HTML_DETAILS + 1; n++) {
		items[0].nevidence = n;
		scene_make(&s, items, 1, "x");
		add_thing(&s, &items[0], "t");
		draw(&s, out);
		T_INT("evidence up to its limit", count(out->s, "<bdi>key</bdi>"), HTML_DETAILS);
	}
	for (size_t i = 0; i <= HTML_APPROVED; i++) {
		items[i] = item("a", LEVEL_OK);
		items[i].verdict.excepted = true;
		items[i].summary = "mark";
	}
	for (size_t n = HTML_APPROVED; n <= HTML_APPROVED + 1; n++) {
		scene_make(&s, items, n, "x");
		draw(&s, out);
		T_INT("approved up to its limit", count(out->s, "<bdi>mark</bdi>"), HTML_APPROVED);
		T_INT("then counted", count(out->s, "<li>and 1 more</li>"), n - HTML_APPROVED);
	}
	free(items);
}

static void
times(struct str *out)
{
	struct page_route routes[] = {
		{ NULL, now - 100 * DAY, now - 99 * DAY, true },
		{ "msp", now - 2 * DAY, now - 2 * DAY + INSTANT_S, false },
		{ "mail", now - DAY, INSTANT_NONE, false },
	};
	struct item it = item("a", LEVEL_OK);
	struct scene s;

	scene_make(&s, &it, 1, "x");
	s.page.routes = routes;
	s.page.nroutes = 3;
	draw(&s, out);
	T_HAS("when it was made", out->s, "Made on Fri 15 Jan 2027 08:00, measured today 07:59.");
	T_INT("judged as of then", count(out->s, "Judged as if"), 0);
	T_HAS("the alarm's test", out->s,
	    "On the screen of this computer: last confirmed by a person on Thu 8 October (99 days "
	    "ago). <b>That is overdue.</b>");
	T_HAS("in time", out->s,
	    "<bdi>msp</bdi>: last confirmed by a person on Wed 13 January (2 days ago).</li>");
	T_HAS("never", out->s,
	    "<bdi>mail</bdi>: no person has confirmed yet that an alarm arrives. The test alert of "
	    "Thu 08:00 is not confirmed.");
	s.report.now = now + 40 * DAY;
	s.report.by_hand = true;
	draw(&s, out);
	T_HAS("judged as of another day", out->s,
	    "Judged as if it were Wed 24 Feb 2027 08:00; that moment was given by hand.");
	s.page.watched = false;
	draw(&s, out);
	T_HAS("without a daemon it is said", out->s, "This page was made without forewarnd");
}

int
main(void)
{
	struct str out;

	setenv("TZ", "UTC", 1);
	tzset();
	str_init(&out, HTML_MAX);
	headlines(&out);
	levels(&out);
	hostile(&out);
	limits(&out);
	times(&out);
	str_fini(&out);
	return t_end();
}
