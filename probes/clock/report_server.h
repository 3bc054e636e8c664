/* SPDX-License-Identifier: Apache-2.0
 *
 * report_server: the item of one server, and the one for all when none could be looked up.
 */
#ifndef CLOCK_REPORT_SERVER_H
#define CLOCK_REPORT_SERVER_H

#include "round.h"

/* Emits the item of server i. */
void report_server(const struct round *r, size_t i);

/* Whether no name of any server could be looked up, for a reason that they share; then one item
 * says so for all of them. May not block. */
bool report_no_names(const struct round *r);

#endif
