/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns one turn of the daemon: what is due, what has come, and when the next turn must be.
 */
#include "daemon/checkpoint.h"
#include "daemon/daemon.h"

#include "daemon/again.h"
#include "daemon/journal.h"
#include "daemon/routes.h"
#include "daemon/take.h"
#include "daemon/teller.h"
#include "daemon/tick.h"
#include "judge/history.h"
#include "probes/specs.h"
#include "store/records.h"

#include <sysexits.h>

#define TICK_EVERY SPAN_MIN
#define HEARTBEAT_EVERY (5 * SPAN_MIN)
#define HEARTBEAT_FIRST (5 * SPAN_S)
#define THIN_EVERY (6 * SPAN_H)
#define THIN_FIRST SPAN_MIN
#define SAME_BOOT (10 * INSTANT_S) /* two moments of boot that are nearer are one */

/* ---- routine */

static int
write_heartbeat(void *self, struct err *e)
{
	struct daemon *d = self;

	if (teller_heartbeat(&d->ground, e) < 0)
		return -1;
	return store_outbox_bound(d->world.store, e);
}

static int
write_thinner(void *self, struct err *e)
{
	struct daemon *d = self;
	instant now = world_now(&d->world);

	if (store_thin(d->world.store, now, history_thin, e) < 0 ||
	    store_records_thin(d->world.store, now, e) < 0)
		return -1;
	return store_pauses_prune(d->world.store, now, e);
}

/* The soonest of all that waits for what it hangs on. */
static void
wait_at_most(struct daemon *d, span wait)
{
	span until = wait == SPAN_MAX ? SPAN_MAX : world_boot(&d->world) + wait;

	if (until < d->next_wait)
		d->next_wait = until;
}

static void
pass_time(struct daemon *d)
{
	d->next_wait = SPAN_MAX;
	wait_at_most(d, tick(&d->ground));
}

static void
each_minute(struct daemon *d)
{
	pass_time(d);
	digest_daily(&d->digest);
	checkpoint_daily(&d->ground);
	gauges_write(&d->gauges);
}

static void
routine(struct daemon *d)
{
	span now = world_boot(&d->world);

	hostclock_watch(&d->hostclock, &d->world);
	digest_inventory(&d->digest);
	if (desk_changed(&d->desk))
		d->next_tick = now;
	if (now >= d->next_tick) {
		d->next_tick = now + TICK_EVERY;
		each_minute(d);
	}
	if (now >= d->next_wait)
		pass_time(d);
	if (self_look(&d->self))
		gauges_write(&d->gauges); /* collectors hear of the daemon's own trouble at once */
	if (now >= d->next_heartbeat) {
		d->next_heartbeat = now + HEARTBEAT_EVERY;
		ledger_write(&d->ledger, write_heartbeat, d);
		ledger_announce_change(&d->ledger);
	}
	if (now >= d->next_again) {
		d->next_again = now + AGAIN_EVERY;
		again(&d->ground);
	}
	if (now >= d->next_thin) {
		d->next_thin = now + THIN_EVERY;
		ledger_write(&d->ledger, write_thinner, d);
	}
}

/* ---- checks and letters */

static void
start_due_checks(struct daemon *d)
{
	size_t i;

	while (runs_due(&d->runs, &i)) {
		const struct check_conf *k = &d->generation.conf->checks[i];

		if (probe_find(k->probe)->needs & NEED_FACTS)
			routes_leave(&d->ground, k);
		runs_start(&d->runs, i);
	}
}

/* What hangs on something waits for one run of it, which begins at once; what waited is told, or
 * not, when that has landed. */
static void
take_one(struct daemon *d, struct run *landed)
{
	const struct check_conf *k = &d->generation.conf->checks[landed->check];
	span waits;

	if (take_result(&d->ground, &d->digest, &landed->result, k, &waits) < 0)
		return;
	if (waits != SPAN_MAX)
		runs_hurry(&d->runs, k->parent);
	wait_at_most(d, waits);
	if (d->next_wait != SPAN_MAX && conf_has_children(d->generation.conf, k))
		pass_time(d);
}

static void
take_landed(struct daemon *d)
{
	struct run landed;

	/* what has come is judged by a clock that may have been set while it came */
	hostclock_watch(&d->hostclock, &d->world);
	if (d->runs.nlanded > 0)
		daemon_sweep(d);
	while (runs_landed(&d->runs, &landed)) {
		take_one(d, &landed);
		runs_done(&landed);
	}
}

