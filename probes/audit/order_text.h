/* SPDX-License-Identifier: Apache-2.0
 *
 * order_text: order (order.h) as lines of a head, and back.
 */
#ifndef PROBES_AUDIT_ORDER_TEXT_H
#define PROBES_AUDIT_ORDER_TEXT_H

#include "order.h"
#include "statement.h"

/* Appends the lines, each with its line end. */
void order_put(struct str *out, const struct order *o);

/* Takes a line; *ours: it is one of these. false: it is one, and wrong. */
bool order_get(struct order *o, const struct statement *st, bool *ours);

#endif
