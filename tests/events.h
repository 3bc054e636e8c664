/* SPDX-License-Identifier: Apache-2.0
 *
 * events: made-up events for the tests of bodies. The same in the unit tests and tests/tools/body,
 * and the examples of packaging/feed.md. All data is static; it is not thread-safe.
 */
#ifndef TESTS_EVENTS_H
#define TESTS_EVENTS_H

#include "base/str.h"
#include "model/event.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const events_kinds[EVENT_KINDS] = { "raised", "escalated", "eased",
	"acknowledged", "reminder", "resolved", "digest", "heartbeat", "checkpoint", "degraded",
	"test", "excepted", "summary" };

#define EVENTS_AT ((instant)1795679700 * INSTANT_S) /* 2026-11-26T07:55:00Z, a Thursday */
#define EVENTS_HOSTILE 10000                        /* bytes of a hostile text */

static const struct metric events_metrics[] = {
	{ "offset", UNIT_SECONDS, -14.2, 0.03, { true, false, -10, 10 }, { true, false, -60, 60 } },
	{ "frequency", UNIT_PPM, 81, 2, { 0 }, { 0 } },
	{ "jitter", UNIT_SECONDS, NAN, 0, { 0 }, { 0 } },
};

static const struct evidence events_evidence[] = {
	{ "measured", "2026-11-26T07:54:51Z" },
	{ "servers that agree", "ntp1.lab, ntp2.lab, ntp3.lab" },
	{ "servers that agree", "and ntp4.lab over IPv6" },
};

static inline void
events_clock_alert(struct event *v)
{
	v->check = "balance3-clock";
	v->check_title = "Balance 3 PC: clock";
	v->alert = "5b0c5e1d9a3f4c7e8d2b6a1f0e9c8d7b";
	v->fingerprint = "Karachi calibration lab/balance3/balance3-clock/ntp1.lab/clock.offset";
	v->target = "ntp1.lab";
	v->rule = "clock.offset";
	v->title = "Balance 3 PC: clock is 14 seconds slow";
	v->body = "It gets 7 s slower each day and passes the 60 s limit on Wed 2 December. "
		  "Results would carry wrong times. Finish the run, then call Sana (IT), else "
		  "Omar. Do not set the clock yourself.";
	v->parts = (struct event_parts){ "Balance 3 PC: clock is 14 seconds slow",
		"passes the 60 s limit on Wed 2 December (6 days)",
		"results would carry wrong times",
		"Finish the run, then call Sana (IT). Do not set the clock yourself.",
		"Sana (IT), else Omar" };
	v->since = EVENTS_AT - 7200 * INSTANT_S;
	v->deadline = (struct deadline){ DEADLINE_FORECAST, EVENTS_AT + 6 * 86400 * INSTANT_S,
		EVENTS_AT + 5 * 86400 * INSTANT_S, EVENTS_AT + 8 * 86400 * INSTANT_S, 0 };
	v->start_by = EVENTS_AT + 4 * 86400 * INSTANT_S;
	v->owner = "Sana (IT)";
	v->secondary = "Omar";
	v->metrics = events_metrics;
	v->nmetrics = sizeof(events_metrics) / sizeof(events_metrics[0]);
	v->evidence = events_evidence;
	v->nevidence = sizeof(events_evidence) / sizeof(events_evidence[0]);
}

static inline void
events_words(struct event *v, const char *title, const char *body, const char *do_now)
{
	v->title = title;
	v->body = body;
	v->parts = (struct event_parts){ title, "", "", do_now, "" };
}

static inline void
events_levels(struct event *v)
{
	static const enum level now[EVENT_KINDS] = { [EVENT_RAISED] = LEVEL_ACT,
		[EVENT_ESCALATED] = LEVEL_STOP,
		[EVENT_EASED] = LEVEL_PLAN,
		[EVENT_ACKNOWLEDGED] = LEVEL_ACT,
		[EVENT_REMINDER] = LEVEL_ACT,
		[EVENT_DIGEST] = LEVEL_PLAN,
		[EVENT_HEARTBEAT] = LEVEL_ACT,
		[EVENT_DEGRADED] = LEVEL_ACT,
		[EVENT_TEST] = LEVEL_PLAN,
		[EVENT_EXCEPTED] = LEVEL_ACT,
		[EVENT_SUMMARY] = LEVEL_STOP };

	v->level = now[v->kind];
	v->previous = v->kind == EVENT_RAISED || !event_is_alert(v->kind) ? LEVEL_OK : LEVEL_ACT;
}

