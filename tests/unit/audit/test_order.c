/* SPDX-License-Identifier: Apache-2.0 */
#include "probes/audit/order.h"

#include "tests/t.h"

#include <stdlib.h>

/* A log in short: "58@10" is number 58 at second 10, "S" a DAEMON_START before it, "!" the first of
 * a new file. Expected: gaps, repeats, restarts, steps back. */
static const struct {
	const char *name;
	enum format format;
	const char *log;
	uint64_t gap, repeated, restarted, backwards;
} cases[] = {
	{ "without a hole", FORMAT_AUDITD, "1@1 2@1 2@1 3@2", 0, 0, 0, 0 },
	{ "ten are missing", FORMAT_AUDITD, "49@1 60@5 61@60", 10, 0, 0, 0 },
	{ "two events interleave", FORMAT_AUDITD, "58@1 60@2 59@2 61@9", 0, 0, 0, 0 },
	{ "one late record of an event", FORMAT_AUDITD, "60@10 61@18 60@10 62@18", 0, 0, 0, 0 },
	{ "a hole that is filled too late", FORMAT_AUDITD, "1@1 3@2 4@60 2@2", 1, 0, 0, 0 },
	{ "an old one comes again", FORMAT_AUDITD, "1@1 2@2 3@3 30@4 31@60 3@3", 26, 1, 0, 0 },
	{ "wraps at 2^32", FORMAT_AUDITD, "4294967294@1 4294967295@1 0@2 1@2", 0, 0, 0, 0 },
	{ "starts again after a boot", FORMAT_AUDITD, "900@1 S4@100 5@101", 0, 0, 0, 0 },
	{ "starts again without one", FORMAT_AUDITD, "900@1 4@100 5@101", 0, 0, 1, 0 },
	{ "own numbers", FORMAT_REGEX, "1@1 2@2 5@3", 2, 0, 0, 0 },
	{ "own numbers twice", FORMAT_REGEX, "1@1 2@2 2@3", 0, 1, 0, 0 },
	{ "own numbers, a new file begins at 1", FORMAT_REGEX, "1@1 2@2 !1@3 2@4", 0, 0, 0, 0 },
	{ "own numbers, a new file goes on", FORMAT_REGEX, "1@1 2@2 !3@3", 0, 0, 0, 0 },
	{ "own numbers start again", FORMAT_REGEX, "1@1 2@2 3@3 1@4", 0, 0, 1, 0 },
	{ "five minutes back are allowed", FORMAT_REGEX, "1@1000 2@700", 0, 0, 0, 0 },
	{ "two programs swap neighbours", FORMAT_REGEX, "1@1 3@1 2@1 4@2", 0, 0, 0, 0 },
	{ "eight on their way", FORMAT_REGEX, "1@1 10@1 2@1 3@1 4@1 5@1 6@1 7@1 8@1 9@1 11@1", 0, 0,
	    0, 0 },
	{ "nine are not", FORMAT_REGEX, "1@1 11@1 2@1", 9, 0, 1, 0 },
	{ "one comes too late", FORMAT_REGEX, "1@1 3@1 4@4 2@4", 1, 0, 1, 0 },
	{ "one that is passed by far", FORMAT_REGEX,
	    "1@1 3@1 4@1 5@1 6@1 7@1 8@1 9@1 10@1 11@1 2@1", 1, 0, 1, 0 },
	{ "a counter of 32 bits", FORMAT_REGEX, "4294967294@1 4294967295@2 0@3 1@4", 0, 0, 0, 0 },
	{ "and without its zero", FORMAT_REGEX, "4294967295@2 1@4", 0, 0, 0, 0 },
	{ "one before its end", FORMAT_REGEX, "4294967294@2 1@4", 0, 0, 1, 0 },
	{ "one second more is not", FORMAT_REGEX, "1@1000 2@699", 0, 0, 0, 1 },
};

