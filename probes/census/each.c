/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns going through the certificates of a run once more, after they were told, and which of
 * them nobody needs any more.
 */
#include "probes/census/census_private.h"

bool
census_is_quiet(const struct cert *h)
{
	return (h->follow == FOLLOW_TAKEN || h->follow == FOLLOW_LATER) && !h->served;
}

void
census_each(struct census *c, void (*take)(void *self, const struct census_seen *s), void *self)
{
	for (size_t i = 0; i < c->ncerts; i++) {
		const struct cert *h = &c->certs[i];
		struct census_seen s = { .target = census_target(c, h) };

		s.quiet = census_is_quiet(h);
		if (census_parse(c, h, c->item, &s.x))
			take(self, &s);
		arena_reset(c->item);
	}
}
