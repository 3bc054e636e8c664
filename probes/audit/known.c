/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the list of the segments of a log.
 */
#include "known.h"

#include <string.h>

struct segment *
known_add_segment(struct state *s, size_t at, const char *name)
{
	s->segs = arena_grow(s->arena, s->segs, s->nsegs, &s->segs_cap, sizeof(*s->segs));
	memmove(&s->segs[at + 1], &s->segs[at], (s->nsegs - at) * sizeof(*s->segs));
	s->nsegs++;
	memset(&s->segs[at], 0, sizeof(s->segs[at]));
	s->segs[at].name = arena_text(s->arena, name);
	s->dirty = true;
	return &s->segs[at];
}

void
known_drop_segment(struct state *s, size_t i)
{
	s->nsegs--;
	memmove(&s->segs[i], &s->segs[i + 1], (s->nsegs - i) * sizeof(*s->segs));
	s->dirty = true;
}

struct segment *
known_active(const struct state *s)
{
	for (size_t i = 0; i < s->nsegs; i++)
		if (s->segs[i].state == SEG_ACTIVE)
			return &s->segs[i];
	return NULL;
}

const struct segment *
known_segment(const struct state *s, uint64_t id)
{
	for (size_t i = 0; i < s->nsegs; i++)
		if (s->segs[i].id == id)
			return &s->segs[i];
	return NULL;
}

void
known_date(struct segment *g, const struct record_info *info, const struct order *o)
{
	if (!info->has_time || g->oldest != 0)
		return;
	if (!info->yearless)
		g->oldest = info->at;
	else if (o != NULL && o->timed)
		g->oldest = o->newest;
}
