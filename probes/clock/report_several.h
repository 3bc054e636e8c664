/* SPDX-License-Identifier: Apache-2.0
 *
 * report_several: the items that concern several servers at once.
 */
#ifndef CLOCK_REPORT_SEVERAL_H
#define CLOCK_REPORT_SEVERAL_H

#include "round.h"

#include <netdb.h>

/* Whether nobody said if the server's name exists: no fault of the name. */
bool report_not_looked_up(const struct ask_server *s);

/* Whether no name of any server could be looked up, for a reason that they share; then one item
 * says so for all of them. Does not block. */
bool report_no_names(const struct round *r);

/* Whether two servers or more were asked and not one packet came back from any; then one item says
 * so for all of them. */
bool report_blocked(const struct round *r);

/* One item if so many votes come from servers that follow one and the same source that a fault of
 * it is no fault of a minority. */
void report_one_source(const struct round *r);

#endif
