/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what a look makes of the catalogues beside what is known: new runs, sources and runs that
 * are gone, the newest file read as a whole.
 */
#include "look.h"

#include "base/file.h"
#include "fetch.h"
#include "whole.h"

#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define USUAL_RUNS                                                                                 \
	8           /* the newest, among which the one with the most sources tells what is usual   \
		     */
#define MANY_RUNS 8 /* of so many, less than half are left: they did not end by themselves */
#define REPORT_TIME (1 * SPAN_S) /* left for telling when a file is read */

static const char *const kinds[RUN_KINDS] = { "", " (differential)", " (incremental)" };

const struct backup_run *
look_newest(const struct seen_job *s)
{
	return s->job != NULL && s->job->n > 0 ? &s->job->v[s->job->n - 1] : NULL;
}

static const char *
short_id(const char *id, struct arena *a)
{
	return strlen(id) <= MEMORY_ID_MAX ? id : arena_textn(a, id, MEMORY_ID_MAX);
}

static bool
is_known(const struct kept_job *k, const char *id, instant end)
{
	for (size_t i = k->n; i-- > 0;)
		if (k->runs[i].run.end == end && strcmp(k->runs[i].id, id) == 0)
			return true;
	return false;
}

/* At its place by its end; the oldest goes when there are too many. */
static void
keep_run(struct kept_job *k, const struct kept_run *r)
{
	size_t at = k->n;

	while (at > 0 && k->runs[at - 1].run.end > r->run.end)
		at--;
	if (k->n < RUNS_MAX) {
		memmove(k->runs + at + 1, k->runs + at, (k->n - at) * sizeof(*k->runs));
		k->n++;
	} else if (at == 0) {
		return;
	} else {
		memmove(k->runs, k->runs + 1, (at - 1) * sizeof(*k->runs));
		at--;
	}
	k->runs[at] = *r;
}

static bool
has_path(const struct texts *paths, const char *path)
{
	for (size_t i = 0; i < paths->n; i++)
		if (strcmp(paths->v[i], path) == 0)
			return true;
	return false;
}

static void
keep_paths(struct kept_job *k, const struct texts *paths, struct arena *a)
{
	k->paths = arena_array(a, CATALOGUE_PATHS_MAX, sizeof(*k->paths));
	k->npaths = paths->n;
	for (size_t i = 0; i < paths->n; i++)
		k->paths[i].path = paths->v[i];
}

/* What the job usually holds, the first time that it is seen. */
static void
begin_paths(struct kept_job *k, const struct backup_job *j, struct arena *a)
{
	const struct backup_run *most = &j->v[j->n - 1];

	for (size_t i = j->n > USUAL_RUNS ? j->n - USUAL_RUNS : 0; i < j->n; i++)
		if (j->v[i].paths.n > most->paths.n)
			most = &j->v[i];
	if (k->npaths == 0 && most->paths.n > 0)
		keep_paths(k, &most->paths, a);
}

static void
find_lost(struct seen_job *s, struct arena *a)
{
	const struct backup_run *newest = look_newest(s);
	struct kept_job *k = s->kept;

	begin_paths(k, s->job, a);
	if (newest->paths.n == 0)
		return;
	for (size_t i = 0; i < k->npaths && s->lost == NULL; i++)
		if (!has_path(&newest->paths, k->paths[i].path))
			s->lost = k->paths[i].path;
	if (s->lost == NULL && newest->fault == NULL)
		keep_paths(k, &newest->paths, a);
}

static instant
end_of(const struct kept_job *k, const char *id)
{
	for (size_t i = k->n; i-- > 0;)
		if (strcmp(k->runs[i].id, id) == 0)
			return k->runs[i].run.end;
	return INSTANT_NONE;
}

/* Retention takes the oldest runs: one that was the newest may go once all that are there are
 * newer. */
