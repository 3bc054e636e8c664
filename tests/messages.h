/* SPDX-License-Identifier: Apache-2.0
 *
 * messages: one of every message between our processes, with how it is packed and read.
 */
#ifndef TESTS_MESSAGES_H
#define TESTS_MESSAGES_H

#include "model/wire.h"
#include "conf/schema.h"
#include "model/post_wire.h"
#include "tests/messages_control.h"

#include <math.h>
#include <string.h>

struct toy_conf {
	const char *url;
	span timeout;
	struct texts pin;
	bool flag;
};

static const struct opt toy_opts[] = { OPT(struct toy_conf, url, OPT_TEXT, .help = "u"),
	OPT(struct toy_conf, timeout, OPT_SPAN, .help = "t"),
	OPT(struct toy_conf, pin, OPT_TEXTS, .help = "p"),
	OPT(struct toy_conf, flag, OPT_BOOL, .help = "f"), OPT_END };

static const struct finding findings[] = { { "locked", LEVEL_STOP, "so", "do" }, { .key = NULL } };
static const struct rule rules[] = {
	{ .name = "x.pin", .title = "t", .by = BY_FINDING, .findings = findings },
	{ .name = NULL },
};

static void
put_item(struct frame *f)
{
	struct metric m[] = { { "offset", UNIT_SECONDS, -0.25, 0.01, { true, false, -0.5, 0.5 },
				  { true, true, -INFINITY, 2 } },
		{ "left", UNIT_RATIO, 0.75, 0, { 0 }, { 0 } } };
	struct evidence ev[] = { { "serial", "01ab" }, { "label", "\033]bad\xff" } };

	wire_put_item(f, &(struct item){ .target = "token customs",
			     .rule = "x.pin",
			     .state = ITEM_FOUND,
			     .finding = "locked",
			     .summary = "The PIN is locked",
			     .metrics = m,
			     .nmetrics = 2,
			     .deadline = { DEADLINE_FORECAST, 6, 5, 7, SPAN_DAY },
			     .evidence = ev,
			     .nevidence = 2 });
}

static void
put_plain_item(struct frame *f)
{
	wire_put_item(f,
	    &(struct item){ .target = "t", .rule = "x.pin", .state = ITEM_UNKNOWN, .summary = "" });
}

static int
take_item(struct frame *f, struct arena *a, struct frame *again, struct err *e)
{
	struct item it;

	if (wire_get_item(f, rules, a, &it, e) < 0)
		return -1;
	wire_put_item(again, &it);
	return 0;
}

static void
put_end(struct frame *f)
{
	wire_put_end(f, &(struct wire_end){ 3, { true, 0.125, 0.5 } });
}

static int
take_end(struct frame *f, struct arena *a, struct frame *again, struct err *e)
{
	struct wire_end end;

	(void)a;
	if (wire_get_end(f, &end, e) < 0)
		return -1;
	wire_put_end(again, &end);
	return 0;
}

static void
put_keep(struct frame *f)
{
	wire_put_keep(f, &(struct keep){ "/var/log/a.log", "fw1 head n=1", 2 });
}

TAKE(keep, struct keep, wire_get_keep, wire_put_keep)

static void
put_note(struct frame *f)
{
	frame_restart(f, WIRE_NOTE);
	wire_put_text(f, "C_Initialize of /x.so");
}

static int
take_note(struct frame *f, struct arena *a, struct frame *again, struct err *e)
{
	const char *text;

	if (wire_get_text(f, a, &text, e) < 0)
		return -1;
	frame_restart(again, WIRE_NOTE);
	wire_put_text(again, text);
	return 0;
}

/* ---- the daemon and a sink cell */
static void
put_job(struct frame *f)
{
	static const char *pins[] = { "a", "b" };
	const struct toy_conf conf = { "https://x.example/", 20 * SPAN_S, { pins, 2 }, true };

	post_put_job(
	    f, &(struct post_job){ "webhook", "msp", 123456789, 2, { "-/s\n=/c\n", true } });
	opts_put(f, toy_opts, &conf);
}

