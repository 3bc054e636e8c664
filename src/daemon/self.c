/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what the daemon finds of itself.
 */
#include "daemon/self.h"

#include "base/day.h"
#include "daemon/old_degraded.h"
#include "daemon/take.h"
#include "probes/specs.h"

#include <stdio.h>
#include <string.h>

#define ARENA_MAX ((size_t)4 << 20)
#define ITEMS_MAX (WAYS_MAX * 2 + 8)
#define NOTICE_EVERY SPAN_MIN /* what is looked at without being told of a change */
#define VALID_FOR (3 * SELF_EVERY)
#define DEAD_PREFIX "sink-dead:" /* numbers of the store: since when; 0: it is not */
#define DEAD_NAME (CONF_ID_MAX + sizeof(DEAD_PREFIX))
#define CLOCK_REMEMBERED SPAN_DAY /* how long a jump or a suspend is a finding */

void
self_init(struct self *s, const struct ground *on, struct digest *digest, struct posts *posts,
    const struct gauges *gauges, const struct runs *runs)
{
	*s = (struct self){ .on = on,
		.digest = digest,
		.posts = posts,
		.gauges = gauges,
		.runs = runs,
		.changed = true };
}

void
self_configured(struct self *s, const char *fault)
{
	bool was = s->config_fault[0] != '\0';

	s->changed = true;
	if (fault == NULL) {
		s->config_fault[0] = '\0';
		return;
	}
	snprintf(s->config_fault, sizeof(s->config_fault), "%s", fault);
	if (!was)
		s->config_since = world_now(s->on->world);
}

/* ---- sinks that are dead, over a restart */

static const char *
dead_name(const char *id, char name[DEAD_NAME])
{
	snprintf(name, DEAD_NAME, DEAD_PREFIX "%s", id);
	return name;
}

static int
write_remembered(void *self, struct err *e)
{
	struct self *s = self;

	for (size_t i = 0; i < s->on->ways->n; i++) {
		const struct way *w = &s->on->ways->v[i];
		char name[DEAD_NAME];
		int64_t since;

		if (store_number(s->on->world->store, dead_name(w->conf->id, name), 0, &since, e) <
		    0)
			return -1;
		if (since == 0)
			continue;
		if (old_degraded_end(s->on, w, since, e) < 0)
			return -1;
		posts_know_dead(s->posts, i, since);
	}
	return 0;
}

void
self_remember(struct self *s)
{
	ledger_write(s->on->ledger, write_remembered, s);
}

/* Before it is told, so that over a crash it is told late rather than ended early. */
static int
write_dead(void *self, struct err *e)
{
	const struct self *s = self;

	for (size_t i = 0; i < s->on->ways->n; i++) {
		struct sink_state state;
		char name[DEAD_NAME];

		posts_state(s->posts, i, &state);
		if (store_set_number(s->on->world->store,
			dead_name(s->on->ways->v[i].conf->id, name), state.dead ? state.since : 0,
			e) < 0)
			return -1;
	}
	return 0;
}

/* ---- one item each */

struct looking {
	struct self *s;
	struct arena *a;
	struct result *r;
	instant now;
};

static struct item *
add(struct looking *l, const char *target, const char *rule, const char *finding,
    const char *summary)
{
	struct item *it = &l->r->items[l->r->nitems++];

	*it = (struct item){ .target = target,
		.rule = rule,
		.state = finding != NULL ? ITEM_FOUND : ITEM_FINE,
		.finding = finding,
		.summary = summary,
		.verdict = { .start_by = INSTANT_NONE } };
	return it;
}

static const char *
clock_of(const struct looking *l, instant t)
{
	char text[DAY_TEXT];

	return arena_text(l->a, day_clock(t, l->now, text));
}

static bool
is_tellable(const struct way *w)
{
	return way_has_cell(w) || strcmp(w->conf->type, "desktop") == 0;
}

