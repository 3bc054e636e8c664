/* SPDX-License-Identifier: Apache-2.0
 *
 * clock: the clock of this machine against time servers (SNTPv4; RFC 5905, RFC 4330).
 *
 * Everywhere in this folder an offset is local - true: positive means that this clock is fast. It
 * is in nanoseconds (int64_t, 292 years either way) inside, in seconds in metrics.
 */
#ifndef CLOCK_CLOCK_H
#define CLOCK_CLOCK_H

#include "probes/probe.h"

#define CLOCK_SAMPLES_MAX 16
#define CLOCK_NAME_MAX 253 /* RFC 1035, 2.3.4, as text without the last dot */
#define CLOCK_PORT 123
#define CLOCK_NTS_PORT 4460 /* of the exchange of keys; RFC 8915, 6 */
#define CLOCK_TARGET "this clock"
#define CLOCK_MAX_OFFSET SPAN_S /* where neither max_offset nor preset is given */

struct clock_conf {
	struct texts servers;
	int64_t samples;
	const char *preset; /* a name of preset.h, or NULL */
	span max_offset;    /* 0: not set; preset_apply fills it before anything is measured */
	span warn_offset;   /* 0: half of max_offset */
	const char *family;
	const char *trust; /* NULL: what this computer trusts */
};

/* Where a text of `servers` leads to. */
struct clock_server {
	char name[CLOCK_NAME_MAX + 1]; /* without the brackets of an address */
	uint16_t port;
	bool nts; /* "nts://": authenticated time (RFC 8915) is asked for; the port is that of keys
		   */
};

/* "host", "host:port", "v4:port", "[v6]:port", "[v6]", "v6", each with "nts://" before it. -1 with
 * *e set. Pure. */
int clock_server_parse(const char *text, struct clock_server *out, struct err *e);

/* The limit that is in force for the level "do it now". */
span clock_warn_offset(const struct clock_conf *conf);

#endif
