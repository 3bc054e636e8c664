/* SPDX-License-Identifier: Apache-2.0
 *
 * rows: items in the order of urgency, for the forms that people read.
 */
#ifndef SHOW_ROWS_H
#define SHOW_ROWS_H

#include "base/arena.h"
#include "show/report.h"

#define ROWS_FINE_MAX 4 /* fine items of one check that are listed; more become one line */
#define ROWS_SAME_MAX                                                                              \
	20 /* items of one check and level that are listed, unless all are asked for */

struct row {
	enum level level;
	const struct report_check *check;
	const struct item *item; /* of several: the first to end */
	size_t more;             /* this row also stands for so many others */
	bool fold;               /* it stands for them all, it is not one of them */
	enum sign sign;          /* the level, or that it is excepted */
};

/* Stop first, then act, unknown, plan, excepted, ok; within a level by the day to start, then by
 * title. */
struct row *rows_by_urgency(const struct report *r, bool all, struct arena *a, size_t *n);

/* Items with a deadline after r->now, the next to fail first. */
struct row *rows_by_deadline(const struct report *r, struct arena *a, size_t *n);

#endif
