/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which of a program's values count.
 */
#include "init/readers/latest.h"

#include <string.h>

static bool
same_statement(const struct spot *a, const struct spot *b)
{
	return a->line == b->line && strcmp(a->file, b->file) == 0;
}

bool
latest_put(struct latest *l, const struct named *n)
{
	struct named *mine;
	size_t kept = 0;

	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].word != n->word || strcmp(l->v[i].block, n->block) != 0 ||
		    same_statement(&l->v[i].spot, &n->spot))
			l->v[kept++] = l->v[i]; /* else this one counts instead */
	l->n = kept;
	if (l->n >= LATEST_MAX)
		return false;
	l->v = arena_grow(l->arena, l->v, l->n, &l->cap, sizeof(*l->v));
	mine = &l->v[l->n++];
	*mine = *n;
	mine->block = arena_text(l->arena, n->block);
	mine->path = arena_text(l->arena, n->path);
	mine->spot.file = arena_text(l->arena, n->spot.file);
	return true;
}

void
latest_tell(const struct latest *l, const struct listener *to)
{
	for (size_t i = 0; i < l->n; i++)
		to->thing(to->self, l->v[i].word->role, l->v[i].path, l->v[i].there, l->v[i].spot);
}
