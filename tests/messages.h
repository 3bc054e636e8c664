/* SPDX-License-Identifier: Apache-2.0
 *
 * messages: one of every message between our processes, with how it is packed and read.
 */
#ifndef TESTS_MESSAGES_H
#define TESTS_MESSAGES_H

#include "model/wire.h"
#include "conf/schema.h"
#include "tell/control_wire.h"
#include "model/post_wire.h"

#include <math.h>
#include <string.h>

struct message {
	const char *name;
	void (*put)(struct frame *f);
	/* reads f and, when that goes well, packs what it read into again */
	int (*take)(struct frame *f, struct arena *a, struct frame *again, struct err *e);
};

/* Reads one and packs it again. */
#define TAKE(name, type, get, put)                                                                 \
	static int take_##name(                                                                    \
	    struct frame *f, struct arena *a, struct frame *again, struct err *e)                  \
	{                                                                                          \
		type x;                                                                            \
                                                                                                   \
		if (get(f, a, &x, e) < 0)                                                          \
			return -1;                                                                 \
		put(again, &x);                                                                    \
		return 0;                                                                          \
	}

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

	post_put_job(f, &(struct post_job){ "webhook", "msp", 123456789, 2 });
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
	post_put_letter(f, &(struct letter){ 7, "0123456789abcdef", "lab/host/check/item/rule",
			       "application/json", "{\"a\":\"\xc3\xa4\"}", true, -0.25, 3 });
}

/* What is not known travels as 0, whatever stands there. */
static void
put_timeless_letter(struct frame *f)
{
	post_put_letter(f, &(struct letter){ -1, "A_-z", "", "text/plain", "", false, 9, 0 });
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

/* ---- the control socket */
static void
put_request(struct frame *f)
{
	ctl_put_request(f, &(struct ctl_request){ CTL_EXCEPT, "lab/*", "ordered", 1800000000000000,
			       true, -3, LEVEL_ACT, "QM Lee", "the spare token" });
}

TAKE(request, struct ctl_request, ctl_get_request, ctl_put_request)

static void
put_head(struct frame *f)
{
	ctl_put_head(f, &(struct ctl_head){ "lab", "pc3", "0.1.0", 17, -18, UINT64_C(1) << 40,
			    { { 1, 2, 3, 4, 5 }, 6, 7, 8, 9 }, INSTANT_NONE, 20, true });
}

TAKE(head, struct ctl_head, ctl_get_head, ctl_put_head)

static void
put_check(struct frame *f)
{
	ctl_put_check(f, &(struct ctl_check){ "balance3", "clock", "Balance 3", "sana", "Sana (IT)",
			     NULL, NULL, 100, 200, 300, 400, true, 2, { true, -1.5, 0.5 } });
}

TAKE(check, struct ctl_check, ctl_get_check, ctl_put_check)

static void
put_alert(struct frame *f)
{
	ctl_put_alert(
	    f, &(struct ctl_alert){ "00ff", "lab/pc3/c/t/r", "c", "C", "title", "body\nmore", "",
		   LEVEL_STOP, LEVEL_ACT, GATE_SILENCED, true, false, true, 1, 2, INSTANT_NONE });
}

TAKE(alert, struct ctl_alert, ctl_get_alert, ctl_put_alert)

static void
put_silenced(struct frame *f)
{
	ctl_put_silenced(
	    f, &(struct ctl_silenced){ 5, "hplc*", { 1, 2, true, "omar", "column change" } });
}

TAKE(silenced, struct ctl_silenced, ctl_get_silenced, ctl_put_silenced)

static void
put_excepted(struct frame *f)
{
	ctl_put_excepted(f, &(struct ctl_excepted){ 6, "portals",
				{ 1, 2, LEVEL_PLAN, "ordered", "QM Lee", "the spare signs" } });
}

TAKE(excepted, struct ctl_excepted, ctl_get_excepted, ctl_put_excepted)

static void
put_samples(struct frame *f)
{
	struct sample v[] = { { 1, 2.5, 0.5 }, { 1, -0.0, 0 }, { 9, INFINITY, 1 } };

	ctl_put_samples(f, &(struct ctl_samples){ 1, v, 3 });
}

TAKE(samples, struct ctl_samples, ctl_get_samples, ctl_put_samples)

static void
put_piece(struct frame *f)
{
	ctl_put_piece(f, "# EOF\n");
}

static int
take_piece(struct frame *f, struct arena *a, struct frame *again, struct err *e)
{
	const char *text;

	if (ctl_get_piece(f, a, &text, e) < 0)
		return -1;
	ctl_put_piece(again, text);
	return 0;
}

static void
put_done(struct frame *f)
{
	ctl_put_done(f, (UINT64_C(3) << 32) + 4);
}

static int
take_done(struct frame *f, struct arena *a, struct frame *again, struct err *e)
{
	uint64_t n;

	(void)a;
	if (ctl_get_done(f, &n, e) < 0)
		return -1;
	ctl_put_done(again, n);
	return 0;
}

static void
put_refused(struct frame *f)
{
	ctl_put_refused(f, "only root may do that");
}

static int
take_refused(struct frame *f, struct arena *a, struct frame *again, struct err *e)
{
	const char *why;

	if (ctl_get_refused(f, a, &why, e) < 0)
		return -1;
	ctl_put_refused(again, why);
	return 0;
}

static void
put_event(struct frame *f)
{
	ctl_put_event(f, &(struct event){ .kind = EVENT_ESCALATED,
			     .alert = "00ff",
			     .fingerprint = "lab/pc3/c/t/r",
			     .check_title = NULL,
			     .level = LEVEL_STOP,
			     .previous = LEVEL_PLAN,
			     .title = "title",
			     .body = "body",
			     .start_by = -5,
			     .sequence = 77 });
}

static int
take_event(struct frame *f, struct arena *a, struct frame *again, struct err *e)
{
	struct ctl_event v;

	if (ctl_get_event(f, a, &v, e) < 0)
		return -1;
	ctl_put_event(again, &(struct event){ .kind = v.kind,
				 .alert = v.alert,
				 .fingerprint = v.fingerprint,
				 /* none comes out as "": put back what was put in */
				 .check_title = v.check_title[0] != '\0' ? v.check_title : NULL,
				 .level = v.level,
				 .previous = v.previous,
				 .title = v.title,
				 .body = v.body,
				 .start_by = v.start_by,
				 .sequence = v.sequence });
	return 0;
}

static const struct message messages[] = {
	{ "item", put_item, take_item },
	{ "plain-item", put_plain_item, take_item },
	{ "end", put_end, take_end },
	{ "note", put_note, take_note },
	{ "post-job", put_job, take_job },
	{ "post-letter", put_letter, take_letter },
	{ "post-letter-timeless", put_timeless_letter, take_letter },
	{ "post-answer", put_answer, take_answer },
	{ "post-answer-timeless", put_timeless_answer, take_answer },
	{ "post-end", put_post_end, take_post_end },
	{ "post-fail", put_fail, take_fail },
	{ "ctl-request", put_request, take_request },
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
};

#endif