static const struct event_line events_lines[] = {
	{ EVENT_RAISED, LEVEL_STOP, "Customs signing token: certificate ended Wed 25 November" },
	{ EVENT_RAISED, LEVEL_ACT, "Balance 3 PC: this clock is 14 s slow" },
	{ EVENT_RESOLVED, LEVEL_OK, "Portal: certificate is right again" },
};

/* What only some kinds say. */
static inline void
events_words_of_kind(struct event *v)
{
	if (event_is_alert(v->kind))
		events_clock_alert(v);
	if (v->kind == EVENT_RESOLVED) {
		static const struct metric now[] = { { "offset", UNIT_SECONDS, 0.002, 0.0125,
		    { true, false, -10, 10 }, { true, false, -60, 60 } } };

		events_words(v, "Balance 3 PC: clock is right again",
		    "It was 14 s off for 2 hours. Nothing needs doing.", "");
		v->deadline = (struct deadline){ 0 };
		v->start_by = INSTANT_NONE;
		v->metrics = now;
		v->nmetrics = 1;
		v->clock = (struct host_clock){ true, 0.002, 0.0125 };
	}
	if (v->kind == EVENT_ACKNOWLEDGED) {
		v->taken_by = "sana";
		v->note = "Ordered a new battery, comes on Friday.";
	}
	if (v->kind == EVENT_EXCEPTED) {
		events_words(v, "Balance 3 PC: clock: excepted until Thu 31 December",
		    "It is 14 s slow. It counts again on Thu 31 December. Owner Sana (IT), else "
		    "Omar.",
		    "");
		v->until = EVENTS_AT + 35 * 86400 * INSTANT_S;
	}
	if (v->kind == EVENT_DIGEST)
		events_words(v, "2 things for the plan, 1 could not be checked",
		    "Order the customs token by Fri 4 December. Look at ICP-MS PC.",
		    "Order the customs token by Fri 4 December.");
	if (v->kind == EVENT_SUMMARY) {
		events_words(v, "3 alerts: 1 stop, 1 act, 1 over",
		    "Customs signing token: certificate ended Wed 25 November; and 2 more. "
		    "`forewarn alerts` lists what is open.",
		    "`forewarn alerts` lists what is open.");
		v->lines = events_lines;
		v->nlines = sizeof(events_lines) / sizeof(events_lines[0]);
	}
	if (v->kind == EVENT_HEARTBEAT)
		events_words(v, "forewarn is running", "", "");
	if (v->kind == EVENT_CHECKPOINT)
		events_words(v, "2 heads to keep outside of this computer", "", "");
	if (v->kind == EVENT_DEGRADED)
		events_words(v, "Alerts do not reach msp since Thu 26 November 07:25",
		    "12 wait; none is lost. No answer within 15 s. Check its address and network.",
		    "Check the receiver's address and the network.");
	if (v->kind == EVENT_TEST)
		events_words(v, "Test alert: please confirm that you see this",
		    "Sent by hand to find out whether alerts arrive. Confirm it with "
		    "forewarn alerts confirm.",
		    "Confirm it with forewarn alerts confirm.");
	if (v->kind == EVENT_DEGRADED || v->kind == EVENT_TEST) {
		v->alert = v->kind == EVENT_TEST ? "7e57000000000000000000000000aaaa"
						 : "de6aded0000000000000000000000001";
		v->fingerprint = v->kind == EVENT_TEST
				     ? "Karachi calibration lab/balance3/-/test/forewarn.test"
				     : "Karachi calibration lab/balance3/-/msp/forewarn.delivery";
		v->target = v->kind == EVENT_TEST ? "test" : "msp";
		v->rule = v->kind == EVENT_TEST ? "forewarn.test" : "forewarn.delivery";
		v->since = EVENTS_AT - 1800 * INSTANT_S;
	}
	if (v->kind == EVENT_CHECKPOINT) {
		static const struct evidence head[] = {
			{ "head",
			    "fw1 kept stream=d60493447f688573 born=1790000000000000 "
			    "at=1795679640000000 bytes=81204 rec=120344 "
			    "chain=bb995ffb7e7cb194fc85f434e8e5cd8210a38a95f8b1688e4dbb4a16201e4f55"
			    " target=/srv/hplc2/audit.log" },
			{ "head",
			    "fw1 kept stream=76148cb0983141c9 born=1790000000000000 "
			    "at=1795676100000000 bytes=3316 rec=2210 "
			    "chain=12dd9ea5af5b6bbf10d4fb061faae9ce3296c011e6b3049ed08b435af9a94c02"
			    " was=edited:changed target=/srv/hplc2/login.log" },
		};

		v->check = "hplc2-trail";
		v->check_title = "HPLC 2 audit trail";
		v->evidence = head;
		v->nevidence = 2;
	}
}

