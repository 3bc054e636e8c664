/* SPDX-License-Identifier: Apache-2.0
 *
 * daemon_join: what a result and the passing of time need alike to ask the policy: the row of a
 * fingerprint, what people said about it, what it hangs on. Within a transaction; -1 with *e: roll
 * back.
 */
#ifndef DAEMON_CONTEXT_H
#define DAEMON_CONTEXT_H

#include "daemon/daemon.h"

/* The standing of a check's own run, on which its items hang. */
#define JOIN_RUN_TARGET "run"
#define JOIN_RUN_RULE "run"

struct join {
	struct daemon *d;
	const struct check_conf *k; /* NULL: no longer configured */
	struct arena *a;
	instant now;
	struct store_silence *silences;
	size_t nsilences;
	struct store_exception *exceptions;
	size_t nexceptions;
	struct silence quiet; /* while one of quiet_when_running runs; until 0: none */
};

/* Of all standings of a check the worst: what hangs on it looks there. */
struct worst {
	struct standing st;
	bool any;
};

/* What people said about fingerprints, from the store. */
int join_said(struct join *j, struct err *e);

void join_now(struct join *j, const char *fp, const struct standing *parent, struct policy_now *n);

/* The row of a fingerprint, made when it is new. */
int join_row(struct join *j, const char *fp, const char *target, const char *rule,
    struct store_standing *row, struct err *e);

/* How many alerts are quiet because of this check, its own items' and those of the checks below. */
int join_suppressed(struct join *j, const struct check_conf *of, uint64_t *n, struct err *e);

/* The check that j->k hangs on. */
int join_above(struct join *j, struct worst *w, struct err *e);

/* What an item of j->k hangs on: that check if it is in trouble, else the run of its own. *parent
 * points into above or room. */
int join_run(struct join *j, const struct worst *above, const struct standing **parent,
    struct standing *room, struct err *e);

/* While an instrument measures, only stop is told. */
struct silence join_quiet(const struct join *j);

/* The item as the newest result has it, judged; NULL if it has none. */
const struct item *join_item(struct join *j, const char *target, const char *rule);

#endif
