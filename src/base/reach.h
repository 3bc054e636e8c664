/* SPDX-License-Identifier: Apache-2.0
 *
 * reach: what the service manager or a container keeps from this process, of which the kernel says
 * nothing when it is asked: it answers, and the answer is narrower than the computer is.
 */
#ifndef BASE_REACH_H
#define BASE_REACH_H

#include <stdbool.h>

/* Ordinary accounts of people (login.defs(5): UID_MIN to UID_MAX). */
#define REACH_PEOPLE_FIRST 1000UL
#define REACH_PEOPLE_LAST 59999UL

/* Whether the accounts of people have their own numbers here. False: in a user namespace that maps
 * none of them all are the same nobody, who asks at a socket and who owns a file
 * (user_namespaces(7), PrivateUsers= of systemd.exec(5)). Reads /proc/self/uid_map; without one:
 * true. Does not block. */
bool reach_people(void);

/* Whether programs of other users can be seen in /proc: false under its option hidepid (proc(5),
 * ProtectProc= of systemd.exec(5)), or where there is no /proc. Does not block. */
bool reach_programs(void);

/* reach_people of a map: lines of `first here, first outside, how many`. */
bool reach_maps_people(const char *map);

#endif
