/* SPDX-License-Identifier: Apache-2.0
 *
 * follow: what became of the files of one log since the last run: which file holds which segment,
 * and what that means. Decides by content; names, inodes and times only save reading.
 *
 * Silent: appended, set aside under another name or compressed (however often since the last run),
 * copied and emptied when nothing is lost, an older file that may go. Found: everything else.
 */
#ifndef PROBES_AUDIT_FOLLOW_H
#define PROBES_AUDIT_FOLLOW_H

#include "log.h"

/* Matches files and segments, makes new segments, notes findings. The log's own name leads to a
 * file or to nothing (l->files.kind). Reads no more than it must. */
void follow(struct log *l);

#endif
