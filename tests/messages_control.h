/* SPDX-License-Identifier: Apache-2.0
 *
 * messages_control: those of the control socket.
 */
#ifndef TESTS_MESSAGES_CONTROL_H
#define TESTS_MESSAGES_CONTROL_H

#include "tell/control_wire.h"
#include "tests/message.h"

#include <math.h>

static void
put_request(struct frame *f)
{
	ctl_put_request(f, &(struct ctl_request){ CTL_EXCEPT, "lab/*", "ordered", 1800000000000000,
			       true, -3, LEVEL_ACT, "QM Lee", "the spare token", "", "" });
}

TAKE(request, struct ctl_request, ctl_get_request, ctl_put_request)

static void
put_accept(struct frame *f)
{
	ctl_put_request(f, &(struct ctl_request){ CTL_ACCEPT, "trail", "meant", INSTANT_NONE, false,
			       0, LEVEL_OK, "QM Lee", "", "/var/log/a.log", "audit.edited" });
}

static void
put_head(struct frame *f)
{
	ctl_put_head(f, &(struct ctl_head){ "lab", "pc3", "0.1.0", 17, -18, UINT64_C(1) << 40,
			    { { 1, 2, 3, 4, 5 }, 10, 6, 7, 8, 9 }, INSTANT_NONE, 20, true });
}

TAKE(head, struct ctl_head, ctl_get_head, ctl_put_head)

static void
put_check(struct frame *f)
{
	ctl_put_check(f, &(struct ctl_check){ "balance3", "clock", "Balance 3", "sana", "Sana (IT)",
			     NULL, NULL, 100, 200, 50, INSTANT_NONE, 300, 400, true, -5, 6, 2,
			     { true, -1.5, 0.5 }, "seccomp, landlock 7" });
}

TAKE(check, struct ctl_check, ctl_get_check, ctl_put_check)

static void
put_alert(struct frame *f)
{
	ctl_put_alert(f, &(struct ctl_alert){ "00ff", "lab/pc3/c/t/r", "c", "t", "r", "C", "title",
			     "body\nmore", "", "a note", LEVEL_STOP, LEVEL_ACT, GATE_EXCEPTED, true,
			     false, true, STAND_BETTER, 3, 1, 2, 4, 5, 6, 7, INSTANT_NONE });
}

TAKE(alert, struct ctl_alert, ctl_get_alert, ctl_put_alert)

static void
put_silenced(struct frame *f)
{
	ctl_put_silenced(
	    f, &(struct ctl_silenced){ 5, "hplc*", { 1, 2, true, "omar", "column change" }, true });
}

TAKE(silenced, struct ctl_silenced, ctl_get_silenced, ctl_put_silenced)

static void
put_accepted(struct frame *f)
{
	ctl_put_accepted(f, &(struct ctl_accepted){ 7, "trail",
				{ "/var/log/a.log", "audit.edited", "00ff", 1, "QM Lee", "meant" },
				"root", "It was changed", INSTANT_NONE });
}

TAKE(accepted, struct ctl_accepted, ctl_get_accepted, ctl_put_accepted)

static void
put_excepted(struct frame *f)
{
	ctl_put_excepted(
	    f, &(struct ctl_excepted){ 6, "portals",
		   { 1, 2, LEVEL_PLAN, "ordered", "QM Lee", "the spare signs" }, false });
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
	ctl_put_done(f, &(struct ctl_done){ (UINT64_C(3) << 32) + 4, 5, 6, 1800000000000000 });
}

static int
take_done(struct frame *f, struct arena *a, struct frame *again, struct err *e)
{
	struct ctl_done d;

	(void)a;
	if (ctl_get_done(f, &d, e) < 0)
		return -1;
	ctl_put_done(again, &d);
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

static void
put_route(struct frame *f)
{
	ctl_put_route(
	    f, &(struct ctl_route){ "msp", true, false, "answered 404", 8, INSTANT_NONE });
}

TAKE(route, struct ctl_route, ctl_get_route, ctl_put_route)

#endif