/* Every way that could tell somebody is dead. */
static bool
all_dead(const struct self *s)
{
	bool any = false;

	for (size_t i = 0; i < s->on->ways->n; i++) {
		struct sink_state state;

		posts_state(s->posts, i, &state);
		any = any || state.dead;
		if (is_tellable(&s->on->ways->v[i]) && !state.dead)
			return false;
	}
	return any;
}

static void
add_sink(struct looking *l, const struct way *w, const struct sink_state *state, bool last)
{
	const char *id = w->conf->id;
	struct store_outbox box = { 0 };
	struct metric *m = arena_alloc(l->a, sizeof(*m));
	struct item *it;

	store_outbox(l->s->on->world->store, id, &box, NULL);
	if (state->health == SINK_PARTLY)
		it = add(l, id, "forewarn.sink", "partly",
		    arena_printf(
			l->a, "Not everybody at \"%s\" gets what is sent: %s", id, state->reason));
	else if (state->dead)
		it = add(l, id, "forewarn.sink",
		    last                             ? "last-dead"
		    : state->health == SINK_REFUSING ? "refusing"
						     : "dead",
		    arena_printf(l->a, "Nothing arrives at \"%s\" since %s: %s", id,
			clock_of(l, state->since),
			state->reason[0] != '\0' ? state->reason : "it has not taken them"));
	else if (state->last_taken != INSTANT_NONE)
		it = add(l, id, "forewarn.sink", NULL,
		    arena_printf(l->a, "Took its last message %s", clock_of(l, state->last_taken)));
	else
		it = add(l, id, "forewarn.sink", NULL, "No message was sent since the start");
	*m = (struct metric){ .name = "waiting", .unit = UNIT_COUNT, .value = (double)box.letters };
	it->metrics = m;
	it->nmetrics = 1;
}

static void
add_sinks(struct looking *l)
{
	const struct ways *ways = l->s->on->ways;
	bool last = all_dead(l->s);

	for (size_t i = 0; i < ways->n; i++) {
		struct sink_state state;

		if (!way_has_cell(&ways->v[i]))
			continue;
		posts_state(l->s->posts, i, &state);
		add_sink(l, &ways->v[i], &state, last);
	}
	if (ways->n == 0)
		add(l, "sinks", "forewarn.told", "no-sink", "Nobody is told: there is no sink");
	else
		add(l, "sinks", "forewarn.told", NULL, "Somebody is told");
}

static void
add_files(struct looking *l)
{
	const struct ways *ways = l->s->on->ways;

	for (size_t i = 0; i < ways->n; i++) {
		const struct way *w = &ways->v[i];

		if (w->spec != sink_find("metrics"))
			continue;
		if (l->s->gauges->failing >> w->bit & 1)
			add(l, w->conf->id, "forewarn.metrics", "not-written",
			    "The file with the figures cannot be written");
		else
			add(l, w->conf->id, "forewarn.metrics", NULL, "The file is written");
	}
}

static void
add_config(struct looking *l)
{
	const struct self *s = l->s;

	if (s->config_fault[0] == '\0')
		add(l, "file", "forewarn.config", NULL, "What was last read is in force");
	else
		add(l, "file", "forewarn.config", "not-in-force",
		    arena_printf(
			l->a, "The changed configuration is not in force: %s", s->config_fault));
}

/* Between the two bounds it stays as it was found. */
static bool
is_room_short(const struct self *s)
{
	uint64_t free = store_keep_ballast(s->on->world->store);

	return free < (s->room_short ? STORE_ROOM_AGAIN : STORE_ROOM_MIN);
}

static void
add_room(struct looking *l)
{
	struct self *s = l->s;

	s->room_short = is_room_short(s);
	if (s->room_short)
		add(l, "disk", "forewarn.room", "full",
		    arena_printf(l->a, "The disk that holds %s is full", s->on->world->state_dir));
	else
		add(l, "disk", "forewarn.room", NULL, "There is room for the state");
}