static int
take_job(struct frame *f, struct arena *a, struct frame *again, struct err *e)
{
	struct toy_conf conf = { 0 };
	struct post_job job;

	if (post_get_job(f, a, &job, e) < 0 || opts_get(f, toy_opts, &conf, a, e) < 0)
		return -1;
	if (!frame_ok(f))
		return err_set(e, ERR_PARSE, "a job with more in it than was asked for");
	post_put_job(again, &job);
	opts_put(again, toy_opts, &conf);
	return 0;
}

static void
put_letter(struct frame *f)
{
	post_put_letter(
	    f, &(struct letter){ 7, "0123456789abcdef", "lab/host/check/item/rule",
		   "application/json", "{\"a\":\"\xc3\xa4\"}", true, -0.25, 3, false, 0, 0 });
}

/* What is not known travels as 0, whatever stands there. */
static void
put_timeless_letter(struct frame *f)
{
	post_put_letter(
	    f, &(struct letter){ -1, "A_-z", "", "text/plain", "", false, 9, 0, true, -3.5, 120 });
}

TAKE(letter, struct letter, post_get_letter, post_put_letter)

static void
put_answer(struct frame *f)
{
	post_put_answer(
	    f, &(struct answer){ -7, POST_LATER, 120 * SPAN_S, 503, "answered 503", true, 1200.5 });
}

static void
put_timeless_answer(struct frame *f)
{
	post_put_answer(f, &(struct answer){ 7, POST_DELIVERED, 0, 0, "", false, NAN });
}

TAKE(answer, struct answer, post_get_answer, post_put_answer)

static void
put_post_end(struct frame *f)
{
	post_put_end(f, 1024);
}

static int
take_post_end(struct frame *f, struct arena *a, struct frame *again, struct err *e)
{
	uint32_t n;

	(void)a;
	if (post_get_end(f, &n, e) < 0)
		return -1;
	post_put_end(again, n);
	return 0;
}

static void
put_fail(struct frame *f)
{
	post_put_fail(f, "no such file");
}

static int
take_fail(struct frame *f, struct arena *a, struct frame *again, struct err *e)
{
	const char *why;

	if (post_get_fail(f, a, &why, e) < 0)
		return -1;
	post_put_fail(again, why);
	return 0;
}

static void
put_pair(struct frame *f)
{
	post_put_pair(f, &(struct post_pair){ "whsk_AAAA", "whpk_BBBB" });
}

TAKE(pair, struct post_pair, post_get_pair, post_put_pair)

/* ---- the control socket */
static const struct message messages[] = {
	{ "item", put_item, take_item },
	{ "plain-item", put_plain_item, take_item },
	{ "end", put_end, take_end },
	{ "note", put_note, take_note },
	{ "keep", put_keep, take_keep },
	{ "post-job", put_job, take_job },
	{ "post-letter", put_letter, take_letter },
	{ "post-letter-timeless", put_timeless_letter, take_letter },
	{ "post-answer", put_answer, take_answer },
	{ "post-answer-timeless", put_timeless_answer, take_answer },
	{ "post-end", put_post_end, take_post_end },
	{ "post-fail", put_fail, take_fail },
	{ "post-pair", put_pair, take_pair },
	{ "ctl-request", put_request, take_request },
	{ "ctl-accept", put_accept, take_request },
	{ "ctl-accepted", put_accepted, take_accepted },
	{ "ctl-head", put_head, take_head },
	{ "ctl-check", put_check, take_check },
	{ "ctl-alert", put_alert, take_alert },
	{ "ctl-silenced", put_silenced, take_silenced },
	{ "ctl-excepted", put_excepted, take_excepted },
	{ "ctl-samples", put_samples, take_samples },
	{ "ctl-text", put_piece, take_piece },
	{ "ctl-done", put_done, take_done },
	{ "ctl-refused", put_refused, take_refused },
	{ "ctl-event", put_event, take_event },
	{ "ctl-route", put_route, take_route },
};

#endif
