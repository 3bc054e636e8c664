/* SPDX-License-Identifier: Apache-2.0
 *
 * old_degraded: ends what forewarn 0.1.0 told of a dead sink. It did so under a check "forewarnd",
 * which is no more; the check `forewarn` goes on with it.
 */
#ifndef DAEMON_OLD_DEGRADED_H
#define DAEMON_OLD_DEGRADED_H

#include "daemon/ground.h"

/* Within a transaction. since: as 0.1.0 noted it. Tells nothing where the check `forewarn` has
 * looked at the sink already. -1 with *e: roll back. */
int old_degraded_end(const struct ground *on, const struct way *w, instant since, struct err *e);

#endif
