/* SPDX-License-Identifier: Apache-2.0
 *
 * logins: when each account was last used, from whatever of this keeps it here: lastlog (a record
 * for each number), lastlog2.db and wtmp.db (SQLite), wtmp (utmp(5)). Files are opened for reading
 * only. Seconds since 1970, as whoever wrote them had the clock of this computer.
 */
#ifndef PROBES_ACCOUNTS_LOGINS_H
#define PROBES_ACCOUNTS_LOGINS_H

#include "etc.h"

#include "base/err.h"

#define LASTLOG_RECORD 292 /* bytes: int32 time, line[32], host[256]; at 292 times the number */
#define WTMP_RECORD 384    /* bytes: struct utmp of Linux with 32-bit times */
#define WTMP_READ ((size_t)4 << 20) /* bytes of wtmp that are read, the newest */
#define LOGINS_ROWS_MAX 1000000     /* of a database */

struct logins {
	size_t kept;         /* files that hold at least one login */
	size_t there;        /* files that are there */
	const char *sources; /* the names of those that hold one, with commas; "" for none */
	const char *unread;  /* the first that could not be read, with the reason; NULL: none */
	int64_t newest;      /* of any account; 0: none */
	size_t rows;         /* logins seen, also of accounts that are not in passwd */
};

/* Looks below `root` ("" for /) and fills login and how of the accounts. Does not block. */
void logins_read(const char *root, struct etc *accounts, struct arena *a, struct logins *out);

/* The records of lastlog for one account and of wtmp for all, from their bytes; pure. The time is 0
 * where there is none. */
int64_t lastlog_time(const unsigned char record[LASTLOG_RECORD]);
void wtmp_records(const unsigned char *bytes, size_t n, struct etc *accounts, struct logins *out);

#endif
