/* SPDX-License-Identifier: Apache-2.0
 *
 * listener: who is told what the configurations name.
 */
#ifndef INIT_READERS_LISTENER_H
#define INIT_READERS_LISTENER_H

#include "base/err.h"
#include "init/readers/reader.h"

/* Where something stands. */
struct spot {
	const char *program, *file;
	unsigned long line;
};

/* All texts are lent for the call. */
struct listener {
	void *self;
	/* a path without variables, absolute; there: something lies at it */
	void (*thing)(void *self, enum role role, const char *path, bool there, struct spot spot);
	/* ROLE_NAME, ROLE_PORT: as it is written */
	void (*name)(void *self, enum role role, const char *text);
	/* what was seen and not understood: a word with its value, and why or NULL */
	void (*puzzle)(void *self, const char *words, const char *why, struct spot spot);
	void (*unread)(void *self, const char *path, const struct err *e);
};

#endif
