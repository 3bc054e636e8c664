/* SPDX-License-Identifier: Apache-2.0
 *
 * ics: a calendar (RFC 5545) of whole days, for what has a day to start and a day to end. A UID
 * stays the same as long as its thing does, so that a calendar which takes the file again replaces
 * what it has.
 */
#ifndef SHOW_ICS_H
#define SHOW_ICS_H

#include "base/span.h"
#include "base/str.h"

/* A whole day's entry (3.6.1: a date without an end is one day). Text is clean: one line. */
struct ics_event {
	const char *uid;              /* before "@forewarn" */
	instant stamp, day;           /* day: the reader's own */
	const char *before, *summary; /* shown together */
	const char *description;
};

/* of: what the calendar is of, one word. */
void ics_begin(struct str *out, const char *of);
void ics_event(struct str *out, const struct ics_event *e);
void ics_end(struct str *out);

#endif
