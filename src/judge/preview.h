/* SPDX-License-Identifier: Apache-2.0
 *
 * preview: what limits would have told of the recorded past. Pure. The judge and the policy are
 * those that tell (judge.h, policy.h), so that what is promised here is what comes.
 */
#ifndef JUDGE_PREVIEW_H
#define JUDGE_PREVIEW_H

#include "judge/policy.h"
#include "model/result.h"
#include "model/sample.h"

#define PREVIEW_FIRST 3      /* alerts of which the moment is kept */
#define PREVIEW_DAYS_MAX 730 /* nothing older is recorded (judge/history.h) */

/* One metric of an item: its limits, and what was recorded of it. */
struct preview_series {
	struct range warn, crit;
	const struct sample *v; /* oldest first; lent */
	size_t n;
	size_t next; /* work of preview_judge; begins as 0 */
};

struct preview_first {
	instant at;
	enum level level;
};

/* What people would have been told of one item. An alert that is raised, that gets worse, or whose
 * act or stop cannot be proven any more counts once, at its level; a reminder or an end does not.
 */
struct preview {
	uint32_t told[LEVEL_N];
	struct preview_first first[PREVIEW_FIRST];
	size_t nfirst;
	uint32_t samples; /* moments within the days that have a sample */
	uint32_t days;    /* of the days before now: those that have one; a day is 24 hours */
	uint32_t ahead;   /* samples stamped later than now, which are left out: the clock was wrong
			   */
};

/* Judges the samples of all n series of one item, in the order of time: those of one moment are one
 * run. What lies before the `days` (1 to PREVIEW_DAYS_MAX) is judged, so that an alert which was
 * open then is not told again, and not counted. A gap says nothing: the runs before and after it
 * are in a row, as they are to forewarnd. */
void preview_judge(struct preview_series *s, size_t n, const struct policy_terms *t, unsigned days,
    instant now, struct preview *out);

/* How often in all. */
uint32_t preview_total(const struct preview *p);

#endif
