/* SPDX-License-Identifier: Apache-2.0
 *
 * trust: whether somebody else could change a file that decides what we run or tell.
 */
#ifndef CONF_TRUST_H
#define CONF_TRUST_H

#include "base/err.h"

/* The file, the links that lead to it and every folder above: each belongs to root or to us, and
 * nobody else may write to it (a sticky folder such as /tmp excepted; a group is nobody else when
 * it is the owner's own and has no other member). Blocks. -1 with *e set: the path of what is
 * open, and what to run. A file that is not there is no fault of this kind. */
int trust_check(const char *path, struct err *e);

#endif
