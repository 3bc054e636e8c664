/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the text of the metrics, and the files it is written to.
 */
#include "daemon/gauges.h"

#include "base/file.h"
#include "daemon/counts.h"
#include "daemon/journal.h"
#include "daemon/results.h"
#include "daemon/stands.h"
#include "probes/specs.h"
#include "sinks/metrics/metrics.h"
#include "tell/openmetrics.h"

#include <string.h>
#include <unistd.h>

#define ARENA_MAX ((size_t)256 << 20)

void
gauges_init(struct gauges *g, const struct ground *on, const struct posts *posts,
    const struct commanded *commanded)
{
	*g = (struct gauges){ .on = on, .posts = posts, .commanded = commanded };
}

static void
count_standing(void *self, const struct stands_row *r)
{
	struct om_check *c = self;

	c->level =
	    level_worst(c->level, r->gate == GATE_EXCEPTED ? LEVEL_EXCEPTED : r->stand.level);
	c->excepted += r->gate == GATE_EXCEPTED;
	c->alerts += r->row->st.open;
}

static instant
first_start(const struct result *r)
{
	instant first = INSTANT_NONE;

	for (size_t i = 0; i < r->nitems; i++) {
		instant start = r->items[i].verdict.start_by;

		if (start != INSTANT_NONE && (first == INSTANT_NONE || start < first))
			first = start;
	}
	return first;
}

static int
one_check(const struct ground *on, const struct check_conf *k, struct arena *a, struct om_check *c,
    struct err *e)
{
	struct store *s = on->world->store;
	struct result r;
	bool there;

	*c = (struct om_check){ .check = k->id,
		.probe = k->probe,
		.taken = INSTANT_NONE,
		.valid_until = INSTANT_NONE,
		.succeeded = INSTANT_NONE,
		.start_by = INSTANT_NONE };
	if (stands_each(on, k->id, count_standing, c, e) < 0 ||
	    results_judged(on, k, a, &r, &there, e) < 0)
		return -1;
	if (!there)
		return 0;
	c->taken = r.taken;
	c->valid_until = r.valid_until;
	if (results_succeeded(s, &r, &c->succeeded, e) < 0)
		return -1;
	c->start_by = first_start(&r);
	return 0;
}

static int
one_sink(struct gauges *g, const struct sending *s, struct om_sink *out, struct err *e)
{
	const struct world *w = g->on->world;
	struct store_outbox o;

	if (store_outbox(w->store, s->conf->id, &o, e) < 0)
		return -1;
	*out = (struct om_sink){ .sink = s->conf->id,
		.type = s->conf->type,
		.waiting = o.letters,
		.delivered = s->delivered,
		.dropped = o.dropped,
		.oldest = o.oldest != INSTANT_NONE ? instant_minus(world_now(w), o.oldest) : 0,
		.paused = s->health != SINK_FINE && s->health != SINK_PARTLY };
	return 0;
}

static int
all_checks(struct gauges *g, struct om_state *s, struct arena *a, struct err *e)
{
	const struct conf *c = g->on->generation->conf;
	struct om_check *checks = arena_array(a, c->nchecks + 1, sizeof(*checks));

	s->checks = checks;
	s->nchecks = c->nchecks;
	for (size_t i = 0; i < s->nchecks; i++)
		if (one_check(g->on, &c->checks[i], a, &checks[i], e) < 0)
			return -1;
	return 0;
}

/* What the daemon finds of itself; own is NULL while the rows are only counted. */
struct own_rows {
	struct om_own *own;
	size_t n;
	struct arena *a;
};

static void
add_own(void *self, const struct stands_row *r)
{
	struct own_rows *rows = self;

	if (rows->own != NULL)
		rows->own[rows->n] = (struct om_own){ .target = arena_text(rows->a, r->row->target),
			.rule = arena_text(rows->a, r->row->rule),
			.level = r->gate == GATE_EXCEPTED ? LEVEL_EXCEPTED : r->stand.level };
	rows->n++;
}

static int
all_own(const struct ground *on, struct om_state *s, struct arena *a, struct err *e)
{
	struct own_rows rows = { .a = a };

	if (stands_each(on, BUILTIN_CHECK, add_own, &rows, e) < 0)
		return -1;
	rows.own = arena_array(a, rows.n + 1, sizeof(*rows.own));
	rows.n = 0;
	if (stands_each(on, BUILTIN_CHECK, add_own, &rows, e) < 0)
		return -1;
	s->own = rows.own;
	s->nown = rows.n;
	return 0;
}

static int
all_sinks(struct gauges *g, struct om_state *s, struct arena *a, struct err *e)
{
	struct om_sink *sinks = arena_array(a, g->posts->n + 1, sizeof(*sinks));

	s->sinks = sinks;
	for (size_t i = 0; i < g->posts->n; i++)
		if (way_has_cell(&g->on->ways->v[i]) &&
		    one_sink(g, &g->posts->v[i], &sinks[s->nsinks++], e) < 0)
			return -1;
	return 0;
}

static int
write_text(struct gauges *g, struct arena *a, struct str *out, struct err *e)
{
	const struct ground *on = g->on;
	struct om_state s = { .site = on->generation->site,
		.host = on->world->host,
		.now = world_now(on->world),
		.heartbeat = g->posts->heartbeat_delivered_at,
		.commands_refused = g->commanded->refused };
	int64_t sequence;

	if (!hostclock_fresh(on->hostclock, on->world, &s.clock))
		s.clock.measured = false;
	if (store_number(on->world->store, "sequence", 0, &sequence, e) < 0 ||
	    counts_take(on, &s.counts, e) < 0)
		return -1;
	s.sequence = (uint64_t)sequence;
	if (all_checks(g, &s, a, e) < 0 || all_own(on, &s, a, e) < 0 || all_sinks(g, &s, a, e) < 0)
		return -1;
	openmetrics_write(&s, out);
	return 0;
}

int
gauges_text(struct gauges *g, struct str *out, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX);
	int rc = write_text(g, a, out, e);

	arena_free(a);
	return rc;
}

/* ---- files */

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
write_file(struct gauges *g, const struct way *w, const struct str *text)
{
	const struct metrics_conf *c = w->conf->options;
	uint64_t bit = UINT64_C(1) << w->bit;
	struct err e = { 0 };

	if (replace(c->path, text, &e) == 0) {
		g->failing &= ~bit;
		return;
	}
	if (!(g->failing & bit))
		journal(JOURNAL_WARNING, "%s: %s: %s", w->conf->id, c->path, e.msg);
	g->failing |= bit;
}

void
gauges_write(struct gauges *g)
{
	struct str text = { 0 };
	struct err e = { 0 };

	for (size_t i = 0; i < g->on->ways->n; i++) {
		const struct way *w = &g->on->ways->v[i];

		if (w->spec != sink_find("metrics"))
			continue;
		if (text.s == NULL) {
			str_init(&text, GAUGES_MAX);
			if (gauges_text(g, &text, &e) < 0) {
				journal(JOURNAL_WARNING, "metrics: %s", e.msg);
				break;
			}
		}
		write_file(g, w, &text);
	}
	if (text.s != NULL)
		str_fini(&text);
}
