/* SPDX-License-Identifier: Apache-2.0
 *
 * facts: the evidence of one item while it is put together.
 */
#ifndef PROBES_AUDIT_FACTS_H
#define PROBES_AUDIT_FACTS_H

#include "log.h"

#include "model/result.h"

#define EVIDENCE_MAX 24

struct evidence_list {
	struct evidence v[EVIDENCE_MAX];
	size_t n;
	struct arena *arena;
};

/* One more; key is static, the text lives in the arena. Past EVIDENCE_MAX it is left out. */
__attribute__((format(printf, 3, 4))) void fact(
    struct evidence_list *f, const char *key, const char *fmt, ...);

/* A moment; 0: nothing is added. */
void fact_moment(struct evidence_list *f, const char *key, instant t);

/* How much of the log was understood. */
void fact_understood(struct evidence_list *f, const struct log *l);

/* Since when the log is sealed, how often a head of its notes went outside, and what the key is
 * worth. */
void fact_sealed(struct evidence_list *f, const struct log *l);

/* "sealed since 30 November 2026, heads kept outside: 3", in the arena. */
const char *facts_sealed(const struct log *l, struct arena *a);

/* How the records are read: what was taken, and why. NULL: there is nothing to say, or, unless
 * always, nothing that could be otherwise. */
const char *facts_reading(const struct log *l, bool always, struct arena *a);

/* "times in 99.8 % of the records, numbers in none", in the arena. */
const char *facts_understood(const struct log *l, struct arena *a);

#endif
