/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the line of a head that keeps what one program said of its own recording.
 */
#include "recorder_text.h"

#include <inttypes.h>

void
recorder_put(struct str *out, const struct recorder *r)
{
	str_addf(out,
	    "fw1 recorder from=%d node=%" PRIu64
	    " numbered=%d down=%d zoned=%d told=%d died=%d last=%" PRIu64 " user=%" PRIu64
	    " newest=%" PRId64 " off=%" PRId64 " on=%" PRId64 " seen=%" PRId64 " segment=%" PRIu64
	    " record=%" PRIu64 " offset=%" PRIu64 "\n",
	    (int)r->from, r->node, r->numbered, r->down, r->zoned, r->told, r->died, r->last,
	    r->user, r->newest, r->off, r->on, r->seen, r->place.segment, r->place.record,
	    r->place.offset);
}

static bool
get_bool(const struct statement *st, const char *name, bool *out)
{
	uint64_t v;

	if (!statement_u64(st, name, &v) || v > 1)
		return false;
	*out = v == 1;
	return true;
}

bool
recorder_get(struct testimony *t, const struct statement *st)
{
	struct recorder *r;
	uint64_t from;

	if (t->nrecorders == TESTIMONY_RECORDERS || !statement_u64(st, "from", &from) ||
	    from >= FROM_N)
		return false;
	r = &t->recorders[t->nrecorders++];
	r->from = (enum admit_from)from;
	return statement_u64(st, "node", &r->node) && get_bool(st, "numbered", &r->numbered) &&
	       get_bool(st, "down", &r->down) && get_bool(st, "zoned", &r->zoned) &&
	       get_bool(st, "told", &r->told) && get_bool(st, "died", &r->died) &&
	       statement_u64(st, "last", &r->last) && statement_u64(st, "user", &r->user) &&
	       statement_i64(st, "newest", &r->newest) && statement_i64(st, "off", &r->off) &&
	       statement_i64(st, "on", &r->on) && statement_i64(st, "seen", &r->seen) &&
	       statement_u64(st, "segment", &r->place.segment) &&
	       statement_u64(st, "record", &r->place.record) &&
	       statement_u64(st, "offset", &r->place.offset);
}
