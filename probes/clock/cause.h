/* SPDX-License-Identifier: Apache-2.0
 *
 * cause: marks by which a known trouble of time servers is told from others. Pure.
 */
#ifndef CLOCK_CAUSE_H
#define CLOCK_CAUSE_H

#include "ntp.h"

#include <stdbool.h>

/* GPS counts weeks modulo 1024 (IS-GPS-200, 20.3.3.3.1.1): a receiver that takes the wrong era is
 * off by whole multiples of that, give or take what its clock and ours are wrong by. */
#define CAUSE_GPS_ERA (1024LL * 7 * 86400) /* seconds */
#define CAUSE_GPS_NEAR (86400LL)           /* seconds */

/* How many eras two times that differ by `offset` ns are apart; 0: it is no such difference. */
unsigned cause_gps(int64_t offset);

/* The same for a server's stamp that names no possible date. local: this clock, ns since 1970. */
unsigned cause_gps_stamp(uint64_t stamp, int64_t local);

/* Whether a leap second may be near at that moment (ns since 1970): the ends of June and December,
 * UTC. Servers that spread it differ from others for up to a day (IERS; Google and Amazon smear
 * from noon to noon). */
#define CAUSE_LEAP_NEAR (86400LL) /* seconds */
bool cause_leap_near(int64_t now);

/* Windows says 10 s of root dispersion where nobody chose another: LocalClockDispersion. */
#define CAUSE_WINDOWS (10 * NS_S)
bool cause_windows(const struct ntp_answer *a);

#endif
