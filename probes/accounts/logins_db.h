/* SPDX-License-Identifier: Apache-2.0
 *
 * logins_db: the two databases of login times of Debian 13 (libpam-lastlog2, libpam-wtmpdb).
 */
#ifndef PROBES_ACCOUNTS_LOGINS_DB_H
#define PROBES_ACCOUNTS_LOGINS_DB_H

#include "logins.h"

#define LOGINS_BUSY_WAIT 200              /* ms that a writer is waited for */
#define LOGINS_MEMORY ((int64_t)64 << 20) /* bytes that SQLite may take */

/* Notes a login: of nobody that passwd knows when `account` is NULL. */
void logins_take(struct logins *l, struct etc_account *account, int64_t at, const char *how);

/* Reads the table Lastlog2 or wtmp of the file, whichever it has. -1 with *e set: neither, damaged,
 * locked, or with a journal that only its writer can take in. */
int logins_db(
    const char *path, struct etc *accounts, struct arena *a, struct logins *out, struct err *e);

#endif
