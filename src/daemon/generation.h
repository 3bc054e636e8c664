/* SPDX-License-Identifier: Apache-2.0
 *
 * generation: one configuration and what is made from it alone. The one place that makes the
 * fingerprint of a thing, and the pattern of all fingerprints of a check.
 */
#ifndef DAEMON_GENERATION_H
#define DAEMON_GENERATION_H

#include "conf/conf.h"
#include "watch/runner.h"

struct generation {
	struct conf *conf;         /* owned */
	struct arena *arena;       /* of what is made from it */
	const char *site;          /* of the configuration, else the host's name */
	const char *host;          /* lent: this computer's name */
	const struct fence *fence; /* of all its cells */
	struct run_spec *specs;    /* one a check, in the order of conf->checks */
};

/* Takes c over, and adds the check that the daemon makes of itself (probes/builtin.c), the last
 * one. host is lent. */
void generation_make(struct generation *g, struct conf *c, const char *host);
void generation_end(struct generation *g); /* frees it; a zeroed one is fine */

/* It is that one: no worker runs it. */
bool generation_is_builtin(const struct check_conf *k);

/* site/host/check/target/rule */
const char *generation_fingerprint(const struct generation *g, const char *check,
    const char *target, const char *rule, struct arena *a);
/* What every fingerprint of the check begins with, as it is. */
const char *generation_prefix(const struct generation *g, const char *check, struct arena *a);
/* The text as a pattern of fnmatch(3) that means nothing but itself. */
const char *generation_escape(const char *text, struct arena *a);
/* fnmatch(3): every fingerprint of the check and no other, whatever signs are in its names. */
const char *generation_pattern(const struct generation *g, const char *check, struct arena *a);

const char *generation_person(const struct generation *g, const char *id); /* name, or NULL */

#endif
