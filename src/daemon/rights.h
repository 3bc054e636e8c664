/* SPDX-License-Identifier: Apache-2.0
 *
 * rights: who may change what at the control socket. Root and the daemon's own user may do all, the
 * owner of a check (conf_owns) some things to that check.
 */
#ifndef DAEMON_RIGHTS_H
#define DAEMON_RIGHTS_H

#include "daemon/asking.h"

/* Whether the one who asks may act on the check of that id. */
bool rights_own(const struct asking *q, const char *check);

/* 0, or -1 with *e set to the refusal: who asks owns no check at all; is neither root nor the
 * daemon's user. */
int rights_need_owner(const struct asking *q, struct err *e);
int rights_need_root(const struct asking *q, struct err *e);

#endif
