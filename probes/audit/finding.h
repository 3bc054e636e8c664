/* SPDX-License-Identifier: Apache-2.0
 *
 * finding: what was found wrong with a log stays known, also when a later run sees nothing of it
 * any more: a log that was cut looks whole again an hour later.
 */
#ifndef PROBES_AUDIT_FINDING_H
#define PROBES_AUDIT_FINDING_H

#include "known.h"

struct finding_place {
	uint64_t segment, record, offset, count;
};

/* rule without "audit."; rule and key of the face's tables (static). The text is one line in plain
 * words. The oldest gives way when there are AUDIT_FINDINGS_MAX. */
__attribute__((format(printf, 6, 7))) void finding_add(struct state *s, instant now,
    const char *rule, const char *key, const struct finding_place *place, const char *fmt, ...);

/* rule NULL: any. */
bool finding_has(const struct state *s, const char *rule, uint64_t segment);

/* The same bytes are back: what was found of this segment is over. */
void finding_drop(struct state *s, const char *rule, uint64_t segment);

/* Forgets those older than keep. */
void finding_expire(struct state *s, instant now, span keep);

#endif
