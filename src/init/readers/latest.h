/* SPDX-License-Identifier: Apache-2.0
 *
 * latest: what the words of a program name, where of the same words in the same block only the last
 * counts.
 */
#ifndef INIT_READERS_LATEST_H
#define INIT_READERS_LATEST_H

#include "init/readers/listener.h"

#define LATEST_MAX 1000

struct named {
	const struct word *word;
	const char *block, *path;
	struct spot spot;
	bool there;
};

struct latest {
	struct arena *arena;
	struct named *v;
	size_t n, cap;
};

/* Copied. Several values of one statement all count. false: there are LATEST_MAX already, and it
 * was not taken. */
bool latest_put(struct latest *l, const struct named *n);
/* Hands out what still counts. */
void latest_tell(const struct latest *l, const struct listener *to);

#endif
