/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is told of services and timers. Only states that are known to be good are fine.
 */
#include "report.h"

#include "base/day.h"

#include <string.h>

static bool
is_one_of(const char *word, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

static void
found(struct item *it, const char *finding, const char *summary)
{
	it->state = ITEM_FOUND;
	it->finding = finding;
	it->summary = summary;
}

static void
unknown(struct item *it, const char *summary)
{
	it->state = ITEM_UNKNOWN;
	it->summary = summary;
}

static bool
is_running(const struct systemd_unit *u)
{
	static const char *const subs[] = { "running", "exited", "listening", "waiting", "mounted",
		"active", NULL };

	return strcmp(u->load, "loaded") == 0 && strcmp(u->active, "active") == 0 &&
	       is_one_of(u->sub, subs);
}

/* Whether it is there after a restart: of itself, or by what wants it. */
static bool
starts_itself(const struct systemd_unit *u)
{
	static const char *const states[] = { "enabled", "enabled-runtime", "static", "alias",
		"generated", "indirect", NULL };

	return is_one_of(u->file, states);
}

/* ---- services */

static void
not_running(struct item *it, const struct systemd_unit *u, struct arena *a)
{
	if (strcmp(u->load, "masked") == 0)
		found(
		    it, "masked", arena_printf(a, "%s is locked, so that it cannot start", u->id));
	else if (strcmp(u->active, "failed") == 0)
		found(
		    it, "failed", arena_printf(a, "%s ended with an error (%s)", u->id, u->result));
	else if (strcmp(u->sub, "auto-restart") == 0)
		found(it, "restarting",
		    arena_printf(a, "%s ends again and again, and is started anew", u->id));
	else if (strcmp(u->active, "inactive") == 0)
		found(it, "stopped", arena_printf(a, "%s does not run", u->id));
	else
		unknown(it, arena_printf(a, "%s is in a state that is not known (%s, %s)", u->id,
				u->active, u->sub));
}

/* Of the units that are meant the one that runs, else one that is there, else NULL. */
static const struct systemd_unit *
best(const struct texts *names, const struct units *u, bool *told)
{
	const struct systemd_unit *there = NULL;

	*told = true;
	for (size_t i = 0; i < names->n; i++) {
		const struct systemd_unit *one = units_find(u, names->v[i]);

		*told = *told && one != NULL;
		if (one != NULL && is_running(one))
			return one;
		if (one != NULL && strcmp(one->load, "not-found") != 0 && there == NULL)
			there = one;
	}
	return there;
}

static void
one_service(
    const struct probe_ctx *ctx, const char *entry, const struct units *all, const char *why)
{
	struct arena *a = ctx->arena;
	struct texts names = services_units(entry, a);
	bool told;
	const struct systemd_unit *u = best(&names, all, &told);
	struct evidence ev = { "unit", u != NULL ? u->id : entry };
	struct item it = { .target = entry,
		.rule = "services.running",
		.state = ITEM_FINE,
		.evidence = &ev,
		.nevidence = 1 };

	if (why != NULL)
		unknown(&it, arena_printf(a, "Whether %s runs is not known: %s", entry, why));
	else if (u != NULL && is_running(u) && starts_itself(u))
		it.summary = arena_printf(a, "%s runs, and starts by itself", u->id);
	else if (u != NULL && is_running(u))
		found(&it, "not-enabled",
		    arena_printf(a, "%s runs, and would not after a restart (%s)", u->id,
			u->file[0] != '\0' ? u->file : "not set up"));
	else if (!told)
		unknown(&it, arena_printf(a, "systemd did not tell of all that %s means", entry));
	else if (u == NULL)
		found(&it, "missing", arena_printf(a, "%s is not installed here", entry));
	else
		not_running(&it, u, a);
	probe_emit(ctx, &it);
}

void
report_running(const struct probe_ctx *ctx, const struct services_conf *c, const struct units *u,
    const char *why)
{
	for (size_t i = 0; i < c->running.n; i++)
		one_service(ctx, c->running.v[i], u, why);
}

/* ---- timers */

void
report_age(const struct probe_ctx *ctx, struct item *it, const char *what, instant at, span most,
    instant now)
{
	char words[SPAN_TEXT], day[DAY_TEXT];
	span old = instant_minus(now, at);

	if (at > now) {
		unknown(
		    it, arena_printf(ctx->arena, "%s %s, which lies ahead: the clock may be wrong",
			    what, day_moment(at, day)));
		return;
	}
	it->summary = arena_printf(
	    ctx->arena, "%s %s, %s ago", what, day_clock(at, now, day), span_words(old, words));
	if (old >= most)
		found(it, "overdue", it->summary);
}

/* A run that goes on now says nothing of the one before it; the time it was started is all. */
static void
by_start(const struct probe_ctx *ctx, struct item *it, const struct systemd_unit *timer, span most,
    instant now)
{
	if (timer->triggered == INSTANT_NONE) {
		found(it, "never",
		    arena_printf(ctx->arena, "The job of %s has never run", timer->id));
		return;
	}
	report_age(ctx, it, "It was last started", timer->triggered, most, now);
	if (it->state == ITEM_FINE)
		unknown(it,
		    arena_printf(ctx->arena,
			"Whether the last run of %s ended well is not known: it runs now, or ended "
			"before the last restart",
			timer->id));
}

static void
one_run(const struct probe_ctx *ctx, struct item *it, const struct systemd_unit *timer,
    const struct systemd_unit *job, span most)
{
	static const char *const at_rest[] = { "inactive", "failed", NULL };
	instant now = ctx->clk->wall(ctx->clk);
	struct arena *a = ctx->arena;

	if (job == NULL)
		unknown(
		    it, arena_printf(a, "systemd did not tell of %s, which %s starts",
			    timer->triggers[0] != '\0' ? timer->triggers : "the job", timer->id));
	else if (job->bad_time || timer->bad_time)
		unknown(it, "A moment that systemd tells is not understood");
	else if (strcmp(job->load, "loaded") != 0)
		found(it, "missing",
		    arena_printf(a, "%s starts %s, which is not there", timer->id, job->id));
	else if (is_one_of(job->active, at_rest) && job->result[0] == '\0')
		unknown(it, arena_printf(a, "systemd did not tell how %s ended", job->id));
	else if (strcmp(job->active, "failed") == 0 ||
		 (is_one_of(job->active, at_rest) && strcmp(job->result, "success") != 0))
		found(it, "failed",
		    arena_printf(
			a, "The last run of %s ended with an error (%s)", job->id, job->result));
	else if (!is_one_of(job->active, at_rest) || job->ended == INSTANT_NONE)
		by_start(ctx, it, timer, most, now);
	else
		report_age(ctx, it, "It last ended well", job->ended, most, now);
}

static void
one_timer(const struct probe_ctx *ctx, const char *entry, const struct units *all, const char *why)
{
	struct arena *a = ctx->arena;
	struct services_job job = { .name = entry };
	const struct systemd_unit *u;
	struct item it = { .rule = "services.timer", .state = ITEM_FINE };

	if (services_job(entry, a, &job, &(struct err){ 0 }) < 0)
		why = "its entry is not understood";
	it.target = job.name;
	u = units_find(all, job.name);
	if (why != NULL)
		unknown(&it, arena_printf(a, "When %s last ran is not known: %s", job.name, why));
	else if (u == NULL)
		unknown(&it, arena_printf(a, "systemd did not tell of %s", job.name));
	else if (strcmp(u->load, "not-found") == 0)
		found(&it, "missing", arena_printf(a, "There is no %s here", job.name));
	else if (!is_running(u))
		found(&it, "disabled",
		    arena_printf(a, "%s is not started (%s, %s)", job.name, u->load, u->active));
	else
		one_run(ctx, &it, u, units_find(all, u->triggers), job.most);
	if (it.state == ITEM_FINE && !starts_itself(u))
		found(&it, "disabled",
		    arena_printf(a, "%s would not start after a restart (%s)", job.name, u->file));
	probe_emit(ctx, &it);
}

void
report_timers(const struct probe_ctx *ctx, const struct services_conf *c, const struct units *u,
    const char *why)
{
	for (size_t i = 0; i < c->timers.n; i++)
		one_timer(ctx, c->timers.v[i], u, why);
}
