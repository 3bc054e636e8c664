/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the control socket and the table of what may be asked there.
 */
#include "daemon/desk.h"

#include "daemon/answers.h"
#include "daemon/deeds.h"
#include "face/places.h"

#include <stdlib.h>
#include <unistd.h>

#define ARENA_MAX ((size_t)256 << 20) /* of one answer */

static const struct {
	enum control_kind request;
	int (*answer)(struct asking *q, struct err *e);
	/* What it changes, behind "asked to": others hear of it, and what it means is told at once.
	 * NULL: nothing; then a program that forewarnd started may ask it too. */
	const char *changes;
} requests[] = {
	{ CTL_STATUS, answer_status, NULL },
	{ CTL_HISTORY, answer_history, NULL },
	{ CTL_PAST, answer_past, NULL },
	{ CTL_ALERTS, answer_alerts, NULL },
	{ CTL_METRICS, answer_metrics, NULL },
	{ CTL_ROUTES, answer_routes, NULL },
	{ CTL_SUBSCRIBE, answer_subscribe, NULL },
	{ CTL_ACK, deed_ack, "take alerts" },
	{ CTL_SILENCE, deed_silence, "silence alerts" },
	{ CTL_UNSILENCE, deed_unsilence, "end a silence" },
	{ CTL_EXCEPT, deed_except, "except alerts" },
	{ CTL_UNEXCEPT, deed_unexcept, "end an exception" },
	{ CTL_ACCEPT, deed_accept, "accept findings" },
	{ CTL_TEST, deed_test, "send a test alert" },
	{ CTL_CONFIRM, deed_confirm, "confirm a test alert" },
	{ CTL_RUN, deed_look_again, NULL },
};

/* Which of ours it comes from; "": not known. */
static const char *
for_whom(const struct asking *q, pid_t child)
{
	const char *id = runs_of_pid(q->desk->runs, child);

	if (id != NULL)
		return arena_printf(q->a, "check \"%s\"", id);
	id = posts_of_pid(q->desk->posts, child);
	return id != NULL ? arena_printf(q->a, "sink \"%s\"", id) : "";
}

/* A check's program runs under the user that may do all here: that it may not silence what it finds
 * is told by where it comes from. */
static int
need_stranger(struct asking *q, const char *what, struct err *e)
{
	struct peer_origin o;

	control_origin(q->to, &o);
	if (o.kind == PEER_STRANGER)
		return 0;
	if (o.kind == PEER_GONE)
		return err_set(e, ERR_DENIED, "who asked that has ended meanwhile");
	commanded_refused(q->desk->commanded, &o, for_whom(q, o.child), what);
	return err_set(e, ERR_DENIED,
	    "a program that forewarnd started may not %s; run this from a shell of your own", what);
}

static void
answer(struct asking *q, size_t i)
{
	struct err e = { 0 };

	if (requests[i].changes != NULL && need_stranger(q, requests[i].changes, &e) < 0) {
		asking_refuse(q, e.msg);
		return;
	}
	if (requests[i].answer(q, &e) < 0) {
		asking_refuse(q, e.msg);
		return;
	}
	asking_done(q);
	if (requests[i].changes == NULL)
		return;
	ledger_announce_change(q->on->ledger);
	q->desk->changed = true;
}

static void
on_request(void *self, struct control_client *to, const struct ctl_request *r, const char *by,
    bool may_act)
{
	struct desk *d = self;
	struct asking q = { .desk = d,
		.on = d->on,
		.to = to,
		.r = r,
		.by = by,
		.may_act = may_act,
		.until = INSTANT_NONE,
		.a = arena_new(ARENA_MAX) };

	frame_init(&q.f, 0);
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++)
		if (requests[i].request == r->kind)
			answer(&q, i);
	frame_fini(&q.f);
	arena_free(q.a);
}

static void
on_event(void *self, const struct frame *event)
{
	struct desk *d = self;

	control_publish(d->control, event);
}

int
desk_open(struct desk *d, const struct ground *on, struct runs *runs, struct gauges *gauges,
    struct posts *posts, struct commanded *commanded, const char *path, struct err *e)
{
	const struct control_ops ops = { .request = on_request, .self = d };
	struct arena *a = arena_new(65536);

	*d = (struct desk){
		.on = on, .runs = runs, .gauges = gauges, .posts = posts, .commanded = commanded
	};
	d->control = control_new(path != NULL ? path : place_socket(a),
	    geteuid() == 0 || getenv("RUNTIME_DIRECTORY") != NULL, on->world->clk, &ops, e);
	arena_free(a);
	if (d->control == NULL)
		return -1;
	on->ledger->listener = on_event;
	on->ledger->self = d;
	return 0;
}

void
desk_close(struct desk *d)
{
	if (d->control == NULL)
		return;
	d->on->ledger->listener = NULL;
	control_free(d->control);
	d->control = NULL;
}

size_t
desk_poll(struct desk *d, struct pollfd *p)
{
	return d->control != NULL ? control_poll(d->control, p, DESK_POLL) : 0;
}

void
desk_handle(struct desk *d, const struct pollfd *p, size_t n)
{
	if (d->control != NULL)
		control_handle(d->control, p, n);
}

span
desk_next(const struct desk *d)
{
	const struct world *w;
	span until;

	if (d->control == NULL)
		return SPAN_MAX;
	w = d->on->world;
	until = control_next(d->control);
	return until == SPAN_MAX ? SPAN_MAX : world_boot(w) + (until - world_mono(w));
}

bool
desk_changed(struct desk *d)
{
	bool changed = d->changed;

	d->changed = false;
	return changed;
}
