/* SPDX-License-Identifier: Apache-2.0
 *
 * refusals: servers that do not want to be asked are obeyed across runs (kiss codes; RFC
 * 5905, 7.4). DENY and RSTR: not asked again until a person accepts the finding, at most
 * REFUSAL_DENIED. RATE: a pause that doubles each time. Times are this clock's; one that was set
 * back does not prolong a pause beyond its length.
 */
#ifndef CLOCK_REFUSALS_H
#define CLOCK_REFUSALS_H

#include "asked.h"
#include "memory.h"

#define REFUSAL_DENIED (30 * SPAN_DAY)
#define REFUSAL_RATE (2 * SPAN_MIN) /* the first pause */
#define REFUSAL_RATE_MAX SPAN_DAY
#define REFUSAL_ID 17 /* 16 hex digits */

/* The refusal in force for an address; NULL: it may be asked. */
const struct refusal *refusal_of(
    const struct memory *m, const struct net_address *address, int64_t wall);

/* The identity by which a person ends it. */
void refusal_id(const struct refusal *r, char id[REFUSAL_ID]);

/* Ends those that people accepted. */
void refusals_accept(struct memory *m, const struct probe_ctx *ctx);

/* Takes over what the n servers of this run said. */
void refusals_note(
    struct memory *m, const struct ask_server *s, size_t n, int64_t wall, struct arena *a);

#endif
