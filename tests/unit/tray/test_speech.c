/* SPDX-License-Identifier: Apache-2.0 */
#include "tray/speech.h"

#include "tests/t.h"

#include <stdlib.h>

static const struct {
	const char *name, *text, *markup, *plain;
} bodies[] = {
	{ "plain words", "paper is low", "paper is low", "paper is low" },
	{ "a tag", "<img src=\"x\"> & <b>", "&lt;img src=&quot;x&quot;&gt; &amp; &lt;b&gt;",
	    "<img src=\"x\"> & <b>" },
	{ "an entity stays what was written", "&lt;", "&amp;lt;", "&lt;" },
	{ "lines and controls", "a\nb\x1b[31mc", "a b [31mc", "a b [31mc" },
	{ "an order from right to left",
	    "a\xe2\x80\xae"
	    "b",
	    "ab", "ab" },
	{ "what is not UTF-8",
	    "a\xff\xfe"
	    "b",
	    "a\xef\xbf\xbd\xef\xbf\xbd"
	    "b",
	    "a\xef\xbf\xbd\xef\xbf\xbd"
	    "b" },
};

static void
body(void)
{
	char buf[SPEECH_MAX], *big = malloc(10001);

	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		T_TEXT(bodies[i].name, speech_body(bodies[i].text, true, buf), bodies[i].markup);
		T_TEXT(bodies[i].name, speech_body(bodies[i].text, false, buf), bodies[i].plain);
	}
	memset(big, '"', 10000);
	big[10000] = '\0';
	speech_body(big, true, buf);
	T_TRUE("ten thousand quotes end in time", strlen(buf) < SPEECH_MAX);
	T_TRUE("and with a whole entity", strcmp(buf + strlen(buf) - 6, "&quot;") == 0);
	for (size_t n = 0; n + 1 < 10000; n += 2)
		memcpy(big + n, "\xd8\xa7", 2); /* an Arabic letter */
	speech_body(big, false, buf);
	T_TRUE("ten thousand letters are cut between two", strlen(buf) <= 2 * SPEECH_BODY_MAX + 3);
	free(big);
}

static const struct {
	const char *name, *want, *under;
	enum facts_reach reach;
	enum level level;
	size_t needs, taken, plans;
} heads[] = {
	{ "all is fine", "Fit to measure", "", REACH_OK, LEVEL_OK, 0, 0, 0 },
	{ "what can wait", "Fit to measure", "1 thing to plan", REACH_OK, LEVEL_PLAN, 0, 0, 1 },
	{ "one", "1 thing needs you", "", REACH_OK, LEVEL_ACT, 1, 0, 0 },
	{ "two", "2 things need you", "3 things to plan", REACH_OK, LEVEL_STOP, 2, 1, 3 },
	{ "only not checked", "2 things could not be checked", "", REACH_OK, LEVEL_UNKNOWN, 2, 0,
	    0 },
	{ "somebody has it", "1 thing is taken care of", "", REACH_OK, LEVEL_ACT, 0, 1, 0 },
	{ "no daemon", "forewarn does not run on this computer", "Nothing watches this computer",
	    REACH_ABSENT, LEVEL_UNKNOWN, 0, 0, 0 },
	{ "a silent one", "forewarn does not answer", "Nothing is known since 10:00", REACH_SILENT,
	    LEVEL_UNKNOWN, 0, 0, 0 },
};

#define NOW (INT64_C(1793613600) * INSTANT_S) /* Mon 2 Nov 2026 10:00 UTC */

static void
headline(void)
{
	char buf[SPEECH_MAX];

	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++) {
		struct facts f = { .reach = heads[i].reach,
			.level = heads[i].level,
			.needs = heads[i].needs,
			.taken = heads[i].taken,
			.plans = heads[i].plans,
			.since = NOW };

		T_TEXT(heads[i].name, speech_headline(&f, buf), heads[i].want);
		T_TEXT(heads[i].name, speech_under(&f, NOW + 1, buf), heads[i].under);
	}
}

static void
days(void)
{
	static const instant day = 86400 * INSTANT_S;
	char buf[SPEECH_MAX];

	T_TEXT("in three days", speech_start_by(NOW + 3 * day, NOW, buf), "Start by Thu 5 Nov");
	T_TEXT("in a year", speech_start_by(NOW + 365 * day, NOW, buf), "Start by Tue 2 Nov 2027");
	T_TEXT("today", speech_start_by(NOW, NOW, buf), "Start today");
	T_TEXT("yesterday", speech_start_by(NOW - day, NOW, buf), "Start today: it is 1 day late");
	T_TEXT(
	    "long ago", speech_start_by(NOW - 9 * day, NOW, buf), "Start today: it is 9 days late");
	T_TEXT("in few words", speech_due(NOW - 2 * day, NOW, buf), "2 days late");
	T_TEXT("in few words", speech_due(NOW + 3 * day, NOW, buf), "by Thu 5 Nov");
	T_TEXT("a moment of today", speech_moment(NOW, NOW, buf), "10:00");
	T_TEXT("a moment before", speech_moment(NOW - 3 * day, NOW, buf), "Fri 30 Oct 10:00");
}

int
main(void)
{
	setenv("TZ", "UTC", 1);
	body();
	headline();
	days();
	return t_end();
}
