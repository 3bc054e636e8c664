/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"
#include "judge/judge.h"
#include "judge/phrase.h"
#include "judge/wording.h"
#include "tests/dice.h"
#include "tests/t.h"

#include <stdlib.h>
#include <time.h>

static instant now;

static instant
day(int days, int hour)
{
	return now + ((instant)days * 24 + hour) * 3600 * INSTANT_S;
}

static const struct rule clock_rule = { .name = "clock.offset",
	.title = "time on this clock",
	.by = BY_METRIC,
	.so_what = "Results would carry wrong times",
	.do_now = "Finish the run, then have the time service corrected",
	.unknown_do = "Check the network cable or the time server" };
static const struct rule token_rule = { .name = "hsm.expiry",
	.title = "End date of the certificate on the token",
	.by = BY_DEADLINE,
	.so_what = "No shipping bill can be signed after that day.",
	.do_now = "Order the renewal.",
	.unknown_do = "Look at the token with the vendor's program." };

#define CLOCK_SUMMARY "This clock is 14 s slow; 3 of 3 time servers agree"

static struct item
clock_item(enum level level)
{
	return (struct item){ .target = "this clock",
		.rule = "clock.offset",
		.summary = CLOCK_SUMMARY,
		.verdict = { .level = level,
		    .start_by = INSTANT_NONE,
		    .so_what = clock_rule.so_what,
		    .do_now =
			level == LEVEL_UNKNOWN ? clock_rule.unknown_do : clock_rule.do_now } };
}

static struct item
token_item(int days, int lead, enum level level)
{
	instant at = day(days, 0);

	return (struct item){ .target = "customs",
		.rule = "hsm.expiry",
		.summary = "Certificate of Imran Traders (issued by NIFT)",
		.deadline = { DEADLINE_KNOWN, at, at, at, 0 },
		.verdict = { .level = level,
		    .start_by = day(days - lead, 0),
		    .so_what = token_rule.so_what,
		    .do_now = token_rule.do_now } };
}

static struct wording_of
of(const struct item *it, const struct rule *rule, const char *title, enum event_kind kind,
    enum policy_why why)
{
	return (struct wording_of){ it, rule, title, "Sana (IT)", "Omar",
		{ .kind = kind,
		    .why = why,
		    .level = it != NULL ? it->verdict.level : LEVEL_UNKNOWN,
		    .previous = LEVEL_ACT,
		    .since = day(-2, 0) },
		day(0, -1), NULL, 0 };
}

struct row {
	const char *row, *title, *body;
};

static void
reads(const struct row *r, const struct wording_of *o)
{
	struct wording w;

	wording_make(o, now, &w);
	T_TEXT(r->row, w.title, r->title);
	T_TEXT(r->row, w.body, r->body);
}

