/* SPDX-License-Identifier: Apache-2.0
 *
 * seen: which entries each list had at the last look, in a file of the check's own folder. An entry
 * that is in no list any more stays missing until it is back or a person accepts that it went.
 *
 * The file: a first line "forewarn register 1", then a line a list ("L path") with a line for each
 * of its entries ("I id") and for each that is missing ("G since id", since in microseconds), and
 * "E" with a hash of all before. A file that is cut or changed is known by that.
 */
#ifndef PROBES_REGISTER_SEEN_H
#define PROBES_REGISTER_SEEN_H

#include "entry.h"

#define SEEN_FILE "entries"
#define SEEN_FILE_MAX ((size_t)32 << 20)
#define SEEN_NAMED 20 /* missing entries that are named; the others are counted */

/* Compares, tells one item a list and one an entry that is not seen, and notes what is there now.
 * Without a folder it does nothing. Blocks. */
void seen_run(const struct probe_ctx *ctx, const struct list *lists, size_t nlists,
    const struct entries *all, instant now);

struct remembered {
	size_t list; /* which of this run's */
	const char *id;
	instant missing; /* since when; INSTANT_NONE: it was there */
};

struct memory {
	struct remembered *v;
	size_t n, cap;
	bool *known; /* lists of this run that were looked at before */
};

/* The file's text, changed in place; -1: it is damaged. Lists that this run does not have are left
 * out. Pure. */
int seen_parse(
    char *text, const struct list *lists, size_t nlists, struct memory *m, struct arena *a);

#endif
