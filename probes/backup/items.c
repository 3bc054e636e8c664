/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the words of what was seen of each job. No item says how bad it is.
 */
#include "items.h"

#include "base/day.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define FACTS_MAX 12
#define USUAL 8 /* runs before the newest that a summary compares it with */

#define LATE 1.25 /* times the interval */
#define OVERDUE 2.0
#define LONG_OVERDUE 4.0
#define AHEAD (1 * SPAN_DAY) /* a run that ends so far ahead has a wrong time */

struct facts {
	struct evidence v[FACTS_MAX];
	size_t n;
};

static void
fact(struct facts *f, const char *key, const char *value)
{
	if (value != NULL && value[0] != '\0' && f->n < FACTS_MAX)
		f->v[f->n++] = (struct evidence){ key, value };
}

static void
fact_moment(struct facts *f, const char *key, instant t, struct arena *a)
{
	char text[INSTANT_TEXT];

	if (t != INSTANT_NONE)
		fact(f, key, arena_text(a, instant_text(t, text)));
}

const char *
bytes_words(double bytes, char buf[BYTES_TEXT])
{
	static const char *const units[] = { "bytes", "kB", "MB", "GB", "TB", "PB" };
	size_t u = 0;

	while (bytes >= 1000 && u + 1 < sizeof(units) / sizeof(units[0])) {
		bytes /= 1000;
		u++;
	}
	snprintf(buf, BYTES_TEXT, u == 0 || bytes >= 100 ? "%.0f %s" : "%.1f %s", bytes, units[u]);
	return buf;
}

static void
emit(const struct look *l, struct item *it, struct facts *f)
{
	it->evidence = f->v;
	it->nevidence = f->n;
	probe_emit(l->ctx, it);
}

static void
found(struct item *it, const char *finding)
{
	it->state = ITEM_FOUND;
	it->finding = finding;
}

/* ---- backup.age */

/* A full run serves whoever waits for a smaller one; the other way round not. */
static instant
good_end(const struct look *l, const struct seen_job *s)
{
	instant good = INSTANT_NONE;

	for (size_t i = 0; i < l->memory.n; i++) {
		const struct kept_job *k = &l->memory.jobs[i];

		if (strcmp(k->target, s->kept->target) == 0 && k->kind <= s->kept->kind &&
		    k->good > good)
			good = k->good;
	}
	return good;
}

static bool
has_smaller_kinds(const struct look *l, const struct seen_job *s)
{
	for (size_t i = 0; i < l->memory.n; i++)
		if (strcmp(l->memory.jobs[i].target, s->kept->target) == 0 &&
		    l->memory.jobs[i].kind > s->kept->kind)
			return true;
	return false;
}

static const char *
lateness(span age, span interval)
{
	double times = (double)age / (double)interval;

	return times > LONG_OVERDUE ? "long-overdue"
	       : times > OVERDUE    ? "overdue"
	       : times > LATE       ? "late"
				    : NULL;
}

static void
tell_age(const struct look *l, const struct seen_job *s)
{
	struct arena *a = l->ctx->arena;
	instant good = good_end(l, s);
	span interval = s->kept->kind == RUN_FULL && has_smaller_kinds(l, s)
			    ? l->conf->full_interval
			    : l->conf->interval;
	span age = instant_minus(l->now, good);
	struct item it = { .target = s->target, .rule = "backup.age" };
	struct metric m = { .name = "age", .unit = UNIT_SECONDS, .value = span_seconds(age) };
	struct facts f = { .n = 0 };
	char day[DAY_TEXT], old[SPAN_TEXT], due[SPAN_TEXT];
	const char *late = lateness(age, interval);

	fact_moment(&f, "newest_good", good, a);
	fact(&f, "place", s->kept->where);
	if (good == INSTANT_NONE) {
		found(&it, "none");
		it.summary = "No good run of it is known";
	} else if (age < -AHEAD) {
		it.state = ITEM_UNKNOWN;
		it.summary = "Its newest run ends in the future, so its age is not known";
	} else {
		it.metrics = &m;
		it.nmetrics = 1;
		it.summary =
		    arena_printf(a, "The newest good run ended %s, %s ago; one is due every %s",
			day_clock(good, l->now, day), span_words(age > 0 ? age : 0, old),
			span_words(interval, due));
		if (late != NULL)
			found(&it, late);
		else if (s->unread != NULL)
			it.state = ITEM_UNKNOWN;
	}
	if (s->unread != NULL)
		it.summary =
		    arena_printf(a, "%s; its place cannot be read now: %s", it.summary, s->unread);
	emit(l, &it, &f);
}

/* ---- backup.size */

