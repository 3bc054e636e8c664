/* SPDX-License-Identifier: Apache-2.0
 *
 * handed: what a probe is handed with its job besides its options, and what it hands back with its
 * result. Knows no kind: a probe that keeps findings until they are mended or accepted puts an
 * identity of each into its evidence (FINDING_KEY) and the moment it was first noticed
 * (NOTICED_KEY), and ends those that come back to it here; what it wants to be remembered outside
 * of its own folder it hands back as one text a target, and gets the newest back with each job.
 * Pure data; text lies where the struct's maker keeps it, and may be from outside.
 */
#ifndef MODEL_HANDED_H
#define MODEL_HANDED_H

#include "base/fields.h"
#include "base/span.h"

#define FINDING_KEY "finding" /* in evidence: the finding's identity, at most FINDING_ID_MAX */
#define NOTICED_KEY "noticed" /* in evidence: RFC 3339, to the millisecond */

#define FINDING_ID_MAX 64      /* bytes, as all below */
#define HANDED_TARGET_MAX 4096 /* of a target, a path at most */
#define HANDED_RULE_MAX 64     /* of a rule's name */
#define ACCEPT_BY_MAX 80       /* of a person's name */
#define ACCEPT_REASON_MAX 240  /* of the reason */
#define HANDED_ACCEPTS_MAX 64  /* of one job; what is more goes with the next one */
#define HANDED_KEEPS_MAX 4096  /* targets of one check */
#define HANDED_KEEP_TEXT_MAX 512
#define HANDED_REPLAY_MAX 4096               /* of a path */
#define HANDED_BYTES_MAX ((size_t)512 << 10) /* of all text of one job */

/* A finding was meant to be as it is. */
struct accept {
	const char *target, *rule, *finding; /* finding: the identity in its evidence */
	instant at;                          /* wall: when the person said so */
	const char *by, *reason;
};

/* One line that is kept for a target outside of the check's folder. */
struct keep {
	const char *target, *text;
	uint64_t outside; /* how often a receiver of the feed has taken a text of this target */
};

struct handed {
	struct accept *accepts;
	size_t naccepts;
	struct keep *keeps;
	size_t nkeeps;
	/* A rule's alarm is shown on an input that the package has (forewarn probes --prove): the
	 * moment of that input stands for now (0: now is now), and what a server or a token once
	 * answered lies in this file (NULL: it is asked). */
	instant moment;
	const char *replay;
	bool gentle; /* an instrument measures on this computer: what reads much and can wait, waits
		      */
};

/* Of struct handed, and of struct keep alone. */
extern const struct field handed_fields[], keep_fields[];

/* What is kept for a target; NULL: nothing. */
const struct keep *handed_keep(const struct handed *h, const char *target);

/* 0, or -1 with *e: the name or the reason is blank, too long, or has a control character. */
int accept_check(const char *by, const char *reason, struct err *e);

#endif