/* ---- one turn */

static span
next_due(const struct daemon *d)
{
	span next = d->next_tick, other[] = { d->next_heartbeat, d->next_again, d->next_thin,
		runs_next(&d->runs), posts_next(&d->posts), d->next_wait, desk_next(&d->desk),
		self_next(&d->self) };

	if (d->desk.changed)
		return 0;
	for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++)
		if (other[i] < next)
			next = other[i];
	return next;
}

int
daemon_step(struct daemon *d)
{
	struct pollfd p[DAEMON_POLL], *runs = p + 2, *posts, *desk;
	size_t nruns, nposts, ndesk;

	routine(d);
	start_due_checks(d);
	posts_start(&d->posts);

	nruns = runs_poll(&d->runs, runs);
	posts = runs + nruns;
	nposts = posts_poll(&d->posts, posts);
	desk = posts + nposts;
	ndesk = desk_poll(&d->desk, desk);
	if (d->wait(d, p, 2 + nruns + nposts + ndesk, next_due(d)) < 0)
		return -1;

	runs_handle(&d->runs, runs, nruns);
	take_landed(d);
	posts_handle(&d->posts, posts, nposts);
	desk_handle(&d->desk, desk, ndesk);
	return 0;
}

/* ---- from the first turn to the last */

/* Waits of letters are kept on the clock of a boot; a jump of the wall clock only makes them
 * shorter. */
static int
write_boot(void *self, struct err *e)
{
	struct daemon *d = self;
	struct store *s = d->world.store;
	instant booted = d->hostclock.boot_moment;
	int64_t before;

	if (store_number(s, "booted", 0, &before, e) < 0)
		return -1;
	if (booted - before < SAME_BOOT && before - booted < SAME_BOOT)
		return 0;
	return store_letters_restart(s, e) < 0 ? -1 : store_set_number(s, "booted", booted, e);
}

/* The store is the daemon's from here on. */
static void
lay_ground(struct daemon *d, const struct daemon_world *w, struct store *store)
{
	world_init(&d->world, w->clk, store, w->state_dir, w->host);
	ledger_init(&d->ledger, &d->world);
	hostclock_start(&d->hostclock, &d->world);
	d->ground =
	    (struct ground){ &d->world, &d->ledger, &d->generation, &d->ways, &d->hostclock };
	digest_init(&d->digest, &d->ground);
	runs_init(&d->runs, &d->ground);
	posts_init(&d->posts, &d->ground, w->sink_program);
	commanded_init(&d->commanded, &d->ground);
	gauges_init(&d->gauges, &d->ground, &d->posts, &d->commanded);
	self_init(&d->self, &d->ground, &d->digest, &d->posts, &d->gauges, &d->runs, &d->commanded);
}

static void
set_times(struct daemon *d)
{
	span now = world_boot(&d->world);

	d->next_wait = SPAN_MAX;
	d->next_tick = now + TICK_EVERY;
	d->next_heartbeat = now + HEARTBEAT_FIRST;
	d->next_again = now + AGAIN_EVERY;
	d->next_thin = now + THIN_FIRST;
}

int
daemon_open(struct daemon *d, const struct daemon_world *w)
{
	struct store *store;
	struct conf *c;
	struct err e = { 0 };

	d->conf_path = w->conf_path;
	d->own_conf = w->own_conf;
	c = daemon_read_first(d);
	if (c == NULL)
		return EX_CONFIG;
	store = store_open(w->state_dir, &e);
	if (store == NULL) {
		journal(JOURNAL_ERROR, "%s", e.msg);
		conf_free(c);
		return EX_SOFTWARE;
	}
	lay_ground(d, w, store);
	ledger_log_damage(&d->ledger);
	if (daemon_install_first(d, c) < 0)
		return EX_SOFTWARE;
	set_times(d);
	ledger_write(&d->ledger, write_boot, d);
	return 0;
}

void
daemon_close(struct daemon *d)
{
	runs_fini(&d->runs);
	posts_fini(&d->posts);
	daemon_sweep(d);
	desk_close(&d->desk);
	generation_end(&d->generation);
	ledger_fini(&d->ledger);
	if (d->world.store != NULL)
		store_close(d->world.store);
	*d = (struct daemon){ 0 };
}
