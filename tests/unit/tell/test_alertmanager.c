/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/body.h"

#include "tests/events.h"
#include "tests/t.h"

/* What the alerts of a body are, in their order: "act+ stop-", + for one that fires. */
static void
summary(const char *s, char *out, size_t size)
{
	static const char mark[] = "\"severity\":\"";
	size_t n = 0;

	out[0] = '\0';
	while ((s = strstr(s, mark)) != NULL) {
		const char *next = strstr(s + 1, mark), *end = strstr(s, "\"endsAt\":\"20");
		bool over = end != NULL && (next == NULL || end < next) &&
			    strncmp(end + 10, "2026-11-26T07:5", 15) <= 0;

		s += sizeof(mark) - 1;
		n += (size_t)snprintf(out + n, size - n, "%s%.*s%c", n > 0 ? " " : "",
		    (int)strcspn(s, "\""), s, over ? '-' : '+');
	}
}

static const struct {
	const char *name;
	enum event_kind kind;
	enum level level, previous;
	uint64_t folded;
	const char *want;
} cases[] = {
	{ "raised: nothing to end", EVENT_RAISED, LEVEL_ACT, LEVEL_OK, 0, "act+" },
	{ "raised after what was not told", EVENT_RAISED, LEVEL_ACT, LEVEL_OK, 1,
	    "act+ plan- unknown- stop-" },
	{ "reminder", EVENT_REMINDER, LEVEL_ACT, LEVEL_ACT, 0, "act+" },
	{ "acknowledged", EVENT_ACKNOWLEDGED, LEVEL_STOP, LEVEL_STOP, 0, "stop+" },
	{ "escalated ends the level before", EVENT_ESCALATED, LEVEL_STOP, LEVEL_ACT, 0,
	    "stop+ act-" },
	{ "a step of the deadline, same level", EVENT_ESCALATED, LEVEL_ACT, LEVEL_ACT, 0, "act+" },
	{ "eased ends the level before", EVENT_EASED, LEVEL_PLAN, LEVEL_STOP, 0, "plan+ stop-" },
	{ "resolved ends what fired", EVENT_RESOLVED, LEVEL_OK, LEVEL_UNKNOWN, 0, "unknown-" },
	{ "resolved, not known from what: all", EVENT_RESOLVED, LEVEL_OK, LEVEL_OK, 0,
	    "plan- unknown- act- stop-" },
	{ "resolved after what was not told: all", EVENT_RESOLVED, LEVEL_OK, LEVEL_ACT, 3,
	    "plan- unknown- act- stop-" },
	{ "a heartbeat has no level", EVENT_HEARTBEAT, LEVEL_ACT, LEVEL_OK, 0, "none+" },
	{ "a test ends nothing", EVENT_TEST, LEVEL_PLAN, LEVEL_OK, 9, "plan+" },
};

static void
write_body(struct event *v, span firing_for, struct str *out)
{
	struct body_terms t = { .firing_for = firing_for };
	const char *type;

	str_init(out, BODY_MAX);
	body_write("alertmanager", &t, v, out, &type, NULL);
}

static void
which(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (int measured = 0; measured < 2; measured++) {
			struct event v;
			struct str out;
			char got[128];

			events_make(&v, cases[i].kind, measured ? "rich" : "unset");
			v.level = cases[i].level;
			v.previous = cases[i].previous;
			v.folded = cases[i].folded;
			write_body(&v, 0, &out);
			summary(out.s, got, sizeof(got));
			T_TEXT(cases[i].name, got, cases[i].want);
			str_fini(&out);
		}
}

