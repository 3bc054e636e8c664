/* SPDX-License-Identifier: Apache-2.0
 *
 * look: one record of a log is read: which format it is of, what it tells, whether it was
 * understood. For records that are sealed, and for those that were sealed before and are only
 * counted (measure). Pure.
 */
#ifndef PROBES_AUDIT_LOOK_H
#define PROBES_AUDIT_LOOK_H

#include "understood.h"

/* What the records of a file are, of which these are n bytes; start: its first ones. */
enum format look_format(const struct audit_conf *conf, const char *data, size_t n, bool start);
void look_scanner(
    struct scanner *s, enum format format, const struct audit_conf *conf, struct regex *regex);

/* One record of n bytes, perhaps with the CR of its line end: read, and counted as understood or
 * not. */
void look_at_record(struct scanner *s, struct understood *u, const char *rec, size_t n,
    const struct order_place *place, struct record_info *out);

#endif
