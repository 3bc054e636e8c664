/* SPDX-License-Identifier: Apache-2.0
 *
 * previewed: what the limits of a configuration would have told of the recorded past, beside what
 * the limits in force tell of it; and what could not be judged anew, with the reason.
 */
#ifndef CLI_PREVIEWED_H
#define CLI_PREVIEWED_H

#include "conf/conf.h"
#include "judge/preview.h"
#include "show/report.h"

/* One item. Text is lent by the report, or lies in the arena. */
struct previewed_row {
	const char *check, *title, *target, *rule;
	const char *rule_title; /* for people; NULL: of no rule */
	const char *why_not;    /* one line; NULL: it was judged anew, as the two below say */
	struct preview then;    /* with the limits and the `confirm` of the configuration */
	struct preview in_force;
};

struct previewed {
	struct arena *a; /* the caller's */
	const char *socket;
	unsigned days;
	instant now;
	struct previewed_row *rows;
	size_t n, cap;
	size_t judged; /* rows without why_not */
};

/* Adds the rows of one check of c. look: its result of a run by c, of which the limits are taken.
 * 0, or -1 with *e set: forewarnd did not answer. Blocks. */
int previewed_check(
    struct previewed *p, const struct conf *c, const struct report_check *look, struct err *e);

#endif
