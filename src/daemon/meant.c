/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the question whether a pattern that a person wrote means anything.
 */
#include "daemon/meant.h"

#include <fnmatch.h>
#include <string.h>

/* What a pattern is held against. */
struct match {
	const char *pattern;
	bool any;
};

static void
match_row(void *self, const struct store_standing *row)
{
	struct match *m = self;

	m->any = m->any || fnmatch(m->pattern, row->fingerprint, 0) == 0;
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

bool
meant_anything(struct asking *q, const char *pattern)
{
	const struct conf *c = q->on->generation->conf;
	struct match m = { .pattern = pattern };

	for (size_t i = 0; i < c->nchecks; i++)
		if (means_check(q, pattern, c->checks[i].id))
			return true;
	/* what cannot be read now is not held against who asks */
	return store_standings(q->on->world->store, NULL, match_row, &m, NULL) < 0 || m.any;
}
