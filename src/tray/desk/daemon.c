/* SPDX-License-Identifier: Apache-2.0
 *
 * forewarn-tray as a client of the control socket: one connection that listens, and one for each
 * thing asked. What is heard changes nothing by itself: then the daemon is asked.
 */
#include "tray/desk/tray.h"

#include <glib-unix.h>
#include <string.h>

#define PATIENCE 10      /* s for an answer */
#define SILENCE (6 * 60) /* s without a word: longer than between two heartbeats */
#define RETRY_FIRST 200  /* ms, doubled up to */
#define RETRY_LAST 15000 /* ms */
#define RETRIES_QUIET 4  /* it may only be restarting: so many tries before it is said */

static gboolean on_retry(void *self);
static void ask(struct tray *t);

static void
stop(guint *source)
{
	if (*source != 0)
		g_source_remove(*source);
	*source = 0;
}

static void
set_facts(struct tray *t, struct facts *f)
{
	facts_free(t->facts);
	t->facts = f;
	tray_refresh(t);
}

static void
retry_later(struct tray *t)
{
	guint ms = RETRY_FIRST << MIN(t->tries, 10);

	t->tries++;
	if (t->retry == 0)
		t->retry = g_timeout_add(MIN(ms, RETRY_LAST), on_retry, t);
}

/* at once: it was asked and did not answer for long; else it may be back in a moment. */
static void
lost(struct tray *t, bool at_once)
{
	enum facts_reach reach = t->had_answer ? REACH_SILENT : REACH_ABSENT;

	tray_disconnect(t);
	retry_later(t);
	if ((at_once || t->tries > RETRIES_QUIET || !t->had_answer) && t->facts->reach != reach)
		set_facts(t, facts_lost(t->facts, reach, t->clk->wall(t->clk)));
}

static gboolean
on_silence(void *self)
{
	struct tray *t = self;

	t->silence = 0;
	ask(t);
	return G_SOURCE_REMOVE;
}

static void
heard(struct tray *t)
{
	stop(&t->silence);
	t->silence = g_timeout_add_seconds(SILENCE, on_silence, t);
}

/* ---- what it knows */
static int
take_answer(void *self, struct frame *f, struct err *e)
{
	struct tray *t = self;

	if (f->kind == CTL_DONE)
		return 1;
	if (f->kind == CTL_REFUSED)
		return err_set(e, ERR_DENIED, "refused");
	return facts_take(t->coming, f, e);
}

static void
end_asking(struct tray *t)
{
	stop(&t->on_answer);
	stop(&t->patience);
	link_free(t->asking);
	facts_free(t->coming);
	t->asking = NULL;
	t->coming = NULL;
}

static gboolean
on_answer(gint fd, GIOCondition what, void *self)
{
	struct tray *t = self;
	struct err e = { 0 };
	int rc = link_read(t->asking, take_answer, t, &e);
	struct facts *f;

	(void)fd, (void)what;
	if (rc == 0)
		return G_SOURCE_CONTINUE;
	t->on_answer = 0;
	if (rc < 0) {
		lost(t, false);
		return G_SOURCE_REMOVE;
	}
	f = t->coming;
	t->coming = NULL;
	end_asking(t);
	heard(t);
	facts_done(f);
	t->tries = 0;
	t->had_answer = true;
	set_facts(t, f);
	if (t->ask_again)
		ask(t);
	return G_SOURCE_REMOVE;
}

static gboolean
on_impatience(void *self)
{
	struct tray *t = self;

	t->patience = 0;
	lost(t, true);
	return G_SOURCE_REMOVE;
}

static void
ask(struct tray *t)
{
	const struct ctl_request r = { .kind = CTL_ALERTS, .until = INSTANT_NONE };
	struct err e = { 0 };

	t->ask_again = t->asking != NULL;
	if (t->asking != NULL)
		return;
	t->asking = link_open(t->socket, &r, &e);
	if (t->asking == NULL) {
		lost(t, false);
		return;
	}
	t->coming = facts_new();
	t->on_answer =
	    g_unix_fd_add(link_fd(t->asking), G_IO_IN | G_IO_HUP | G_IO_ERR, on_answer, t);
	t->patience = g_timeout_add_seconds(PATIENCE, on_impatience, t);
}

