/* SPDX-License-Identifier: Apache-2.0
 *
 * record: what happened is kept for later questions (store/records.h), in the transaction that
 * takes a result or lets time pass. It decides nothing and tells nobody.
 */
#ifndef DAEMON_RECORD_H
#define DAEMON_RECORD_H

#include "daemon/ground.h"

/* A standing became another: its level, and an alert that was raised. */
int record_change(const struct ground *on, const char *fingerprint, const struct standing *before,
    const struct standing *after, struct err *e);

/* The thing is no longer watched. */
int record_gone(const struct ground *on, const char *fingerprint, struct err *e);

/* A check gave a result, or failed to: what its last result covered, and since when nothing was
 * seen. run: the standing of the check's run before this result. */
int record_run(const struct ground *on, const char *fingerprint, const struct standing *run,
    instant taken, struct err *e);

/* The dates that a whole run saw on things of the check. */
int record_dates(const struct ground *on, const struct check_conf *k, const struct result *r,
    struct arena *a, struct err *e);

#endif
