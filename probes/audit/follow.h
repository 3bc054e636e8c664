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

#include "finding.h"
#include "seal.h"

#include "files.h"

struct log {
	struct state s;
	const struct audit_conf *conf;
	const char *path;
	struct files files;
	struct clk *clk;
	span until; /* on clk->mono: reading stops then */
	instant now;
	bool unsure;     /* something could not be read: `why` */
	bool lost;       /* in this run, a text was found to be lost or changed */
	bool unfinished; /* time ran out before all of it was read */
	uint64_t unread; /* bytes, when unfinished */
	struct err why;
};

/* Matches files and segments, makes new segments, notes findings. The log's own name leads to a
 * file or to nothing (l->files.kind). Reads no more than it must. */
void follow(struct log *l);

/* Takes a segment out of the list. */
void follow_drop(struct state *s, size_t i);

/* What something unreadable hides: kept as the reason, the first one wins. */
void follow_unsure(struct log *l, const char *path, const struct err *why);

#endif
