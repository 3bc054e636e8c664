/* SPDX-License-Identifier: Apache-2.0
 *
 * senders: the work of all sinks that have a cell. Linked into forewarn-sink only.
 */
#ifndef SINKS_SENDERS_H
#define SINKS_SENDERS_H

#include "sinks/sink.h"

const struct sink_work *sink_work_find(const char *name); /* NULL if there is none */

#endif
