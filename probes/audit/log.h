/* SPDX-License-Identifier: Apache-2.0
 *
 * log: one log while it is looked at: what was known of it, what is there now, and what could not
 * be seen.
 */
#ifndef PROBES_AUDIT_LOG_H
#define PROBES_AUDIT_LOG_H

#include "files.h"
#include "outlook.h"
#include "settings.h"
#include "state.h"

#include "base/clk.h"
#include "model/handed.h"

struct log {
	struct state s;
	const struct audit_conf *conf;
	const char *path;
	size_t index;               /* of it in conf->paths */
	const struct side_key *key; /* of the check; NULL: no sidecars */
	bool new_key;               /* made in this run: older sidecars prove nothing */
	struct files files;
	struct clk *clk;
	span until; /* on clk->mono: reading stops then */
	instant now;
	bool gentle;     /* an instrument measures: all is compared when it is done */
	bool unsure;     /* something could not be read: `why` */
	bool lost;       /* in this run, a text was found to be lost or changed */
	bool unfinished; /* time ran out before all of it was read */
	uint64_t unread; /* bytes, when unfinished */
	struct err why;
	const struct keep
	    *kept; /* what is kept of it outside of the check's folder; NULL: nothing */
	struct settings
	    *settings; /* of the programs that set logs aside, for all logs of the run */
	struct outlook outlook;
	bool miswritten; /* a program that has it open writes to it as it should not (writing.h) */
};

/* What something unreadable hides: kept as the reason, the first one wins. path may be NULL. */
void log_unsure(struct log *l, const char *path, const struct err *why);

/* Segments move in memory when one comes or goes: the files' pointers follow. */
void log_relink(struct log *l);

/* Adds all files of the folders to l->files: what is missed may be in any of them. Pointers to
 * files move, but for those in segments. */
void log_widen(struct log *l);

/* Takes a segment out of the list. */
void log_drop_segment(struct log *l, size_t i);

#endif
