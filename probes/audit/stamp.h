/* SPDX-License-Identifier: Apache-2.0
 *
 * stamp: times as logs write them. Pure; the bytes are foreign, need no NUL and are never read past
 * n.
 */
#ifndef PROBES_AUDIT_STAMP_H
#define PROBES_AUDIT_STAMP_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

enum stamp_kind {
	STAMP_NONE,
	STAMP_ISO,    /* 2026-11-24T08:14:00.123+01:00 (RFC 3339), 2026-11-24 08:14:00,123, and
			 20261124-08:14:00:123; zone optional; also inside [ ] */
	STAMP_BSD,    /* Nov 24 08:14:00 (RFC 3164, 4.1.2), with a year where one follows; a day of
			 the week before it is skipped */
	STAMP_APACHE, /* 24/Nov/2026:08:14:00 +0100, in [ ] anywhere in the record */
	STAMP_EPOCH,  /* 1795508040, with fraction; 13 digits are ms, 16 are us */
	STAMP_N
};

struct stamp {
	instant at;    /* without a zone: as if it were UTC */
	bool zoned;    /* the text says which zone */
	bool yearless; /* the year was not in the text: `year` was taken */
};

/* A stamp at the very start of s (ISO and APACHE: behind one '['). Returns the bytes it takes, 0
 * when there is none. year: for stamps without one. */
size_t stamp_parse(enum stamp_kind kind, const char *s, size_t n, int year, struct stamp *out);

/* The same of whatever kind is there; *kind says which. */
size_t stamp_any(const char *s, size_t n, int year, enum stamp_kind *kind, struct stamp *out);

#endif
