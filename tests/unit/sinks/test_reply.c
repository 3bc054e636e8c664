/* SPDX-License-Identifier: Apache-2.0 */
#include "sinks/batch.h"
#include "sinks/webhook/reply.h"
#include "tests/t.h"

#include <stdio.h>
#include <stdlib.h>

#define NOW "2026-11-24T03:00:00Z"

static instant
at(const char *text)
{
	instant t = INSTANT_NONE;
	struct err e;

	instant_parse(text, &t, &e);
	return t;
}

static const struct {
	const char *row, *text, *want; /* NULL: no date */
} dates[] = {
	{ "IMF-fixdate", "Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z" },
	{ "rfc850-date", "Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z" },
	{ "rfc850-date of this century", "Tuesday, 24-Nov-26 03:00:00 GMT", NOW },
	{ "asctime-date", "Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z" },
	{ "a leap second", "Sat, 31 Dec 2016 23:59:60 GMT", "2017-01-01T00:00:00Z" },
	{ "the last year", "Fri, 31 Dec 9999 23:59:59 GMT", "9999-12-31T23:59:59Z" },
	{ "nothing", "", NULL },
	{ "another zone", "Sun, 06 Nov 1994 08:49:37 PST", NULL },
	{ "something behind it", "Sun, 06 Nov 1994 08:49:37 GMT+1", NULL },
	{ "a month there is not", "Sun, 06 Nox 1994 08:49:37 GMT", NULL },
	{ "a month in two halves", "Sun, 06 anF 1994 08:49:37 GMT", NULL },
	{ "an hour there is not", "Sun, 06 Nov 1994 24:49:37 GMT", NULL },
	{ "a day there is not", "Sun, 32 Nov 1994 08:49:37 GMT", NULL },
	{ "a number", "784111777", NULL },
};

static void
test_dates(void)
{
	char got[INSTANT_TEXT];

	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
		instant t = reply_date(dates[i].text);

		if (dates[i].want == NULL)
			T_TRUE(dates[i].row, t == INSTANT_NONE);
		else
			T_TEXT(dates[i].row, t != INSTANT_NONE ? instant_text(t, got) : "none",
			    dates[i].want);
	}
}

static const struct {
	const char *row, *header;
	span want;
} waits[] = {
	{ "seconds", "Retry-After: 120", 120 * SPAN_S },
	{ "zero", "Retry-After: 0", 0 },
	{ "six hours", "Retry-After: 21600", RETRY_AFTER_MAX },
	{ "a second more is cut", "Retry-After: 21601", RETRY_AFTER_MAX },
	{ "more digits than a number has", "Retry-After: 99999999999999999999999999",
	    RETRY_AFTER_MAX },
	{ "any case and space", "rEtRy-AfTeR:\t 5 \r\n", 5 * SPAN_S },
	{ "no space", "Retry-After:7", 7 * SPAN_S },
	{ "a date by its own clock", "Retry-After: Tue, 24 Nov 2026 04:05:00 GMT", 300 * SPAN_S },
	{ "a date that is past", "Retry-After: Tue, 24 Nov 2026 03:59:59 GMT", 0 },
	{ "a date far away", "Retry-After: Wed, 24 Nov 2027 03:59:59 GMT", RETRY_AFTER_MAX },
	{ "a negative number", "Retry-After: -5", 0 },
	{ "a fraction", "Retry-After: 1.5", 0 },
	{ "words", "Retry-After: soon", 0 },
	{ "nothing", "Retry-After:", 0 },
	{ "another header", "X-Retry-After: 120", 0 },
	{ "no header at all", "Retry-After 120", 0 },
};

static void
test_waits(void)
{
	for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
		struct reply r = { .status = 429, .now = at(NOW), .date = INSTANT_NONE };
		const char *date = "Date: Tue, 24 Nov 2026 04:00:00 GMT\r\n";

		reply_header(&r, date, strlen(date));
		reply_header(&r, waits[i].header, strlen(waits[i].header));
		T_INT(waits[i].row, reply_wait(&r), waits[i].want);
	}
}

/* The words of the table for what they mean here. */
static enum post_outcome
wanted(const char *expect)
{
	static const struct {
		const char *words;
		enum post_outcome outcome;
	} words[] = {
		{ "delivered", POST_DELIVERED },
		{ "dead letter", POST_REFUSED },
		{ "disable endpoint", POST_PAUSED },
		{ "retry, do not follow", POST_AUTH },
		{ "retry at the slow cadence", POST_AUTH },
		{ "retry then dead letter", POST_AUTH },
		{ "retry", POST_LATER },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strncmp(expect, words[i].words, strlen(words[i].words)) == 0)
			return words[i].outcome;
	return POST_OUTCOMES;
}