static void
alerts(void)
{
	struct item clock = clock_item(LEVEL_ACT), unseen = clock_item(LEVEL_UNKNOWN);
	struct item token = token_item(29, 28, LEVEL_PLAN), late = token_item(3, 21, LEVEL_STOP);
	struct item over = token_item(-3, 21, LEVEL_STOP), today = token_item(0, 21, LEVEL_STOP);
	struct item full = clock_item(LEVEL_PLAN);
	struct wording_of o;

	full.summary = "The disk is 81 % full";
	full.deadline =
	    (struct deadline){ DEADLINE_FORECAST, day(18, 0), day(12, 0), day(29, 0), 0 };
	unseen.summary = "No time server answered, so an error of this clock would go unseen";

	o = of(&clock, &clock_rule, "Balance 3 PC", EVENT_RAISED, WHY_CONFIRMED);
	reads(&(struct row){ "a state", "Balance 3 PC: this clock is 14 s slow",
		  "This clock is 14 s slow; 3 of 3 time servers agree. Seen today 08:30. Results "
		  "would carry wrong times. Finish the run, then have the time service corrected. "
		  "Owner Sana (IT), else Omar." },
	    &o);
	o = of(&token, &token_rule, "Customs signing token", EVENT_RAISED, WHY_CONFIRMED);
	reads(
	    &(struct row){ "a date to plan", "Customs signing token: start by Fri 7 March",
		"Certificate of Imran Traders (issued by NIFT). Start by Fri 7 March; it ends on "
		"Fri 4 April (29 days left). No shipping bill can be signed after that day. Order "
		"the renewal. Owner Sana (IT), else Omar." },
	    &o);
	o = of(&late, &token_rule, "Token", EVENT_ESCALATED, WHY_STEP);
	reads(&(struct row){ "a date that is near",
		  "Token: certificate of Imran Traders ends Sun 9 March",
		  "Certificate of Imran Traders (issued by NIFT). It ends on Sun 9 March (3 days "
		  "left); "
		  "the day to start was Sun 16 February. No shipping bill can be signed after that "
		  "day. Order the renewal. Owner Sana (IT), else Omar." },
	    &o);
	o = of(&over, &token_rule, "Token", EVENT_REMINDER, WHY_REMIND);
	o.owner = o.secondary = NULL;
	reads(
	    &(struct row){ "a date that is over",
		"Token: certificate of Imran Traders ended Mon 3 March",
		"Certificate of Imran Traders (issued by NIFT). It ended on Mon 3 March (3 days "
		"ago). No shipping bill can be signed after that day. Order the renewal. No owner "
		"is named." },
	    &o);
	o = of(&today, &token_rule, "Token", EVENT_REMINDER, WHY_REMIND);
	o.owner = NULL;
	reads(&(struct row){ "a date that is today",
		  "Token: certificate of Imran Traders ended Thu 6 March",
		  "Certificate of Imran Traders (issued by NIFT). It ended today. No shipping bill "
		  "can be signed after that day. Order the renewal. Owner not named, else Omar." },
	    &o);
	o = of(&full, &clock_rule, "LIMS server", EVENT_RAISED, WHY_CONFIRMED);
	reads(&(struct row){ "a forecast",
		  "LIMS server: the disk is 81 % full, limit about Mon 24 March",
		  "The disk is 81 % full. It reaches its limit between 18 March and 4 April, most "
		  "likely Mon 24 March. Results would carry wrong times. Finish the run, then have "
		  "the time service corrected. Owner Sana (IT), else Omar." },
	    &o);
	o = of(&unseen, &clock_rule, "the time on ICP-MS PC", EVENT_RAISED, WHY_CONFIRMED);
	o.suppressed = 60;
	reads(
	    &(struct row){ "could not check, and 60 hang on it",
		"Could not check the time on ICP-MS PC",
		"No time server answered, so an error of this clock would go unseen. Seen today "
		"08:30. "
		"Until it is checked again, trouble goes unseen. 60 other checks hang on it. Check "
		"the network cable or the time server. Owner Sana (IT), else Omar." },
	    &o);
}

/* A summary that begins with one word and a colon names the file; the title says what is wrong. */
static void
named_first(void)
{
	char one[] = "a.log: record 77 is not there any more; 3 files",
	     two[] = "a.log:", three[] = "Could not look: no rights";

	phrase_clause(one);
	T_TEXT("what is said of it", one, "record 77 is not there any more");
	phrase_clause(two);
	T_TEXT("nothing is", two, "a.log");
	phrase_clause(three);
	T_TEXT("more than one word", three, "Could not look");
}

