/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how a sight is written into the head.
 */
#include "sight.h"

#include <inttypes.h>
#include <string.h>

static void
put(struct str *out, const char *verb, const struct sight *v)
{
	str_addf(out,
	    "fw1 %s ino=%" PRIu64 " btime=%" PRId64 " mode=%" PRIu32 " uid=%" PRIu32
	    " append=%" PRIu32 " immutable=%" PRIu32 "\n",
	    verb, v->ino, v->btime, v->mode, v->uid, v->append, v->immutable);
}

void
sights_put(const struct sights *s, struct str *out)
{
	if (!s->known)
		return;
	put(out, "first", &s->first);
	put(out, "last", &s->last);
}

static bool
get_u32(const struct statement *st, const char *name, uint64_t max, uint32_t *out)
{
	uint64_t v;

	if (!statement_u64(st, name, &v) || v > max)
		return false;
	*out = (uint32_t)v;
	return true;
}

static bool
get(struct sight *v, const struct statement *st)
{
	return statement_u64(st, "ino", &v->ino) && statement_i64(st, "btime", &v->btime) &&
	       get_u32(st, "mode", 07777, &v->mode) && get_u32(st, "uid", UINT32_MAX, &v->uid) &&
	       get_u32(st, "append", 1, &v->append) && get_u32(st, "immutable", 1, &v->immutable);
}

bool
sights_get(struct sights *s, const struct statement *st, bool *ours)
{
	bool first = strcmp(st->verb, "first") == 0;

	*ours = first || strcmp(st->verb, "last") == 0;
	if (!*ours)
		return true;
	s->known = true;
	return get(first ? &s->first : &s->last, st);
}
