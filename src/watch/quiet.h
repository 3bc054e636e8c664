/* SPDX-License-Identifier: Apache-2.0
 *
 * quiet: whether one of the programs of quiet_when_running runs on this computer now: then an
 * instrument measures, and what is not urgent waits.
 */
#ifndef WATCH_QUIET_H
#define WATCH_QUIET_H

#include "conf/schema.h"

/* Compares names as proc(5) cuts them, to 15 bytes. Reads /proc; does not block. */
bool quiet_now(const struct texts *programs);

#endif
