/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what the daemon finds of itself, one item each, in words.
 */
#include "daemon/self_items.h"

#include "base/day.h"
#include "base/reach.h"

#include <string.h>

#define ITEMS_MAX (WAYS_MAX * 2 + 11)
#define CLOCK_REMEMBERED SPAN_DAY /* how long a jump or a suspend is a finding */

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
	struct metric *m = arena_alloc(l->a, sizeof(*m));
	struct item *it;

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
	*m = (struct metric){
		.name = "waiting", .unit = UNIT_COUNT, .value = (double)state->waiting
	};
	it->metrics = m;
	it->nmetrics = 1;
	if (state->cell[0] == '\0')
		return;
	it->evidence = arena_alloc(l->a, sizeof(*it->evidence));
	it->evidence[0] = (struct evidence){ "cell", arena_text(l->a, state->cell) };
	it->nevidence = 1;
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
}

/* The first check and level that no sink takes; how many such pairs there are. */
static size_t
not_taken(const struct looking *l, const struct check_conf **k, enum level *level)
{
	static const enum level levels[] = { LEVEL_STOP, LEVEL_ACT, LEVEL_UNKNOWN };
	const struct conf *c = l->s->on->generation->conf;
	size_t n = 0;

	for (size_t i = 0; i < c->nchecks; i++)
		for (size_t j = 0; j < sizeof(levels) / sizeof(levels[0]); j++) {
			if (ways_take(l->s->on->ways, &c->checks[i], levels[j]))
				continue;
			if (n++ > 0)
				continue;
			*k = &c->checks[i];
			*level = levels[j];
		}
	return n;
}

static void
add_told(struct looking *l)
{
	const struct check_conf *k = NULL;
	enum level level = LEVEL_OK;
	size_t n;

	if (l->s->on->ways->n == 0) {
		add(l, "sink", "forewarn.told", "no-sink", "Nobody is told: there is no sink");
		return;
	}
	n = not_taken(l, &k, &level);
	if (n == 0)
		add(l, "sink", "forewarn.told", NULL, "Each check has a sink for what is not fine");
	else
		add(l, "sink", "forewarn.told", "not-taken",
		    arena_printf(l->a, "No sink takes \"%s\" of %s%s", level_name(level), k->title,
			n > 1 ? arena_printf(l->a, ", and %zu more", n - 1) : ""));
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
		add(l, "configuration", "forewarn.config", NULL, "What was last read is in force");
	else
		add(l, "configuration", "forewarn.config", "not-in-force",
		    arena_printf(
			l->a, "The changed configuration is not in force: %s", s->config_fault));
}

/* Between the two bounds it stays as it was found. */
bool
self_room_short(const struct self *s)
{
	uint64_t free = store_keep_ballast(s->on->world->store);

	return free < (s->room_short ? STORE_ROOM_AGAIN : STORE_ROOM_MIN);
}

static void
add_room(struct looking *l)
{
	struct self *s = l->s;

	s->room_short = self_room_short(s);
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
		add(l, "database", "forewarn.state", NULL, "No damage was found");
		return;
	}
	if (d->set_aside && d->numbers_lost)
		lost = " Older tickets may not be closed by their id: close them by fingerprint.";
	add(l, "database", "forewarn.state", "set-aside",
	    arena_printf(l->a, "A damaged database was set aside as %s in %s.%s", name,
		l->s->on->world->state_dir, lost));
}

static bool
is_recent(const struct looking *l, instant t)
{
	return t != INSTANT_NONE && instant_minus(l->now, t) < CLOCK_REMEMBERED;
}

static void
add_clock(struct looking *l)
{
	const struct hostclock *h = l->s->on->hostclock;
	char text[SPAN_TEXT];

	if (hostclock_doubt(h, l->s->on->world) != 0)
		add(l, "clock", "forewarn.clock", "doubt",
		    arena_printf(l->a,
			"The clock of this computer was set %s by %s, and it is not known which "
			"time is true",
			h->jumped_by < 0 ? "back" : "ahead",
			span_words(h->jumped_by < 0 ? -h->jumped_by : h->jumped_by, text)));
	else if (is_recent(l, h->jumped_at))
		add(l, "clock", "forewarn.clock", "jumped",
		    arena_printf(l->a, "The clock of this computer was set %s by %s, %s",
			h->jumped_by < 0 ? "back" : "ahead",
			span_words(h->jumped_by < 0 ? -h->jumped_by : h->jumped_by, text),
			clock_of(l, h->jumped_at)));
	else
		add(l, "clock", "forewarn.clock", NULL, "No jump of the clock was seen");
	if (is_recent(l, h->woke_at))
		add(l, "sleep", "forewarn.clock", "suspended",
		    arena_printf(l->a, "The sleep of this computer was %s, until %s",
			span_words(h->slept, text), clock_of(l, h->woke_at)));
	else
		add(l, "sleep", "forewarn.clock", NULL, "No sleep was seen");
}

static void
add_commanded(struct looking *l)
{
	const struct commanded *c = l->s->commanded;

	if (!commanded_is_recent(c))
		add(l, "commands", "forewarn.commands", NULL,
		    "No program that forewarnd started asked to change what is told");
	else
		add(l, "commands", "forewarn.commands", "own-program",
		    arena_printf(l->a, "%s asked to %s, last %s; it was refused", c->who, c->what,
			clock_of(l, c->last)));
}

static void
add_workers(struct looking *l)
{
	const char *why;
	size_t n = runs_not_started(l->s->runs, &why);
	struct item *it;

	if (n == 0) {
		add(l, "check", "forewarn.worker", NULL, "Every worker could be started");
		return;
	}
	it = add(l, "check", "forewarn.worker", NULL,
	    arena_printf(l->a, "%zu check%s could not be started: %s", n, n == 1 ? "" : "s", why));
	it->state = ITEM_UNKNOWN;
}

/* ---- what the unit or a container keeps from the daemon, where the configuration asks for it */

static bool
somebody_logs_in(const struct conf *c)
{
	for (size_t i = 0; i < c->npeople; i++)
		if (c->people[i].login.n > 0)
			return true;
	return false;
}

static bool
some_check_waits(const struct conf *c)
{
	for (size_t i = 0; i < c->nchecks; i++)
		if (c->checks[i].quiet_when_running.n > 0)
			return true;
	return false;
}

static void
add_reach(struct looking *l)
{
	const struct conf *c = l->s->on->generation->conf;

	if (somebody_logs_in(c) && !reach_people())
		add(l, "accounts", "forewarn.reach", "accounts",
		    "Accounts of people cannot be told apart, so nobody of option login can take "
		    "an "
		    "alert");
	else
		add(l, "accounts", "forewarn.reach", NULL,
		    "The accounts that the configuration needs can be told apart");
	if (some_check_waits(c) && !reach_programs())
		add(l, "programs", "forewarn.reach", "programs",
		    "Programs of other accounts cannot be seen, so no check waits for those of "
		    "quiet_when_running");
	else
		add(l, "programs", "forewarn.reach", NULL,
		    "The programs that the configuration needs can be seen");
}

void
self_items(struct self *s, struct arena *a, struct result *r)
{
	struct looking l = { s, a, r, r->taken };

	r->items = arena_array(a, ITEMS_MAX, sizeof(*r->items));
	add_sinks(&l);
	add_told(&l);
	add_files(&l);
	add_config(&l);
	add_room(&l);
	add_state(&l);
	add_clock(&l);
	add_workers(&l);
	add_commanded(&l);
	add_reach(&l);
}
