/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which security updates wait, and since when.
 */
#include "dated.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>

static void
add(struct waitings *w, struct look *l, const struct apt_package *p, const char *blocked,
    struct arena *a)
{
	struct waiting it = { .package = p, .blocked = blocked };

	it.first = memory_first(&l->memory, p->name, l->now, a);
	/* what is installed was the newest when it was made */
	it.before = dated_package(l->root, p->name, a);
	if (it.before != INSTANT_NONE && it.before > it.first)
		it.before = it.first;
	w->v = arena_grow(a, w->v, w->n, &w->cap, sizeof(*w->v));
	w->v[w->n++] = it;
}

/* Updates of what is installed; a package that only comes with one is not counted beside it. */
static void
add_ready(struct waitings *w, struct look *l, struct arena *a)
{
	for (size_t i = 0; i < l->apt.npackages; i++)
		if (l->apt.packages[i].security && l->apt.packages[i].old != NULL)
			add(w, l, &l->apt.packages[i], NULL, a);
}

static const char *
blocked_by(const struct look *l, const char *name)
{
	const struct dpkg_package *p = dpkg_find(&l->dpkg, name);

	return p != NULL && p->held ? "held" : "kept-back";
}

/* What is named as kept back or deferred, with its archive where the second simulation shows it. */
static void
add_blocked(
    struct waitings *w, struct look *l, const struct texts *names, bool phased, struct arena *a)
{
	for (size_t i = 0; i < names->n; i++) {
		const struct apt_package *p =
		    l->no_all == NULL ? apt_find(&l->all, names->v[i]) : NULL;

		if (p == NULL)
			w->unclear += !phased;
		else if (p->security && phased)
			w->phased++;
		else if (p->security && apt_find(&l->apt, p->name) == NULL)
			add(w, l, p, blocked_by(l, p->name), a);
	}
}

static int
by_age(const void *x, const void *y)
{
	const struct waiting *a = x, *b = y;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	if (a->before != b->before)
		return a->before < b->before ? -1 : 1; /* INSTANT_NONE: perhaps for ever */
	return strcmp(a->package->name, b->package->name);
}

void
waitings_find(struct look *l, struct arena *a, struct waitings *out)
{
	*out = (struct waitings){ .n = 0 };
	if (l->no_apt != NULL)
		return;
	add_ready(out, l, a);
	add_blocked(out, l, &l->apt.kept_back, false, a);
	add_blocked(out, l, &l->apt.phased, true, a);
	if (out->n > 0)
		qsort(out->v, out->n, sizeof(*out->v), by_age);
}
