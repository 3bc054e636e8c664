/* SPDX-License-Identifier: Apache-2.0
 *
 * account: whether all records of a log bear one user's name for so long that several people must
 * be behind it. Pure; the head keeps it from run to run.
 *
 * A second name begins it anew. One name for ACCOUNT_LONG is told; already for ACCOUNT_SHORT when
 * its records stand in more hours of the day than one person works. The names of programs (SYSTEM)
 * are nobody's.
 */
#ifndef PROBES_AUDIT_ACCOUNT_H
#define PROBES_AUDIT_ACCOUNT_H

#include "slice.h"
#include "statement.h"

#include "base/span.h"

#define ACCOUNT_SHORT (14 * 86400 * INSTANT_S)
#define ACCOUNT_LONG (30 * 86400 * INSTANT_S)
#define ACCOUNT_HOURS 12 /* hours of the day in which one person may be seen */
#define ACCOUNT_DAYS 10  /* days with records, of a time that counts */
#define ACCOUNT_NAME 64  /* bytes of a name that are kept */

struct account {
	char name[ACCOUNT_NAME + 1]; /* "": none was seen */
	uint64_t user;               /* a hash of all of it; 0: none was seen */
	instant since, newest;       /* times of its records */
	uint64_t records, days;
	int64_t day;    /* of the newest record, since 1970 */
	uint32_t hours; /* a bit for each hour of the day with a record */
};

/* The next record of this user, at this time. */
void account_take(struct account *a, struct slice user, instant at);

/* Too long for one person. */
bool account_shared(const struct account *a);

void account_put(struct str *out, const struct account *a);
bool account_get(struct account *a, const struct statement *st);

#endif
