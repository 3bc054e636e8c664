/* SPDX-License-Identifier: Apache-2.0
 *
 * readers: every program whose configuration is read.
 */
#ifndef INIT_READERS_READERS_H
#define INIT_READERS_READERS_H

#include "init/readers/reader.h"

/* NULL ends them. */
extern const struct reader *const readers[];

#endif
