/* SPDX-License-Identifier: Apache-2.0
 *
 * program: one foreign program in a process group of its own, without a shell, fed a text, its
 * output caught. For cells that may start programs (NEED_EXEC); SIGPIPE is ignored from then on.
 */
#ifndef CELL_PROGRAM_H
#define CELL_PROGRAM_H

#include "base/clk.h"
#include "conf/schema.h"

#include <sys/types.h>

#define PROGRAM_STDERR_MAX ((size_t)4096) /* bytes of its stderr that are kept, the last ones */

struct program {
	const struct texts *command;     /* the first from / on */
	const struct texts *environment; /* NAME=value, added to a clean one (PATH, LC_ALL=C) */
	const char *input;               /* for its stdin; NULL: it keeps ours */
	size_t ninput;
	size_t output_max; /* bytes of its stdout that are kept */
};

struct program_run {
	pid_t pid;
	int in, out, err; /* our ends of its stdin, stdout, stderr; -1 once they ended */
	const struct program *program;
	size_t fed;
	char *text; /* output_max bytes */
	size_t len;
	bool cut;                      /* it said more than was kept */
	char said[PROGRAM_STDERR_MAX]; /* the end of what it said to stderr */
	size_t nsaid;
	bool late;  /* it had to be killed */
	int status; /* of waitpid */
};

/* Starts it; -1 with *e set when the program cannot be started, in words for people. The program's
 * description is borrowed until program_wait is done. */
int program_start(struct program_run *r, const struct program *p, struct arena *a, struct err *e);

/* Feeds it and catches its output until it ends; killed with its group once `until` (clk->mono) has
 * come. What left the group is killed by the parent of this process when it is gone. */
void program_wait(struct program_run *r, struct clk *clk, span until);

/* The last line it said to stderr, in the arena; NULL when it said none. */
const char *program_last_words(const struct program_run *r, struct arena *a);

#endif
