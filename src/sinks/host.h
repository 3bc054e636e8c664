/* SPDX-License-Identifier: Apache-2.0
 *
 * host: what the faces of several sinks have to know of names and paths. Pure.
 */
#ifndef SINKS_HOST_H
#define SINKS_HOST_H

#include "base/err.h"

#include <stdbool.h>

#define HOST_MAX 254 /* bytes of a name with its NUL (RFC 1035) */

/* localhost, or an address of this machine's loopback. */
bool host_is_loopback(const char *host);

/* A name or address without brackets, of what names and addresses are made of. -1 with *e set. */
int host_check(const char *host, struct err *e);

/* A path from / on, or none (NULL): a cell has no working folder of its own. -1 with *e set. */
int path_check(const char *path, struct err *e);

#endif
