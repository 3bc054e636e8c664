/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what was told of the daemon's own trouble, in numbers of the store.
 */
#include "daemon/health.h"

#include "base/day.h"
#include "daemon/teller.h"
#include "judge/policy.h"

#include <stdio.h>
#include <string.h>

#define SELF "forewarnd" /* the check of these alerts */
#define DEAD_PREFIX "sink-dead:"
#define DEAD_NAME (CONF_ID_MAX + sizeof(DEAD_PREFIX))
#define ARENA_MAX ((size_t)1 << 20)
#define STORAGE_SHORT "storage-short" /* the number that keeps since when; 0: there is room */

void
health_init(struct health *h, const struct ground *on)
{
	*h = (struct health){ .on = on };
}

/* What it is about: kind, levels, what names the alert. */
static void
begin(const struct ground *on, const char *target, const char *rule, instant since, bool over,
    struct arena *a, struct event *v)
{
	char *alert = arena_alloc(a, EVENT_ID);

	*v = (struct event){ .kind = over ? EVENT_RESOLVED : EVENT_DEGRADED,
		.level = over ? LEVEL_OK : LEVEL_ACT,
		.previous = over ? LEVEL_ACT : LEVEL_OK,
		.start_by = INSTANT_NONE,
		.check = SELF,
		.fingerprint = generation_fingerprint(on->generation, SELF, target, rule, a),
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
	v->parts = (struct event_parts){ v->title, "", "", "", "" };
}

static int
send(const struct ground *on, struct event *v, const char *key, uint64_t bits, struct err *e)
{
	if (teller_number(on, v, e) < 0)
		return -1;
	ledger_event(on->ledger, v);
	return teller_letters(on, v, key, bits, e);
}

/* ---- a sink that is dead */

/* A sink as far as its death is told. */
struct dead_sink {
	const char *id, *reason;
	instant since;    /* wall */
	uint64_t own_bit; /* 0: it is no longer configured */
};

static void
word_dead(const char *host, const struct dead_sink *s, struct arena *a, struct event *v)
{
	word(v, a, arena_printf(a, "Alerts do not arrive at \"%.30s\"", s->id),
	    arena_printf(a,
		"Messages wait on %.60s and are sent when it answers again: %.80s. Check "
		"the receiver and its address.",
		host, s->reason));
	v->parts.so_what = "Whoever relies on it hears nothing";
	v->parts.do_now = "Check the receiver and its address";
}

static void
word_back(const char *host, const struct dead_sink *s, struct arena *a, struct event *v)
{
	if (s->own_bit != 0)
		word(v, a, arena_printf(a, "Alerts arrive again at \"%.30s\"", s->id),
		    arena_printf(a, "What waited on %.60s is being sent, in its order.", host));
	else
		word(v, a, arena_printf(a, "\"%.30s\" is no longer told", s->id),
		    arena_printf(a,
			"Alerts did not arrive there; it is taken out of the configuration of "
			"%.60s.",
			host));
}

/* The number that keeps since when a sink that was told of is dead; 0: it is not. */
static const char *
dead_name(const char *id, char name[DEAD_NAME])
{
	snprintf(name, DEAD_NAME, DEAD_PREFIX "%s", id);
	return name;
}

int
health_dead_since(const struct health *h, const char *sink, instant *since, struct err *e)
{
	char name[DEAD_NAME];
	int64_t v;

	if (store_number(h->on->world->store, dead_name(sink, name), 0, &v, e) < 0)
		return -1;
	*since = v != 0 ? v : INSTANT_NONE;
	return 0;
}

/* Within a transaction. */
static int
tell_sink(
    const struct ground *on, const struct dead_sink *s, bool over, struct arena *a, struct err *e)
{
	const char *key = arena_printf(a, "sink/%s", s->id);
	char name[DEAD_NAME];
	struct event v;

	begin(on, s->id, "delivery", s->since, over, a, &v);
	v.check_title = "Delivery of alerts";
	(over ? word_back : word_dead)(on->world->host, s, a, &v);
	if (store_set_number(on->world->store, dead_name(s->id, name), over ? 0 : s->since, e) < 0)
		return -1;
	ledger_line(
	    on->ledger, "%s: %s: %s", event_type(v.kind), s->id, over ? v.title : s->reason);
	if (send(on, &v, key, ways_all(on->ways) & ~s->own_bit, e) < 0)
		return -1;
	if (!over || s->own_bit == 0)
		return 0;
	/* it learns of both numbers that it would miss from this one */
	v.folded = 1;
	return teller_letters(on, &v, key, s->own_bit, e);
}

struct telling {
	const struct ground *on;
	struct dead_sink sink;
	bool over;
};

static int
write_telling(void *self, struct err *e)
{
	const struct telling *w = self;
	struct arena *a = arena_new(ARENA_MAX);
	int rc = tell_sink(w->on, &w->sink, w->over, a, e);

	arena_free(a);
	return rc;
}

int
health_sink_dead(struct health *h, const struct way *w, instant since, const char *reason)
{
	struct telling t = { h->on, { w->conf->id, reason, since, UINT64_C(1) << w->bit }, false };

	return ledger_write(h->on->ledger, write_telling, &t);
}

int
health_sink_back(struct health *h, const struct way *w, instant since)
{
	struct telling t = { h->on, { w->conf->id, "", since, UINT64_C(1) << w->bit }, true };

	return ledger_write(h->on->ledger, write_telling, &t);
}

struct gone {
	const struct conf *conf;
	struct arena *a;
	struct dead_sink *list;
	size_t n, cap;
};

static void
collect_gone(void *self, const char *id, int64_t since)
{
	struct gone *g = self;

	if (since == 0 || conf_sink(g->conf, id) != NULL)
		return;
	g->list = arena_grow(g->a, g->list, g->n, &g->cap, sizeof(*g->list));
	g->list[g->n++] = (struct dead_sink){ arena_text(g->a, id), "", since, 0 };
}

int
health_forget_gone(struct health *h, struct err *e)
{
	struct gone g = { .conf = h->on->generation->conf, .a = arena_new(ARENA_MAX) };
	int rc = store_numbers(h->on->world->store, DEAD_PREFIX, collect_gone, &g, e);

	for (size_t i = 0; rc == 0 && i < g.n; i++)
		rc = tell_sink(h->on, &g.list[i], true, g.a, e);
	arena_free(g.a);
	return rc;
}

/* ---- a disk that is full */

struct storage {
	const struct ground *on;
	struct arena *a;
	uint64_t free; /* bytes */
	bool room;
};

static void
word_storage(const struct world *w, instant since, bool over, struct arena *a, struct event *v)
{
	char day[DAY_TEXT];

	day_short(since, world_now(w), day);
	if (over) {
		word(v, a, arena_printf(a, "Disk of %.30s has room again", w->host),
		    arena_printf(a,
			"It was full since %s. Nothing that was told is lost; older "
			"measurements may be thinner.",
			day));
		return;
	}
	word(v, a, arena_printf(a, "Disk of %.40s is full", w->host),
	    arena_printf(a,
		"Since %s there is no room for what forewarn has to remember. Alerts may come "
		"late or not at all. Free some room on the disk that holds %.60s.",
		day, w->state_dir));
	v->parts.when = arena_printf(a, "Since %s", day);
	v->parts.so_what = "Alerts may come late or not at all";
	v->parts.do_now =
	    arena_printf(a, "Free some room on the disk that holds %.60s", w->state_dir);
}

/* What was told last stands in the same transaction as the telling: told once, over any restart. */
static int
write_storage(void *self, struct err *e)
{
	struct storage *s = self;
	const struct ground *on = s->on;
	struct event v;
	int64_t since;

	if (store_number(on->world->store, STORAGE_SHORT, 0, &since, e) < 0)
		return -1;
	/* between the two bounds it stays as it was told */
	s->room = s->free >= (since == 0 ? STORE_ROOM_MIN : STORE_ROOM_AGAIN);
	if (s->room == (since == 0))
		return 0;
	if (!s->room)
		since = world_now(on->world);
	begin(on, "state", "storage", since, s->room, s->a, &v);
	v.check_title = "Disk of forewarn";
	word_storage(on->world, since, s->room, s->a, &v);
	ledger_line(on->ledger, "%s: %s", event_type(v.kind), v.title);
	if (store_set_number(on->world->store, STORAGE_SHORT, s->room ? 0 : since, e) < 0)
		return -1;
	return send(on, &v, "storage", ways_for(on->ways, LEVEL_ACT), e);
}

void
health_storage(struct health *h)
{
	struct storage s = { .on = h->on, .free = store_keep_ballast(h->on->world->store) };

	/* so it was, and so it is: nothing is to be written */
	if (h->storage_known &&
	    (h->storage_room ? s.free >= STORE_ROOM_MIN : s.free < STORE_ROOM_AGAIN))
		return;
	s.a = arena_new(ARENA_MAX);
	if (ledger_write(h->on->ledger, write_storage, &s) == 0) {
		h->storage_known = true;
		h->storage_room = s.room;
	}
	arena_free(s.a);
}
