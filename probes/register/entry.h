/* SPDX-License-Identifier: Apache-2.0
 *
 * entry: what the rows of all lists of a check mean. Pure.
 */
#ifndef PROBES_REGISTER_ENTRY_H
#define PROBES_REGISTER_ENTRY_H

#include "register.h"

struct entries {
	struct entry *v;
	size_t n, bad; /* bad: with a fault */
};

/* One entry for each row, in the order of the lists. An id counts once: a later row with the same
 * one is a twin, which is a fault. */
void entries_of(struct entries *out, const struct list *lists, size_t nlists,
    const struct register_conf *conf, struct arena *a);

/* 64 or 40 digits (of SHA-256 or SHA-1), small, without what stands between them; NULL: neither. */
const char *entry_hex(const char *cell, struct arena *a);

#endif
