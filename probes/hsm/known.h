/* SPDX-License-Identifier: Apache-2.0
 *
 * known: which tokens were seen before, by which name and with which serial number, in the file
 * "tokens" of the check's own folder. A name stays with its serial number, so that two tokens of
 * one label are two, and so that another token under a known label is noticed.
 */
#ifndef PROBES_HSM_KNOWN_H
#define PROBES_HSM_KNOWN_H

#include "probes/probe.h"

#define KNOWN_MAX                                                                                  \
	512 /* tokens of one check; beyond it the one not seen for longest is forgotten            \
	     */

struct known_token {
	const char *name;  /* "token customs"; "token customs (serial 12)" */
	const char *label; /* as in CK_TOKEN_INFO; may be "" */
	const char *serial;
	const char *now; /* the serial number that is there instead; "": the same one */
	instant since;   /* wall: when the other one was noticed; 0: it is the same one */
	bool seen;       /* in this run; not kept */
};

struct known {
	struct known_token *v; /* the longest unseen first */
	size_t n, cap;
	const char *trouble; /* why the file was not read or written; NULL: it was */
};

/* A token of this run. */
struct found_token {
	const char *label, *serial;
	const char *name; /* out: never that of another one of this run */
};

/* Pure: names the tokens of a run and takes them into what is known. Text lies in a, which must
 * live as long as both. A token without a label goes by its serial number. */
void known_name(struct known *k, struct found_token *found, size_t n, instant now, struct arena *a);

/* The identity of a changed serial number, for who accepts it; in a. */
const char *known_change_id(const struct known_token *t, struct arena *a);

/* state_fd -1: nothing is known and nothing is kept. Both block for the disk. */
void known_read(struct known *k, int state_fd, struct arena *a);
void known_write(struct known *k, int state_fd, struct arena *a);

#endif
