/* SPDX-License-Identifier: Apache-2.0
 *
 * surroundings: who may write to a log, by its mode, its owner and its flags, against how that was
 * when it was last looked at. What grows tighter is taken over in silence; what grows looser is
 * found. A log that was set aside gives way to a file of its program's own making: of that only
 * whether everybody may write is held against the one before.
 */
#ifndef PROBES_AUDIT_SURROUNDINGS_H
#define PROBES_AUDIT_SURROUNDINGS_H

#include "log.h"

/* Looks at the log's own file, notes what became looser (rule "rights"), ends what is as it was at
 * first sight again. Reads no byte of the log. Where it is not there, nothing happens. */
void surroundings_look(struct log *l);

/* The same with what was seen handed over. Pure but for the list of findings. */
void surroundings_judge(struct log *l, const struct sight *now);

#endif
