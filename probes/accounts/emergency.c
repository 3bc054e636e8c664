/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the class of accounts that are for the worst day: unused is right, and so is tested lately.
 */
#include "report.h"

#include "base/day.h"

#include <string.h>

struct drills {
	instant tested; /* end of the newest that has begun, at most now; INSTANT_NONE: never */
	instant shown;  /* a moment of its last day */
	bool covered;   /* the last login falls into one */
};

/* A time that is recorded in seconds may lie before a drill that began within that second. */
static struct drills
drills_of(
    const struct accounts_conf *c, const char *name, instant login, instant now, struct arena *a)
{
	struct drills d = { .tested = INSTANT_NONE };
	struct accounts_drill one;

	for (size_t i = 0; i < c->drills.n; i++) {
		if (accounts_drill(c->drills.v[i], a, &one, &(struct err){ 0 }) < 0 ||
		    strcmp(one.name, name) != 0 || one.from > now)
			continue;
		if (d.tested == INSTANT_NONE || one.to > d.tested) {
			d.tested = one.to < now ? one.to : now;
			d.shown = one.shown < now ? one.shown : now;
		}
		if (login != INSTANT_NONE && login + INSTANT_S > one.from && login < one.to)
			d.covered = true;
	}
	return d;
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

/* What keeps it from being used on that day. False: nothing does. */
static bool
is_broken(struct item *it, const struct etc_account *a, const struct look *l, struct arena *arena)
{
	int64_t day = l->now / (86400 * INSTANT_S);

	if (a == NULL)
		found(it, "missing",
		    arena_printf(arena, "There is no emergency account %s", it->target));
	else if (a->expires >= 0 && a->expires <= day)
		found(it, "expired",
		    arena_printf(arena, "The emergency account %s has expired", a->name));
	else if (!a->usable && !a->unsure)
		found(it, "locked",
		    arena_printf(arena, "Nobody can log in to the emergency account %s", a->name));
	else if ((a->ways & BY_RIGHT) == 0 && l->least == NULL)
		found(it, "no-rights",
		    arena_printf(
			arena, "The emergency account %s cannot be administrator", a->name));
	return it->state == ITEM_FOUND;
}

/* What is not known of it. False: all is. */
static bool
is_unseen(struct item *it, const struct etc_account *a, const struct look *l, struct arena *arena)
{
	if (a->password == ETC_UNSEEN || a->unsure)
		unknown(it, arena_printf(arena,
				"Whether the emergency account %s is locked or has expired cannot "
				"be seen%s%s",
				a->name, l->no_shadow != NULL ? ": " : "",
				l->no_shadow != NULL ? l->no_shadow : ""));
	else if ((a->ways & BY_RIGHT) == 0)
		unknown(it,
		    arena_printf(arena,
			"Whether the emergency account %s can be administrator cannot be seen: %s",
			a->name, l->least));
	else if (report_no_logins(l)[0] != '\0')
		unknown(it, arena_printf(arena,
				"Whether the emergency account %s was used is not known: %s",
				a->name, report_no_logins(l)));
	return it->state == ITEM_UNKNOWN;
}

static void
by_test(struct item *it, const struct drills *d, instant now, struct arena *arena)
{
	span old = d->tested != INSTANT_NONE ? instant_minus(now, d->tested) : 0;
	char day[DAY_TEXT];

	it->summary = d->tested == INSTANT_NONE
			  ? arena_printf(arena, "No test of the emergency account %s is on record",
				it->target)
			  : arena_printf(arena, "The emergency account %s was last tested on %s",
				it->target, day_short(d->shown, now, day));
	if (d->tested == INSTANT_NONE || old >= ACCOUNTS_DUE) {
		it->state = ITEM_FOUND;
		it->finding = d->tested == INSTANT_NONE ? "never"
			      : old >= ACCOUNTS_OVERDUE ? "overdue"
							: "due";
	}
}

static void
one(const struct probe_ctx *ctx, const struct accounts_conf *c, const struct look *l,
    const char *name)
{
	const struct etc_account *a = etc_find(&l->etc, name);
	instant login = a != NULL && a->login > 0 && a->login < INT64_MAX / INSTANT_S
			    ? a->login * INSTANT_S
			    : INSTANT_NONE;
	struct drills d = drills_of(c, name, login, l->now, ctx->arena);
	struct item it = { .target = name, .rule = "accounts.emergency", .state = ITEM_FINE };
	char day[DAY_TEXT];

	if (a == NULL && l->directory != NULL)
		unknown(&it, "It is not among the accounts of this computer, and the directory is "
			     "not asked");
	else if (is_broken(&it, a, l, ctx->arena))
		;
	else if (login != INSTANT_NONE && !d.covered)
		found(&it, "used",
		    arena_printf(ctx->arena, "The emergency account %s was used on %s, in no test",
			name, day_short(login, l->now, day)));
	else if (d.tested != INSTANT_NONE && instant_minus(l->now, d.tested) >= ACCOUNTS_OVERDUE)
		by_test(&it, &d, l->now, ctx->arena);
	else if (!is_unseen(&it, a, l, ctx->arena))
		by_test(&it, &d, l->now, ctx->arena);
	probe_emit(ctx, &it);
}

void
report_emergency(const struct probe_ctx *ctx, const struct accounts_conf *c, const struct look *l)
{
	for (size_t i = 0; i < c->emergency.n; i++)
		one(ctx, c, l, c->emergency.v[i]);
}
