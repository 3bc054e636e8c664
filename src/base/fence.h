/* SPDX-License-Identifier: Apache-2.0
 *
 * fence: what one configuration says of all its cells, and what a cell answers.
 */
#ifndef BASE_FENCE_H
#define BASE_FENCE_H

#include <stdbool.h>

struct fence {
	/* Paths, one a line, that a cell with NEED_FILES, NEED_EXEC or NEED_MODULE must not have:
	 * "-/path", a secret, is neither read nor written, nor is "+/path", one whose file is said
	 * to hold a certificate too; "=/path" is only not written. NULL: none. */
	const char *guarded;
	bool unconfined; /* go on where this kernel filters no system calls */
};

/* How the words of a cell on what confines it begin where no filter does. */
#define FENCE_NONE "unconfined"
#define FENCE_TEXT_MAX 64 /* bytes of those words */

#endif