/* A finding as long as the file that was set aside lies in the folder. */
static void
add_state(struct looking *l)
{
	struct store *store = l->s->on->world->store;
	const struct store_damage *d = store_damage(store);
	char name[STORE_ASIDE_NAME];
	const char *lost = "";

	l->s->aside = store_aside(store, name);
	if (!l->s->aside) {
		add(l, "database", "forewarn.state", NULL, "Its memory is whole");
		return;
	}
	if (d->set_aside && d->numbers_lost)
		lost = " Older tickets may not be closed by their id: close them by fingerprint.";
	add(l, "database", "forewarn.state", "set-aside",
	    arena_printf(l->a, "A damaged database was set aside as %s in %s.%s", name,
		l->s->on->world->state_dir, lost));
}

static void
add_clock(struct looking *l)
{
	const struct hostclock *h = l->s->on->hostclock;
	char text[SPAN_TEXT];

	if (h->jumped_at != INSTANT_NONE && instant_minus(l->now, h->jumped_at) < CLOCK_REMEMBERED)
		add(l, "clock", "forewarn.clock", "jumped",
		    arena_printf(l->a, "The clock of this computer was set %s by %s, %s",
			h->jumped_by < 0 ? "back" : "ahead",
			span_words(h->jumped_by < 0 ? -h->jumped_by : h->jumped_by, text),
			clock_of(l, h->jumped_at)));
	else if (h->woke_at != INSTANT_NONE && instant_minus(l->now, h->woke_at) < CLOCK_REMEMBERED)
		add(l, "clock", "forewarn.clock", "suspended",
		    arena_printf(l->a, "This computer slept for %s, until %s",
			span_words(h->slept, text), clock_of(l, h->woke_at)));
	else
		add(l, "clock", "forewarn.clock", NULL, "It has run without a jump for a day");
}

static void
add_workers(struct looking *l)
{
	const char *why;
	size_t n = runs_not_started(l->s->runs, &why);
	struct item *it;

	if (n == 0) {
		add(l, "programs", "forewarn.worker", NULL, "All that were started ran");
		return;
	}
	it = add(l, "programs", "forewarn.worker", NULL,
	    arena_printf(l->a, "%zu check%s could not be started: %s", n, n == 1 ? "" : "s", why));
	it->state = ITEM_UNKNOWN;
}

/* ---- the check */

static const struct check_conf *
check_of(const struct self *s)
{
	const struct conf *c = s->on->generation->conf;

	return &c->checks[c->nchecks - 1];
}

static int
take(struct self *s, struct arena *a)
{
	struct result r = { .check = BUILTIN_CHECK, .probe = BUILTIN_CHECK };
	struct looking l = { s, a, &r, world_now(s->on->world) };

	r.taken = l.now;
	r.valid_until = instant_plus(l.now, VALID_FOR);
	r.items = arena_array(a, ITEMS_MAX, sizeof(*r.items));
	add_sinks(&l);
	add_files(&l);
	add_config(&l);
	add_room(&l);
	add_state(&l);
	add_clock(&l);
	add_workers(&l);
	return take_result(s->on, s->digest, &r, check_of(s));
}

/* What nobody reports is noticed. */
static bool
notices(struct self *s)
{
	bool full = ledger_was_full(s->on->ledger), sinks = posts_changed(s->posts);

	char name[STORE_ASIDE_NAME];

	return full || sinks || s->changed || is_room_short(s) != s->room_short ||
	       store_aside(s->on->world->store, name) != s->aside;
}

void
self_look(struct self *s)
{
	span now = world_boot(s->on->world);
	struct arena *a;

	if (now < s->next && !s->changed && !s->posts->changed && !s->on->ledger->full)
		return;
	if (!notices(s) && now - s->last < SELF_EVERY && s->last != 0) {
		s->next = now + NOTICE_EVERY;
		return;
	}
	a = arena_new(ARENA_MAX);
	s->changed = false;
	s->next = now + NOTICE_EVERY;
	if (ledger_write(s->on->ledger, write_dead, s) == 0 && take(s, a) == 0)
		s->last = now;
	else
		s->last = 0;         /* again at the next notice */
	s->on->ledger->full = false; /* that it is full still was just looked at */
	arena_free(a);
}

span
self_next(const struct self *s)
{
	return s->changed || s->posts->changed || s->on->ledger->full ? 0 : s->next;
}
