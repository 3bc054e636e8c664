/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the identities by which people accept what was found, and whether they did.
 */
#include "probes/census/census_private.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void
census_change_id(const struct change *ch, char id[CENSUS_ID])
{
	uint64_t h = census_hash(ch->place, strlen(ch->place), 0);

	h = census_hash(ch->was, strlen(ch->was), h);
	h = census_hash(ch->now, strlen(ch->now), h);
	snprintf(id, CENSUS_ID, "%016" PRIx64, h);
}

void
census_lost_id(const struct lost *l, char id[CENSUS_ID])
{
	uint64_t h = census_hash(l->v->sha, strlen(l->v->sha), 0);

	h = census_hash(&l->v->gone, sizeof(l->v->gone), h);
	snprintf(id, CENSUS_ID, "%016" PRIx64, h);
}

bool
census_is_accepted(const struct census *c, const char *rule, const char *target, const char *id)
{
	const struct handed *h = c->ctx->handed;

	for (size_t i = 0; i < h->naccepts; i++)
		if (strcmp(h->accepts[i].rule, rule) == 0 &&
		    strcmp(h->accepts[i].target, target) == 0 &&
		    strcmp(h->accepts[i].finding, id) == 0)
			return true;
	return false;
}