/* The vectors of tests/data/webhook that have a status; those without are sent for real by the
 * system tests. */
static void
test_decisions(void)
{
	FILE *f = fopen("tests/data/webhook/decisions.tsv", "re");
	char line[512];
	int seen = 0;

	while (f != NULL && fgets(line, sizeof(line), f) != NULL) {
		char wait[64], now[32], expect[128], header[96];
		struct reply r = { .date = INSTANT_NONE };
		struct answer w;
		int plus = 0;

		if (sscanf(line, "%u\t%63[^\t]\t%31[^\t]\t%127[^\t]", &r.status, wait, now,
			expect) < 4 ||
		    r.status == 0)
			continue;
		r.now = at(now);
		snprintf(header, sizeof(header), "Retry-After: %s", wait);
		if (strcmp(wait, "-") != 0)
			reply_header(&r, header, strlen(header));
		reply_meaning(&r, &w);
		T_INT(line, w.outcome, wanted(expect));
		if (strstr(expect, "capped") != NULL)
			T_INT(line, w.retry_after, RETRY_AFTER_MAX);
		else if (sscanf(expect, "retry not before +%d", &plus) == 1)
			T_INT(line, w.retry_after, plus * SPAN_S);
		else
			T_INT(line, w.retry_after, 0);
		seen++;
	}
	T_INT("vectors with a status", seen, 23);
	if (f != NULL)
		fclose(f);
}

/* Every status there can be has a meaning, and only 2xx is success. */
static void
test_all(void)
{
	for (uint32_t s = 0; s < 1000; s++) {
		struct reply r = { .status = s, .date = INSTANT_NONE };
		struct answer w;

		reply_meaning(&r, &w);
		T_INT("only 2xx is success", w.outcome == POST_DELIVERED, s / 100 == 2);
	}
}

/* What goes out, step by step. do: a letter's number lands with an outcome; -1 asks for the next.
 */
static void
test_batch(void)
{
	struct arena *a = arena_new(1 << 20);
	struct letter l[6] = { { .order = "a" }, { .order = "b" }, { .order = "a" },
		{ .order = "" }, { .order = "" }, { .order = "b" } };
	struct answer ok = { .outcome = POST_DELIVERED }, no = { .outcome = POST_REFUSED };
	struct answer later = { .outcome = POST_LATER };
	struct batch b;

	batch_init(&b, l, 6, a);
	T_INT("the first of a", batch_next(&b), 0);
	T_INT("the first of b", batch_next(&b), 1);
	T_INT("one without order", batch_next(&b), 3);
	T_INT("and another", batch_next(&b), 4);
	T_TRUE("the second of a waits", batch_next(&b) == BATCH_NONE);
	batch_done(&b, 0, &ok);
	T_INT("it goes when the first was taken", batch_next(&b), 2);
	batch_done(&b, 1, &later);
	T_TRUE("the second of b stays when the first failed", batch_next(&b) == BATCH_NONE);
	batch_init(&b, l, 6, a);
	batch_next(&b);
	batch_done(&b, 0, &no);
	batch_next(&b);
	T_INT("one that is refused for good is out of the way", batch_next(&b), 2);
	batch_init(&b, l, 6, a);
	batch_next(&b);
	batch_done(&b, 0, &(struct answer){ .outcome = POST_AUTH });
	T_TRUE("nothing more after a refusal of us", batch_next(&b) == BATCH_NONE);
	batch_init(&b, l, 6, a);
	batch_next(&b);
	batch_done(&b, 0, &(struct answer){ .outcome = POST_LATER, .retry_after = SPAN_S });
	T_TRUE("nothing more when it asks for time", batch_next(&b) == BATCH_NONE);
	batch_init(&b, l, 6, a);
	for (int i = 0; i < BATCH_FAILURES_MAX; i++) {
		size_t k = batch_next(&b);

		T_TRUE("single failures stop nobody else", k != BATCH_NONE);
		batch_done(&b, k, &later);
	}
	T_TRUE("three in a row stop all", batch_next(&b) == BATCH_NONE);
	arena_free(a);
}

int
main(void)
{
	test_dates();
	test_waits();
	test_decisions();
	test_all();
	test_batch();
	return t_end();
}
