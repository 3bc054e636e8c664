/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/body_words.h"

#include "tests/events.h"
#include "tests/t.h"

static void
states(void)
{
	static const struct {
		enum event_kind kind;
		enum level level;
		const char *want;
	} cases[] = {
		{ EVENT_RAISED, LEVEL_STOP, "stop" },
		{ EVENT_RAISED, LEVEL_UNKNOWN, "could not check" },
		{ EVENT_REMINDER, LEVEL_PLAN, "plan" },
		{ EVENT_RESOLVED, LEVEL_OK, "over" },
		{ EVENT_RESOLVED, LEVEL_ACT, "over" },
		{ EVENT_TEST, LEVEL_ACT, "test" },
		{ EVENT_DIGEST, LEVEL_ACT, "digest" },
		{ EVENT_CHECKPOINT, LEVEL_OK, "sealed" },
		{ EVENT_DEGRADED, LEVEL_ACT, "act" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct event v = { .kind = cases[i].kind, .level = cases[i].level };

		T_TEXT("state", body_state(&v), cases[i].want);
	}
}

static void
moments(void)
{
	static const struct {
		const char *at, *want;
	} cases[] = {
		{ "2026-11-26T07:55:59Z", "Thu 26 November 2026 07:55 UTC" },
		{ "2026-12-31T23:59:59.999Z", "Thu 31 December 2026 23:59 UTC" },
		{ "2028-02-29T00:00:00Z", "Tue 29 February 2028 00:00 UTC" },
		{ "2026-09-23T11:11:11Z", "Wed 23 September 2026 11:11 UTC" }, /* the longest */
		{ "1969-12-31T23:59:59Z", "Wed 31 December 1969 23:59 UTC" },
		{ "9999-12-31T23:59:59Z", "Fri 31 December 9999 23:59 UTC" },
	};
	char buf[BODY_MOMENT];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		instant t;

		T_INT(cases[i].at, instant_parse(cases[i].at, &t, NULL), 0);
		T_TEXT(cases[i].at, body_moment(t, buf), cases[i].want);
	}
	T_TEXT("no moment", body_moment(INSTANT_NONE, buf), "");
}

static void
fails(void)
{
	struct event v;
	struct str s;

	str_init(&s, 200);
	events_make(&v, EVENT_RAISED, "rich");
	body_fails(&v, &s);
	T_TEXT("a forecast has its range", s.s,
	    "between Tue 1 December and Fri 4 December 2026, most likely Wed 2 December");
	str_clear(&s);
	v.deadline.kind = DEADLINE_KNOWN;
	body_fails(&v, &s);
	T_TEXT("a known date", s.s, "Wed 2 December 2026");
	str_clear(&s);
	v.deadline.kind = DEADLINE_NONE;
	body_fails(&v, &s);
	T_TEXT("no deadline", s.s, "");
	str_fini(&s);
}

static void
collect(void *self, const char *label, const char *value)
{
	str_addf(self, "%s=%s|", label, value);
}

static void
details(void)
{
	static const struct {
		const char *name;
		enum event_kind kind;
		const char *flavour, *has;
	} cases[] = {
		{ "a value with bound and limits", EVENT_RAISED, "rich",
		    "|offset=-14.2 seconds, right to within 0.03; act when outside -10 to 10; stop "
		    "when outside -60 to 60|" },
		{ "not measured is said", EVENT_RAISED, "rich", "|jitter=not measured|" },
		{ "the host's clock", EVENT_RAISED, "slow",
		    "|Clock of this host=20 min slow, right to within 20 ms|" },
		{ "true time", EVENT_RAISED, "slow", "|Told=Thu 26 November 2026 07:55 UTC|" },
		{ "both of a key that comes twice", EVENT_RAISED, "rich",
		    "|servers that agree=ntp1.lab, ntp2.lab, ntp3.lab|servers that agree=and " },
		{ "counts", EVENT_DIGEST, "rich",
		    "|Things watched=0 stop, 1 act, 1 could not check, 2 plan, 0 excepted, 91 "
		    "fine|" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct event v;
		struct str s;

		events_make(&v, cases[i].kind, cases[i].flavour);
		str_init(&s, 8192);
		str_addc(&s, '|');
		body_details(&v, collect, &s);
		T_HAS(cases[i].name, s.s, cases[i].has);
		str_fini(&s);
	}
}

int
main(void)
{
	states();
	moments();
	fails();
	details();
	return t_end();
}
