/* SPDX-License-Identifier: Apache-2.0 */
#include "conf/schema.h"
#include "model/post_wire.h"
#include "tests/t.h"

#include <math.h>
#include <stdlib.h>

struct toy_conf {
	const char *url;
	span timeout;
	struct texts pin;
};

static const struct opt toy_opts[] = { OPT(struct toy_conf, url, OPT_TEXT, .help = "u"),
	OPT(struct toy_conf, timeout, OPT_SPAN, .help = "t"),
	OPT(struct toy_conf, pin, OPT_TEXTS, .help = "p"), OPT_END };

static const char *pins[] = { "a", "b" };
static const struct toy_conf toy = { "https://x.example/", 20 * SPAN_S, { pins, 2 } };

/* n times c */
static const char *
many(struct arena *a, size_t n, char c)
{
	char *s = arena_alloc(a, n + 1);

	memset(s, c, n);
	return s;
}

static struct letter
good_letter(void)
{
	return (struct letter){ 7, "0123456789abcdef", "lab/host/check/item/rule",
		"application/json", "{\"a\":\"\xc3\xa4\"}", true, -0.25, 3, false, 0, 0 };
}

static struct answer
good_answer(void)
{
	return (struct answer){ -7, POST_LATER, 120 * SPAN_S, 503, "answered 503", true, 1200.5 };
}

static void
job_put(struct frame *f, const struct post_job *job)
{
	post_put_job(f, job);
	opts_put(f, toy_opts, &toy);
}

static int
job_trip(const struct post_job *in, struct post_job *out, struct toy_conf *conf, struct arena *a,
    struct err *e)
{
	struct frame f;
	int rc;

	frame_init(&f, 0);
	job_put(&f, in);
	rc = post_get_job(&f, a, out, e);
	if (rc == 0)
		rc = opts_get(&f, toy_opts, conf, a, e);
	frame_fini(&f);
	return rc;
}

