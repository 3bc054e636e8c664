/* SPDX-License-Identifier: Apache-2.0
 *
 * tick: what changes by the passing of time alone: staleness, reminders, ends of silences and
 * acknowledgements, checks that are no longer configured.
 */
#ifndef DAEMON_TICK_H
#define DAEMON_TICK_H

#include "daemon/ground.h"

/* About once a minute; one transaction. Returns how long something waits at most until the check
 * that it hangs on was looked at; SPAN_MAX: nothing does. */
span tick(const struct ground *on);

#endif
