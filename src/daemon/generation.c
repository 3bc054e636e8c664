/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/daemon.h"
#include "base/file.h"
#include "probes/specs.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_MAX ((size_t)64 << 20)
#define TEMPLATE_MAX ((size_t)65536)
#define LEVELS_DEFAULT (1U << LEVEL_PLAN | 1U << LEVEL_ACT | 1U << LEVEL_STOP | 1U << LEVEL_UNKNOWN)

void
daemon_log(int priority, const char *fmt, ...)
{
	va_list ap;

	/* the service manager's prefix (sd-daemon(3)), only where it reads */
	if (getenv("JOURNAL_STREAM") != NULL)
		fprintf(stderr, "<%d>", priority);
	else
		fputs("forewarnd: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

void
daemon_log_later(struct daemon *d, const char *fmt, ...)
{
	char line[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	str_add(&d->said, line);
	str_addc(&d->said, '\n');
}

void
daemon_log_said(struct daemon *d)
{
	char *line = d->said.s, *nl;

	for (; (nl = strchr(line, '\n')) != NULL; line = nl + 1)
		daemon_log(5, "%.*s", (int)(nl - line), line);
	str_clear(&d->said);
}

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

/* ---- a sink keeps its bit over restarts, so that "who was told" stays true */

#define BIT_PREFIX "sink-bit:"
#define BIT_NAME (CONF_ID_MAX + sizeof(BIT_PREFIX))

struct bits {
	const struct conf *conf;
	uint64_t busy; /* of a sink that is configured, or of who was told of an open alert */
	char stale[DAEMON_SINKS][CONF_ID_MAX + 1]; /* ids of the others; "" where there is none */
};

static void
take_bit(void *self, const char *id, int64_t bit)
{
	struct bits *b = self;

	if (bit < 0 || bit >= DAEMON_SINKS)
		return;
	for (size_t i = 0; i < b->conf->nsinks; i++)
		if (strcmp(b->conf->sinks[i].id, id) == 0)
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
free_bit(struct daemon *d, int64_t *bit, struct err *e)
{
	struct bits b = { .conf = d->conf };
	char name[BIT_NAME];

	if (store_numbers(d->store, BIT_PREFIX, take_bit, &b, e) < 0 ||
	    store_standings(d->store, NULL, take_told, &b, e) < 0)
		return -1;
	for (*bit = 0; *bit < DAEMON_SINKS; ++*bit)
		if (!(b.busy >> *bit & 1) && b.stale[*bit][0] != '\0') {
			snprintf(name, sizeof(name), BIT_PREFIX "%s", b.stale[*bit]);
			return store_set_number(d->store, name, -1, e);
		}
	return err_set(e, ERR_LIMIT,
	    "sinks come and go too fast: all %d that there may be hold an open alert",
	    DAEMON_SINKS);
}

static int
bit_of(struct daemon *d, const char *id, unsigned *bit, struct err *e)
{
	char name[BIT_NAME];
	int64_t v, next;

	snprintf(name, sizeof(name), BIT_PREFIX "%s", id);
	if (store_number(d->store, name, -1, &v, e) < 0)
		return -1;
	if (v >= 0 && v < DAEMON_SINKS) {
		*bit = (unsigned)v;
		return 0;
	}
	if (store_number(d->store, "sink-bits", 0, &next, e) < 0)
		return -1;
	v = next;
	if (next >= DAEMON_SINKS && free_bit(d, &v, e) < 0)
		return -1;
	*bit = (unsigned)v;
	if (store_set_number(d->store, name, v, e) < 0)
		return -1;
	return next < DAEMON_SINKS ? store_set_number(d->store, "sink-bits", next + 1, e) : 0;
}

static int
load_template(struct daemon *d, struct daemon_sink *s, const char *path, struct err *e)
{
	char *text;
	size_t n;

	if (file_read(AT_FDCWD, path, FILE_FOLLOW, TEMPLATE_MAX, d->arena, &text, &n, e) < 0)
		return err_wrap(e, "%s: %s", s->conf->id, path);
	s->terms.template_name = path;
	s->terms.template_text = text;
	return body_check(s->format, &s->terms, e);
}

bool
daemon_has_cell(const struct daemon_sink *s)
{
	return s->spec->needs != 0 && s->format != NULL;
}

static int
load_sinks(struct daemon *d, struct err *e)
{
	d->nsinks = 0;
	for (size_t i = 0; i < d->conf->nsinks; i++) {
		const struct sink_conf *c = &d->conf->sinks[i];
		struct daemon_sink *s = &d->sinks[d->nsinks];
		struct sink_body body = { .format = NULL };

		if (d->nsinks == DAEMON_SINKS)
			return err_set(e, ERR_LIMIT, "more than %d sinks", DAEMON_SINKS);
		*s = (struct daemon_sink){ .conf = c, .dead_since = INSTANT_NONE };
		s->levels = levels_of(c);
		s->spec = sink_find(c->type);
		body = s->spec->body != NULL ? s->spec->body(c->options) : body;
		s->format = body.format;
		s->terms.topic = body.topic;
		s->terms.firing_for = body.firing_for;
		if (body.file != NULL && load_template(d, s, body.file, e) < 0)
			return -1;
		if (bit_of(d, c->id, &s->bit, e) < 0 || daemon_known_dead(d, s, e) < 0)
			return -1;
		d->nsinks++;
	}
	return 0;
}

static span
age_of_result(struct daemon *d, const char *check, instant now)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct store_result r;
	span age = SPAN_MAX;
	bool there;

	if (store_result_get(d->store, check, a, &r, &there, NULL) == 0 && there && r.taken <= now)
		age = instant_minus(now, r.taken);
	arena_free(a);
	return age;
}

static void
load_checks(struct daemon *d)
{
	size_t n = d->conf->nchecks;
	instant wall = d->clk->wall(d->clk);
	span now = d->clk->boot(d->clk), age;
	int64_t done = 1;

	store_number(d->store, "inventory", 0, &done, NULL);
	d->inventory = done == 0;
	d->sched = arena_array(d->arena, n + 1, sizeof(*d->sched));
	d->specs = arena_array(d->arena, n + 1, sizeof(*d->specs));
	d->had_first = arena_array(d->arena, n + 1, sizeof(*d->had_first));
	for (size_t i = 0; i < n; i++) {
		const struct check_conf *k = &d->conf->checks[i];

		d->specs[i] = kinds_run_spec(k, d->arena);
		age = age_of_result(d, k->id, wall);
		d->had_first[i] = age != SPAN_MAX;
		sched_init(&d->sched[i], k->id, d->seed, k->every, now, age);
	}
}

int
daemon_load(struct daemon *d, struct conf *c, struct err *e)
{
	int rc;

	d->conf = c;
	d->arena = arena_new(ARENA_MAX);
	d->site = c->site != NULL ? c->site : d->host;
	if (store_begin(d->store, e) < 0)
		return -1;
	rc = load_sinks(d, e);
	if (rc == 0)
		rc = daemon_forget_dead(d, e);
	if (rc == 0)
		rc = store_commit(d->store, e);
	else
		store_rollback(d->store);
	if (rc == 0) {
		daemon_log_said(d);
		load_checks(d);
	}
	return rc;
}

void
daemon_unload(struct daemon *d)
{
	arena_free(d->arena);
	conf_free(d->conf);
	d->arena = NULL;
	d->conf = NULL;
}

const char *
daemon_fingerprint(const struct daemon *d, const char *check, const char *target, const char *rule,
    struct arena *a)
{
	return arena_printf(a, "%s/%s/%s/%s/%s", d->site, d->host, check, target, rule);
}

uint64_t
daemon_sinks_for(const struct daemon *d, enum level l)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < d->nsinks; i++)
		if (d->sinks[i].levels >> l & 1)
			bits |= UINT64_C(1) << d->sinks[i].bit;
	return bits;
}

const char *
daemon_person(const struct daemon *d, const char *id)
{
	const struct person_conf *p = id != NULL ? conf_person(d->conf, id) : NULL;

	return p != NULL ? p->name : NULL;
}

bool
daemon_clock(const struct daemon *d, struct host_clock *out)
{
	instant now = d->clk->wall(d->clk);

	*out = d->clock;
	return d->clock.measured && now >= d->clock_at &&
	       instant_minus(now, d->clock_at) < DAEMON_CLOCK_FRESH;
}
