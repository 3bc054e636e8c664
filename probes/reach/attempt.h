/* SPDX-License-Identifier: Apache-2.0
 *
 * attempt: one place asked, by one thread: tried once, and where that fails twice more. Waits,
 * never past `until`.
 */
#ifndef REACH_ATTEMPT_H
#define REACH_ATTEMPT_H

#include "reach.h"

#include <openssl/ssl.h>

#define ATTEMPT_TRIES 3
#define ATTEMPT_WHY 200

enum attempt_kind {
	ATTEMPT_FINE,
	ATTEMPT_LINE,      /* nothing left this computer: no route, no resolver */
	ATTEMPT_UNREACHED, /* no answer of any sort: the line, or theirs */
	ATTEMPT_THEIRS,    /* something answered and refused */
	ATTEMPT_ODD,       /* it answered, but not as this place does: finding says how */
	ATTEMPT_KIND_N
};

/* The same for all places of a run. */
struct attempt_terms {
	const struct reach_conf *conf;
	const struct reach_target *resolver; /* whom a dns:// is asked of; NULL: the system's */
	SSL_CTX *tls;
	int64_t until;      /* CLOCK_MONOTONIC, ns */
	const char *replay; /* what was recorded once, in place of asking; NULL: it is asked */
};

struct attempt {
	const struct reach_target *target;
	const struct reach_target *resolver; /* of a dns:// */
	bool done;                           /* else the time was over before it was */
	bool good;                           /* most of its tries were */
	enum attempt_kind kind;              /* of the newest try that was like the whole */
	const char *finding;                 /* ATTEMPT_ODD: a key of rule reach.answer */
	int tries, bad;
	int64_t took;          /* ns, of the newest try that was good; 0: none was */
	char why[ATTEMPT_WHY]; /* goes on after the name of the place */
};

/* Fills *a, whose target and resolver are set and all else zero. */
void attempt(struct attempt *a, const struct attempt_terms *t);

/* One line of a recording, "URL KIND SECONDS TEXT" with KIND one of fine line unreached theirs or a
 * finding: fills *a. false: it is of another place, or none. Pure. */
bool attempt_recorded(struct attempt *a, const char *line);

#endif
