/* SPDX-License-Identifier: Apache-2.0
 *
 * gauges: what the daemon knows of itself and of its checks, as OpenMetrics: for the textfile of a
 * collector, and over the control socket for forewarn-metrics.
 */
#ifndef DAEMON_GAUGES_H
#define DAEMON_GAUGES_H

#include "base/str.h"
#include "daemon/commanded.h"
#include "daemon/posts.h"

#define GAUGES_MAX ((size_t)16 << 20) /* bytes of the text */

struct gauges {
	const struct ground *on;
	const struct posts *posts;
	const struct commanded *commanded;
	uint64_t
	    failing; /* sinks, by their bit, whose file could not be written: told in the log */
};

void gauges_init(struct gauges *g, const struct ground *on, const struct posts *posts,
    const struct commanded *commanded);

int gauges_text(struct gauges *g, struct str *out, struct err *e); /* appends */

/* Each minute: to the files of the sinks of type metrics. No cell: it opens no connection. */
void gauges_write(struct gauges *g);

#endif