static void
find_gone(struct seen_job *s, struct arena *a)
{
	struct kept_job *k = s->kept;
	bool there = k->newest[0] == '\0' || !s->history || s->job->v[0].end > end_of(k, k->newest);

	for (size_t i = 0; i < s->job->n && !there; i++)
		there = strcmp(short_id(s->job->v[i].id, a), k->newest) == 0;
	s->gone = !there || (s->history && k->count >= MANY_RUNS && s->job->n < k->count / 2);
	if (s->gone)
		return;
	k->newest = short_id(look_newest(s)->id, a);
	k->count = (uint32_t)s->job->n;
}

static bool
is_over(void *self)
{
	const struct look *l = self;

	return probe_left(l->ctx) < REPORT_TIME;
}

static void
remember_whole(
    struct look *l, struct kept_job *k, const struct stat *st, const struct whole_seen *w)
{
	k->file_size = (uint64_t)st->st_size;
	k->file_time = (int64_t)st->st_mtim.tv_sec;
	k->file_is = (uint32_t)w->is;
	k->file_why = w->why != NULL ? w->why : "";
	if (w->all && w->is == WHOLE_GOOD) {
		k->verified = l->now;
		k->bad = false;
	}
}

/* The newest file is read once, unless it changes. */
static void
read_newest(struct look *l, struct seen_job *s)
{
	struct arena *a = l->ctx->arena;
	struct backup_run *r = &((struct backup_job *)s->job)->v[s->job->n - 1];
	struct kept_job *k = s->kept;
	char *folder = arena_text(a, s->job->name);
	struct whole_seen w = { .is = WHOLE_UNREAD };
	struct err e = { 0 };
	struct stat st;
	int fd;

	*(strrchr(folder, '/') + 1) = '\0';
	fd = file_open(AT_FDCWD, arena_printf(a, "%s%s", folder, r->id), FILE_NOFOLLOW, &st, &e);
	if (fd < 0) {
		s->unchecked = arena_text(a, e.msg);
		return;
	}
	if (k->file_size == (uint64_t)st.st_size && k->file_time == (int64_t)st.st_mtim.tv_sec &&
	    k->file_is != WHOLE_UNREAD) {
		w = (struct whole_seen){ .is = (enum whole)k->file_is, .why = k->file_why };
	} else {
		whole_look(
		    fd, (uint64_t)st.st_size, (uint64_t)l->conf->verify_bytes, is_over, l, a, &w);
		remember_whole(l, k, &st, &w);
	}
	close(fd);
	if (w.is == WHOLE_EMPTY)
		r->bytes = 0;
	if (w.is == WHOLE_CUT || w.is == WHOLE_DAMAGED) {
		r->fault = w.is == WHOLE_CUT ? "cut" : "damaged";
		r->why = w.why;
	} else if (w.is == WHOLE_UNREAD) {
		s->unchecked = w.why != NULL ? w.why : "it was not read";
	}
}

static void
keep_new(struct look *l, struct seen_job *s)
{
	struct kept_job *k = s->kept;

	for (size_t i = 0; i < s->job->n; i++) {
		const struct backup_run *r = &s->job->v[i];
		const char *id = short_id(r->id, l->ctx->arena);
		struct kept_run kept = { { r->end, r->bytes, r->files, r->seconds, r->change,
					     false },
			id, r->fault != NULL && strcmp(r->fault, "incomplete") != 0 };

		if (k->oldest == INSTANT_NONE || r->end < k->oldest)
			k->oldest = r->end;
		if (r->verified != INSTANT_NONE && r->verified >= k->verified) {
			k->verified = r->verified;
			k->bad = r->bad;
		}
		if (is_known(k, id, r->end))
			continue;
		keep_run(k, &kept);
	}
	k->good = INSTANT_NONE;
	for (size_t i = 0; i < k->n; i++)
		if (!k->runs[i].bad)
			k->good = k->runs[i].run.end;
}

static bool
keeps_history(const struct backup_place *p)
{
	return p->tool != TOOL_PUSHED && p->tool != TOOL_DUPLICATI && p->tool != TOOL_VEEAM;
}