/* Every text as bad as can be: bidi override, terminal escape, quotes, markup of every receiver,
 * bytes that are no UTF-8, a noncharacter, and very long. */
static inline const char *
events_hostile_text(void)
{
	static const char part[] =
	    "\xe2\x80\xae\x1b[31m\"\\</a>&{{title}}\r\n<!channel>@everyone "
	    "\"routing_key\":\"@secret\" [x](http://x)\xc0\xa0\xff\xef\xbf\xbf"
	    "\xf0\x9f\x98\x80*_~`|=HYPERLINK()";
	static char text[EVENTS_HOSTILE + sizeof(part)];

	if (text[0] == '\0')
		for (size_t n = 0; n < EVENTS_HOSTILE; n += sizeof(part) - 1)
			memcpy(text + n, part, sizeof(part));
	return text;
}

#define EVENTS_MANY 200

static inline void
events_all_text(struct event *v, const char *text)
{
	static struct metric metrics[EVENTS_MANY];
	static struct evidence evidence[EVENTS_MANY];

	for (size_t i = 0; i < EVENTS_MANY; i++) {
		metrics[i] = (struct metric){ text, UNIT_SECONDS, i % 2 ? NAN : -1.0 / 3, INFINITY,
			{ true, true, -INFINITY, 1e300 }, { true, false, -1e-300, INFINITY } };
		evidence[i] = (struct evidence){ text, text };
	}
	v->site = v->host = v->check = v->check_title = v->alert = v->fingerprint = text;
	v->target = v->rule = v->title = v->body = v->owner = v->secondary = text;
	v->taken_by = v->note = text;
	v->parts = (struct event_parts){ text, text, text, text, text };
	v->metrics = metrics;
	v->nmetrics = EVENTS_MANY;
	v->evidence = evidence;
	v->nevidence = EVENTS_MANY;
	v->suppressed = v->folded = UINT64_MAX;
	v->deadline = (struct deadline){ DEADLINE_FORECAST, EVENTS_AT, EVENTS_AT, EVENTS_AT, 0 };
	v->start_by = v->since = EVENTS_AT;
}

/* flavour: "rich" all there is; "bare" nothing that may be missing; "hostile" every text is bad;
 * "void" every text is a bidirectional override alone;
 * "slow" rich, and this clock is 20 minutes slow, as measured; "unset" rich, clock not measured. */
static inline void
events_make(struct event *v, enum event_kind kind, const char *flavour)
{
	*v = (struct event){ .kind = kind,
		.sequence = 41,
		.site = "Karachi calibration lab",
		.host = "balance3",
		.title = "",
		.body = "",
		.parts = { "", "", "", "", "" },
		.at = EVENTS_AT,
		.clock = { true, -14.2, 0.03 },
		.since = INSTANT_NONE,
		.start_by = INSTANT_NONE };
	memcpy(v->id, "0f1e2d3c4b5a69788796a5b4c3d2e1f0", EVENT_ID);
	events_levels(v);
	if (strcmp(flavour, "bare") != 0)
		events_words_of_kind(v);
	if (strcmp(flavour, "bare") == 0) {
		v->site = NULL;
		if (event_is_alert((enum event_kind)kind)) { /* an alert has these at least */
			v->alert = "5b0c5e1d9a3f4c7e8d2b6a1f0e9c8d7b";
			v->fingerprint = "/balance3///";
		}
	}
	if (strcmp(flavour, "bare") != 0 && (kind == EVENT_DIGEST || kind == EVENT_HEARTBEAT))
		v->counts = (struct event_counts){ .level = { 91, 2, 1, 1, 0 },
			.checks = 12,
			.outbox = 3,
			.dropped = 0,
			.oldest = 42 * SPAN_S };
	if (strcmp(flavour, "hostile") == 0)
		events_all_text(v, events_hostile_text());
	if (strcmp(flavour, "void") == 0)
		events_all_text(v, "\xe2\x80\xae");
	if (strcmp(flavour, "bare") == 0 || strcmp(flavour, "unset") == 0)
		v->clock = (struct host_clock){ 0 };
	if (strcmp(flavour, "slow") == 0) {
		v->at -= 1200 * INSTANT_S;
		v->since -= v->since == INSTANT_NONE ? 0 : 1200 * INSTANT_S;
		v->clock = (struct host_clock){ true, -1200, 0.02 };
	}
}

/* As if it had been made at `at` of this host's clock. */
static inline void
events_move(struct event *v, instant at)
{
	instant by = at - v->at;
	instant *const times[] = { &v->at, &v->since, &v->start_by, &v->deadline.at,
		&v->deadline.earliest, &v->deadline.latest };

	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++)
		if (*times[i] != INSTANT_NONE && *times[i] != 0)
			*times[i] += by;
}

#endif
