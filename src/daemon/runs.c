/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the schedule, the workers in flight, and what has landed until somebody takes it.
 */
#include "daemon/runs.h"

#include "daemon/accepted.h"
#include "daemon/results.h"
#include "probes/specs.h"
#include "watch/quiet.h"

#include <stdlib.h>
#include <string.h>

#define ARENA_MAX ((size_t)512 << 20)
#define POSTPONE (30 * SPAN_S) /* until a quiet check looks again whether it may run */

static size_t
nchecks(const struct runs *r)
{
	return r->on->generation->conf->nchecks;
}

static const struct check_conf *
check_of(const struct runs *r, size_t i)
{
	return &r->on->generation->conf->checks[i];
}

void
runs_init(struct runs *r, const struct ground *on)
{
	*r = (struct runs){ .on = on };
}

/* Where the interval has become longer, what was found under the shorter one would grow stale
 * before the next run is due, and be told as what could not be checked: then that run comes in
 * time. */
static void
schedule(struct runs *r, size_t i)
{
	struct world *w = r->on->world;
	const struct check_conf *k = check_of(r, i);
	span now = world_boot(w), left = results_left(w->store, k->id, world_now(w));
	span latest = now + (left > k->timeout ? left - k->timeout : 0);
	bool fresh = left > 0;

	sched_init(&r->sched[i], k->id, w->seed, k->every, now,
	    fresh ? results_age(w->store, k->id, world_now(w)) : SPAN_MAX);
	if (fresh && r->sched[i].due > latest)
		r->sched[i].due = latest;
}

void
runs_adopt(struct runs *r)
{
	r->sched = arena_array(r->on->generation->arena, nchecks(r) + 1, sizeof(*r->sched));
	r->not_started =
	    arena_array(r->on->generation->arena, nchecks(r) + 1, sizeof(*r->not_started));
	for (size_t i = 0; i < nchecks(r); i++) {
		const struct check_conf *k = check_of(r, i);

		if (generation_is_builtin(k)) {
			r->sched[i] = (struct sched){ .id = k->id, .due = SPAN_MAX };
			continue;
		}
		schedule(r, i);
	}
}

void
runs_stop(struct runs *r)
{
	while (r->nflying > 0) {
		struct run *run = &r->flying[--r->nflying];

		flight_land(&run->flight, r->on->world->clk);
		arena_free(run->arena);
	}
	while (r->nlanded > 0)
		arena_free(r->landed[--r->nlanded].arena);
}

void
runs_fini(struct runs *r)
{
	runs_stop(r);
	r->sched = NULL;
}

/* A check that reads much waits while an instrument measures, but not so long that what is known of
 * it grows stale. */
static bool
must_wait(const struct runs *r, size_t i, span now)
{
	const struct check_conf *k = check_of(r, i);
	span since = r->sched[i].waits_since;

	if (!(probe_find(k->probe)->needs & NEED_FILES) || (since != 0 && now - since >= k->every))
		return false;
	return quiet_now(&k->quiet_when_running);
}

bool
runs_due(struct runs *r, size_t *check)
{
	span now = world_boot(r->on->world);
	size_t i;

	if (r->nflying + r->nlanded >= RUNS_PARALLEL)
		return false;
	while ((i = sched_pick(r->sched, nchecks(r), now)) < nchecks(r)) {
		span every = check_of(r, i)->every;

		if (!must_wait(r, i, now)) {
			*check = i;
			return true;
		}
		sched_postpone(&r->sched[i], now + (every < POSTPONE ? every : POSTPONE));
	}
	return false;
}

/* A flight refers to its result by where that lies. */
static void
move(struct run *to, const struct run *from)
{
	*to = *from;
	to->flight.result = &to->result;
}

static const struct handed *
handed_of(const struct runs *r, const struct check_conf *k, struct arena *a)
{
	struct handed *h = arena_alloc(a, sizeof(*h));

	*h = *accepted_handed(r->on, k->id, a);
	h->gentle = quiet_now(&k->quiet_when_running);
	return h;
}