static struct seen_job *
add_job(struct look *l, const char *base, enum run_kind kind, struct kept_job *kept)
{
	struct seen_job *s;

	l->jobs = arena_grow(l->ctx->arena, l->jobs, l->njobs, &l->cap, sizeof(*l->jobs));
	s = &l->jobs[l->njobs++];
	*s = (struct seen_job){ .kept = kept };
	s->target = arena_printf(l->ctx->arena, "%s%s", base, kinds[kind]);
	return s;
}

static void
see_job(struct look *l, struct seen_place *p, const struct backup_job *j)
{
	struct arena *a = l->ctx->arena;
	const char *base = p->place.tool == TOOL_FILES
			       ? j->name
			       : arena_printf(a, "%s in %s", j->name, p->place.where);
	struct kept_job *k = memory_job(&l->memory, base, j->kind);
	struct seen_job *s;

	if (k == NULL || k->seen)
		return;
	k->seen = true;
	k->where = p->place.where;
	if (k->n == 0 || k->runs == NULL)
		k->runs = arena_array(a, RUNS_MAX + 1, sizeof(*k->runs));
	else
		k->runs = memcpy(arena_array(a, RUNS_MAX + 1, sizeof(*k->runs)), k->runs,
		    k->n * sizeof(*k->runs));
	s = add_job(l, base, j->kind, k);
	s->job = j;
	s->tool = p->place.tool;
	s->history = keeps_history(&p->place);
	if (p->place.tool == TOOL_FILES)
		read_newest(l, s);
	find_gone(s, a);
	find_lost(s, a);
	keep_new(l, s);
}

static const struct seen_place *
place_of(const struct look *l, const char *where)
{
	for (size_t i = 0; i < l->conf->jobs.n; i++)
		if (strcmp(l->places[i].place.where, where) == 0)
			return &l->places[i];
	return NULL;
}

/* Jobs that were there at an earlier look: their place could not be read now, or it has none of
 * their runs any more. */
static void
see_missing(struct look *l)
{
	for (size_t i = 0; i < l->memory.n; i++) {
		struct kept_job *k = &l->memory.jobs[i];
		const struct seen_place *p = place_of(l, k->where);
		struct seen_job *s;

		if (k->seen || p == NULL)
			continue;
		if (k->dismissed && p->unread == NULL) {
			k->where = ""; /* forgotten at the next look */
			continue;
		}
		s = add_job(l, k->target, k->kind, k);
		s->unread = p->unread;
		s->tool = p->place.tool;
		s->history = keeps_history(&p->place);
		s->gone = p->unread == NULL && s->history;
	}
}

/* Jobs of places that the configuration does not name any more. */
static void
forget_places(struct look *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->memory.n; i++)
		if (place_of(l, l->memory.jobs[i].where) != NULL)
			l->memory.jobs[n++] = l->memory.jobs[i];
	l->memory.n = n;
}

static struct seen_place *
fetch_all(struct look *l, const struct texts *places)
{
	struct seen_place *v = arena_array(l->ctx->arena, places->n + 1, sizeof(*v));

	for (size_t i = 0; i < places->n; i++) {
		struct err e = { 0 };

		if (backup_place_parse(places->v[i], &v[i].place, &e) < 0)
			v[i].unread = arena_text(l->ctx->arena, e.msg);
		else
			fetch(l->ctx, l->conf, l->now, &v[i]);
	}
	return v;
}

void
look_all(struct look *l)
{
	l->places = fetch_all(l, &l->conf->jobs);
	l->offsite = fetch_all(l, &l->conf->offsite);
	forget_places(l);
	for (size_t i = 0; i < l->conf->jobs.n; i++)
		for (size_t j = 0; j < l->places[i].c.njobs && l->places[i].unread == NULL; j++)
			see_job(l, &l->places[i], &l->places[i].c.jobs[j]);
	see_missing(l);
}