/* Median of what was measured of the runs before the newest; NaN: nothing was. */
static double
usual_bytes(const struct job_runs *r)
{
	double v[USUAL];
	size_t n = 0;

	for (size_t i = r->n - 1; i-- > 0 && n < USUAL;) {
		size_t at = n;

		if (isnan(r->v[i].bytes))
			continue;
		for (; at > 0 && v[at - 1] > r->v[i].bytes; at--)
			v[at] = v[at - 1];
		v[at] = r->v[i].bytes;
		n++;
	}
	return n > 0 ? v[n / 2] : NAN;
}

static struct job_runs
good_runs(const struct look *l, const struct kept_job *k)
{
	struct job_runs r = { .way = strcmp(l->conf->rule, "literal-20") == 0 ? RUNS_LITERAL
									      : RUNS_RULE_B,
		.partial = k->kind != RUN_FULL,
		.min_change = (double)l->conf->min_change };

	r.v = arena_array(l->ctx->arena, k->n + 1, sizeof(*r.v));
	for (size_t i = 0; i < k->n; i++)
		if (!k->runs[i].bad)
			r.v[r.n++] = k->runs[i].run;
	return r;
}

static const char *
size_words(const struct job_runs *r, struct arena *a)
{
	const struct job_run *newest = &r->v[r->n - 1];
	double usual = usual_bytes(r);
	char now[BYTES_TEXT], before[BYTES_TEXT], took[SPAN_TEXT];
	const char *files =
	    isnan(newest->files) ? "" : arena_printf(a, " in %.0f files", newest->files);
	const char *time = isnan(newest->seconds)
			       ? ""
			       : arena_printf(a, " and took %s",
				     span_words(span_from_seconds(newest->seconds), took));

	if (isnan(newest->bytes))
		return arena_printf(a, "The size of the newest run is not told%s%s", files, time);
	if (isnan(usual))
		return arena_printf(a, "The newest run holds %s%s%s; it is the first that is known",
		    bytes_words(newest->bytes, now), files, time);
	return arena_printf(a, "The newest run holds %s%s%s; those before it held about %s",
	    bytes_words(newest->bytes, now), files, time, bytes_words(usual, before));
}

static void
tell_size(const struct look *l, const struct seen_job *s)
{
	struct arena *a = l->ctx->arena;
	struct item it = { .target = s->target, .rule = "backup.size" };
	struct metric m[4] = { { .name = "bytes", .unit = UNIT_BYTES },
		{ .name = "files", .unit = UNIT_COUNT },
		{ .name = "seconds", .unit = UNIT_SECONDS },
		{ .name = "change", .unit = UNIT_RATIO } };
	struct facts f = { .n = 0 };
	const struct job_run *newest;

	it.runs = good_runs(l, s->kept);
	if (it.runs.n == 0)
		return; /* backup.age tells that there is none */
	newest = &it.runs.v[it.runs.n - 1];
	m[0].value = newest->bytes;
	m[1].value = newest->files;
	m[2].value = newest->seconds;
	m[3].value = newest->change;
	it.metrics = m;
	it.nmetrics = 4;
	it.summary = size_words(&it.runs, a);
	fact(&f, "runs", arena_printf(a, "%zu", it.runs.n));
	if (s->unread != NULL || (isnan(newest->bytes) && isnan(newest->files)))
		it.state = ITEM_UNKNOWN;
	else
		fact_moment(&f, FINDING_KEY, newest->end, a);
	if (s->tool == TOOL_BORG && isnan(newest->bytes))
		it.summary = arena_printf(a,
		    "%s; let the job keep what borg info prints in a file, "
		    "which has it (borg-json)",
		    it.summary);
	emit(l, &it, &f);
}

/* ---- backup.complete */

static void
tell_complete(const struct look *l, const struct seen_job *s)
{
	struct arena *a = l->ctx->arena;
	const struct backup_run *r = look_newest(s);
	struct item it = { .target = s->target, .rule = "backup.complete" };
	struct facts f = { .n = 0 };
	char id[ACCEPT_ID];

	if (r != NULL)
		fact(&f, "run", r->id);
	if (s->unread != NULL) {
		it.state = ITEM_UNKNOWN;
		it.summary = arena_printf(a, "Its place cannot be read: %s", s->unread);
	} else if (s->gone || r == NULL) {
		found(&it, "gone");
		it.summary =
		    "Runs that were there at the last look are gone, and not the oldest ones";
		fact(&f, FINDING_KEY, arena_text(a, gone_id(s->kept, id)));
	} else if (r->fault != NULL) {
		found(&it, r->fault);
		it.summary = arena_printf(a, "The newest run is not good: %s", r->why);
	} else if (s->lost != NULL) {
		found(&it, "source-gone");
		it.summary = arena_printf(a, "The newest run does not hold %s any more", s->lost);
		fact(&f, FINDING_KEY, arena_text(a, lost_id(s->lost, id)));
	} else if (s->unchecked != NULL) {
		it.state = ITEM_UNKNOWN;
		it.summary = arena_printf(
		    a, "Nobody knows whether the newest file is whole: %s", s->unchecked);
	} else {
		it.summary = r->paths.n > 0
				 ? arena_printf(a, "The newest run is complete and holds %zu %s",
				       r->paths.n, r->paths.n == 1 ? "source" : "sources")
				 : "The newest run is complete, as far as its record tells";
	}
	emit(l, &it, &f);
}

