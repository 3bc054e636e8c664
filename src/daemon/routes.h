/* SPDX-License-Identifier: Apache-2.0
 *
 * routes: whether alerts arrive: a test alert goes out by each way, with the way's name in it, and
 * a person confirms it. What is known of each is kept in the store, and left to a check that needs
 * it (NEED_FACTS) as a file.
 */
#ifndef DAEMON_ROUTES_H
#define DAEMON_ROUTES_H

#include "daemon/ground.h"

/* The first three within a transaction. route "": the screen of this computer. */
int routes_test(const struct ground *on, const char *text, struct arena *a, struct err *e);
int routes_confirm(
    const struct ground *on, const char *route, const char *by, bool *tested, struct err *e);
/* When a way that is confirmed now is due for a new test, by the check that asks first;
 * INSTANT_NONE: no check asks. */
instant routes_due(const struct ground *on);
/* Of the screen of this computer; INSTANT_NONE: never. */
/* When a way was tested last, and when a person confirmed a test of it last. */
int routes_moments(
    const struct ground *on, const char *route, instant *tested, instant *confirmed, struct err *e);
int routes_tested_here(const struct ground *on, instant *tested, instant *confirmed, struct err *e);

/* Before a run of that check: leaves what is known in its folder. */
void routes_leave(const struct ground *on, const struct check_conf *k);

#endif
