/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the questions what a pattern that a person wrote means, and how much.
 */
#include "daemon/meant.h"

#include <fnmatch.h>
#include <string.h>

/* Patterns that are held against each row, and what was found. */
struct match {
	const char *const *patterns;
	bool *matches;
	size_t n;
};

static void
match_row(void *self, const struct store_standing *row)
{
	struct match *m = self;

	for (size_t i = 0; i < m->n; i++)
		m->matches[i] = m->matches[i] || fnmatch(m->patterns[i], row->fingerprint, 0) == 0;
}

/* One thing of the check, or a pattern that names the check first. */
static bool
means_check(struct asking *q, const char *pattern, const char *check)
{
	const char *prefix = generation_prefix(q->on->generation, check, q->a);
	const char *all = generation_pattern(q->on->generation, check, q->a);

	return fnmatch(pattern, arena_printf(q->a, "%sx/x", prefix), 0) == 0 ||
	       strncmp(pattern, prefix, strlen(prefix)) == 0 ||
	       strncmp(pattern, all, strlen(all) - 1) == 0;
}

static bool
means_some_check(struct asking *q, const char *pattern)
{
	const struct conf *c = q->on->generation->conf;

	for (size_t i = 0; i < c->nchecks; i++)
		if (means_check(q, pattern, c->checks[i].id))
			return true;
	return false;
}

void
meant_each(struct asking *q, const char *const *patterns, size_t n, bool *matches)
{
	struct match m = { patterns, matches, n };
	bool all = true;

	for (size_t i = 0; i < n; i++) {
		matches[i] = means_some_check(q, patterns[i]);
		all = all && matches[i];
	}
	if (all || store_standings(q->on->world->store, NULL, match_row, &m, NULL) == 0)
		return;
	/* what cannot be read now is not held against who asks */
	for (size_t i = 0; i < n; i++)
		matches[i] = true;
}

bool
meant_anything(struct asking *q, const char *pattern)
{
	bool matches;

	meant_each(q, &pattern, 1, &matches);
	return matches;
}

struct count {
	struct asking *q;
	const char *pattern;
};

static void
count_row(void *self, const struct store_standing *row)
{
	struct count *c = self;

	if (fnmatch(c->pattern, row->fingerprint, 0) != 0)
		return;
	c->q->things++;
	c->q->open += row->st.open;
}

void
meant_count(struct asking *q, const char *pattern)
{
	struct count c = { q, pattern };

	/* a number for people: what cannot be read now is not counted */
	store_standings(q->on->world->store, NULL, count_row, &c, NULL);
}