void
runs_start(struct runs *r, size_t check)
{
	const struct runner runner = { .clk = r->on->world->clk,
		.state_dir = r->on->world->state_dir };
	struct run *run = &r->flying[r->nflying];
	struct run_spec *spec;

	*run = (struct run){ .arena = arena_new(ARENA_MAX), .check = check };
	spec = arena_alloc(run->arena, sizeof(*spec));
	*spec = r->on->generation->specs[check];
	if (spec->wants_state)
		spec->handed = handed_of(r, check_of(r, check), run->arena);
	sched_start(&r->sched[check], world_boot(r->on->world));
	if (flight_start(&run->flight, &runner, spec, &run->result, run->arena) == 0) {
		r->nflying++;
		r->not_started[check] = NULL;
		return;
	}
	if (r->not_started[check] == NULL)
		r->not_started[check] =
		    arena_text(r->on->generation->arena, run->result.items[0].summary);
	move(&r->landed[r->nlanded++], run);
}

static void
land(struct runs *r, size_t i)
{
	struct run *landed = &r->landed[r->nlanded++];

	move(landed, &r->flying[i]);
	flight_land(&landed->flight, r->on->world->clk);
	if (i != --r->nflying)
		move(&r->flying[i], &r->flying[r->nflying]);
}

size_t
runs_poll(struct runs *r, struct pollfd *p)
{
	for (size_t i = 0; i < r->nflying; i++) {
		const struct child *c = &r->flying[i].flight.child;

		p[2 * i] = (struct pollfd){ c->fd, POLLIN, 0 };
		p[2 * i + 1] = (struct pollfd){ c->err_fd, POLLIN, 0 };
	}
	return 2 * r->nflying;
}

void
runs_handle(struct runs *r, const struct pollfd *p, size_t n)
{
	span now = world_mono(r->on->world);

	for (size_t i = n / 2; i-- > 0;) {
		struct flight *f = &r->flying[i].flight;
		bool more = true;

		if (p[2 * i + 1].revents != 0)
			flight_read_stderr(f);
		if (p[2 * i].revents != 0)
			more = flight_read(f);
		if (more && now >= f->kill_at) {
			flight_expire(f);
			more = false;
		}
		if (!more)
			land(r, i);
	}
}

bool
runs_landed(struct runs *r, struct run *out)
{
	if (r->nlanded == 0)
		return false;
	move(out, &r->landed[0]);
	for (size_t i = 1; i < r->nlanded; i++)
		move(&r->landed[i - 1], &r->landed[i]);
	r->nlanded--;
	sched_end(&r->sched[out->check]);
	return true;
}

void
runs_done(struct run *landed)
{
	arena_free(landed->arena);
	landed->arena = NULL;
}

span
runs_next(const struct runs *r)
{
	const struct world *w = r->on->world;
	span boot = world_boot(w), mono = world_mono(w), next = SPAN_MAX;

	if (r->nlanded > 0)
		return boot;
	if (r->nflying < RUNS_PARALLEL)
		next = sched_next(r->sched, nchecks(r));
	for (size_t i = 0; i < r->nflying; i++) {
		span until = boot + (r->flying[i].flight.kill_at - mono);

		if (until < next)
			next = until;
	}
	return next;
}

size_t
runs_pids(const struct runs *r, pid_t *pids)
{
	for (size_t i = 0; i < r->nflying; i++)
		pids[i] = r->flying[i].flight.child.pid;
	return r->nflying;
}

const char *
runs_of_pid(const struct runs *r, pid_t pid)
{
	for (size_t i = 0; i < r->nflying; i++)
		if (r->flying[i].flight.child.pid == pid)
			return check_of(r, r->flying[i].check)->id;
	return NULL;
}

size_t
runs_not_started(const struct runs *r, const char **why)
{
	size_t n = 0;

	*why = "";
	for (size_t i = 0; i < nchecks(r); i++)
		if (r->not_started[i] != NULL) {
			*why = r->not_started[i];
			n++;
		}
	return n;
}

size_t
runs_hurry(struct runs *r, const char *check)
{
	size_t n = 0;

	for (size_t i = 0; i < nchecks(r); i++)
		if (!generation_is_builtin(check_of(r, i)) &&
		    (check[0] == '\0' || strcmp(check_of(r, i)->id, check) == 0)) {
			r->sched[i].due = world_boot(r->on->world);
			n++;
		}
	return n;
}

size_t
runs_hurry_needing(struct runs *r, unsigned needs)
{
	size_t n = 0;

	for (size_t i = 0; i < nchecks(r); i++)
		if (probe_find(check_of(r, i)->probe)->needs & needs) {
			r->sched[i].due = world_boot(r->on->world);
			n++;
		}
	return n;
}
