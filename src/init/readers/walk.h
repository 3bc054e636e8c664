/* SPDX-License-Identifier: Apache-2.0
 *
 * walk: one program while its files are read. follow.c makes one for each main file.
 */
#ifndef INIT_READERS_WALK_H
#define INIT_READERS_WALK_H

#include "init/readers/latest.h"
#include "init/readers/listener.h"

struct walk {
	const struct reader *program;
	const struct listener *l;
	const char *root;
	size_t *files;
	struct arena *keep;
	struct values vars;
	const char *base[BASE_N];
	bool collecting; /* the first of two ways, for the variables */
	int depth;
	size_t includes;   /* statements that include something, on this way */
	const char **seen; /* real paths of what was read on this way */
	size_t nseen, seen_cap;
	struct latest latest;
};

/* Reads a file, or all files of a folder and of the folders in it, unless they were read on this
 * way. word: the one that includes them, or NULL. */
void walk_one(struct walk *w, const struct reader *r, const char *path, const struct word *word);
/* … every one that a pattern names. */
void walk_pattern(
    struct walk *w, const struct reader *r, const char *pattern, const struct word *word);

#endif
