/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is known of programs of ours that tried to command us.
 */
#include "daemon/commanded.h"

#include "base/text.h"
#include "daemon/journal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void
commanded_init(struct commanded *c, const struct ground *on)
{
	*c = (struct commanded){ .on = on, .since = INSTANT_NONE, .last = INSTANT_NONE };
}

bool
commanded_is_recent(const struct commanded *c)
{
	return c->last != INSTANT_NONE &&
	       instant_minus(world_now(c->on->world), c->last) < COMMANDED_REMEMBERED;
}

static void
name_it(struct commanded *c, const struct peer_origin *o, const char *for_whom)
{
	char name[PEER_NAME * 4]; /* each byte that is not UTF-8 becomes three */

	text_clean_buf(name, sizeof(name), o->name, strlen(o->name));
	snprintf(c->who, sizeof(c->who), "\"%s\", started for %s,", name[0] != '\0' ? name : "?",
	    for_whom[0] != '\0' ? for_whom : "a check or a sink");
}

static void
write_line(struct commanded *c)
{
	span now = world_mono(c->on->world);

	c->untold++;
	if (c->next_line != 0 && now < c->next_line)
		return;
	c->next_line = now + COMMANDED_LINE_EVERY;
	journal(JOURNAL_WARNING, "%s asked to %s: refused (%" PRIu64 " request%s)", c->who, c->what,
	    c->untold, c->untold == 1 ? "" : "s");
	c->untold = 0;
}

void
commanded_refused(
    struct commanded *c, const struct peer_origin *o, const char *for_whom, const char *what)
{
	instant now = world_now(c->on->world);

	if (!commanded_is_recent(c))
		c->since = now;
	c->last = now;
	c->refused++;
	name_it(c, o, for_whom);
	snprintf(c->what, sizeof(c->what), "%s", what);
	write_line(c);
}
