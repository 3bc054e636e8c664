/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the words of what could be reached, and whose line it is that fails.
 */
#include "report.h"

#include <stdio.h>
#include <string.h>

#define SLOW_TIMES 3      /* the usual time */
#define SLOW_FLOOR_MS 300 /* less is not slow */
#define WITHIN_STEP SPAN_MIN
#define WITHIN_MAX (31 * SPAN_DAY) /* longer is down in any case */
#define LINE_URL "the line"

static bool
answered(const struct attempt *a)
{
	return a->done &&
	       (a->kind == ATTEMPT_FINE || a->kind == ATTEMPT_THEIRS || a->kind == ATTEMPT_ODD);
}

enum reach_line
report_line_of(const struct reach_run *r)
{
	for (size_t i = 0; i < r->ntargets + r->nreferences + r->nclosed; i++)
		if (answered(&r->v[i]))
			return LINE_WORKS;
	return r->nreferences > 0 ? LINE_OURS : LINE_OPEN;
}

span
report_within(const struct week_hours *hours, instant since, instant now)
{
	span all = instant_minus(now, since), within = 0;

	if (hours == NULL || all > WITHIN_MAX)
		return all;
	for (span at = 0; at < all; at += WITHIN_STEP)
		if (week_is_open(hours, instant_plus(since, at)))
			within += all - at < WITHIN_STEP ? all - at : WITHIN_STEP;
	return within;
}

/* Notes since when it fails; true: for longer than `down`. */
static bool
is_down(struct reach_run *r, const char *url, bool fails, instant *since)
{
	struct memory_place *p = memory_of(&r->memory, url);

	*since = r->now;
	if (p == NULL)
		return false;
	if (!fails || p->since > r->now)
		p->since = 0;
	if (!fails)
		return false;
	if (p->since == 0)
		p->since = r->now;
	*since = p->since;
	return report_within(r->hours, p->since, r->now) >= r->conf->down;
}

static const char *
whose(const struct reach_run *r, enum reach_line line)
{
	size_t good = 0;

	for (size_t i = 0; i < r->nreferences; i++)
		good += answered(&r->v[r->ntargets + i]);
	if (line == LINE_OPEN)
		return "; whether the line of this side works is not known, for no references are "
		       "named";
	return r->nreferences == 0 ? "; other places answer"
				   : arena_printf(r->ctx->arena,
					 "; the line of this side works, %zu of %zu references "
					 "answer",
					 good, r->nreferences);
}

static void
emit_time(struct reach_run *r, const struct attempt *a)
{
	struct memory_place *p = memory_of(&r->memory, a->target->at.url);
	uint32_t usual = p != NULL ? memory_usual(p) : 0;
	double ms = (double)a->took / 1e6;
	struct metric m = { .name = "time", .unit = UNIT_SECONDS, .value = ms / 1e3 };
	struct item it = { .target = a->target->at.url,
		.rule = "reach.time",
		.state = ITEM_FINE,
		.metrics = &m,
		.nmetrics = 1 };
	bool slow = usual > 0 && ms > (double)usual * SLOW_TIMES && ms > SLOW_FLOOR_MS;

	it.summary = arena_printf(r->ctx->arena, "%s answers in %.0f ms%s", a->target->at.name, ms,
	    usual > 0 ? arena_printf(r->ctx->arena, ", usually in %u ms", usual) : "");
	if (slow) {
		it.state = ITEM_FOUND;
		it.finding = "slow";
	} else if (p != NULL) {
		/* what is slow does not become the usual */
		memory_add(p, a->took);
	}
	probe_emit(r->ctx, &it);
}

static const char *
reason(const struct attempt *a)
{
	return a->done ? a->why : "gave no answer in time";
}

