/* SPDX-License-Identifier: Apache-2.0
 *
 * hole: bytes 0 where records should stand. A power cut leaves them (the file grew, its bytes never
 * came to the disk), and a program that keeps its place after its log was emptied (copytruncate,
 * and no O_APPEND). Said beside what else is found there.
 */
#ifndef PROBES_AUDIT_HOLE_H
#define PROBES_AUDIT_HOLE_H

#include "log.h"

#define HOLE_LOOK                                                                                  \
	((size_t)65536) /* bytes behind a place that was changed that are looked through */

/* After all is sealed and compared: what the new records showed, and what stands where records of
 * the past were found to be others in this run. */
void hole_say(struct log *l);

#endif
