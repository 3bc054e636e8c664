/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which lines of a file count.
 */
#include "init/readers/conditions.h"

bool
conditions_take(struct conditions *c, enum role role, bool has)
{
	switch (role) {
	case ROLE_IF:
	case ROLE_IF_NOT:
		if (c->depth < CONDITIONS_MAX)
			c->on[c->depth] = has == (role == ROLE_IF);
		c->depth++;
		return true;
	case ROLE_ELSE:
		if (c->depth > 0 && c->depth <= CONDITIONS_MAX)
			c->on[c->depth - 1] = !c->on[c->depth - 1];
		return true;
	case ROLE_END_IF:
		c->depth -= c->depth > 0;
		return true;
	default:
		return false;
	}
}

bool
conditions_on(const struct conditions *c)
{
	for (size_t i = 0; i < c->depth && i < CONDITIONS_MAX; i++)
		if (!c->on[i])
			return false;
	return c->depth <= CONDITIONS_MAX;
}