static void
emit_target(struct reach_run *r, const struct attempt *a, enum reach_line line)
{
	struct arena *arena = r->ctx->arena;
	struct item it = {
		.target = a->target->at.url, .rule = "reach.answer", .state = ITEM_FINE
	};
	struct evidence ev[1];
	char words[SPAN_TEXT];
	instant since;
	bool bad = !a->done || !a->good, down;

	/* while nothing outside answers, nothing is known of it */
	down = is_down(r, a->target->at.url, bad && line != LINE_OURS, &since);
	ev[0] = (struct evidence){ "tries",
		arena_printf(arena, "%d, %d without a good answer", a->tries, a->bad) };
	it.evidence = ev;
	it.nevidence = 1;
	it.summary = arena_printf(arena, "%s can be reached", a->target->at.name);
	if (bad && line == LINE_OURS) {
		it.state = ITEM_UNKNOWN;
		it.summary = arena_printf(arena,
		    "%s could not be looked at: nothing outside answers this computer",
		    a->target->at.name);
	} else if (bad) {
		it.state = ITEM_FOUND;
		it.finding = down ? "down" : a->kind == ATTEMPT_ODD ? a->finding : "fails";
		it.summary = arena_printf(arena, "%s %s%s%s%s", a->target->at.name, reason(a),
		    down ? ", for " : "",
		    down ? span_words(instant_minus(r->now, since), words) : "",
		    a->kind == ATTEMPT_ODD ? "" : whose(r, line));
	}
	probe_emit(r->ctx, &it);
	if (!bad)
		emit_time(r, a);
}

static void
emit_closed(struct reach_run *r, const struct attempt *a, enum reach_line line)
{
	struct arena *arena = r->ctx->arena;
	struct item it = {
		.target = a->target->at.url, .rule = "reach.answer", .state = ITEM_FINE
	};

	it.summary = arena_printf(
	    arena, "%s cannot be reached from here, as it should be", a->target->at.name);
	if (answered(a)) {
		it.state = ITEM_FOUND;
		it.finding = "open";
		it.summary = arena_printf(
		    arena, "%s can be reached from here, and should not be", a->target->at.name);
	} else if (!a->done || line != LINE_WORKS) {
		/* a line that is broken keeps nothing apart */
		it.state = ITEM_UNKNOWN;
		it.summary = arena_printf(arena,
		    "Whether %s is closed to this computer is not known: nothing outside answers",
		    a->target->at.name);
	}
	probe_emit(r->ctx, &it);
}

/* Closed places say nothing of a line that must not lead out. */
static void
emit_line(struct reach_run *r, enum reach_line line)
{
	struct arena *arena = r->ctx->arena;
	struct item it = { .target = LINE_URL, .rule = "reach.line", .state = ITEM_FINE };
	char words[SPAN_TEXT];
	instant since;
	bool down = is_down(r, LINE_URL, line == LINE_OURS, &since);

	if (r->nreferences == 0)
		return;
	it.summary = "Places outside answer this computer";
	if (line == LINE_OURS) {
		const struct attempt *a = &r->v[r->ntargets];

		it.state = ITEM_FOUND;
		it.finding = down ? "down" : "fails";
		it.summary = arena_printf(arena,
		    "Nothing outside answers this computer%s%s, none of %zu references: %s %s",
		    down ? " for " : "",
		    down ? span_words(instant_minus(r->now, since), words) : "", r->nreferences,
		    a->target->at.name, reason(a));
	}
	probe_emit(r->ctx, &it);
}

/* A resolver works when it answers one of the names in any way. */
static void
emit_resolvers(struct reach_run *r)
{
	struct arena *arena = r->ctx->arena;
	const struct attempt *v = r->v + r->ntargets + r->nreferences + r->nclosed;
	struct item it = { .target = "resolvers", .rule = "reach.resolver", .state = ITEM_FINE };
	const char *silent = "";
	size_t good = 0;

	if (r->nresolvers == 0 || r->nnames == 0)
		return;
	for (size_t i = 0; i < r->nresolvers; i++) {
		bool works = false;

		for (size_t k = 0; k < r->nnames; k++)
			works = works || v[i * r->nnames + k].good ||
				v[i * r->nnames + k].kind == ATTEMPT_ODD;
		good += works;
		if (!works)
			silent = arena_printf(arena, "%s%s%s", silent,
			    silent[0] != '\0' ? ", " : "", v[i * r->nnames].resolver->at.name);
	}
	it.summary = arena_printf(arena, "%zu of %zu resolvers answer%s%s", good, r->nresolvers,
	    silent[0] != '\0' ? ", not " : "", silent);
	if (good < r->nresolvers) {
		it.state = ITEM_FOUND;
		it.finding = good == 0 ? "all-down" : "one-down";
	}
	probe_emit(r->ctx, &it);
}

void
report_all(struct reach_run *r)
{
	enum reach_line line = report_line_of(r);

	emit_line(r, line);
	for (size_t i = 0; i < r->ntargets; i++)
		emit_target(r, &r->v[i], line);
	for (size_t i = 0; i < r->nclosed; i++)
		emit_closed(r, &r->v[r->ntargets + r->nreferences + i], line);
	emit_resolvers(r);
}