static void
courses(void)
{
	struct item clock = clock_item(LEVEL_ACT), fine = clock_item(LEVEL_OK);
	struct item renewed = token_item(400, 21, LEVEL_OK);
	struct wording_of o;

	fine.summary = "This clock is 3 ms fast; 3 of 3 time servers agree";
	o = of(&fine, &clock_rule, "Balance 3 PC", EVENT_RESOLVED, WHY_RECOVERED);
	reads(&(struct row){ "over", "Balance 3 PC is right again",
		  "This clock is 3 ms fast; 3 of 3 time servers agree. It was wrong for 2 days. "
		  "Owner "
		  "Sana (IT), else Omar." },
	    &o);
	o.told.previous = LEVEL_UNKNOWN;
	reads(&(struct row){ "seen again", "Balance 3 PC can be checked again",
		  "This clock is 3 ms fast; 3 of 3 time servers agree. It was not checked for 2 "
		  "days. "
		  "Owner Sana (IT), else Omar." },
	    &o);
	o = of(&renewed, &token_rule, "Customs signing token", EVENT_RESOLVED, WHY_RECOVERED);
	reads(
	    &(struct row){ "renewed", "Customs signing token: now ends Fri 10 April 2026",
		"Certificate of Imran Traders (issued by NIFT). It ends on Fri 10 April 2026 (400 "
		"days left). It was open for 2 days. Owner Sana (IT), else Omar." },
	    &o);
	o.told.previous = LEVEL_UNKNOWN;
	reads(
	    &(struct row){ "a date, seen again", "Customs signing token can be checked again",
		"Certificate of Imran Traders (issued by NIFT). It ends on Fri 10 April 2026 (400 "
		"days left). It was not checked for 2 days. Owner Sana (IT), else Omar." },
	    &o);
	o = of(NULL, &clock_rule, "Balance 3 PC", EVENT_RESOLVED, WHY_RECOVERED);
	reads(&(struct row){ "not found any more", "Balance 3 PC is right again",
		  "It was wrong for 2 days. Owner Sana (IT), else Omar." },
	    &o);
	o.accepted =
	    &(struct accept){ .by = "Maria (quality)", .reason = "the vendor repaired it" };
	reads(&(struct row){ "accepted", "Balance 3 PC: accepted as it is",
		  "It was open for 2 days. Maria (quality) accepted it: the vendor repaired it. "
		  "Owner Sana (IT), else Omar." },
	    &o);
	o = of(NULL, &clock_rule, "Balance 3 PC", EVENT_RESOLVED, WHY_RETIRED);
	reads(
	    &(struct row){ "gone", "Balance 3 PC is not watched under this name any more",
		"It was taken out of the settings, or is gone. It was wrong for 2 days. Owner Sana "
		"(IT), else Omar." },
	    &o);
	o = of(&clock, &clock_rule, "Balance 3 PC", EVENT_REMINDER, WHY_SILENCE_ENDED);
	reads(&(struct row){ "a silence has ended", "Balance 3 PC: this clock is 14 s slow",
		  "This clock is 14 s slow; 3 of 3 time servers agree. So since Tue 09:30. The "
		  "silence "
		  "has ended, and it is still so. Results would carry wrong times. Finish the run, "
		  "then have the time service corrected. Owner Sana (IT), else Omar." },
	    &o);
	o = of(NULL, NULL, "Balance 3 PC", EVENT_RAISED, WHY_STALE);
	reads(&(struct row){ "nothing comes any more", "Could not check Balance 3 PC",
		  "No result has come since today 08:30. Until it is checked again, trouble goes "
		  "unseen. Run `forewarn check` by hand, and read what it says. Owner Sana (IT), "
		  "else Omar." },
	    &o);
	o = of(&clock, &clock_rule, "Balance 3 PC", EVENT_RAISED, WHY_FLAPPING);
	reads(&(struct row){ "comes and goes", "Balance 3 PC: trouble that comes and goes",
		  "This clock is 14 s slow; 3 of 3 time servers agree. Seen today 08:30. Results "
		  "would carry wrong times. Finish the run, then have the time service corrected. "
		  "Owner Sana (IT), else Omar." },
	    &o);
}

static bool whole(const char *s, size_t chars);

static void
digests(void)
{
	static const char *const named[] = { "Balance 3 PC", "Customs token!" };
	const char *many[60];
	struct event_counts c = { .level = { 400, 30, 4, 12, 2 } };
	struct digest_of of = { "hplc-2", true, &c, named, 2 };
	struct wording w;

	wording_digest(&of, &w);
	T_TEXT("the first run", w.title, "First look at hplc-2: 48 of 448 to look at");
	T_TEXT("stops by name, the others as numbers", w.body,
	    "Work must stop for: Balance 3 PC, Customs token! 12 to do now, 4 could not be "
	    "checked, "
	    "30 for the plan, 400 fine. Read the list in `forewarn status`, and begin at its top.");
	c = (struct event_counts){ .level = { 5 } };
	of.n = 0;
	of.first = false;
	wording_digest(&of, &w);
	T_TEXT("a good day", w.title, "Today on hplc-2: all 5 are fine");
	T_TEXT("is short", w.body, "5 fine.");
	for (size_t i = 0; i < 60; i++)
		many[i] = i % 2 == 0 ? "A check with a very long name that nobody would choose \xff"
				     : "B";
	for (int l = 0; l < LEVEL_N; l++)
		c.level[l] = UINT64_MAX / LEVEL_N;
	of.named = many;
	of.host = "a host with a very long name";
	for (of.n = 0; of.n < 60; of.n++) {
		wording_digest(&of, &w);
		T_TRUE("within the limits", whole(w.title, EVENT_TITLE_MAX));
		T_TRUE("the body too", whole(w.body, EVENT_BODY_MAX));
	}
	T_HAS("the others are counted", w.body, " more.");
}

