/* SPDX-License-Identifier: Apache-2.0
 *
 * commanded: programs that forewarnd started itself, for a check or a sink, and that asked at the
 * control socket to change what people are told. Each request was refused; here it is remembered
 * for the journal, for the check of itself and for collectors, until forewarnd is started anew.
 */
#ifndef DAEMON_COMMANDED_H
#define DAEMON_COMMANDED_H

#include "cell/peer.h"
#include "daemon/ground.h"

#define COMMANDED_REMEMBERED SPAN_DAY /* how long after the last request it is a finding */
#define COMMANDED_LINE_EVERY SPAN_MIN /* of the journal: one line, however many requests */
#define COMMANDED_WORDS 200           /* bytes, with the NUL */

struct commanded {
	const struct ground *on;
	uint64_t refused;          /* requests */
	instant since, last;       /* wall: of this finding; INSTANT_NONE: there was none */
	char who[COMMANDED_WORDS]; /* "x" (process 7), started for check "disk": of the last */
	char what[COMMANDED_WORDS];
	uint64_t untold; /* requests that the journal has not heard of */
	span next_line;  /* mono: not before then; 0: none was written */
};

void commanded_init(struct commanded *c, const struct ground *on);

/* A request was refused. what: "silence alerts", behind "asked to"; for_whom: "check \"disk\"", ""
 * not known. Both are copied. */
void commanded_refused(
    struct commanded *c, const struct peer_origin *o, const char *for_whom, const char *what);

/* Whether there was one within the last day. */
bool commanded_is_recent(const struct commanded *c);

#endif