static void
run(size_t i)
{
	struct order o = { .newest = INSTANT_NONE, .max_backward = 5 * SPAN_MIN };
	const char *p = cases[i].log;
	char *end;

	while (*p != '\0') {
		struct record_info info = { .has_time = true, .has_seq = true, .zoned = true };
		bool fresh = *p == '!';

		if (fresh)
			p++;
		if (*p == 'S') {
			struct record_info start = { .starts = true, .own_counter = true };

			order_take(&o, &start, cases[i].format, &(struct order_place){ 0 }, false);
			p++;
		}
		info.seq = strtoull(p, &end, 10);
		info.at = strtoll(end + 1, &end, 10) * INSTANT_S;
		order_take(&o, &info, cases[i].format, &(struct order_place){ 0 }, fresh);
		p = *end == ' ' ? end + 1 : end;
	}
	order_settle(&o, 1000000 * INSTANT_S);
	T_INT(cases[i].name, o.tally[ORDER_GAP].count, cases[i].gap);
	T_INT(cases[i].name, o.tally[ORDER_REPEATED].count, cases[i].repeated);
	T_INT(cases[i].name, o.tally[ORDER_RESTARTED].count, cases[i].restarted);
	T_INT(cases[i].name, o.tally[ORDER_BACKWARDS].count, cases[i].backwards);
}

static instant
stamp(int year, int month, int day)
{
	struct civil c = { .year = year, .month = month, .day = day, .hour = 12 };

	return civil_instant(&c);
}

/* Stamps without a year, as RFC 3164 has them, over new year, and found months later. */
static void
years(void)
{
	static const struct {
		int month, day;
		int want;
	} days[] = { { 12, 30, 2025 }, { 12, 31, 2025 }, { 1, 1, 2026 }, { 2, 28, 2026 } };
	struct order o = { .newest = INSTANT_NONE, .max_backward = 5 * SPAN_MIN };

	o.before = stamp(2026, 3, 1);
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		struct record_info info = { .has_time = true, .yearless = true };
		struct civil c;

		info.at = stamp(2000, days[i].month, days[i].day);
		order_take(&o, &info, FORMAT_RFC3164, &(struct order_place){ 0 }, false);
		instant_civil(o.newest, &c);
		T_INT("the year of a stamp without one", c.year, days[i].want);
	}
	T_INT("new year is no step back", o.tally[ORDER_BACKWARDS].times, 0);
}

/* Takes one record of this time, and this computer. */
static void
take(struct order *o, instant at, bool zoned, uint64_t node, uint64_t seq)
{
	struct record_info info = { .has_time = true, .at = at, .zoned = zoned, .node = node };

	info.has_seq = seq > 0;
	info.seq = seq;
	order_take(o, &info, FORMAT_AUDITD, &(struct order_place){ 0 }, false);
}

/* The end of summer time, where no zone is written: once, at night, by an hour or less. */
static void
summer_time(void)
{
	static const struct {
		const char *name;
		int from, back; /* minutes of the day, minutes */
		bool zoned;
		uint64_t told;
	} steps[] = {
		{ "55 minutes", 178, 55, false, 0 },
		{ "40 minutes", 170, 40, false, 0 },
		{ "15 minutes", 151, 15, false, 0 },
		{ "an hour and the usual five minutes", 178, 65, false, 0 },
		{ "a minute more", 178, 66, false, 1 },
		{ "with a zone", 178, 55, true, 1 },
		{ "by day", 14 * 60, 55, false, 1 },
		{ "at midnight, as in Chile", 23 * 60 + 59, 55, false, 0 },
		{ "before that", 22 * 60 + 59, 55, false, 1 },
		{ "the last minute of the night", 4 * 60 - 1, 55, false, 0 },
		{ "and the first after it", 4 * 60, 55, false, 1 },
	};

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		struct order o = { .newest = INSTANT_NONE, .max_backward = 5 * SPAN_MIN };
		instant from =
		    1792886400 * INSTANT_S + steps[i].from * 60 * INSTANT_S; /* 25 October 2026 */

		take(&o, from, steps[i].zoned, 0, 0);
		take(&o, from - steps[i].back * 60 * INSTANT_S, steps[i].zoned, 0, 0);
		T_INT(steps[i].name, o.tally[ORDER_BACKWARDS].times, steps[i].told);
	}
}

