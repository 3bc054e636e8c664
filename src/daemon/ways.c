/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the list of ways to tell, and which bit of "who was told" belongs to which sink.
 */
#include "daemon/ways.h"

#include "kinds/kinds.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

#define LEVELS_DEFAULT (1U << LEVEL_PLAN | 1U << LEVEL_ACT | 1U << LEVEL_STOP | 1U << LEVEL_UNKNOWN)

static uint32_t
levels_of(const struct sink_conf *c)
{
	uint32_t bits = 0;
	enum level l;

	for (size_t i = 0; i < c->levels.n; i++)
		if (level_find(c->levels.v[i], &l) == 0)
			bits |= 1U << l;
	return bits != 0 ? bits : LEVELS_DEFAULT;
}

static int
make_way(struct way *w, const struct sink_conf *c, struct arena *a, struct err *e)
{
	struct sink_body body;

	*w = (struct way){ .conf = c, .spec = sink_find(c->type), .levels = levels_of(c) };
	w->has_hours = c->open_hours != NULL;
	if (w->has_hours && week_hours_parse(c->open_hours, &w->hours, e) < 0)
		return err_wrap(e, "%s: open_hours", c->place);
	if (kinds_sink_body(w->spec, c->options, a, &body, &w->terms, e) < 0)
		return err_wrap(e, "%s: %s", c->place, c->id);
	w->format = body.format;
	/* a log is read by a program first */
	w->for_people =
	    w->format != NULL && body_is_for_people(w->format) && w->spec != sink_find("syslog");
	return 0;
}

int
ways_make(struct ways *w, const struct generation *g, struct err *e)
{
	w->n = 0;
	if (g->conf->nsinks > WAYS_MAX)
		return err_set(
		    e, ERR_LIMIT, "%zu sinks: there may be %d", g->conf->nsinks, WAYS_MAX);
	for (size_t i = 0; i < g->conf->nsinks; i++)
		if (make_way(&w->v[w->n++], &g->conf->sinks[i], g->arena, e) < 0)
			return -1;
	return 0;
}

/* ---- a sink keeps its bit over restarts, so that "who was told" stays true */

#define BIT_PREFIX "sink-bit:"
#define BIT_NAME (CONF_ID_MAX + sizeof(BIT_PREFIX))

struct bits {
	const struct conf *conf;
	uint64_t busy; /* of a sink that is configured, or of who was told of an open alert */
	char stale[WAYS_MAX][CONF_ID_MAX + 1]; /* ids of the others; "" where there is none */
};

static void
take_bit(void *self, const char *id, int64_t bit)
{
	struct bits *b = self;

	if (bit < 0 || bit >= WAYS_MAX)
		return;
	if (conf_sink(b->conf, id) != NULL)
		b->busy |= UINT64_C(1) << bit;
	snprintf(b->stale[bit], sizeof(b->stale[bit]), "%s", id);
}

static void
take_told(void *self, const struct store_standing *row)
{
	struct bits *b = self;

	b->busy |= row->st.told_to;
}

/* When each has been given once: that of a sink that is gone, if nobody was told by it of what is
 * still open. */
static int
free_bit(const struct conf *c, struct store *s, int64_t *bit, struct err *e)
{
	struct bits b = { .conf = c };
	char name[BIT_NAME];

	if (store_numbers(s, BIT_PREFIX, take_bit, &b, e) < 0 ||
	    store_standings(s, NULL, take_told, &b, e) < 0)
		return -1;
	for (*bit = 0; *bit < WAYS_MAX; ++*bit)
		if (!(b.busy >> *bit & 1) && b.stale[*bit][0] != '\0') {
			snprintf(name, sizeof(name), BIT_PREFIX "%s", b.stale[*bit]);
			return store_set_number(s, name, -1, e);
		}
	return err_set(e, ERR_RANGE,
	    "sinks come and go too fast: all %d that there may be hold an open alert", WAYS_MAX);
}

static int
number_one(struct way *w, const struct conf *c, struct store *s, struct err *e)
{
	char name[BIT_NAME];
	int64_t bit, next;

	snprintf(name, sizeof(name), BIT_PREFIX "%s", w->conf->id);
	if (store_number(s, name, -1, &bit, e) < 0)
		return -1;
	if (bit >= 0 && bit < WAYS_MAX) {
		w->bit = (unsigned)bit;
		return 0;
	}
	if (store_number(s, "sink-bits", 0, &next, e) < 0)
		return -1;
	bit = next;
	if (next >= WAYS_MAX && free_bit(c, s, &bit, e) < 0)
		return -1;
	w->bit = (unsigned)bit;
	if (store_set_number(s, name, bit, e) < 0)
		return -1;
	return next < WAYS_MAX ? store_set_number(s, "sink-bits", next + 1, e) : 0;
}

int
ways_number(struct ways *w, const struct generation *g, struct store *s, struct err *e)
{
	for (size_t i = 0; i < w->n; i++)
		if (number_one(&w->v[i], g->conf, s, e) < 0)
			return -1;
	return 0;
}

/* ---- whom it concerns */

static bool
is_listed(const struct texts *list, const char *id)
{
	for (size_t i = 0; id != NULL && i < list->n; i++)
		if (strcmp(list->v[i], id) == 0)
			return true;
	return false;
}

static bool
matches(const struct texts *patterns, const char *id)
{
	for (size_t i = 0; i < patterns->n; i++)
		if (fnmatch(patterns->v[i], id, 0) == 0)
			return true;
	return false;
}

/* One that waits until nobody has taken it is the secondary's as well. */
static bool
concerns(const struct sink_conf *c, const struct check_conf *k)
{
	if (k == NULL)
		return true;
	if (c->checks.n > 0 && !matches(&c->checks, k->id))
		return false;
	return c->owners.n == 0 || is_listed(&c->owners, k->owner) ||
	       (c->after > 0 && is_listed(&c->owners, k->secondary));
}

uint64_t
ways_for(const struct ways *w, const struct check_conf *k, enum level l)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < w->n; i++)
		if (w->v[i].levels >> l & 1 && w->v[i].conf->after == 0 &&
		    concerns(w->v[i].conf, k))
			bits |= UINT64_C(1) << w->v[i].bit;
	return bits;
}

size_t
ways_late(const struct ways *w, const struct check_conf *k, struct policy_late late[WAYS_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < w->n; i++)
		if (w->v[i].conf->after > 0 && concerns(w->v[i].conf, k))
			late[n++] = (struct policy_late){ UINT64_C(1) << w->v[i].bit,
				w->v[i].levels, w->v[i].conf->after };
	return n;
}

/* A file of metrics tells nobody. */
bool
ways_take(const struct ways *w, const struct check_conf *k, enum level l)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->v[i].levels >> l & 1 && w->v[i].spec != sink_find("metrics") &&
		    concerns(w->v[i].conf, k))
			return true;
	return false;
}

bool
way_is_open(const struct way *w, instant now)
{
	return !w->has_hours || week_is_open(&w->hours, now);
}

uint64_t
ways_all(const struct ways *w)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < w->n; i++)
		bits |= UINT64_C(1) << w->v[i].bit;
	return bits;
}

uint64_t
ways_forgetful(const struct ways *w)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < w->n; i++)
		if (way_has_cell(&w->v[i]) && body_is_forgotten(w->v[i].format))
			bits |= UINT64_C(1) << w->v[i].bit;
	return bits;
}

bool
way_has_cell(const struct way *w)
{
	return w->spec->needs != 0 && w->format != NULL;
}
