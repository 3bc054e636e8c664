/* SPDX-License-Identifier: Apache-2.0
 *
 * meant: whether a pattern of fingerprints would ever mean something of what is configured or open.
 * A slip of the hand would keep nothing quiet, and nobody would know.
 */
#ifndef DAEMON_MEANT_H
#define DAEMON_MEANT_H

#include "daemon/asking.h"

bool meant_anything(struct asking *q, const char *pattern);

#endif