static void
summer_time_once(void)
{
	struct order o = { .newest = INSTANT_NONE, .max_backward = 5 * SPAN_MIN };
	instant night = 1792886400 * INSTANT_S + 150 * 60 * INSTANT_S;

	take(&o, night, false, 0, 0);
	take(&o, night - INSTANT_H / 2, false, 0, 0);
	take(&o, night + INSTANT_DAY, false, 0, 0);
	T_INT("once", o.tally[ORDER_BACKWARDS].times, 0);
	take(&o, night + INSTANT_DAY - INSTANT_H / 2, false, 0, 0);
	T_INT("a second time in the same autumn", o.tally[ORDER_BACKWARDS].times, 1);
	take(&o, night + 364 * INSTANT_DAY, false, 0, 0);
	take(&o, night + 364 * INSTANT_DAY - INSTANT_H / 2, false, 0, 0);
	T_INT("the next year", o.tally[ORDER_BACKWARDS].times, 1);
}

/* Two computers that write to one log: numbers and clocks of their own. */
static void
nodes(void)
{
	struct order o = { .newest = INSTANT_NONE, .max_backward = 5 * SPAN_MIN };

	for (int i = 0; i < 100; i++) {
		take(&o, (1000 + i) * INSTANT_S, true, 1, (uint64_t)(1000 + i));
		take(&o, (100 + i) * INSTANT_S, true, 2, (uint64_t)(48000 + i));
	}
	T_INT("no gap", o.tally[ORDER_GAP].times, 0);
	T_INT("no start", o.tally[ORDER_RESTARTED].times + o.tally[ORDER_REPEATED].times, 0);
	T_INT("no step back", o.tally[ORDER_BACKWARDS].times, 0);
	take(&o, 1200 * INSTANT_S, true, 1, 1200);
	order_settle(&o, 10000 * INSTANT_S);
	T_INT("a gap of one of them", o.tally[ORDER_GAP].count, 100);
	for (uint64_t n = 3; n <= ORDER_WRITERS + 1; n++)
		take(&o, 2000 * INSTANT_S, true, n, 5);
	T_INT("as many as are told apart", o.nnodes, ORDER_WRITERS);
	T_TRUE("the one silent for longest gave way", order_writer(&o, 2)->numbered == false);
	T_INT("and no more than that", o.nnodes, ORDER_WRITERS);
}

static void
ahead(void)
{
	struct order o = { .newest = INSTANT_NONE, .max_backward = 5 * SPAN_MIN };
	instant now = 1795508040 * INSTANT_S;

	o.now = now;
	take(&o, now, true, 0, 0);
	take(&o, now + ORDER_AHEAD, true, 0, 0);
	take(&o, now + ORDER_AHEAD + ORDER_ZONES, false, 0, 0);
	T_INT("as far as is allowed", o.tally[ORDER_FUTURE].times, 0);
	take(&o, now + ORDER_AHEAD + 1, true, 0, 0);
	take(&o, now + ORDER_AHEAD + ORDER_ZONES + 1, false, 0, 0);
	T_INT("and one more", o.tally[ORDER_FUTURE].times, 2);
	o = (struct order){ .newest = INSTANT_NONE, .max_backward = 5 * SPAN_MIN, .now = now };
	take(&o, now - INSTANT_H, true, 0, 0);
	take(&o, now + 40 * INSTANT_DAY, true, 0, 0);
	take(&o, now - INSTANT_H + INSTANT_S, true, 0, 0);
	T_INT("those behind it are in order", o.tally[ORDER_BACKWARDS].times, 0);
	T_INT("it is told", o.tally[ORDER_FUTURE].back / SPAN_DAY, 40);
}

