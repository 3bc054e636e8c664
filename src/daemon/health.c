/* SPDX-License-Identifier: Apache-2.0
 *
 * What forewarnd has to say of itself: a sink that is dead, a disk that is full. Each is an alert
 * of its own, so that a receiver that keeps incidents can end it.
 */
#include "daemon/daemon.h"

#include "base/day.h"
#include "judge/policy.h"

#include <stdio.h>
#include <string.h>

#define SELF "forewarnd"
#define DEAD_PREFIX "sink-dead:"
#define DEAD_NAME (CONF_ID_MAX + sizeof(DEAD_PREFIX))
#define ARENA_MAX ((size_t)1 << 20)
#define STORAGE_SHORT "storage-short" /* the number that keeps since when; 0: there is room */

/* What it is about: kind, levels, what names the alert. */
static void
begin(struct daemon *d, const char *target, const char *rule, instant since, bool over,
    struct arena *a, struct event *v)
{
	char *alert = arena_alloc(a, EVENT_ID);

	*v = (struct event){ .kind = over ? EVENT_RESOLVED : EVENT_DEGRADED,
		.level = over ? LEVEL_OK : LEVEL_ACT,
		.previous = over ? LEVEL_ACT : LEVEL_OK,
		.start_by = INSTANT_NONE,
		.check = SELF,
		.fingerprint = daemon_fingerprint(d, SELF, target, rule, a),
		.target = target,
		.rule = rule,
		.since = since };
	policy_alert_id(v->fingerprint, 1, since, alert);
	v->alert = alert;
}

static void
word(struct event *v, struct arena *a, const char *title, const char *body)
{
	char *t = arena_alloc(a, EVENT_TITLE_MAX + 1), *b = arena_alloc(a, EVENT_BODY_MAX + 1);

	snprintf(t, EVENT_TITLE_MAX + 1, "%s", title);
	snprintf(b, EVENT_BODY_MAX + 1, "%s", body);
	v->title = t;
	v->body = b;
}

static int
send(struct daemon *d, struct event *v, const char *key, uint64_t bits, struct err *e)
{
	if (daemon_number(d, v, e) < 0)
		return -1;
	daemon_publish(d, v);
	return daemon_letters(d, v, key, bits, e);
}

/* A sink as far as its death is told. */
struct dead {
	const char *id, *reason;
	instant since;
	uint64_t self; /* its own bit; 0: it is no longer configured */
};

static void
word_degraded(
    const struct daemon *d, const struct dead *s, bool over, struct arena *a, struct event *v)
{
	if (!over) {
		word(v, a, arena_printf(a, "Alerts do not arrive at \"%.30s\"", s->id),
		    arena_printf(a,
			"Messages wait on %.60s and are sent when it answers again: %.80s. Check "
			"the receiver and its address.",
			d->host, s->reason));
		v->parts = (struct event_parts){ v->title, "", "Whoever relies on it hears nothing",
			"Check the receiver and its address", "" };
		return;
	}
	if (s->self != 0)
		word(v, a, arena_printf(a, "Alerts arrive again at \"%.30s\"", s->id),
		    arena_printf(a, "What waited on %.60s is being sent, in its order.", d->host));
	else
		word(v, a, arena_printf(a, "\"%.30s\" is no longer told", s->id),
		    arena_printf(a,
			"Alerts did not arrive there; it is taken out of the configuration of "
			"%.60s.",
			d->host));
	v->parts = (struct event_parts){ v->title, "", "", "", "" };
}

/* The number that keeps since when a sink that was told of is dead; 0: it is not. */
static const char *
dead_name(const char *id, char name[DEAD_NAME])
{
	snprintf(name, DEAD_NAME, DEAD_PREFIX "%s", id);
	return name;
}

int
daemon_known_dead(const struct daemon *d, struct daemon_sink *s, struct err *e)
{
	char name[DEAD_NAME];
	int64_t since;

	if (store_number(d->store, dead_name(s->conf->id, name), 0, &since, e) < 0)
		return -1;
	s->told_dead = since != 0;
	s->dead_since = since != 0 ? since : INSTANT_NONE;
	return 0;
}

