/* SPDX-License-Identifier: Apache-2.0
 *
 * self: the check `forewarn`, which the daemon makes of itself: each sink, the configuration in
 * force, the memory and the room for it, jumps and suspends of this computer's clock, files for
 * collectors, programs that could not start. A result like any other: judged, told, shown.
 */
#ifndef DAEMON_SELF_H
#define DAEMON_SELF_H

#include "daemon/commanded.h"
#include "daemon/digest.h"
#include "daemon/gauges.h"
#include "daemon/posts.h"
#include "daemon/runs.h"

#define SELF_EVERY (5 * SPAN_MIN) /* when nothing has changed */
#define SELF_REASON 400           /* bytes of a reason that is kept */

struct self {
	const struct ground *on;
	struct digest *digest;
	struct posts *posts;
	const struct gauges *gauges;
	const struct runs *runs;
	const struct commanded *commanded;
	char config_fault[SELF_REASON]; /* why the file is not in force; "": it is */
	char status[SELF_REASON];       /* as the service manager was told last */
	instant config_since;           /* wall: since the reload that failed */
	bool room_short;         /* as last found: it ends only with more room than it began with */
	bool aside;              /* a damaged database lies in the folder, as last found */
	instant jumped_at;       /* of the clock, as last found; INSTANT_NONE: no jump */
	instant commanded_since; /* of that finding, as last found; INSTANT_NONE: there is none */
	bool changed;            /* something to say: now, not when it is due */
	span next, last; /* CLOCK_BOOTTIME: when it notices again; when it looked, 0: never */
};

void self_init(struct self *s, const struct ground *on, struct digest *digest, struct posts *posts,
    const struct gauges *gauges, const struct runs *runs, const struct commanded *commanded);

/* A reload failed with that reason; NULL: the file is in force. */
void self_configured(struct self *s, const char *fault);

/* What was found of the sinks before this daemon started goes on. */
void self_remember(struct self *s);

/* Each turn: looks when it is due or something has changed. True: it has, and that is committed. */
bool self_look(struct self *s);
span self_next(const struct self *s); /* CLOCK_BOOTTIME */

#endif
