/* SPDX-License-Identifier: Apache-2.0
 *
 * ask: asks all servers at once, over one socket a family, and keeps what they said.
 *
 * Manners: servers limit clients (ntpd's `limited`: 2 s between two requests, 8 s on average;
 * chronyd's `ratelimit`: 8 at once, then one in 8 s). So a server on this machine is asked again at
 * once, one in the network two seconds later: until ESTIMATE_FEW samples agree that this clock is
 * within its limits, and on up to `samples` while that is open or denied. A server that says RATE,
 * DENY or RSTR is not asked again in this run.
 *
 * The more requests are on their way, the longer their answers wait in the queue of the socket and
 * the wider the bound gets (about 5 us at 1, 14 at 4, 50 at 16). So the window is 4 and only grows
 * with the number of servers: a few are measured well, a thousand quickly.
 */
#ifndef CLOCK_ASK_H
#define CLOCK_ASK_H

#include "asked.h"

/* Asks the *n servers, whose `where` and `configured` are set and all else zero. Names that lead to
 * several addresses add servers behind them and to *n, up to `room` in all. Returns with every
 * server done or `cut`. Those with nts are left alone. -1 with *e set: nothing could be asked at
 * all. */
int ask_all(
    const struct ask_plan *plan, struct ask_server *servers, size_t *n, size_t room, struct err *e);

/* The same, and those with nts at the same time, in a worker that has probes/nts. trust: as in
 * nts_start. */
int ask_with_nts(const struct ask_plan *plan, const char *trust, struct ask_server *servers,
    size_t *n, size_t room, struct err *e);

#endif
