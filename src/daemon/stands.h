/* SPDX-License-Identifier: Apache-2.0
 *
 * stands: how everything that is watched stands now. Every view is made of this one list: what
 * status, alerts, page and tray are told, the metrics, and the counts of heartbeat and digest.
 */
#ifndef DAEMON_STANDS_H
#define DAEMON_STANDS_H

#include "daemon/ground.h"
#include "model/result.h"
#include "model/stand.h"

/* One row and what is known of it now. All of it is lent for the length of the call. */
struct stands_row {
	const struct store_standing *row;
	const struct check_conf *check; /* NULL: no longer configured */
	const struct item *item;        /* as the newest result has it, judged; NULL: it has not */
	struct stand stand;
	enum gate gate;                          /* GATE_EXCEPTED exactly when `exception` is set */
	const struct store_exception *exception; /* covers it now; NULL: none does */
	instant tried, succeeded;                /* of the check, as results_times has them */
};

/* Calls each for every row (check NULL: of all checks), in order of the fingerprint. The callback
 * must not write. -1 with *e set. */
int stands_each(const struct ground *on, const char *check,
    void (*each)(void *self, const struct stands_row *r), void *self, struct err *e);

#endif
