/* SPDX-License-Identifier: Apache-2.0
 *
 * What sudoers.c and grants.c share.
 */
#ifndef PROBES_ACCOUNTS_SUDOERS_PRIVATE_H
#define PROBES_ACCOUNTS_SUDOERS_PRIVATE_H

#include "sudoers.h"

/* Counts a rule that is not followed. */
void sudoers_unsure(struct sudoers *s, const char *rule);

/* s without spaces at its ends, in place. */
char *sudoers_trim(char *s);

#endif
