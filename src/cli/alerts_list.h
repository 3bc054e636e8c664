/* SPDX-License-Identifier: Apache-2.0
 *
 * alerts_list: what is open, silenced and excepted, as `forewarn alerts` prints it.
 */
#ifndef CLI_ALERTS_LIST_H
#define CLI_ALERTS_LIST_H

#include "base/arena.h"

#include <stdbool.h>

/* Asks the daemon at the socket and prints; the exit code of the worst level. */
int alerts_list(const char *socket, bool as_json, struct arena *a);

#endif
