/* SPDX-License-Identifier: Apache-2.0
 *
 * start: one foreign program in a process group of its own, without a shell, its output caught.
 */
#ifndef PROBES_PLUGIN_START_H
#define PROBES_PLUGIN_START_H

#include "plugin.h"

struct run {
	pid_t pid;
	int out, err; /* its stdout and stderr; -1 once they ended */
	char *text;   /* PLUGIN_OUTPUT_MAX bytes */
	size_t len;
	bool cut;                     /* it said more than was kept */
	char said[PLUGIN_STDERR_MAX]; /* the end of what it said to stderr */
	size_t nsaid;
	bool late;  /* it had to be killed */
	int status; /* of waitpid */
};

/* Starts it; -1 with *e set when the program cannot be started, in words for people. */
int run_start(struct run *r, const struct plugin_conf *c, struct arena *a, struct err *e);

/* Catches its output until it ends; killed with its group once `until` (clk->mono) has come. What
 * left the group is killed by the parent of this process when it is gone. */
void run_wait(struct run *r, struct clk *clk, span until);

#endif
