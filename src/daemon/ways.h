/* SPDX-License-Identifier: Apache-2.0
 *
 * ways: the sinks of the configuration in force, as ways to tell: how a letter is written for each,
 * which levels it wants, and its bit in "who was told", which it keeps over restarts.
 */
#ifndef DAEMON_WAYS_H
#define DAEMON_WAYS_H

#include "daemon/generation.h"
#include "judge/policy.h"
#include "sinks/specs.h"
#include "store/store.h"
#include "tell/body.h"

#define WAYS_MAX POLICY_SINKS_MAX
_Static_assert(WAYS_MAX == CONF_SINKS_MAX, "a bit for each sink of a configuration");

struct way {
	const struct sink_conf *conf;
	const struct sink_spec *spec;
	const char *format; /* of its letters; NULL: it gets none */
	struct body_terms terms;
	unsigned bit;
	uint32_t levels; /* a bit a level */
	bool for_people; /* many alerts at once are one letter */
	bool has_hours;
	struct week_hours hours; /* outside of them what is not stop waits */
};

struct ways {
	struct way v[WAYS_MAX]; /* in the order of the configuration */
	size_t n;
};

/* From a generation, which it points into; reads templates. -1 with *e set: it cannot be built. */
int ways_make(struct ways *w, const struct generation *g, struct err *e);
/* Within a transaction: gives each its bit. */
int ways_number(struct ways *w, const struct generation *g, struct store *s, struct err *e);

/* Bits of those that want at once what a check has to say. k NULL: of no check in particular. */
uint64_t ways_for(const struct ways *w, const struct check_conf *k, enum level l);
/* Those that want it when nobody has taken it for a while; their number. */
size_t ways_late(
    const struct ways *w, const struct check_conf *k, struct policy_late late[WAYS_MAX]);
/* Whether any way to a person or a program takes it, at once or later. */
bool ways_take(const struct ways *w, const struct check_conf *k, enum level l);
/* Within its hours. now: wall. */
bool way_is_open(const struct way *w, instant now);
/* Of those whose receivers keep alerts in memory only. */
uint64_t ways_forgetful(const struct ways *w);
uint64_t ways_all(const struct ways *w);
bool way_has_cell(const struct way *w); /* its letters go out through a sink cell */

#endif
