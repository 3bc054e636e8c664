/* SPDX-License-Identifier: Apache-2.0
 *
 * take: from a result to what is told: history, forecast, judgement, standings and letters, written
 * in one transaction. When the write fails nothing has happened, and the next run sees it again.
 */
#ifndef DAEMON_TAKE_H
#define DAEMON_TAKE_H

#include "daemon/digest.h"

/* The result of a check that has landed. first: the first look at a new machine hears of it.
 * *waits: how long something of it waits at most until the check that it hangs on was looked at;
 * SPAN_MAX: nothing does. -1: it could not be written. */
int take_result(const struct ground *on, struct digest *first, struct result *r,
    const struct check_conf *k, span *waits);

#endif
