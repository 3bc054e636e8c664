/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/daemon.h"

#include "probes/specs.h"
#include "watch/quiet.h"

#include <string.h>

#define ARENA_MAX ((size_t)512 << 20)
#define POSTPONE (30 * SPAN_S) /* until a quiet check looks again whether it may run */

/* A check that reads much waits while an instrument measures, but not so long that what is known of
 * it grows stale. */
static bool
waits(struct daemon *d, size_t i, span now)
{
	const struct check_conf *k = &d->conf->checks[i];
	const struct probe_spec *s = probe_find(k->probe);

	span since = d->sched[i].waits_since;

	if (!(s->needs & NEED_FILES) || (since != 0 && now - since >= k->every))
		return false;
	return quiet_now(&k->quiet_when_running);
}

static void
take(struct daemon *d, struct daemon_run *r)
{
	sched_end(&d->sched[r->check]);
	daemon_take(d, &r->result, &d->conf->checks[r->check]);
	arena_free(r->arena);
	r->arena = NULL;
}

static void
start(struct daemon *d, size_t i, span now)
{
	struct daemon_run *r = &d->runs[d->nruns];
	const struct runner runner = { .clk = d->clk, .state_dir = d->state_dir };

	*r = (struct daemon_run){ .arena = arena_new(ARENA_MAX), .check = i };
	sched_start(&d->sched[i], now);
	daemon_routes(d, &d->conf->checks[i]);
	if (flight_start(&r->flight, &runner, &d->specs[i], &r->result, r->arena) == 0)
		d->nruns++;
	else
		take(d, r);
}

void
daemon_run_now(struct daemon *d, const char *probe)
{
	for (size_t i = 0; i < d->conf->nchecks; i++)
		if (strcmp(d->conf->checks[i].probe, probe) == 0)
			d->sched[i].due = d->clk->boot(d->clk);
}

size_t
daemon_look(struct daemon *d, const char *check)
{
	size_t n = 0;

	for (size_t i = 0; i < d->conf->nchecks; i++)
		if (check[0] == '\0' || strcmp(d->conf->checks[i].id, check) == 0) {
			d->sched[i].due = d->clk->boot(d->clk);
			n++;
		}
	return n;
}

void
daemon_start_due(struct daemon *d)
{
	span now = d->clk->boot(d->clk);
	size_t i;

	while (d->nruns < DAEMON_PARALLEL &&
	       (i = sched_pick(d->sched, d->conf->nchecks, now)) < d->conf->nchecks) {
		span every = d->conf->checks[i].every, later = every < POSTPONE ? every : POSTPONE;

		if (waits(d, i, now))
			sched_postpone(&d->sched[i], now + later);
		else
			start(d, i, now);
	}
}

static void
land(struct daemon *d, size_t i)
{
	pid_t live[DAEMON_PARALLEL + DAEMON_SINKS];
	struct daemon_run done = d->runs[i];
	size_t n = 0;

	done.flight.result = &done.result;
	flight_land(&done.flight, d->clk);
	d->runs[i] = d->runs[--d->nruns];
	/* results are referred to by their flights */
	if (i < d->nruns)
		d->runs[i].flight.result = &d->runs[i].result;
	for (size_t k = 0; k < d->nruns; k++)
		live[n++] = d->runs[k].flight.child.pid;
	for (size_t k = 0; k < d->nsinks; k++)
		if (d->sinks[k].posting)
			live[n++] = d->sinks[k].post.child.pid;
	child_sweep(live, n);
	take(d, &done);
}

size_t
daemon_run_poll(struct daemon *d, struct pollfd *p)
{
	for (size_t i = 0; i < d->nruns; i++) {
		p[2 * i] = (struct pollfd){ d->runs[i].flight.child.fd, POLLIN, 0 };
		p[2 * i + 1] = (struct pollfd){ d->runs[i].flight.child.err_fd, POLLIN, 0 };
	}
	return 2 * d->nruns;
}

void
daemon_run_handle(struct daemon *d, const struct pollfd *p, size_t n)
{
	span now = d->clk->mono(d->clk);

	for (size_t i = n / 2; i-- > 0;) {
		struct flight *f = &d->runs[i].flight;
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
			land(d, i);
	}
}

span
daemon_run_next(struct daemon *d)
{
	span boot = d->clk->boot(d->clk), mono = d->clk->mono(d->clk);
	span next = d->nruns < DAEMON_PARALLEL ? sched_next(d->sched, d->conf->nchecks) : SPAN_MAX;

	for (size_t i = 0; i < d->nruns; i++) {
		span until = boot + (d->runs[i].flight.kill_at - mono);

		if (until < next)
			next = until;
	}
	return next;
}

void
daemon_run_stop(struct daemon *d)
{
	while (d->nruns > 0) {
		struct daemon_run *r = &d->runs[--d->nruns];

		flight_land(&r->flight, d->clk);
		sched_end(&d->sched[r->check]);
		arena_free(r->arena);
	}
	child_sweep(NULL, 0);
}
