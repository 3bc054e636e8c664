/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what follows from several admissions: sums of losses, stops and the starts that end them.
 */
#include "testimony.h"

#include <string.h>

/* A time without a zone may be so far from true time. */
#define ZONE_MAX (14 * 3600 * INSTANT_S)

static struct recorder *
find(struct testimony *t, enum admit_from from, uint64_t node)
{
	for (size_t i = 0; i < t->nrecorders; i++)
		if (t->recorders[i].from == from && t->recorders[i].node == node)
			return &t->recorders[i];
	return NULL;
}

/* The one that gives way: best one that is not off. */
static size_t
least_needed(const struct testimony *t)
{
	for (size_t i = 0; i < t->nrecorders; i++)
		if (t->recorders[i].off == 0)
			return i;
	return 0;
}

static void
drop(struct testimony *t, size_t i)
{
	t->nrecorders--;
	memmove(
	    &t->recorders[i], &t->recorders[i + 1], (t->nrecorders - i) * sizeof(t->recorders[0]));
}

static struct recorder *
need(struct testimony *t, enum admit_from from, uint64_t node)
{
	struct recorder *r = find(t, from, node);

	if (r != NULL)
		return r;
	if (t->nrecorders == TESTIMONY_RECORDERS)
		drop(t, least_needed(t));
	r = &t->recorders[t->nrecorders++];
	*r = (struct recorder){ .from = from, .node = node, .user = ADMITS_USER_NONE };
	return r;
}

static void
running(struct recorder *r)
{
	r->off = r->on = r->seen = 0;
	r->told = r->down = r->died = false;
	r->user = ADMITS_USER_NONE;
}

static void
broke(struct testimony *t, struct recorder *r, uint64_t count)
{
	if (t->nbreaks < TESTIMONY_BREAKS)
		t->breaks[t->nbreaks++] = (struct testimony_break){ *r, count };
	else
		t->more++;
	running(r);
}

/* The recorder is back, and count numbers were used meanwhile. One that was told to be off is
 * always told to be back, so that what was said of it ends. */
static void
judge(struct testimony *t, struct recorder *r, uint64_t count)
{
	bool ordinary = r->from != FROM_AUDIT && r->on - r->off < TESTIMONY_RESTART && count == 0;

	if (!r->told && (ordinary || (r->died && count == 0)))
		running(r);
	else
		broke(t, r, count);
}

/* The machine was started meanwhile: nothing could be recorded. */
static void
booted(struct testimony *t, struct recorder *r)
{
	if (r->told)
		broke(t, r, 0);
	else
		running(r);
}

static instant
time_of(const struct testimony_record *in)
{
	return in->info->has_time && in->info->at != 0 ? in->info->at : in->now;
}

static void
lose(struct testimony *t, const struct admission *a, const struct testimony_record *in)
{
	struct testimony_loss *l = &t->loss[a->from];
	instant at = in->info->has_time ? in->info->at : 0;

	l->first = l->times == 0 ? at : l->first;
	l->last = at;
	l->zoned = in->info->zoned;
	l->place = in->place;
	/* "begin to drop" comes before the line that says how many: one loss, not two */
	l->times += a->count > 0 || l->times == 0;
	if (!a->total)
		l->count += a->count;
	else if (a->count > l->count)
		l->count = a->count;
	l->total = l->total || a->total;
}

/* That computer is being shut down; auditd's log and a syslog say so in their own ways. */
static bool
goes_down(struct testimony *t, uint64_t node)
{
	const struct recorder *a = find(t, FROM_AUDITD, node), *s = find(t, FROM_RSYSLOG, node);

	return (a != NULL && a->down) || (s != NULL && s->down);
}

static void
go_off(struct testimony *t, const struct admission *a, const struct testimony_record *in)
{
	struct recorder *r = need(t, a->from, a->node);
	bool down = goes_down(t, a->node);

	if (r->off != 0 && r->on == 0)
		return; /* it says so twice */
	if (r->on != 0)
		judge(t, r, 0);
	if (a->from == FROM_AUDIT && down)
		return;
	r->down = down;
	r->off = time_of(in);
	r->on = 0;
	r->seen = in->now;
	r->zoned = in->info->zoned;
	r->user = a->user;
	r->place = in->place;
}

