/* SPDX-License-Identifier: Apache-2.0
 *
 * judge: what a measurement means. Pure: `now` is an argument, nothing is read, kept or sent. The
 * one place where levels are made: from metrics with their bounds, deadlines by rule C, findings.
 */
#ifndef JUDGE_JUDGE_H
#define JUDGE_JUDGE_H

#include "model/result.h"
#include "model/rule.h"

/* What the configuration says of one check's dated things. */
struct judge_terms {
	span lead;       /* how long the remedy takes; negative: the check does not say */
	bool auto_renew; /* renewed by a program: quiet until that is overdue */
	/* Of the clock that `now` comes from. Dates that are known are judged by true time. */
	span ahead; /* of true time, as far as that is known; back: negative */
	span doubt; /* it was set ahead by so much, and nobody knows which time is true; 0: no doubt
		     */
};

#define JUDGE_LEAD (14 * SPAN_DAY)          /* where neither the check nor the rule says it */
#define JUDGE_LIFE_UNKNOWN (365 * SPAN_DAY) /* rule C, when the whole validity is not known */

/* Rule C (dated things): time left at which each level starts. plan >= act >= stop for every
 * life > 0 and lead >= 0. */
struct rule_c {
	span plan, act, stop;
};

struct rule_c judge_rule_c(span life, span lead);

/* The check's lead; where it states none, the rule's own for a forecast, else JUDGE_LEAD. */
span judge_lead(const struct rule *rule, enum deadline_kind kind, span stated);

/* Time left at which each level of a forecast of a rule with a lead of its own starts: plan is as
 * far as a forecast reaches, act the check's lead and twice the rule's, stop when nobody can act in
 * time any more. */
struct rule_c judge_hours(span own, span lead);

/* By rule C. A forecast is planned for by its likely date and acted on by its earliest. Past it:
 * stop. t->lead is stated. */
enum level judge_deadline(const struct deadline *d, const struct judge_terms *t, instant now);

/* Outside crit is stop, outside warn act. With value ± bound across an end of crit, or of the only
 * range, nothing is proven: unknown. Proven within crit but not within warn: plan. *doubt (if not
 * NULL) says which limit is not proven. A value that was not measured is unknown. */
enum level judge_metric(const struct metric *m, const char **doubt);

/* What an item says of itself (lead, auto_renew) goes before what t says of the whole check.
 * Fills each item's verdict and the result's level. rules: of the result's probe. A result without
 * items is unknown. */
void judge_result(
    struct result *r, const struct rule *rules, const struct judge_terms *t, instant now);

#endif
