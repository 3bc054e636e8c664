/* SPDX-License-Identifier: Apache-2.0
 *
 * accepting: which findings of a result a person means who accepts them. Pure; for whoever has the
 * result, the daemon or the command.
 */
#ifndef MODEL_ACCEPTING_H
#define MODEL_ACCEPTING_H

#include "model/result.h"

#define ACCEPTING_NAMED_MAX 4 /* things that a refusal names; of more, how many there are */

/* What a person wrote. */
struct accept_words {
	const char *target;
	const char *rule; /* "audit.edited", or "edited" alone; NULL or "": the only one that is
			   * open there */
	instant at;       /* wall: now */
	instant before;   /* findings that were first noticed then or later are not meant, since
			   * nobody has seen them yet; INSTANT_NONE: all were seen */
	const char *by, *reason;
};

/* All findings of that target and rule in r, at most HANDED_ACCEPTS_MAX, into *out in the arena,
 * which borrows the text of r and of w. -1 with *e: one clean line that says what is open. */
int accepting_choose(const struct result *r, const struct accept_words *w, struct arena *a,
    struct accept **out, size_t *n, struct err *e);

/* The identity in the item's evidence; NULL: it is not found, or of those that only end by being
 * mended. */
const char *accepting_finding(const struct item *it);

#endif
