/* SPDX-License-Identifier: Apache-2.0
 *
 * ways: what makes an account an administrator, and whether it can still log in. Pure.
 */
#ifndef PROBES_ACCOUNTS_WAYS_H
#define PROBES_ACCOUNTS_WAYS_H

#include "etc.h"
#include "sudoers.h"

/* What was seen of the ways to become root. */
struct ways {
	bool sudo;   /* it is installed */
	bool read;   /* sudoers was read whole */
	bool polkit; /* it is installed */
	const struct sudoers *sudoers;
	const char *shells; /* shells(5), or NULL */
};

/* Fills `ways` and `asks_nothing` of the accounts. */
void ways_of_accounts(struct etc *e, const struct ways *w);

/* Whether an account can be logged in with at `day` (days since 1970): a shell, not expired, and a
 * password or a key. keys: its authorized_keys hold something: 1, 0, or -1 where that cannot be
 * seen. */
void ways_usable(struct etc_account *a, const struct ways *w, int64_t day, int keys);

/* A service's account: by its number or its name in the list. */
bool ways_is_service(const struct etc_account *a, const struct texts *named);

/* "sudo, docker" for people. */
const char *ways_text(const struct etc_account *a, struct arena *arena);

#endif
