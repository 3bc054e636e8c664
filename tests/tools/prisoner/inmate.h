/* SPDX-License-Identifier: Apache-2.0
 *
 * inmate: what happens inside a cell: the prisoner as the warder has started it.
 */
#ifndef TESTS_INMATE_H
#define TESTS_INMATE_H

#include "prison.h"

#include "conf/schema.h"

#include <stdbool.h>

#define ACT_TIME (60 * SPAN_S) /* for one act on a busy machine; a hang is a failure */

/* What the warder sends as the job. */
struct orders {
	const char *kind, *act;
	struct texts again; /* command of the program that a starting kind starts: this one */
	const char *dir, *tty;
	int64_t warder, sibling, port;
};

extern const struct opt orders_opts[];
extern const struct act *const act_groups[]; /* ends with NULL */

#define PARSER "parser"           /* the kind of cell that reads a configuration: it has no spec */
#define HSM_NETWORK "hsm-network" /* the kind hsm with the option network */
#define CLOCKS_SHARE "clocks-share" /* the kind clocks with the option touch_in */

/* What a kind's own spec needs; false: a kind without a cell. */
bool needs_of(const char *kind, unsigned *needs);

/* Takes its job, enters the sandbox, tries the one act, answers and ends. */
_Noreturn void inmate(void);

/* The same for the program that a plug-in's or an exec sink's cell has started: ACT DIR TTY WARDER
 * SIBLING PORT. */
_Noreturn void inmate_program(char **argv);

#endif
