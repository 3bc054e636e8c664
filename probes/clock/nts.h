/* SPDX-License-Identifier: Apache-2.0
 *
 * nts: authenticated time (RFC 8915). Its work is in probes/nts, which is linked into a worker of
 * its own, probe-nts, with all of this folder; in probe-clock there is none of it.
 */
#ifndef CLOCK_NTS_H
#define CLOCK_NTS_H

#include "probes/probe.h"

#define NTS_WHY 240

/* What became of asking one server, besides its samples. Seconds since 1970. */
struct nts_seen {
	bool reached;      /* it answered at all */
	bool outside;      /* its certificate is not valid on the date that this computer shows */
	bool proven;       /* its certificate was looked at and is its own */
	bool unproven;     /* it answered, and what it says is not proven to be its own */
	int64_t from, to;  /* validity of its certificate, last second included; 0, 0: not seen */
	char why[NTS_WHY]; /* why there is no sample; goes on after the name of the server */
};

struct ask_plan;
struct ask_server;
struct nts_run;

/* Starts asking those of the n servers that have `where.nts`, in threads. trust: a file or folder
 * of authorities, NULL: this computer's. NULL with *e set. */
__attribute__((weak)) struct nts_run *nts_start(const struct ask_plan *plan, const char *trust,
    const struct ask_server *servers, size_t n, struct err *e);

/* Waits for them, until plan->deadline at most, and fills those servers as ask_all fills others,
 * and their `nts`. */
__attribute__((weak)) void nts_wait(
    struct nts_run *run, const struct ask_plan *plan, struct ask_server *servers, size_t n);

/* Before the worker's rights are dropped: the authorities that vouch for servers. */
__attribute__((weak)) void nts_before(const char *trust);

#endif
