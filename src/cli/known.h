/* SPDX-License-Identifier: Apache-2.0
 *
 * known: what forewarnd answers about its checks, as a judged report. For `status` and `certs`.
 */
#ifndef CLI_KNOWN_H
#define CLI_KNOWN_H

#include "cli/overlay.h"
#include "cli/page.h"
#include "judge/judge.h"

/* The answer, in arrays that grow in the arena, which the caller sets; all else begins as 0. */
struct known {
	struct arena *a;
	struct ctl_head head;
	struct report_check *shown;
	struct result *results; /* an array of pointers would move less; n is small */
	struct judge_terms *terms;
	size_t n, cap_shown, cap_results, cap_terms, cap_items;
	struct overlay over;
	struct page_series *series;
	size_t *series_of; /* their checks: results moves while it grows */
	size_t nseries, cap_series, cap_series_of;
	struct ctl_route *routes;
	size_t nroutes, cap_routes;
	uint32_t left; /* items that belong to the last check */
};

/* Asks forewarnd at the socket: CTL_STATUS, or CTL_HISTORY with the series of a page, of the check
 * `only` ("": of all). 0, or -1 with *e set as control_ask does. Blocks. */
int known_ask(struct known *k, const char *socket, uint32_t kind, const char *only, struct err *e);

/* The report of the checks asked for (none: of all), judged now, or at a moment given by hand (at
 * is not INSTANT_NONE). all: what forewarnd finds of itself too, where it is well. It lends what is
 * in k. 0, or -1: one of them is not watched, that was told, and *code is the exit code. */
int known_report(
    struct known *k, char **ids, int nids, instant at, bool all, struct report *out, int *code);

#endif
