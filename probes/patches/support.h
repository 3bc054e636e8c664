/* SPDX-License-Identifier: Apache-2.0
 *
 * support: until when a release gets security updates (distro-info-data's table, os-release(5)),
 * and which sources do not any more (debian-security-support, in the form of Debian 12 and of 13).
 * Pure; text lives in the arena. INSTANT_NONE where there is no date.
 */
#ifndef PROBES_PATCHES_SUPPORT_H
#define PROBES_PATCHES_SUPPORT_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

#define SUPPORT_COLUMNS_MAX 32   /* of the table; more are not read */
#define SUPPORT_ENTRIES_MAX 4096 /* of a list of sources; more are not read, and counted */
#define SUPPORT_NAME_MAX 200     /* bytes of a source's name or pattern */
#define SUPPORT_ANY_MAX 2        /* ".*" in one pattern */

struct support_release {
	bool listed;
	const char *name; /* "12 Bookworm" */
	instant eol, lts; /* the end of that day, UTC */
};

/* A value of os-release without its quotes; NULL when it is not there. */
const char *support_os(const char *os_release, const char *key, struct arena *a);

/* The row whose column `series` is codename, or whose column `version` begins with version; columns
 * are found by the header. Either may be NULL. */
void support_table(const char *csv, const char *codename, const char *version, struct arena *a,
    struct support_release *out);

/* The end of a day written as 2026-07-11; INSTANT_NONE when it is none. */
instant support_day(const char *text);

struct support_entry {
	const char *source; /* a name, or a pattern of the whole of one, with ".*" in it */
	bool ended;         /* else it is only supported in part */
	instant at;         /* from when on; INSTANT_NONE: from before */
	const char *why;
};

struct support_list {
	struct support_entry *v;
	size_t n, cap, surplus, bad;
};

/* Adds the lines of security-support-ended.debN (source, last version, date, reason),
 * security-support-limited (source, reason) or security-support.debN (source, limited or
 * non-supported, ...). */
enum support_form { SUPPORT_ENDED, SUPPORT_LIMITED, SUPPORT_BOTH };
void support_sources(
    const char *text, enum support_form form, struct arena *a, struct support_list *out);

/* The entry that a source falls under, the ended ones first; NULL: none. */
const struct support_entry *support_find(const struct support_list *l, const char *source);

#endif
