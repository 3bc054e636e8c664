/* SPDX-License-Identifier: Apache-2.0
 *
 * rule: a stable name of what is judged, "<probe>.<what>", and how. Declared as data in a probe's
 * face, so that the judge and the tellers need no knowledge of kinds. A rule's name is part of an
 * alert's fingerprint: it never holds a state or a value.
 *
 * Wording (needs of the users, section 3): WHAT is the item's summary, WHEN its deadline, WHO comes
 * from the configuration; so_what and do_now are here. Everyday words, verb first, no jargon, no
 * blame, no exclamation mark; at most RULE_WORDS_MAX bytes each.
 */
#ifndef MODEL_RULE_H
#define MODEL_RULE_H

#include "base/span.h"
#include "model/level.h"

#include <stdbool.h>

#define RULE_WORDS_MAX 160

enum {
	BY_FINDING = 1,  /* the probe names one of `findings`, or finds nothing wrong */
	BY_METRIC = 2,   /* metrics against their ranges: outside warn is act, outside crit is stop,
			    not proven within crit unknown, only not within warn plan */
	BY_DEADLINE = 4, /* rule C: lead time and life of the dated thing */
	BY_RUNS = 8, /* rule B: the newest run of a job among those before it (judge/runs.h); the
			rule has the findings that are named there, for their words */
};

/* Something that is wrong as soon as it is found. The probe says which, never how bad. */
struct finding {
	const char *key; /* "pin-locked" */
	enum level level;
	const char *so_what, *do_now;
};

struct rule {
	const char *name;  /* "hsm.pin" */
	const char *title; /* what is judged, for people: "PIN of the token" */
	unsigned by;
	const struct finding *findings; /* ends with a NULL key; NULL if not BY_FINDING */
	const char *so_what, *do_now;   /* for metrics and deadlines */
	/* Of a forecast, while nothing is outside its limits yet; NULL: so_what and do_now. */
	const char *so_ahead, *do_ahead;
	const char *unknown_do; /* what to do when it could not be checked */
	/* Of a forecast where the check states no lead: how long the remedy takes when it is a
	 * matter of hours, as with a clock. Such a forecast is judged by it and not by rule C,
	 * whose days are for dated papers. 0: as these. */
	span lead;
};

/* In a table that ends with a NULL name; NULL if there is none. */
/* The rule of an item that says why a run gave no result: "<probe>.run". No probe declares it. */
#define RUN_RULE ".run"
bool rule_is_run(const char *name);

const struct rule *rule_find(const struct rule *rules, const char *name);
const struct finding *finding_find(const struct rule *r, const char *key);

#endif
