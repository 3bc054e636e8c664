/* SPDX-License-Identifier: Apache-2.0
 *
 * dates: days as people and spreadsheets write them. Which of day and month stands first in
 * 03/04/2027 is found out for a whole list or said by the check, and never guessed for a row. Pure.
 */
#ifndef PROBES_REGISTER_DATES_H
#define PROBES_REGISTER_DATES_H

#include "base/span.h"

#include <stdbool.h>

#define NUMBER_FIRST 20000 /* numbers of days that Excel may have left in a cell: 1954 */
#define NUMBER_LAST 80000  /* to 2119 */

enum date_order {
	ORDER_UNKNOWN,       /* no date of the list tells */
	ORDER_DAY_FIRST,     /* 31/12/2027 */
	ORDER_MONTH_FIRST,   /* 12/31/2027 */
	ORDER_CONTRADICTORY, /* both stand in the list */
	ORDER_OF_CHECK       /* only as what a check says: as the list has it */
};

/* What one more cell of a list says of the order in all of it. */
enum date_order date_order_seen(enum date_order so_far, const char *cell);

/* The day of a cell, counted from 1970-01-01 by the calendar. NULL; or why it is none that can be
 * relied on. */
const char *date_read(const char *cell, enum date_order order, int64_t *day);

/* The last moment of that day here. */
instant date_end(int64_t day);
/* The first. */
instant date_begin(int64_t day);

#endif