static const struct {
	const char *name;
	enum event_kind kind;
	const char *flavour;
	span firing_for;
	const char *has, *lacks; /* NULL: nothing to lack */
} times[] = {
	{ "starts when it was raised, in true time", EVENT_RAISED, "rich", 0,
	    "\"startsAt\":\"2026-11-26T05:55:14.200Z\"", NULL },
	{ "fires for four days", EVENT_RAISED, "rich", 0, "\"endsAt\":\"2026-11-30T07:55:14.200Z\"",
	    NULL },
	{ "or as long as is said", EVENT_RAISED, "rich", SPAN_H,
	    "\"endsAt\":\"2026-11-26T08:55:14.200Z\"", NULL },
	{ "a slow clock's times are put right", EVENT_RAISED, "slow", SPAN_H,
	    "\"startsAt\":\"2026-11-26T05:55:00Z\",\"endsAt\":\"2026-11-26T08:55:00Z\"", NULL },
	{ "not measured: fires until it is over", EVENT_RAISED, "unset", 0,
	    "\"startsAt\":\"2026-11-26T05:55:00Z\",\"endsAt\":\"2100-01-01T00:00:00Z\"", NULL },
	{ "not measured: a test as long as the receiver's default", EVENT_TEST, "unset", 0,
	    "ForewarnTest", "startsAt" },
	{ "over a minute ago, less the bound", EVENT_RESOLVED, "slow", 0,
	    "\"endsAt\":\"2026-11-26T07:53:59.980Z\"", NULL },
	{ "not measured: over long ago", EVENT_RESOLVED, "unset", 0,
	    "\"startsAt\":\"2026-01-01T00:00:00Z\",\"endsAt\":\"2026-01-01T00:00:00Z\"", NULL },
	{ "a heartbeat lasts 15 minutes", EVENT_HEARTBEAT, "rich", 0,
	    "\"endsAt\":\"2026-11-26T08:10:14.200Z\"", "startsAt" },
	{ "not measured: as long as the receiver's default", EVENT_HEARTBEAT, "unset", 0,
	    "ForewarnHeartbeat", "endsAt" },
};

static void
when(void)
{
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		struct event v;
		struct str out;

		events_make(&v, times[i].kind, times[i].flavour);
		write_body(&v, times[i].firing_for, &out);
		T_HAS(times[i].name, out.s, times[i].has);
		T_TRUE(times[i].name, times[i].lacks == NULL || !strstr(out.s, times[i].lacks));
		str_fini(&out);
	}
}

static const struct {
	const char *rule, *want;
} names[] = {
	{ "clock.offset", "\"alertname\":\"ForewarnClockOffset\"" },
	{ "forewarn.delivery", "\"alertname\":\"ForewarnDelivery\"" },
	{ "hsm.pin-tries_2", "\"alertname\":\"ForewarnHsmPinTries2\"" },
	{ "\"\\\xff.", "\"alertname\":\"Forewarn\"" },
	{ NULL, "\"alertname\":\"ForewarnAlert\"" },
};

/* Clocks that nobody measured, however wrong: starts before it ends, neither is absurd. */
static void
wrong_clocks(void)
{
	static const struct {
		const char *name, *at, *has;
	} clocks[] = {
		{ "a flat battery", "2000-01-01T00:00:00Z",
		    "\"startsAt\":\"2026-01-01T00:00:00Z\"" },
		{ "before 1970", "1969-01-01T00:00:00Z", "\"startsAt\":\"2026-01-01T00:00:00Z\"" },
		{ "past the end", "2199-01-01T00:00:00Z", "\"startsAt\":\"2100-01-01T00:00:00Z\"" },
	};

	for (size_t i = 0; i < sizeof(clocks) / sizeof(clocks[0]); i++) {
		struct event v;
		struct str out;
		instant at = 0;

		T_INT(clocks[i].name, instant_parse(clocks[i].at, &at, NULL), 0);
		events_make(&v, EVENT_RAISED, "unset");
		events_move(&v, at);
		write_body(&v, 0, &out);
		T_HAS(clocks[i].name, out.s, clocks[i].has);
		T_HAS(clocks[i].name, out.s, "\"endsAt\":\"2100-01-01T00:00:00Z\"");
		str_fini(&out);
	}
}

int
main(void)
{
	which();
	when();
	wrong_clocks();
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct event v;
		struct str out;

		events_make(&v, EVENT_RAISED, "rich");
		v.rule = names[i].rule;
		write_body(&v, 0, &out);
		T_HAS("a rule as an alert's name", out.s, names[i].want);
		str_fini(&out);
	}
	return t_end();
}
