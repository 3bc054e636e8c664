/* SPDX-License-Identifier: Apache-2.0
 *
 * look: all that the files of this computer say of its accounts, in one arena.
 */
#ifndef PROBES_ACCOUNTS_LOOK_H
#define PROBES_ACCOUNTS_LOOK_H

#include "accounts.h"
#include "etc.h"
#include "logins.h"
#include "sudoers.h"
#include "ways.h"

struct look {
	struct etc etc;
	struct sudoers sudoers;
	struct ways ways;
	struct logins logins;
	const char *least;     /* why there may be more administrators; NULL: nothing hides any */
	const char *no_shadow; /* why passwords were not looked at; NULL: they were */
	const char *directory; /* the source of accounts that was not asked ("sss"); NULL: none */
	instant now;
};

/* -1 with *e set when passwd or group cannot be read. Does not block. */
int look_around(
    const struct probe_ctx *ctx, const struct accounts_conf *c, struct look *out, struct err *e);

#endif
