/* SPDX-License-Identifier: Apache-2.0
 *
 * conditions: which lines count, between .ifdef and .endif and their like. Pure.
 */
#ifndef INIT_READERS_CONDITIONS_H
#define INIT_READERS_CONDITIONS_H

#include "init/readers/reader.h"

#define CONDITIONS_MAX 32 /* within one another; what is deeper does not count */

struct conditions {
	size_t depth;
	bool on[CONDITIONS_MAX];
};

/* Whether the role is one of a condition; then it is taken. has: its variable has a value. */
bool conditions_take(struct conditions *c, enum role role, bool has);
bool conditions_on(const struct conditions *c);

#endif
