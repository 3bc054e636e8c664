/* SPDX-License-Identifier: Apache-2.0
 *
 * report: the items of a look, a file for each group of rules. Each emits at least one item.
 */
#ifndef PROBES_PATCHES_REPORT_H
#define PROBES_PATCHES_REPORT_H

#include "look.h"

#define REPORT_NAMES_MAX 5                 /* packages named in a summary */
#define REPORT_LISTED_MAX 200              /* in the evidence */
#define UNATTENDED_READ ((size_t)32 << 20) /* bytes of a log of installations that are read */

/* A security update that waits. */
struct waiting {
	const struct apt_package *package;
	const char *blocked; /* by what, a finding of patches.blocked; NULL: by nothing */
	instant first;       /* when this check first saw it */
	instant before;      /* it did not wait before that; INSTANT_NONE: not known */
};

struct waitings {
	struct waiting *v;
	size_t n, cap;
	size_t phased;  /* security updates that a rollout in steps has not let in yet */
	size_t unclear; /* kept back, and of what archive is not known */
};

/* Those of a look, oldest first; notes them in its memory. */
void waitings_find(struct look *l, struct arena *a, struct waitings *out);

void report_age(const struct probe_ctx *ctx, const struct patches_conf *c, const struct look *l,
    const struct waitings *w);
void report_blocked(const struct probe_ctx *ctx, const struct look *l, const struct waitings *w);
void report_lists(const struct probe_ctx *ctx, const struct look *l);
void report_reboot(const struct probe_ctx *ctx, struct look *l);
void report_support(
    const struct probe_ctx *ctx, const struct patches_conf *c, const struct look *l);
void report_sources(const struct probe_ctx *ctx, const struct look *l);

#endif
