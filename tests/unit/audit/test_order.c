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

/* The end of summer time, where no zone is written. */
static void
summer_time(void)
{
	struct order o = { .newest = INSTANT_NONE, .max_backward = 5 * SPAN_MIN };
	struct record_info a = { .has_time = true, .at = 10000 * INSTANT_S }, b = a;

	b.at -= 3500 * INSTANT_S;
	order_take(&o, &a, FORMAT_PLAIN, &(struct order_place){ 0 }, false);
	order_take(&o, &b, FORMAT_PLAIN, &(struct order_place){ 0 }, false);
	T_INT("an hour back without a zone", o.tally[ORDER_BACKWARDS].times, 0);
	a.zoned = b.zoned = true;
	order_take(&o, &a, FORMAT_PLAIN, &(struct order_place){ 0 }, false);
	order_take(&o, &b, FORMAT_PLAIN, &(struct order_place){ 0 }, false);
	T_INT("an hour back with one", o.tally[ORDER_BACKWARDS].times, 1);
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

/* A log that is written to each hour by day and not by night. */
static void
silence(void)
{
	struct order o = { .newest = INSTANT_NONE, .max_backward = SPAN_H };
	int known_after = 0;

	for (int day = 0; day < 60; day++)
		for (int hour = 8; hour < 18; hour++) {
			struct record_info info = { .has_time = true, .zoned = true };

			info.at = (day * 86400LL + hour * 3600) * INSTANT_S;
			order_take(&o, &info, FORMAT_PLAIN, &(struct order_place){ 0 }, false);
			if (order_silence(&o) > 0 && known_after == 0)
				known_after = day;
		}
	T_TRUE("not known before there is enough", known_after >= 8);
	T_TRUE("a night is usual", order_silence(&o) > 3 * 15 * SPAN_H);
	T_TRUE("a week is not", order_silence(&o) < 7 * SPAN_DAY);
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		run(i);
	years();
	summer_time();
	holes();
	silence();
	return t_end();
}
