/* SPDX-License-Identifier: Apache-2.0
 *
 * report_server: the item of one server.
 */
#ifndef CLOCK_REPORT_SERVER_H
#define CLOCK_REPORT_SERVER_H

#include "round.h"

/* Emits the item of server i. */
void report_server(const struct round *r, size_t i);

#endif
