/* SPDX-License-Identifier: Apache-2.0
 *
 * finding: what was found wrong with a log stays known, also when a later run sees nothing of it
 * any more: a log that was cut looks whole again an hour later.
 */
#ifndef PROBES_AUDIT_FINDING_H
#define PROBES_AUDIT_FINDING_H

#include "known.h"

struct finding_place {
	uint64_t segment;
	uint64_t record, offset; /* record from 1; 0: not known */
	uint64_t count;          /* records or numbers; 0: not known */
	uint64_t last, bytes;    /* the last record of a range; bytes that are gone; 0: not known */
	uint64_t number,
	    number_last; /* of the log's own numbering, the first and the last; 0: none */
};

/* rule without "audit."; rule and key of the face's tables (static). The text is one line in plain
 * words. A fourth one of a kind that is no stop (AUDIT_SAME_MAX), and any when there are
 * AUDIT_FINDINGS_MAX, is only counted at the newest one like it: what was found before is never
 * forgotten for what is found later. */
__attribute__((format(printf, 6, 7))) void finding_add(struct state *s, instant now,
    const char *rule, const char *key, const struct finding_place *place, const char *fmt, ...);

/* What is measured anew in each run and may be one thing or another: the rule has this finding now,
 * in these words, and no other. One that it has already in the same words stays as it is, also one
 * that was accepted. key NULL: none, it is over. */
void finding_stands(
    struct state *s, instant now, const char *rule, const char *key, const char *words);

/* Any of the rule that nobody accepted. */
bool finding_has_rule(const struct state *s, const char *rule);

/* The finding is of a rule that finding_stands is called for in each run: it ends there, and not by
 * its age. It says nothing of the records that are there. */
bool finding_is_standing(const struct kept_finding *f);

/* The one of this rule and key, or NULL. place NULL: any place; else that record at that offset, in
 * whichever segment (segments are numbered anew when the notes were damaged). */
struct kept_finding *finding_known(
    struct state *s, const char *rule, const char *key, const struct finding_place *place);

/* It is over, or another takes its place. f is from finding_known and is gone after this. */
void finding_end(struct state *s, struct kept_finding *f);

/* rule NULL: any. */
bool finding_has(const struct state *s, const char *rule, uint64_t segment);

/* The same of those that nobody accepted. */
bool finding_is_open(const struct state *s, const char *rule, uint64_t segment);

/* The same bytes are back: what was found of this segment is over. rule NULL: all
 * but what the log admits itself. */
void finding_drop(struct state *s, const char *rule, uint64_t segment);

/* Forgets those older than keep, but for those of level stop: they end by being mended, or by a
 * person's word (accept.h). */
void finding_expire(struct state *s, instant now, span keep);

#endif
