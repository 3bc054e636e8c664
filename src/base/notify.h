/* SPDX-License-Identifier: Apache-2.0
 *
 * notify: sd_notify(3) by hand: what the service manager is told. Nothing happens without one.
 */
#ifndef BASE_NOTIFY_H
#define BASE_NOTIFY_H

#include "base/span.h"

/* "READY=1", "RELOADING=1\nMONOTONIC_USEC=...", "STOPPING=1", "STATUS=...", "WATCHDOG=1". */
void notify_send(const char *state);

/* How often the watchdog wants to hear from us; 0: there is none. Half of what it allows. */
span notify_watchdog(void);

#endif
