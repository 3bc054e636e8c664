/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which parts of a log are compared in a run, and what becomes of a difference.
 */
#include "recheck.h"

#include "compare.h"
#include "finding.h"
#include "lost.h"
#include "takeover.h"

#include <inttypes.h>
#include <string.h>

static void
take_form(struct state *s, struct segment *g, const struct difference *d, bool all)
{
	memset(g->form, 0, HASH_SIZE);
	if (all)
		memcpy(g->form, d->form, HASH_SIZE);
	s->dirty = true;
}

/* That it is changed was found before: and is open still, or a person accepted it as it is now. */
static bool
is_told(struct state *s, struct segment *g, const struct difference *d, bool all)
{
	static const uint8_t unknown[HASH_SIZE];

	if (!finding_has(s, "edited", g->id))
		return false;
	if (all && memcmp(g->form, unknown, HASH_SIZE) == 0)
		take_form(s, g, d, all);
	return !all || finding_is_open(s, "edited", g->id) ||
	       memcmp(g->form, d->form, HASH_SIZE) == 0;
}

static void
compared(void *self, struct segment *g, const struct difference *d, bool all)
{
	struct log *l = self;

	if (d->chunks == 0 && all && g->flawed) {
		g->flawed = false;
		finding_drop(&l->s, "edited", g->id);
		state_sayf(&l->s, "fw1 restored stream=%s seg=%" PRIu64 " at=%" PRId64, l->s.id,
		    g->id, l->now);
	}
	if (d->chunks == 0 || (g->flawed && is_told(&l->s, g, d, all)))
		return;
	g->flawed = lost_say_changed(l, g);
	take_form(&l->s, g, d, all);
}

bool
recheck(struct log *l)
{
	struct state *s = &l->s;
	struct comparer c = {
		.s = s, .clk = l->clk, .until = l->until, .found = compared, .self = l
	};
	bool due = !l->gentle && instant_minus(l->now, s->verified) >= l->conf->verify;
	struct err why = { 0 };
	int rc = 1;

	if (due || (s->cursor > 0 && !l->gentle)) {
		rc = compare_all(&c, &why);
		if (rc == 1)
			s->verified = l->now;
	} else {
		for (size_t i = 0; i < s->nsegs && rc == 1; i++)
			if (s->segs[i].recheck && s->segs[i].file != NULL &&
			    s->segs[i].state != SEG_LOST)
				rc = compare_segment(&c, &s->segs[i], &why);
		if (rc == 0 && s->cursor == 0)
			s->verified = 0; /* the whole round, over several runs */
	}
	comparer_fini(&c);
	takeover(l, due);
	if (c.unreadable != NULL)
		log_unsure(l, c.unreadable, &c.why);
	return rc >= 0;
}