/* Valid UTF-8 within the limits, whatever comes in. */
static bool
whole(const char *s, size_t chars)
{
	size_t n = strlen(s), count = 0;

	for (size_t i = 0; i < n; count++) {
		uint32_t c;
		size_t len = utf8_decode(s + i, n - i, &c);

		if (len == 0 || c < 0x20 || c == 0x202e)
			return false;
		i += len;
	}
	return count <= chars;
}

static void
hostile(void)
{
	static const char *const bits[] = { "\033]0;own\007", "\xe2\x80\xae", "\xff\xfe", "!!!",
		"é", "\xf0\x9f\x94\xa5", " ", "\n", "word ", "<img src=x>", "a", "; ", ": ", " (",
		"." };
	struct dice d = { 3 };
	bool good = true, ends = true;

	for (int i = 0; i < 20000; i++) {
		char text[4][600];
		struct item it = i % 3 == 0 ? token_item(i % 900 - 300, i % 50, LEVEL_PLAN)
					    : clock_item((enum level)(i % LEVEL_N));
		struct wording_of o;
		struct wording w;

		for (int t = 0; t < 4; t++) {
			size_t want = (size_t)(dice_unit(&d) * 500);

			text[t][0] = '\0';
			while (strlen(text[t]) < want)
				strncat(text[t],
				    bits[dice_u64(&d) % (sizeof(bits) / sizeof(bits[0]))], 20);
		}
		it.summary = text[0];
		it.verdict.doubt = i % 5 == 0 ? text[3] : NULL;
		o = of(i % 17 == 0 ? NULL : &it, i % 7 == 0 ? NULL : &clock_rule, text[1],
		    (enum event_kind)(i % (EVENT_RESOLVED + 1)), (enum policy_why)(i % WHY_N));
		o.owner = text[2];
		o.secondary = text[3];
		wording_make(&o, now, &w);
		good = good && whole(w.title, EVENT_TITLE_MAX) && whole(w.body, EVENT_BODY_MAX) &&
		       whole(w.what, WORDING_WHAT_MAX) && w.title[0] != '\0';
		ends = ends && strstr(w.body, w.who) != NULL;
	}
	T_TRUE("hostile text is clean and within the limits", good);
	T_TRUE("and who is always there", ends);
}

static void
phrases(void)
{
	static const struct {
		const char *row, *text, *want;
		size_t chars;
	} cases[] = {
		{ "short enough", "one two", "one two", 7 },
		{ "one too long", "one two", "one\xe2\x80\xa6", 6 },
		{ "a word that is too long", "onetwothree", "onet\xe2\x80\xa6", 5 },
		{ "whole characters", "\xc3\xa9\xc3\xa9\xc3\xa9", "\xc3\xa9\xe2\x80\xa6", 2 },
		{ "no room for more than the sign", "abc", "", 1 },
		{ "nothing", "abc", "", 0 },
		{ "foreign signs stay", "setpoint != 50%!", "setpoint != 50%!", 20 },
		{ "one space", "  a \t b  ", "a b", 20 },
	};
	char buf[64];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		phrase_clean(buf, sizeof(buf), cases[i].text, cases[i].chars);
		T_TEXT(cases[i].row, buf, cases[i].want);
	}
	phrase_clean(buf, sizeof(buf), NULL, 10);
	T_TEXT("no text", buf, "");
}

int
main(void)
{
	setenv("TZ", "UTC0", 1);
	tzset();
	instant_parse("2025-03-06T09:30:00Z", &now, NULL);
	alerts();
	courses();
	named_first();
	digests();
	hostile();
	phrases();
	return t_end();
}
