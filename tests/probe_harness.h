/* SPDX-License-Identifier: Apache-2.0
 *
 * probe_harness: runs a probe's work inside a test, without a cell, and keeps what it emits.
 */
#ifndef TESTS_PROBE_HARNESS_H
#define TESTS_PROBE_HARNESS_H

#include "probes/probe.h"

struct harness {
	struct probe_ctx ctx; /* deadline 10 s from init on the system clock; state_fd -1 */
	struct arena *arena;  /* what was emitted lives here */
	struct item *items;
	size_t nitems, cap;
	struct host_clock host_clock;
	struct handed handed; /* what the test hands to the probe; nothing unless it is set */
	struct keep kept;     /* the last text that the probe had kept */
};

void harness_init(struct harness *h);
void harness_fini(struct harness *h);
void harness_clear(struct harness *h); /* forget the items of the run before */

/* The first item of a rule (and target, unless NULL), or NULL. */
const struct item *harness_item(const struct harness *h, const char *rule, const char *target);
size_t harness_count(const struct harness *h, const char *rule);
const char *harness_evidence(const struct item *it, const char *key);
const struct metric *harness_metric(const struct item *it, const char *name);

#endif
