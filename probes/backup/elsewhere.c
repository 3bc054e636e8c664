/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what a job has in a second place, and which places no job holds.
 */
#include "items.h"

#include "base/day.h"

#include <string.h>

#define BEHIND                                                                                     \
	(2 * SPAN_DAY) /* a run has been here for so long, and is not in the second place          \
			*/
#define FAR_BEHIND (7 * SPAN_DAY)

static const char *
last_part(const char *name)
{
	const char *slash = strrchr(name, '/');

	return slash != NULL ? slash + 1 : name;
}

/* The job of the same name there; where that is a folder too, the same pattern. */
static const struct backup_job *
same_job(const struct look *l, const struct seen_job *s)
{
	for (size_t i = 0; i < l->conf->offsite.n; i++)
		for (size_t j = 0; j < l->offsite[i].c.njobs; j++) {
			const struct backup_job *there = &l->offsite[i].c.jobs[j];

			if (there->kind == s->kept->kind && there->n > 0 &&
			    strcmp(last_part(there->name), last_part(s->job->name)) == 0)
				return there;
		}
	return NULL;
}

static const char *
unread(const struct look *l)
{
	for (size_t i = 0; i < l->conf->offsite.n; i++)
		if (l->offsite[i].unread != NULL)
			return l->offsite[i].unread;
	return NULL;
}

/* How long the oldest run that is newer than all there has been here; 0: there is none. */
static span
waiting(const struct look *l, const struct seen_job *s, instant there)
{
	for (size_t i = 0; i < s->job->n; i++)
		if (s->job->v[i].end > there)
			return instant_minus(l->now, s->job->v[i].end);
	return 0;
}

void
offsite_tell(const struct look *l, const struct seen_job *s)
{
	struct item it = { .target = s->target, .rule = "backup.offsite" };
	const struct backup_job *there;
	char day[DAY_TEXT];
	instant end;
	span old;

	if (l->conf->offsite.n == 0 || s->job == NULL)
		return;
	there = same_job(l, s);
	if (there == NULL && unread(l) != NULL) {
		it.state = ITEM_UNKNOWN;
		it.summary =
		    arena_printf(l->ctx->arena, "The second place cannot be read: %s", unread(l));
	} else if (there == NULL) {
		it.state = ITEM_FOUND;
		it.finding = "none";
		it.summary = "No run of it is in the second place";
	} else {
		end = there->v[there->n - 1].end;
		old = waiting(l, s, end);
		it.summary = arena_printf(l->ctx->arena,
		    "The newest run in the second place is of %s", day_clock(end, l->now, day));
		it.finding = old > FAR_BEHIND ? "far-behind" : old > BEHIND ? "behind" : NULL;
		it.state = it.finding != NULL ? ITEM_FOUND : ITEM_FINE;
	}
	probe_emit(l->ctx, &it);
}

/* A folder holds all that lies below it. */
static bool
holds(const char *folder, const char *path)
{
	size_t n = strlen(folder);

	while (n > 1 && folder[n - 1] == '/')
		n--;
	return strncmp(folder, path, n) == 0 &&
	       (path[n] == '\0' || path[n] == '/' || (n == 1 && folder[0] == '/'));
}

/* The job whose newest run holds it, or the option that says so; NULL: none. */
static const char *
holder(const struct look *l, const char *path)
{
	for (size_t i = 0; i < l->njobs; i++) {
		const struct backup_run *r = look_newest(&l->jobs[i]);

		for (size_t k = 0; r != NULL && k < r->paths.n; k++)
			if (holds(r->paths.v[k], path))
				return l->jobs[i].target;
	}
	for (size_t i = 0; i < l->conf->holds.n; i++)
		if (holds(l->conf->holds.v[i], path))
			return "a job, as the configuration says";
	return NULL;
}

static bool
some_place_is_unread(const struct look *l)
{
	for (size_t i = 0; i < l->conf->jobs.n; i++)
		if (l->places[i].unread != NULL)
			return true;
	return false;
}

void
coverage_tell(const struct look *l)
{
	for (size_t i = 0; i < l->conf->covers.n; i++) {
		const char *path = l->conf->covers.v[i], *by = holder(l, path);
		struct item it = { .target = path, .rule = "backup.coverage" };

		if (by != NULL) {
			it.summary = arena_printf(l->ctx->arena, "It is held by %s", by);
		} else if (some_place_is_unread(l)) {
			it.state = ITEM_UNKNOWN;
			it.summary = "Not all backups can be seen, and no other one holds it";
		} else {
			it.state = ITEM_FOUND;
			it.finding = "uncovered";
			it.summary = "No backup holds it";
		}
		probe_emit(l->ctx, &it);
	}
}
