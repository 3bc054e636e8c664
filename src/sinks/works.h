/* SPDX-License-Identifier: Apache-2.0
 *
 * works: the work of all sinks that have a cell. Linked into forewarn-sink only.
 */
#ifndef SINKS_WORKS_H
#define SINKS_WORKS_H

#include "sinks/sink.h"

const struct sink_work *sink_work_find(const char *name); /* NULL if there is none */

#endif
