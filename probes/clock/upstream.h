/* SPDX-License-Identifier: Apache-2.0
 *
 * upstream: what a server says that it follows (its reference, RFC 5905, 7.3). Pure but for
 * upstream_is_here.
 */
#ifndef CLOCK_UPSTREAM_H
#define CLOCK_UPSTREAM_H

#include "ntp.h"
#include "probes/net/address.h"

/* From this stratum on a server that follows its own clock calls itself a stopgap: chrony's `local`
 * is 10 and ntpd's local clock makes 11 unless somebody chose otherwise. */
#define UPSTREAM_STOPGAP 10
#define UPSTREAM_ORPHAN 5 /* the lowest stratum that manuals of orphan mode show */
#define UPSTREAM_NO_REFERENCE 11

/* Whether it follows nothing but its own clock: reference 127.127.x.x (ntpd's and chrony's local
 * clock), LOCL (Windows; RFC 5905, figure 12), 127.0.0.1 (ntpd's orphan mode), or none at all. */
bool upstream_own_clock(const struct ntp_answer *a);

/* Whether it does, and does not claim to be a reference by a stratum that was chosen for it. */
bool upstream_stopgap(const struct ntp_answer *a);

/* Whether two servers that have this reference follow the same source: not at stratum 1, where
 * the reference names a kind ("GPS"), nor for addresses that mean another machine each time. */
bool upstream_names_source(const struct ntp_answer *a);

/* Whether this computer itself has that address, by the kernel's choice of the way there. */
bool upstream_is_here(const struct net_address *to);

#endif
