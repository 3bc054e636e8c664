/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns who can act for an entry, and who is away.
 */
#include "tell.h"

#include "dates.h"

#include "base/day.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Somebody and the days that they are away. */
struct away {
	const char *who;
	int64_t from, to; /* both included; NO_DAY: open */
};

struct aways {
	struct away *v;
	size_t n;
};

/* Of a person's own entry that person, else the owner of the entry that has the days. */
static void
add_away(struct aways *all, const struct entry *en)
{
	const struct away days = { NULL, en->away_from, en->away_to };

	if (en->fault != NULL || (en->away_from == NO_DAY && en->away_to == NO_DAY))
		return;
	all->v[all->n] = days;
	if (en->kind != KIND_PERSON) {
		all->v[all->n].who = en->owner;
		all->n += en->owner != NULL;
		return;
	}
	all->v[all->n++].who = en->id;
	all->v[all->n] = days;
	all->v[all->n++].who = en->title;
}

static bool
is_away(const struct aways *all, const char *who, int64_t today)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcasecmp(all->v[i].who, who) == 0 &&
		    (all->v[i].from == NO_DAY || all->v[i].from <= today) &&
		    (all->v[i].to == NO_DAY || today <= all->v[i].to))
			return true;
	return false;
}

/* The worst that is true of who can act; NULL: two people can. */
static const char *
finding(const struct entry *en, const struct aways *all, int64_t today)
{
	bool alone = en->secondary == NULL ||
		     (en->owner != NULL && strcasecmp(en->owner, en->secondary) == 0);
	bool away = en->owner != NULL && is_away(all, en->owner, today);

	if (away && alone)
		return "away-alone";
	if (away && is_away(all, en->secondary, today))
		return "both-away";
	if (alone && en->at != NO_DAY && en->at < today && !en->auto_renew)
		return "overdue-alone";
	if (en->owner == NULL)
		return "no-owner";
	if (en->secondary == NULL)
		return "no-secondary";
	return alone ? "one-person" : NULL;
}

static const char *
words(const struct entry *en, const char *key, struct arena *a)
{
	if (strcmp(key, "no-owner") == 0)
		return arena_printf(a, "Nobody is named as the owner of %.200s", en->title);
	if (strcmp(key, "no-secondary") == 0)
		return arena_printf(a, "Only %.60s is named for %.200s", en->owner, en->title);
	if (strcmp(key, "one-person") == 0)
		return arena_printf(
		    a, "%.60s is owner and second person of %.200s", en->owner, en->title);
	if (strcmp(key, "overdue-alone") == 0)
		return arena_printf(
		    a, "%.200s is past its day, and no two people are named for it", en->title);
	if (strcmp(key, "away-alone") == 0)
		return arena_printf(
		    a, "%.60s is away, and nobody else is named for %.200s", en->owner, en->title);
	return arena_printf(a, "%.60s and %.60s are both away; nobody else is named for %.200s",
	    en->owner, en->secondary, en->title);
}

/* A list without the column is one finding, not one for each of its entries. */
static void
tell_columns(const struct probe_ctx *ctx, const struct list *l)
{
	struct item it = { .target = l->path, .rule = "register.people", .state = ITEM_FOUND };

	if (!l->spare || l->fault != NULL || (l->has[COL_OWNER] && l->has[COL_SECONDARY]))
		return;
	it.finding = l->has[COL_OWNER] ? "no-secondary" : "no-owner";
	it.summary = l->has[COL_OWNER]       ? "The list has no column for a second person"
		     : l->has[COL_SECONDARY] ? "The list has no column for an owner"
					     : "The list has no columns for an owner and a second "
					       "person";
	probe_emit(ctx, &it);
}

/* Where the list has no column for somebody, that is said of the list. */
static bool
said_of_list(const struct entry *en, const char *key)
{
	if (!en->list->spare)
		return false;
	return (strcmp(key, "no-owner") == 0 && !en->list->has[COL_OWNER]) ||
	       (strcmp(key, "no-secondary") == 0 && !en->list->has[COL_SECONDARY]);
}

/* A bad date does not hide who can act; of a line that falls apart nobody knows. */
static void
tell_entry(
    const struct probe_ctx *ctx, const struct entry *en, const struct aways *aways, int64_t today)
{
	const char *key = en->broken ? NULL : finding(en, aways, today);
	struct item it;

	if (!en->broken && (key == NULL || said_of_list(en, key)))
		return;
	it = tell_item(en, "register.people",
	    en->broken ? arena_printf(ctx->arena,
			     "%.100s: its line in the list cannot be read, so who can act is not "
			     "known",
			     en->title)
		       : words(en, key, ctx->arena),
	    ctx->arena);
	it.state = en->broken ? ITEM_UNKNOWN : ITEM_FOUND;
	it.finding = key;
	probe_emit(ctx, &it);
}

void
tell_people(const struct probe_ctx *ctx, const struct entries *all, const struct list *lists,
    size_t nlists, instant now)
{
	struct aways aways = { .v = arena_array(ctx->arena, 2 * all->n + 1, sizeof(struct away)) };
	int64_t today = day_number(now);

	for (size_t i = 0; i < all->n; i++)
		add_away(&aways, &all->v[i]);
	for (size_t i = 0; i < nlists; i++)
		tell_columns(ctx, &lists[i]);
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].id != NULL && !all->v[i].twin && all->v[i].kind != KIND_PERSON)
			tell_entry(ctx, &all->v[i], &aways, today);
}
