/* SPDX-License-Identifier: Apache-2.0
 *
 * chrony: its statements, which stand in files of others too (timemaster).
 */
#ifndef INIT_CLOCKS_CHRONY_H
#define INIT_CLOCKS_CHRONY_H

#include "init/clocks/clocks.h"

extern const struct grammar chrony_grammar;

/* One statement of chrony.conf(5) of c->program, with all that it includes. */
void chrony_statement(struct clocks *c, const char *path, const struct statement *s);

#endif
