/* SPDX-License-Identifier: Apache-2.0
 *
 * measured: the checks of a configuration, run here and now, as a judged report. For `check` and
 * `certs`.
 */
#ifndef CLI_MEASURED_H
#define CLI_MEASURED_H

#include "conf/conf.h"
#include "show/report.h"

/* Which checks: wanted == NULL takes all. */
struct measured_what {
	char **ids; /* none: all there are */
	int nids;
	bool (*wanted)(const struct check_conf *c);
	instant at;                  /* judged as of then; INSTANT_NONE: now */
	const struct handed *handed; /* what each worker gets besides; NULL: nothing */
	bool
	    forget; /* no check gets a folder for its notes: as if there had been no earlier look */
};

/* Runs them, several at once, with a line of progress where the standard error is a terminal, and
 * judges them. Text and arrays of *out are lent by c and the arena. 0, or -1: an id is not there,
 * and that was told. Blocks until all have ended or were killed at their deadlines. */
int measured_report(
    const struct conf *c, const struct measured_what *what, struct arena *a, struct report *out);

#endif
