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
			 20261124-08:14:00:123, 2026/11/24 08:14:00; zone optional */
	STAMP_BSD,    /* Nov 24 08:14:00 (RFC 3164, 4.1.2), with a year where one follows; a day of
			 the week before it is skipped */
	STAMP_APACHE, /* 24/Nov/2026:08:14:00 +0100, in [ ] anywhere in the record */
	STAMP_EPOCH,  /* 1795508040, with fraction; 13 digits are ms, 16 are us */
	STAMP_NAMED,  /* 24-Nov-2026 08:14:00, 24 Nov 2026 8:14 AM, 24/NOV/26 08:14 */
	STAMP_DAY,    /* 24.11.2026 08:14:00, 24/11/2026 8:14:00 AM, 24-11-2026 08:14 */
	STAMP_MONTH,  /* 11/24/2026 8:14:00 AM: the month stands first */
	STAMP_EITHER, /* 4/11/2026 08:14:00: nothing says which of the two it is. Not parsed. */
	STAMP_N
};

struct stamp {
	instant at;    /* without a zone: as if it were UTC */
	bool zoned;    /* the text says which zone */
	bool yearless; /* the year was not in the text: `year` was taken */
};

/* A stamp at the very start of s (behind one '[' or '"'). Returns the bytes it takes, 0 when there
 * is none. year: for stamps without one. Seconds, and AM or PM behind them, are optional but for
 * STAMP_BSD, STAMP_APACHE. */
size_t stamp_parse(enum stamp_kind kind, const char *s, size_t n, int year, struct stamp *out);

/* The same of whatever kind is there; *kind says which. With points the day stands first; else,
 * when both day and month may, *kind is STAMP_EITHER, and out->at is no time. A year of two digits
 * is not guessed at: 17/06/09 may be of 2017 or 2009. */
size_t stamp_any(const char *s, size_t n, int year, enum stamp_kind *kind, struct stamp *out);

/* What a kind is called in a configuration: "dmy"; STAMP_N for a name that is none. */
const char *stamp_name(enum stamp_kind kind);
enum stamp_kind stamp_find(const char *name);

#endif
