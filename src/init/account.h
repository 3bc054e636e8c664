/* SPDX-License-Identifier: Apache-2.0
 *
 * account: which places an account may not reach. Root asks for it: the kernel is asked as that
 * account, so that modes, groups and access lists all count.
 */
#ifndef INIT_ACCOUNT_H
#define INIT_ACCOUNT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

#define ACCOUNT_WAIT 10000 /* ms; groups may be asked of a directory (base/names.h) */

/* What the account needs there. */
enum reach {
	REACH_PASS, /* a folder: to go through it */
	REACH_LIST, /* a folder: to list it too */
	REACH_READ  /* a file: to read it */
};

struct place {
	const char *path; /* without links, below the root */
	enum reach need;
	bool key;    /* it holds a private key; for the caller */
	bool wanted; /* a folder that is to be opened; for the caller */
	bool denied;
};

/* Fills denied of the n places, each asked for itself: a closed folder above does not matter. Only
 * for root. 0; -1: there is no such account, or that could not be found out. Blocks, not past
 * ACCOUNT_WAIT. */
int account_ask(const char *account, const char *root, struct place *v, size_t n, struct arena *a);

#endif
