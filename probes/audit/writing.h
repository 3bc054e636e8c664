/* SPDX-License-Identifier: Apache-2.0
 *
 * writing: what is wrong with how a log is written to, by the programs that have it open.
 */
#ifndef PROBES_AUDIT_WRITING_H
#define PROBES_AUDIT_WRITING_H

#include "log.h"
#include "writers.h"

#define WRITING_LEFT SPAN_H /* a program that was not told of the new file yet has so long */

/* Notes or ends the finding of rule "writer", and fills l->outlook.writes. Where it was not looked
 * in this run, what was found stands. True: something is wrong. Pure but for the notes. */
bool writing_judge(struct log *l, const struct writers *w);

#endif
