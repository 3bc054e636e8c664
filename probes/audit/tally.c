/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns adding up what one run tells of the order of records.
 */
#include "order.h"

void
order_tell(struct order *o, enum order_kind kind, const struct order_place *place, uint64_t count,
    uint64_t from, uint64_t to)
{
	struct order_tally *t = &o->tally[kind];

	if (t->times++ == 0) {
		t->first = *place;
		t->from = from;
		t->to = to;
	}
	t->count += count;
}