static int
tell_dead(struct daemon *d, const struct dead *s, bool over, struct arena *a, struct err *e)
{
	const char *key = arena_printf(a, "sink/%s", s->id);
	uint64_t others = 0;
	char name[DEAD_NAME];
	struct event v;

	begin(d, s->id, "delivery", s->since, over, a, &v);
	v.check_title = "Delivery of alerts";
	word_degraded(d, s, over, a, &v);
	for (size_t i = 0; i < d->nsinks; i++)
		others |= UINT64_C(1) << d->sinks[i].bit;
	others &= ~s->self;
	if (store_set_number(d->store, dead_name(s->id, name), over ? 0 : s->since, e) < 0)
		return -1;
	daemon_log_later(d, "%s: %s: %s", event_type(v.kind), s->id, over ? v.title : s->reason);
	if (send(d, &v, key, others, e) < 0)
		return -1;
	if (!over || s->self == 0)
		return 0;
	/* it learns of both numbers that it would miss from this one */
	v.folded = 1;
	return daemon_letters(d, &v, key, s->self, e);
}

int
daemon_degraded(
    struct daemon *d, const struct daemon_sink *s, bool over, struct arena *a, struct err *e)
{
	struct dead dead = { s->conf->id, s->reason, s->dead_since, UINT64_C(1) << s->bit };

	return tell_dead(d, &dead, over, a, e);
}

struct gone {
	const struct daemon *d;
	struct arena *a;
	struct dead *list;
	size_t n, cap;
};

static void
collect_gone(void *self, const char *id, int64_t since)
{
	struct gone *g = self;

	for (size_t i = 0; i < g->d->nsinks; i++)
		if (strcmp(g->d->sinks[i].conf->id, id) == 0)
			return;
	if (since == 0)
		return;
	g->list = arena_grow(g->a, g->list, g->n, &g->cap, sizeof(*g->list));
	g->list[g->n++] = (struct dead){ arena_text(g->a, id), "", since, 0 };
}

int
daemon_forget_dead(struct daemon *d, struct err *e)
{
	struct gone g = { .d = d, .a = arena_new(ARENA_MAX) };
	int rc = store_numbers(d->store, DEAD_PREFIX, collect_gone, &g, e);

	for (size_t i = 0; rc == 0 && i < g.n; i++)
		rc = tell_dead(d, &g.list[i], true, g.a, e);
	arena_free(g.a);
	return rc;
}

struct storage {
	struct daemon *d;
	struct arena *a;
	uint64_t free; /* bytes */
	bool room;
};

static void
word_storage(const struct daemon *d, instant since, bool over, struct arena *a, struct event *v)
{
	char day[DAY_TEXT];

	day_short(since, d->clk->wall(d->clk), day);
	if (over) {
		word(v, a, arena_printf(a, "Disk of %.30s has room again", d->host),
		    arena_printf(a,
			"It was full since %s. Nothing that was told is lost; older "
			"measurements may be thinner.",
			day));
		v->parts = (struct event_parts){ v->title, "", "", "", "" };
		return;
	}
	word(v, a, arena_printf(a, "Disk of %.40s is full", d->host),
	    arena_printf(a,
		"Since %s there is no room for what forewarn has to remember. Alerts may come "
		"late or not at all. Free some room on the disk that holds %.60s.",
		day, d->state_dir));
	v->parts = (struct event_parts){ v->title, arena_printf(a, "Since %s", day),
		"Alerts may come late or not at all",
		arena_printf(a, "Free some room on the disk that holds %.60s", d->state_dir), "" };
}

/* What was told last stands in the same transaction as the telling: told once, over any restart. */
static int
write_storage(void *self, struct err *e)
{
	struct storage *w = self;
	struct daemon *d = w->d;
	struct event v;
	int64_t since;

	if (store_number(d->store, STORAGE_SHORT, 0, &since, e) < 0)
		return -1;
	/* between the two bounds it stays as it was told */
	w->room = w->free >= (since == 0 ? STORE_ROOM_MIN : STORE_ROOM_AGAIN);
	if (w->room == (since == 0))
		return 0;
	if (!w->room)
		since = d->clk->wall(d->clk);
	begin(d, "state", "storage", since, w->room, w->a, &v);
	v.check_title = "Disk of forewarn";
	word_storage(d, since, w->room, w->a, &v);
	daemon_log_later(d, "%s: %s", event_type(v.kind), v.title);
	if (store_set_number(d->store, STORAGE_SHORT, w->room ? 0 : since, e) < 0)
		return -1;
	return send(d, &v, "storage", daemon_sinks_for(d, LEVEL_ACT), e);
}

void
daemon_storage(struct daemon *d)
{
	struct storage w = { .d = d, .free = store_keep_ballast(d->store) };

	/* so it was, and so it is: nothing is to be written */
	if (d->storage_known &&
	    (d->storage_room ? w.free >= STORE_ROOM_MIN : w.free < STORE_ROOM_AGAIN))
		return;
	w.a = arena_new(ARENA_MAX);
	if (daemon_write(d, write_storage, &w) == 0) {
		d->storage_known = true;
		d->storage_room = w.room;
	}
	arena_free(w.a);
}