static void
go_on(struct testimony *t, const struct admission *a, const struct testimony_record *in)
{
	struct recorder *r = find(t, a->from, a->node);

	if (r == NULL || r->on != 0)
		return;
	if (r->off == 0) {
		if (a->from != FROM_AUDITD || !r->numbered)
			return;
		r->died = true;
		r->off = r->newest;
		r->zoned = in->info->zoned;
		r->place = in->place;
	}
	r->on = time_of(in);
	r->seen = in->now;
	if (r->from == FROM_AUDIT)
		judge(t, r, 0);
}

/* The first line of the kernel in a syslog: what that computer's programs left open is explained.
 */
static void
boot(struct testimony *t, uint64_t node)
{
	for (size_t i = 0; i < t->nrecorders; i++)
		if (t->recorders[i].node == node)
			booted(t, &t->recorders[i]);
}

/* A record that auditd's kernel part numbered. */
static void
take_numbered(struct testimony *t, const struct testimony_record *in)
{
	struct recorder *r = need(t, FROM_AUDITD, admits_node(in->rec, in->n));
	int32_t step = (int32_t)(uint32_t)(in->info->seq - r->last);

	if (r->on != 0 && step <= 0)
		booted(t, r);
	else if (r->on != 0)
		judge(t, r, (uint64_t)step - 1);
	else if (r->numbered && step <= 0 && in->info->at <= r->newest + ORDER_WINDOW)
		return; /* a late record of an event */
	r->numbered = true;
	r->last = in->info->seq;
	r->newest = in->info->at;
}

/* A record which is only written while the kernel's switch is on, later than records of the event
 * that switched it off can be. */
static void
runs(struct testimony *t, const struct admission *a, const struct testimony_record *in)
{
	struct recorder *r = find(t, FROM_AUDIT, a->node);

	if (r == NULL || r->off == 0 || time_of(in) <= r->off + ORDER_WINDOW)
		return;
	r->on = time_of(in);
	judge(t, r, 0);
}

/* Starts that came long enough before this record, in a log without numbers. */
static void
settle_until(struct testimony *t, instant at)
{
	for (size_t i = 0; i < t->nrecorders; i++) {
		struct recorder *r = &t->recorders[i];

		if (r->on != 0 && r->from != FROM_AUDITD && at - r->on > TESTIMONY_SETTLE)
			judge(t, r, 0);
	}
}

static void
take(struct testimony *t, const struct admission *a, const struct testimony_record *in)
{
	if (a->what == ADMIT_OFF)
		go_off(t, a, in);
	else if (a->what == ADMIT_ON)
		go_on(t, a, in);
	else if (a->what == ADMIT_RUNS)
		runs(t, a, in);
	else if (a->what == ADMIT_DOWN)
		need(t, a->from, a->node)->down = true;
	else if (a->what == ADMIT_BOOT)
		boot(t, a->node);
}

void
testimony_take(struct testimony *t, const struct testimony_record *in)
{
	struct admission a;
	bool admits = admits_read(in->format, in->rec, in->n, &a);

	if (admits && a.what == ADMIT_LOST)
		lose(t, &a, in);
	if (!in->in_order)
		return;
	if (in->format == FORMAT_AUDITD && in->info->has_seq && !in->info->own_counter)
		take_numbered(t, in);
	else if (t->nrecorders > 0 && in->format != FORMAT_AUDITD && in->info->has_time)
		settle_until(t, in->info->at);
	if (admits && a.what != ADMIT_LOST)
		take(t, &a, in);
}

/* Only the next number tells whether this start of auditd lost some; without a loss it is nothing.
 */
static bool
needs_number(const struct recorder *r)
{
	return r->from == FROM_AUDITD && !r->told &&
	       (r->died || r->on - r->off < TESTIMONY_RESTART);
}

void
testimony_settle(struct testimony *t, instant now)
{
	for (size_t i = 0; i < t->nrecorders; i++) {
		struct recorder *r = &t->recorders[i];

		if (r->on != 0 && now - r->seen > TESTIMONY_SETTLE && !needs_number(r))
			judge(t, r, 0);
	}
}

instant
testimony_off_for(const struct recorder *r, instant now)
{
	instant by_log, by_us;

	if (r->off == 0 || r->on != 0 || r->down)
		return 0;
	by_log = now - r->off - (r->zoned ? 0 : ZONE_MAX);
	by_us = now - r->seen;
	if (by_us > by_log)
		by_log = by_us;
	return by_log > 0 ? by_log : 0;
}
