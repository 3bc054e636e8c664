/* SPDX-License-Identifier: Apache-2.0
 *
 * secret: a key or password from a file, in memory of its own that is not swapped (as far as the
 * limit allows), not in a core, not in a child, and wiped when it is given back.
 */
#ifndef CELL_SECRET_H
#define CELL_SECRET_H

#include "base/err.h"

#include <stddef.h>

#define SECRET_MAX ((size_t)16384) /* bytes of the file */

struct secret {
	char *text; /* ends with NUL; NULL: none */
	size_t len;
	size_t size; /* of the mapping */
};

/* Reads a regular file that only root or this user may read, no link; a line end at its end is
 * left out. Before rights are dropped. Blocks. -1 with *e set: path, what, and what to run. */
int secret_read(struct secret *s, const char *path, struct err *e);

/* An empty one of `size` bytes, for what is made from a secret. */
int secret_room(struct secret *s, size_t size, struct err *e);

void secret_free(struct secret *s);

#endif