static void
jobs(struct arena *a)
{
	struct post_job j = { "webhook", "msp", 5 * SPAN_S, 1, { "-/etc/secret\n", true } }, out;
	struct toy_conf conf;
	struct err e = { 0 };
	const struct post_job bad[] = { { "webhook", "msp", 0, 0, { NULL, false } },
		{ "webhook", "msp", 0, POST_LETTERS_MAX + 1, { NULL, false } },
		{ "", "msp", 0, 1, { NULL, false } }, { NULL, "msp", 0, 1, { NULL, false } },
		{ "webhook", many(a, POST_NAME_MAX + 1, 'x'), 0, 1, { NULL, false } } };

	T_INT("a job travels", job_trip(&j, &out, &conf, a, &e), 0);
	T_TEXT("its type", out.type, "webhook");
	T_TEXT("its sink", out.sink, "msp");
	T_INT("its deadline", out.deadline, 5 * SPAN_S);
	T_TEXT("an option", conf.url, toy.url);
	T_INT("a list", conf.pin.n, 2);
	j.letters = POST_LETTERS_MAX;
	j.sink = many(a, POST_NAME_MAX, 'x');
	T_INT("at its limits", job_trip(&j, &out, &conf, a, &e), 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		T_INT("past them", job_trip(&bad[i], &out, &conf, a, &e), -1);
}

static int
letter_trip(const struct letter *in, struct letter *out, struct arena *a, bool *sendable)
{
	struct frame f;
	struct err e;
	int rc;

	frame_init(&f, 0);
	post_put_letter(&f, in);
	*sendable = !f.bad;
	/* what a lying sender would send all the same */
	f.bad = false;
	rc = post_get_letter(&f, a, out, &e);
	frame_fini(&f);
	return rc;
}

static void
letters(struct arena *a)
{
	struct letter l = good_letter(), out;
	bool sendable;

	T_INT("a letter travels", letter_trip(&l, &out, a, &sendable), 0);
	T_INT("its row", out.row, 7);
	T_TEXT("its body, byte for byte", out.body, l.body);
	T_TEXT("its order", out.order, l.order);
	T_NEAR("its offset", out.offset, -0.25, 0);
	T_INT("its attempt", out.attempt, 3);
	l.clock_known = false;
	l.offset = NAN;
	T_INT("a clock that nobody knows", letter_trip(&l, &out, a, &sendable), 0);
	T_NEAR("travels as 0", out.offset, 0, 0);
}

static void
letter_limits(struct arena *a)
{
	struct letter l[12], out;
	const char *row[12] = { "all limits reached", "an empty order", "a body past 64 KiB",
		"an event id too long", "an event id with a dot", "no event id",
		"an order too long", "no order", "a content type too long",
		"a content type with a line end", "no body", "an offset that is no number" };
	bool sendable;

	for (size_t i = 0; i < 12; i++)
		l[i] = good_letter();
	l[0].body = many(a, LETTER_BODY_MAX, 'b');
	l[0].event = many(a, LETTER_EVENT_MAX, 'e');
	l[0].order = many(a, LETTER_ORDER_MAX, '/');
	l[0].type = many(a, LETTER_TYPE_MAX, 't');
	l[1].order = "";
	l[2].body = many(a, LETTER_BODY_MAX + 1, 'b');
	l[3].event = many(a, LETTER_EVENT_MAX + 1, 'e');
	l[4].event = "a.b";
	l[5].event = "";
	l[6].order = many(a, LETTER_ORDER_MAX + 1, '/');
	l[7].order = NULL;
	l[8].type = many(a, LETTER_TYPE_MAX + 1, 't');
	l[9].type = "text/plain\r\nX-Evil: 1";
	l[10].body = NULL;
	l[11].offset = NAN;
	for (size_t i = 0; i < 12; i++) {
		T_INT(row[i], letter_trip(&l[i], &out, a, &sendable), i < 2 ? 0 : -1);
		T_INT(row[i], sendable, i < 2);
	}
}

static int
answer_trip(const struct answer *in, struct answer *out, struct arena *a)
{
	struct frame f;
	struct err e;
	int rc;

	frame_init(&f, 0);
	post_put_answer(&f, in);
	f.bad = false;
	rc = post_get_answer(&f, a, out, &e);
	frame_fini(&f);
	return rc;
}

static void
answers(struct arena *a)
{
	struct answer w[8], out;
	const char *row[8] = { "an answer travels", "at its limits", "an outcome there is not",
		"a wait below 0", "a wait past its limit", "a reason too long", "no reason",
		"an offset that is no number" };

	for (size_t i = 0; i < 8; i++)
		w[i] = good_answer();
	w[1].retry_after = RETRY_AFTER_MAX;
	w[1].reason = many(a, LETTER_REASON_MAX, 'r');
	w[1].outcome = POST_HELD;
	w[2].outcome = POST_OUTCOMES;
	w[3].retry_after = -1;
	w[4].retry_after = RETRY_AFTER_MAX + 1;
	w[5].reason = many(a, LETTER_REASON_MAX + 1, 'r');
	w[6].reason = NULL;
	w[7].offset = INFINITY;
	for (size_t i = 0; i < 8; i++)
		T_INT(row[i], answer_trip(&w[i], &out, a), i < 2 ? 0 : -1);
	T_INT("the same again", answer_trip(&w[0], &out, a), 0);
	T_INT("its row", out.row, -7);
	T_INT("its outcome", out.outcome, POST_LATER);
	T_INT("its wait", out.retry_after, 120 * SPAN_S);
	T_INT("its status", out.status, 503);
	T_NEAR("what the receiver's clock says", out.offset, 1200.5, 0);
}

/* Every cut of a good frame is refused; so is one byte more. */
static void
truncations(struct arena *a)
{
	struct post_job j = { "webhook", "msp", 5 * SPAN_S, 1, { "-/etc/secret\n", true } };
	struct letter l = good_letter();
	struct answer w = good_answer();
	struct toy_conf conf;
	uint32_t n;

	for (int kind = POST_JOB; kind <= POST_END; kind++) {
		struct frame f;
		size_t whole, taken = 0;

		frame_init(&f, 0);
		if (kind == POST_JOB)
			job_put(&f, &j);
		else if (kind == POST_LETTER)
			post_put_letter(&f, &l);
		else if (kind == POST_ANSWER)
			post_put_answer(&f, &w);
		else
			post_put_end(&f, 5);
		whole = f.len;
		for (size_t len = 0; len <= whole; len++) {
			int rc = -1;

			f.len = len;
			f.at = 0;
			f.bad = false;
			if (kind == POST_JOB && post_get_job(&f, a, &j, NULL) == 0)
				rc = opts_get(&f, toy_opts, &conf, a, NULL) < 0 || !frame_ok(&f);
			else if (kind == POST_LETTER)
				rc = post_get_letter(&f, a, &l, NULL);
			else if (kind == POST_ANSWER)
				rc = post_get_answer(&f, a, &w, NULL);
			else if (kind == POST_END)
				rc = post_get_end(&f, &n, NULL);
			taken += rc == 0;
		}
		T_INT("only the whole frame is taken", taken, 1);
		frame_fini(&f);
	}
}

int
main(void)
{
	struct arena *a = arena_new((size_t)64 << 20);

	jobs(a);
	letters(a);
	letter_limits(a);
	answers(a);
	truncations(a);
	arena_free(a);
	return t_end();
}