/* ---- backup.verify, backup.retention */

static void
tell_verify(const struct look *l, const struct seen_job *s)
{
	instant at = s->kept->verified;
	span age = instant_minus(l->now, at), every = l->conf->verify_every;
	struct item it = { .target = s->target, .rule = "backup.verify" };
	struct facts f = { .n = 0 };
	char day[DAY_TEXT];

	if (every == 0)
		return;
	fact_moment(&f, "verified", at, l->ctx->arena);
	if (at == INSTANT_NONE) {
		found(&it, "never");
		it.summary = "It is not known that a run of it was ever read as a whole";
	} else {
		it.summary = arena_printf(l->ctx->arena, "It was last read as a whole %s%s",
		    day_clock(at, l->now, day), s->kept->bad ? ", and was damaged" : "");
		if (s->kept->bad)
			found(&it, "failed");
		else if (age > 2 * every)
			found(&it, "overdue");
		else if (age > every)
			found(&it, "due");
	}
	emit(l, &it, &f);
}

static void
tell_retention(const struct look *l, const struct seen_job *s)
{
	instant oldest = s->job != NULL ? s->job->v[0].end : INSTANT_NONE;
	instant wanted = instant_plus(l->now, -l->conf->keep);
	struct item it = { .target = s->target, .rule = "backup.retention" };
	struct facts f = { .n = 0 };
	char day[DAY_TEXT], keep[SPAN_TEXT];

	if (l->conf->keep == 0 || !s->history)
		return;
	if (oldest == INSTANT_NONE) {
		it.state = ITEM_UNKNOWN;
		it.summary = "How far back its runs reach cannot be seen";
	} else {
		it.summary =
		    arena_printf(l->ctx->arena, "Its runs reach back to %s; %s are asked for",
			day_short(oldest, l->now, day), span_words(l->conf->keep, keep));
		/* a young job has not yet had the time */
		if (oldest > wanted && s->kept->oldest < oldest)
			found(&it, "short");
	}
	fact_moment(&f, "oldest", oldest, l->ctx->arena);
	emit(l, &it, &f);
}

/* ---- places */

static void
tell_place(const struct look *l, const struct seen_place *p)
{
	struct item it = { .target = p->place.where != NULL ? p->place.where : "place",
		.rule = "backup.age",
		.state = ITEM_UNKNOWN };
	struct facts f = { .n = 0 };

	/* the jobs that are known of it say that it cannot be read */
	for (size_t i = 0; p->unread != NULL && i < l->njobs; i++)
		if (strcmp(l->jobs[i].kept->where, it.target) == 0)
			return;
	if (p->unread == NULL && p->c.odd == 0 && p->c.surplus == 0 && p->c.njobs > 0)
		return;
	if (p->unread != NULL)
		it.summary =
		    arena_printf(l->ctx->arena, "The backups there cannot be seen: %s", p->unread);
	else if (p->c.surplus > 0)
		it.summary = arena_printf(
		    l->ctx->arena, "%zu runs there are too many to be looked at", p->c.surplus);
	else if (p->c.odd > 0)
		it.summary = arena_printf(l->ctx->arena,
		    "%zu entries there were not understood: %s", p->c.odd, p->c.odd_first);
	else if (p->c.unsettled > 0)
		it.summary = "The only backup there is still being written";
	else {
		found(&it, "none");
		it.summary = "There is not one backup";
	}
	emit(l, &it, &f);
}

void
items_tell(struct look *l)
{
	for (size_t i = 0; i < l->conf->jobs.n; i++)
		tell_place(l, &l->places[i]);
	for (size_t i = 0; i < l->njobs; i++) {
		const struct seen_job *s = &l->jobs[i];

		tell_age(l, s);
		tell_size(l, s);
		tell_complete(l, s);
		/* smaller runs are worth nothing without their full one */
		if (s->kept->kind != RUN_FULL)
			continue;
		tell_verify(l, s);
		tell_retention(l, s);
		offsite_tell(l, s);
	}
}