/* ---- what happens */
static int
take_event(void *self, struct frame *f, struct err *e)
{
	struct tray *t = self;
	struct arena *a;
	struct ctl_event v;
	int rc;

	if (f->kind != CTL_EVENT)
		return f->kind == CTL_DONE ? 0 : err_set(e, ERR_DENIED, "refused");
	a = arena_new(FRAME_MAX * 2);
	rc = ctl_get_event(f, a, &v, e);
	if (rc == 0 && v.kind == EVENT_TEST)
		bubbles_test(t->bubbles, v.title, v.body, t->clk->wall(t->clk));
	else if (rc == 0 && event_closes(v.kind))
		bubbles_over(t->bubbles, v.alert, v.kind == EVENT_EXCEPTED, v.title, v.body);
	arena_free(a);
	return rc;
}

static gboolean
on_event(gint fd, GIOCondition what, void *self)
{
	struct tray *t = self;
	struct err e = { 0 };
	int rc = link_read(t->listening, take_event, t, &e);

	(void)fd, (void)what;
	if (rc < 0) {
		t->on_event = 0;
		lost(t, false);
		return G_SOURCE_REMOVE;
	}
	heard(t);
	ask(t);
	return t->listening != NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
on_retry(void *self)
{
	struct tray *t = self;

	t->retry = 0;
	tray_connect(t);
	return G_SOURCE_REMOVE;
}

void
tray_connect(struct tray *t)
{
	const struct ctl_request r = { .kind = CTL_SUBSCRIBE, .until = INSTANT_NONE };
	struct err e = { 0 };

	t->listening = link_open(t->socket, &r, &e);
	if (t->listening == NULL) {
		lost(t, false);
		return;
	}
	t->on_event =
	    g_unix_fd_add(link_fd(t->listening), G_IO_IN | G_IO_HUP | G_IO_ERR, on_event, t);
	ask(t);
}

void
tray_disconnect(struct tray *t)
{
	stop(&t->on_event);
	stop(&t->retry);
	stop(&t->silence);
	link_free(t->listening);
	t->listening = NULL;
	end_asking(t);
	t->ask_again = false;
}

/* ---- what a person does */
struct deed {
	struct tray *t;
	struct link *link;
	enum control_kind kind;
	guint source, patience;
	char why[ERR_TEXT_MAX];
};

static int
take_outcome(void *self, struct frame *f, struct err *e)
{
	struct deed *d = self;
	const char *why;
	struct arena *a;
	struct ctl_done done;

	if (f->kind == CTL_DONE) {
		if (ctl_get_done(f, &done, e) < 0)
			return -1;
		if (done.n == 0)
			g_strlcpy(d->why,
			    tr("Nothing there that you may change, or it is over already."),
			    sizeof(d->why));
		return 1;
	}
	if (f->kind != CTL_REFUSED)
		return 0;
	a = arena_new(FRAME_MAX * 2);
	if (ctl_get_refused(f, a, &why, e) == 0)
		g_strlcpy(d->why, why, sizeof(d->why));
	arena_free(a);
	return 1;
}

static void
deed_done(struct deed *d)
{
	struct tray *t = d->t;
	char why[ERR_TEXT_MAX];

	stop(&d->source);
	stop(&d->patience);
	link_free(d->link);
	memcpy(why, d->why, sizeof(why));
	g_free(d);
	if (why[0] != '\0')
		tray_say(t, tr("That was not done"), why);
	if (t->listening != NULL)
		ask(t);
}

static gboolean
on_outcome(gint fd, GIOCondition what, void *self)
{
	struct deed *d = self;
	struct err e = { 0 };
	int rc = link_read(d->link, take_outcome, d, &e);

	(void)fd, (void)what;
	if (rc == 0)
		return G_SOURCE_CONTINUE;
	d->source = 0;
	if (rc < 0)
		g_strlcpy(d->why, tr("forewarn does not answer"), sizeof(d->why));
	deed_done(d);
	return G_SOURCE_REMOVE;
}

static gboolean
on_no_outcome(void *self)
{
	struct deed *d = self;

	d->patience = 0;
	g_strlcpy(d->why, tr("forewarn does not answer"), sizeof(d->why));
	deed_done(d);
	return G_SOURCE_REMOVE;
}

void
tray_send(struct tray *t, const struct ctl_request *r)
{
	struct deed *d = g_new0(struct deed, 1);
	struct err e = { 0 };

	d->t = t;
	d->kind = r->kind;
	d->link = link_open(t->socket, r, &e);
	if (d->link == NULL) {
		g_strlcpy(d->why, tr("forewarn does not answer"), sizeof(d->why));
		deed_done(d);
		return;
	}
	d->source = g_unix_fd_add(link_fd(d->link), G_IO_IN | G_IO_HUP | G_IO_ERR, on_outcome, d);
	d->patience = g_timeout_add_seconds(PATIENCE, on_no_outcome, d);
}
