/* SPDX-License-Identifier: Apache-2.0
 *
 * manual: what the option tables say, as an example configuration and as a text to read. Both
 * return 0, or EX_IOERR when writing failed.
 */
#ifndef CLI_MANUAL_H
#define CLI_MANUAL_H

#include "conf/schema.h"

#include <stdio.h>

int manual_example(FILE *f);
int manual_options(FILE *f);

/* One table as lines of a terminal: name, type and default, meaning. */
void manual_table(FILE *f, const struct opt *table);

#endif
