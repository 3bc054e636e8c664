/* SPDX-License-Identifier: Apache-2.0
 *
 * certs: the inventory of the certificates that a report's checks saw. One certificate (by its
 * SHA-256) is one row, whatever number of checks and places shows it; what is gone or could not be
 * looked at is a row that says so. It is made of evidence that items of rules "*.expiry" bear:
 * sha256, name, subject, issuer, serial, key, key_sha256, names_sha256, signature, lifetime,
 * authority, notBefore, notAfter, places (else path, endpoint or place), last_seen.
 */
#ifndef SHOW_CERTS_H
#define SHOW_CERTS_H

#include "base/arena.h"
#include "show/report.h"

#define CERTS_RULE ".expiry" /* a rule of this ending is about one certificate's date */

enum certs_state {
	CERTS_SEEN,
	CERTS_GONE,   /* every check that saw it misses it */
	CERTS_UNSEEN, /* it, or a place that should show one, could not be looked at */
	CERTS_STATE_N
};

/* Text is foreign, as the probes sent it: each form makes it safe. NULL: not known. */
struct certs_row {
	const char
	    *name; /* of the certificate; of a place that could not be looked at, the place */
	const char *sha256; /* NULL: a place, not a certificate */
	const char *subject, *issuer, *serial, *key, *key_sha256, *names_sha256, *signature,
	    *lifetime;
	bool authority;
	enum certs_state state;
	enum level level; /* the worst that a check says of its date */
	enum sign sign;
	instant begins, ends, start_by; /* INSTANT_NONE: not known, or nobody has to start */
	const char **places;
	size_t nplaces, unlisted; /* unlisted: places that its probes counted and did not name */
	const struct report_check **checks; /* each once, in the report's order */
	size_t nchecks;
	const char **notes; /* sentences: why it is no trouble, or what trouble there is */
	size_t nnotes, cap_places, cap_checks, cap_notes;
	struct certs_row **kin;          /* all rows of its key, itself among them */
	size_t nkin;                     /* 0: no other row has its key */
	const struct certs_row *renewal; /* what another check saw follow it; NULL: nothing */
};

struct certs {
	const struct report *report;
	struct certs_row *rows; /* by the day to start, then by the end, then by name */
	size_t n, count[CERTS_STATE_N];
	size_t due; /* whose day to start is here or past */
};

/* Everything is lent by the arena and the report. Pure. */
void certs_make(const struct report *r, struct arena *a, struct certs *out);

const char *certs_state_name(enum certs_state s); /* "seen" "gone" "not looked at" */

void certs_text(const struct certs *c, const struct text_style *style, struct str *out);
void certs_tree(const struct certs *c, const struct text_style *style, struct str *out);
void certs_json(const struct certs *c, struct str *out); /* forewarn.certs/1 */
void certs_csv(const struct certs *c, struct str *out);  /* RFC 4180, safe against formulas */
void certs_ics(const struct certs *c, struct str *out);  /* RFC 5545 */

#endif
