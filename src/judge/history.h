/* SPDX-License-Identifier: Apache-2.0
 *
 * history: which samples are kept. All of the newest days, then the first of each hour, then the
 * first of each day, then none. Hours and days are those of UTC, so that thinning again, later or
 * in parts, keeps the very same samples as thinning once.
 */
#ifndef JUDGE_HISTORY_H
#define JUDGE_HISTORY_H

#include "model/sample.h"

#include <stdbool.h>
#include <stddef.h>

#define HISTORY_ALL (2 * SPAN_DAY)    /* up to this age: every one */
#define HISTORY_HOURS (30 * SPAN_DAY) /* up to this age: one an hour */
#define HISTORY_DAYS (730 * SPAN_DAY) /* up to this age: one a day */
#define HISTORY_AHEAD (1 * SPAN_DAY)  /* stamped further in the future: the clock was wrong then */

/* What can be left of any series that is measured every `every`. */
#define HISTORY_KEPT_MAX(every)                                                                    \
	((size_t)(HISTORY_ALL / (every)) + 1 + (size_t)(HISTORY_HOURS / SPAN_H) + 2 +              \
	    (size_t)(HISTORY_DAYS / SPAN_DAY) + 2)

/* at: times of n samples of one series, ascending. Sets drop[i] for each; returns how many are
 * dropped. */
size_t history_thin(const instant *at, size_t n, instant now, bool *drop);

/* For a drawing: of n samples, oldest first, at most `max` (even, 2 or more) are left at the front
 * of v, in their order: of each group of neighbours the least and the greatest, so that no peak is
 * lost. Returns how many. */
size_t history_outline(struct sample *v, size_t n, size_t max);

#endif
