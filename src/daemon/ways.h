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

struct way {
	const struct sink_conf *conf;
	const struct sink_spec *spec;
	const char *format; /* of its letters; NULL: it gets none */
	struct body_terms terms;
	unsigned bit;
	uint32_t levels; /* a bit a level */
};

struct ways {
	struct way v[WAYS_MAX]; /* in the order of the configuration */
	size_t n;
};

/* From a generation, which it points into; reads templates. -1 with *e set: it cannot be built. */
int ways_make(struct ways *w, const struct generation *g, struct err *e);
/* Within a transaction: gives each its bit. */
int ways_number(struct ways *w, const struct generation *g, struct store *s, struct err *e);

uint64_t ways_for(const struct ways *w, enum level l); /* bits of those that want it */
/* Of those whose receivers keep alerts in memory only. */
uint64_t ways_forgetful(const struct ways *w);
uint64_t ways_all(const struct ways *w);
bool way_has_cell(const struct way *w); /* its letters go out through a sink cell */

#endif