static void
holes(void)
{
	struct order o = { .newest = INSTANT_NONE, .max_backward = SPAN_H };

	for (uint64_t i = 0; i <= ORDER_HOLES + 1; i++) {
		struct record_info info = { .has_time = true, .has_seq = true, .zoned = true };

		info.at = INSTANT_S;
		info.seq = 2 * i + 1;
		order_take(&o, &info, FORMAT_AUDITD, &(struct order_place){ 0 }, false);
		if (i == ORDER_HOLES)
			T_INT("as many holes as are kept open", o.tally[ORDER_GAP].times, 0);
	}
	T_INT("one more ends the oldest", o.tally[ORDER_GAP].times, 1);
}

/* Writes a record each six minutes of these hours of each of these days of the week (0 is Monday),
 * from Monday 2026-10-05 on; returns the time of the last one. */
static instant
write_weeks(struct order *o, int weeks, int days, int from, int to)
{
	const instant monday = 1791158400 * INSTANT_S;
	instant at = 0;

	for (int d = 0; d < weeks * 7; d++)
		for (int m = from * 60; d % 7 < days && m < to * 60; m += 6) {
			at = monday + d * INSTANT_DAY + m * 60 * INSTANT_S;
			take(o, at, true, 0, 0);
		}
	return at;
}

static void
silence(void)
{
	struct order o = { .newest = INSTANT_NONE, .max_backward = SPAN_H };
	instant last = write_weeks(&o, 3, 5, 8, 18);

	T_TRUE("three weeks, the last one still runs: a week of pauses is all that is known",
	    rhythm_silence(&o.rhythm, last) > 7 * SPAN_DAY);
	o = (struct order){ .newest = INSTANT_NONE, .max_backward = SPAN_H };
	last = write_weeks(&o, 4, 5, 8, 18);
	/* Friday 17:54 to Monday 11:00 */
	T_INT("from Friday evening to Monday morning", rhythm_silence(&o.rhythm, last) / SPAN_MIN,
	    65 * 60 + 6);
	T_INT("on a Tuesday at ten: three whole hours",
	    rhythm_silence(&o.rhythm, last - 3 * INSTANT_DAY - 7 * INSTANT_H) / SPAN_MIN, 186);
	o = (struct order){ .newest = INSTANT_NONE, .max_backward = SPAN_H };
	last = write_weeks(&o, 5, 7, 0, 24);
	T_TRUE("day and night: its pauses say more", rhythm_silence(&o.rhythm, last) < SPAN_H);
	o = (struct order){ .newest = INSTANT_NONE, .max_backward = SPAN_H };
	last = write_weeks(&o, 4, 1, 8, 9);
	T_TRUE("an hour a week: weeks", rhythm_silence(&o.rhythm, last) > 14 * SPAN_DAY ||
					    rhythm_silence(&o.rhythm, last) == 0);
}

/* Records at random, in four of five hours: three quiet hours are nothing there. */
static void
sparse(void)
{
	struct rhythm r = { 0 };
	uint32_t dice = 7;

	for (int64_t h = 0; h < 10 * RHYTHM_HOURS; h++) {
		dice = dice * 1664525 + 1013904223;
		if ((dice >> 16) % 5 != 0)
			rhythm_hour(&r, (h + 4 * 24) * INSTANT_H);
	}
	T_INT("weeks remembered", r.weeks, RHYTHM_WEEKS);
	T_TRUE("many hours must pass",
	    rhythm_silence(&r, (9 * RHYTHM_HOURS) * INSTANT_H) >= 6 * SPAN_H);
	T_INT(
	    "an empty one knows nothing", rhythm_silence(&(struct rhythm){ 0 }, 5 * INSTANT_H), 0);
	rhythm_hour(&r, -1);
	T_INT("before 1970 nothing is noted", r.weeks, RHYTHM_WEEKS);
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		run(i);
	years();
	summer_time();
	summer_time_once();
	nodes();
	ahead();
	sparse();
	holes();
	silence();
	return t_end();
}
