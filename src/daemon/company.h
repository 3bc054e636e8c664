/* SPDX-License-Identifier: Apache-2.0
 *
 * company: letters to people wait for others, so that 60 checks that turn bad at once are one mail
 * or two. Programs never wait. A letter waits TELLER_COMPANY_WAIT; what has come until then goes
 * out as one, and what comes within COMPANY_NEXT after that as one more.
 */
#ifndef DAEMON_COMPANY_H
#define DAEMON_COMPANY_H

#include "daemon/ground.h"

#define COMPANY_NEXT (60 * SPAN_S)
#define COMPANY_MAX 500 /* alerts in one letter; the rest goes into the next */

/* Before letters of a way are fetched: makes one letter of those that waited for each other, if
 * their time has come. *next_at: CLOCK_BOOTTIME, the caller keeps it for the way: none before it.
 * Where nothing can be written, each letter goes by itself. */
void company_gather(const struct ground *on, const struct way *w, bool urgent, span *next_at);

#endif
