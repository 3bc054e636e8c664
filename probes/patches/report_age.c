/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is told of the oldest security update, of the lists, and of a restart.
 */
#include "report.h"

#include "reboot.h"

#include "base/day.h"

/* "at least 12 days, at most 40 days" */
static const char *
bounds(const struct waiting *w, instant now, struct arena *a)
{
	long long lo = instant_minus(now, w->first) / SPAN_DAY, hi;
	const char *least = arena_printf(a, "at least %lld day%s", lo, lo == 1 ? "" : "s");

	if (w->before == INSTANT_NONE)
		return least;
	hi = (instant_minus(now, w->before) + SPAN_DAY - 1) / SPAN_DAY;
	return arena_printf(a, "%s, at most %lld day%s", least, hi, hi == 1 ? "" : "s");
}

static const char *
age_list(const struct waitings *w, instant now, struct arena *a)
{
	const char *text = "";

	for (size_t i = 0; i < w->n && i < REPORT_LISTED_MAX; i++)
		text = arena_printf(a, "%s%s%s %s (%s%s%s)", text, i > 0 ? "; " : "",
		    w->v[i].package->name, w->v[i].package->candidate, bounds(&w->v[i], now, a),
		    w->v[i].blocked != NULL ? ", " : "",
		    w->v[i].blocked != NULL ? w->v[i].blocked : "");
	return text;
}

static const char *
age_unknown(const struct look *l, const struct waitings *w, struct arena *a)
{
	const char *why = l->no_apt != NULL ? l->no_apt : l->no_lists;

	if (why == NULL && l->forgot != NULL)
		why = arena_printf(a, "when each was first seen cannot be read: %s", l->forgot);
	if (why == NULL && w->unclear > 0)
		why = arena_printf(a,
		    "%zu packages are kept back, and whether these are security updates is not "
		    "known",
		    w->unclear);
	return why != NULL ? arena_printf(a, "Which security updates wait is not known: %s", why)
			   : NULL;
}

static const char *
age_finding(const struct patches_conf *c, span old)
{
	if (old >= c->stop_after)
		return "dangerous";
	if (old >= c->overdue)
		return "overdue";
	return old >= c->due ? "due" : NULL;
}

static const char *
age_summary(const struct look *l, const struct waitings *w, struct arena *a)
{
	char day[DAY_TEXT];

	if (w->n == 0)
		return arena_printf(a, "No security update waits, by the list of %s",
		    day_short(l->lists, l->now, day));
	return arena_printf(a, "%zu security update%s, the oldest (%s) for %s", w->n,
	    w->n == 1 ? " waits" : "s wait", w->v[0].package->name, bounds(&w->v[0], l->now, a));
}

void
report_age(const struct probe_ctx *ctx, const struct patches_conf *c, const struct look *l,
    const struct waitings *w)
{
	struct arena *a = ctx->arena;
	span old = w->n > 0 ? instant_minus(l->now, w->v[0].first) : 0;
	const char *unknown = age_unknown(l, w, a);
	struct metric m[] = { { .name = "age", .unit = UNIT_SECONDS, .value = span_seconds(old) },
		{ .name = "waiting", .value = (double)w->n } };
	struct evidence ev[3] = { { "updates", age_list(w, l->now, a) } };
	struct item it = { .target = "security updates", .rule = "patches.age", .evidence = ev };

	it.nevidence = w->n > 0;
	if (w->phased > 0)
		ev[it.nevidence++] =
		    (struct evidence){ "in a rollout by steps", arena_printf(a, "%zu", w->phased) };
	it.finding = age_finding(c, old);
	/* what is old enough is so, whatever else is not known */
	if (it.finding != NULL || unknown == NULL) {
		it.state = it.finding != NULL ? ITEM_FOUND : ITEM_FINE;
		it.summary = age_summary(l, w, a);
		it.metrics = m;
		it.nmetrics = 2;
	} else {
		it.state = ITEM_UNKNOWN;
		it.summary = unknown;
	}
	if (l->no_lists == NULL && l->now >= l->lists && it.finding == NULL &&
	    instant_minus(l->now, l->lists) >= LISTS_STOP) {
		it.state = ITEM_UNKNOWN;
		it.summary = "The list of security updates is too old to tell which ones wait";
		it.nmetrics = 0;
	}
	probe_emit(ctx, &it);
}

void
report_lists(const struct probe_ctx *ctx, const struct look *l)
{
	char day[DAY_TEXT], at[INSTANT_TEXT];
	span old = l->no_lists == NULL ? instant_minus(l->now, l->lists) : 0;
	struct evidence ev = { "signed", l->no_lists == NULL ? instant_text(l->lists, at) : "" };
	struct item it = { .target = "list of updates",
		.rule = "patches.lists",
		.state = ITEM_FINE,
		.evidence = &ev,
		.nevidence = l->no_lists == NULL };

	if (l->no_lists != NULL) {
		it.state = ITEM_UNKNOWN;
		it.summary = arena_printf(
		    ctx->arena, "How new the list of updates is cannot be told: %s", l->no_lists);
	} else if (l->lists > l->now) {
		it.state = ITEM_UNKNOWN;
		it.summary = "The list of updates is dated in the future: the clock may be wrong";
	} else {
		it.summary = arena_printf(ctx->arena, "The list of security updates is of %s",
		    day_short(l->lists, l->now, day));
		it.finding = old >= LISTS_STOP      ? "stale"
			     : old >= LISTS_OVERDUE ? "old"
			     : old >= LISTS_DUE     ? "due"
						    : NULL;
		it.state = it.finding != NULL ? ITEM_FOUND : ITEM_FINE;
	}
	probe_emit(ctx, &it);
}

void
report_reboot(const struct probe_ctx *ctx, struct look *l)
{
	const char *why = NULL;
	enum reboot r = reboot_look(l->root, ctx->arena, &why);
	char words[SPAN_TEXT];
	struct evidence ev = { "seen", why };
	struct item it = { .target = "restart",
		.rule = "patches.reboot",
		.state = ITEM_FINE,
		.evidence = &ev,
		.nevidence = 1 };
	span old;

	if (r == REBOOT_WAITS) {
		old = instant_minus(
		    l->now, memory_first(&l->memory, MEMORY_REBOOT, l->now, ctx->arena));
		it.finding = old >= REBOOT_STOP      ? "overdue-long"
			     : old >= REBOOT_OVERDUE ? "overdue"
			     : old >= REBOOT_DUE     ? "due"
						     : NULL;
		it.state = it.finding != NULL ? ITEM_FOUND : ITEM_FINE;
		it.summary = arena_printf(
		    ctx->arena, "A restart waits for at least %s: %s", span_words(old, words), why);
	} else if (r == REBOOT_UNKNOWN) {
		it.state = ITEM_UNKNOWN;
		it.summary =
		    arena_printf(ctx->arena, "Whether a restart waits is not known: %s", why);
	} else
		it.summary = arena_printf(ctx->arena,
		    r == REBOOT_NONE ? "No restart waits: %s" : "Restarts do not apply: %s", why);
	probe_emit(ctx, &it);
}
