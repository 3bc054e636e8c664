/* SPDX-License-Identifier: Apache-2.0
 *
 * accounts: who can be administrator on this computer, whether that still works, and the accounts
 * that should not be as they are. Read from the files of passwd(5), group(5), shadow(5), sudoers(5)
 * and of the login times; nothing is asked of the name service.
 */
#ifndef PROBES_ACCOUNTS_ACCOUNTS_H
#define PROBES_ACCOUNTS_ACCOUNTS_H

#include "probes/probe.h"

#include <stdint.h>

#define ACCOUNTS_FILE_MAX ((size_t)4 << 20) /* bytes of passwd, group, shadow or sudoers */
#define ACCOUNTS_NAMES_MAX 64               /* names in one option */
#define ACCOUNTS_LIVE (90 * SPAN_DAY)       /* a recorder of logins that noted none for this long */
#define ACCOUNTS_DUE (75 * SPAN_DAY)        /* since the last test of an emergency account: plan */
#define ACCOUNTS_OVERDUE (120 * SPAN_DAY)   /* and act */

struct accounts_conf {
	const char *root; /* folder that stands for / */
	struct texts service, emergency, drills, shared;
	int64_t most; /* people who may be administrator; 0: no limit */
	bool passwords;
};

/* A stretch of time in which an emergency account was meant to be used. */
struct accounts_drill {
	const char *name;
	instant from, to; /* to: the end of its last day, not in it */
	instant shown;    /* falls on its last day by the calendar here */
};

/* "NAME FROM [TO]", dates or moments of RFC 3339; -1 with *e set. Pure. */
int accounts_drill(const char *text, struct arena *a, struct accounts_drill *out, struct err *e);

#endif
