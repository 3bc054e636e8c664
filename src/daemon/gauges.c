/* SPDX-License-Identifier: Apache-2.0
 *
 * What the daemon knows of itself and of its checks, as OpenMetrics: for the textfile of a
 * collector, and over the control socket for forewarn-metrics.
 */
#include "daemon/context.h"

#include "base/file.h"
#include "judge/judge.h"
#include "probes/specs.h"
#include "sinks/metrics/metrics.h"
#include "tell/openmetrics.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ARENA_MAX ((size_t)256 << 20)

struct counting {
	struct om_check *c;
};

static void
count_standing(void *self, const struct store_standing *row)
{
	struct om_check *c = ((struct counting *)self)->c;
	enum level l = row->st.stale ? LEVEL_UNKNOWN : row->st.held;

	if (row->st.gate != GATE_EXCEPTED)
		c->level = level_worst(c->level, l);
	c->alerts += row->st.open;
}

static int
one_check(struct daemon *d, const struct check_conf *k, struct arena *a, struct om_check *c,
    struct err *e)
{
	const struct judge_terms terms = { k->lead, k->auto_renew };
	struct counting count = { c };
	struct result r;
	bool there;

	*c = (struct om_check){ .check = k->id,
		.probe = k->probe,
		.taken = INSTANT_NONE,
		.valid_until = INSTANT_NONE,
		.start_by = INSTANT_NONE };
	if (store_standings(d->store, k->id, count_standing, &count, e) < 0 ||
	    daemon_result(d, k, a, &r, &there, e) < 0)
		return -1;
	if (!there)
		return 0;
	c->taken = r.taken;
	c->valid_until = r.valid_until;
	judge_result(&r, probe_find(k->probe)->rules, &terms, d->clk->wall(d->clk));
	for (size_t i = 0; i < r.nitems; i++) {
		instant start = r.items[i].verdict.start_by;

		if (start != INSTANT_NONE && (c->start_by == INSTANT_NONE || start < c->start_by))
			c->start_by = start;
	}
	return 0;
}

static int
one_sink(struct daemon *d, const struct daemon_sink *s, struct om_sink *out, struct err *e)
{
	struct store_outbox o;

	if (store_outbox(d->store, s->conf->id, &o, e) < 0)
		return -1;
	*out = (struct om_sink){ .sink = s->conf->id,
		.type = s->conf->type,
		.waiting = o.letters,
		.delivered = s->delivered,
		.dropped = o.dropped,
		.oldest =
		    o.oldest != INSTANT_NONE ? instant_minus(d->clk->wall(d->clk), o.oldest) : 0,
		.paused = s->dead_since != INSTANT_NONE };
	return 0;
}

static int
write_text(struct daemon *d, struct arena *a, struct str *out, struct err *e)
{
	struct om_check *checks = arena_array(a, d->conf->nchecks + 1, sizeof(*checks));
	struct om_sink *sinks = arena_array(a, d->nsinks + 1, sizeof(*sinks));
	struct om_state s = { .site = d->site,
		.host = d->host,
		.now = d->clk->wall(d->clk),
		.heartbeat = d->heard_at,
		.checks = checks,
		.nchecks = d->conf->nchecks,
		.sinks = sinks };
	int64_t sequence;

	if (!daemon_clock(d, &s.clock))
		s.clock.measured = false;
	if (store_number(d->store, "sequence", 0, &sequence, e) < 0 ||
	    daemon_counts(d, &s.counts, e) < 0)
		return -1;
	s.sequence = (uint64_t)sequence;
	for (size_t i = 0; i < s.nchecks; i++)
		if (one_check(d, &d->conf->checks[i], a, &checks[i], e) < 0)
			return -1;
	for (size_t i = 0; i < d->nsinks; i++)
		if (daemon_has_cell(&d->sinks[i]) &&
		    one_sink(d, &d->sinks[i], &sinks[s.nsinks++], e) < 0)
			return -1;
	openmetrics_write(&s, out);
	return 0;
}

int
daemon_metrics_text(struct daemon *d, struct str *out, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX);
	int rc = write_text(d, a, out, e);

	arena_free(a);
	return rc;
}

static int
replace(const char *path, const struct str *text, struct err *e)
{
	struct arena *a = arena_new(65536);
	const char *name = strrchr(path, '/') + 1; /* the option is checked: absolute */
	char *folder = arena_text(a, path);
	int fd, rc = -1;

	folder[name - path] = '\0';
	fd = file_open_folder(folder, e);
	if (fd >= 0) {
		rc = file_replace(fd, name, 0644, text->s, text->len, e);
		close(fd);
	}
	arena_free(a);
	return rc;
}

/* A folder that is gone is told once, not each minute. */
static void
write_file(struct daemon *d, struct daemon_sink *s, const struct str *text)
{
	const struct metrics_conf *c = s->conf->options;
	struct err e = { 0 };

	if (replace(c->path, text, &e) == 0) {
		s->told_dead = false;
		return;
	}
	if (!s->told_dead)
		daemon_log(4, "%s: %s: %s", s->conf->id, c->path, e.msg);
	s->told_dead = true;
	(void)d;
}

void
daemon_metrics(struct daemon *d)
{
	struct str text;
	bool made = false;

	for (size_t i = 0; i < d->nsinks; i++) {
		struct err e = { 0 };

		if (strcmp(d->sinks[i].conf->type, "metrics") != 0)
			continue;
		if (!made) {
			str_init(&text, DAEMON_METRICS_MAX);
			made = true;
			if (daemon_metrics_text(d, &text, &e) < 0) {
				daemon_log(4, "metrics: %s", e.msg);
				break;
			}
		}
		write_file(d, &d->sinks[i], &text);
	}
	if (made)
		str_fini(&text);
}
