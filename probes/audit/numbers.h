/* SPDX-License-Identifier: Apache-2.0
 *
 * numbers: the rules of order (order.h) for the numbers of records: those of the kernel's audit
 * part (serials), and those of a program. Pure.
 */
#ifndef PROBES_AUDIT_NUMBERS_H
#define PROBES_AUDIT_NUMBERS_H

#include "order.h"

#define NUMBERS_ALL UINT64_MAX /* of all computers */

/* The record has a number; w is its writer in o. */
void numbers_take_serial(struct order *o, struct order_writer *w, const struct record_info *info,
    const struct order_place *place);
void numbers_take_program(struct order *o, struct order_writer *w, const struct record_info *info,
    const struct order_place *place, bool fresh);

/* Tells the holes of a node (or of NUMBERS_ALL) that opened before `until`. */
void numbers_end_holes(struct order *o, uint64_t node, instant until);

#endif
