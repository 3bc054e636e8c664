/* SPDX-License-Identifier: Apache-2.0
 *
 * reach: whether the places that work depends on can be reached, and if not, whether that is this
 * side's line or theirs. No place is asked by ping: nobody may without rights. Intervals in
 * nanoseconds.
 */
#ifndef REACH_REACH_H
#define REACH_REACH_H

#include "base/week.h"
#include "probes/net/written.h"
#include "probes/probe.h"

#define REACH_TARGETS_MAX 32 /* of each list of one check: each has a thread of its own */
#define REACH_WORDS_MAX 200  /* bytes that a page must have */

struct reach_conf {
	struct texts targets, closed, references, resolvers, redirects;
	const char *words, *hours;
	span down;
};

enum reach_way { REACH_TCP, REACH_HTTP, REACH_HTTPS, REACH_DNS };

/* One text of a list: "https://portal.example/login", "Customs portal = tcp://filing.example:5001",
 * "dns://portal.example". */
struct reach_target {
	enum reach_way way;
	struct written at;
};

/* -1 with *e set. Pure. */
int reach_target_parse(const char *text, struct reach_target *out, struct err *e);

/* "192.0.2.53", "[2001:db8::53]:5353". -1 with *e set. Pure. */
int reach_resolver_parse(const char *text, struct reach_target *out, struct err *e);

#endif
