/* SPDX-License-Identifier: Apache-2.0
 *
 * digest: what is told at once for many: the inventory of a new machine, and the plan of the day,
 * which is the only word about what can wait.
 */
#ifndef DAEMON_DIGEST_H
#define DAEMON_DIGEST_H

#include "daemon/ground.h"

/* A new machine: once every check had its first result, one digest counts what was found. */
struct digest {
	const struct ground *on;
	bool inventory;  /* that is going on */
	bool *had_first; /* of each check, in the order of the configuration, with which it lies */
};

void digest_init(struct digest *d, const struct ground *on);

/* Another configuration is in force. */
void digest_adopt(struct digest *d);

/* A check had its result. */
void digest_had(struct digest *d, const struct check_conf *k);

/* Each turn: the inventory, when all have been looked at, or after five minutes. */
void digest_inventory(struct digest *d);
/* Each minute: the digest of the day, once, from 7 in the morning. */
void digest_daily(struct digest *d);

#endif
