/* SPDX-License-Identifier: Apache-2.0
 *
 * tree: paths below a root that is not this machine's: an image, a test. A link that begins with /
 * leads to the root, as it would for the programs that run there.
 */
#ifndef INIT_READERS_TREE_H
#define INIT_READERS_TREE_H

#include "base/arena.h"

#include <stddef.h>

#define TREE_LINKS_MAX 40 /* links on the way to one file, as the kernel allows */

/* The path without links, "." and "..", below root ("" for this machine), without the root in
 * front; in the arena. NULL with errno when a part of it is not there, or may not be seen. passes,
 * which may be NULL, is called with each folder on the way, links' own folders too, "/" first. */
const char *tree_real(const char *root, const char *path, struct arena *a,
    void (*passes)(void *self, const char *folder), void *self);

/* "folder/name", or the name alone where it begins with /. In the arena. */
const char *tree_join(const char *folder, const char *name, struct arena *a);

/* The folder that the file lies in; "/" at the top. In the arena. */
const char *tree_folder(const char *path, struct arena *a);

/* The names in a folder that end with suffix (NULL: all) and do not begin with a dot, sorted; at
 * most max, *n of them. NULL for none, also where the folder cannot be read. In the arena. */
const char **tree_names(const char *root, const char *folder, const char *suffix, size_t max,
    struct arena *a, size_t *n);

#endif
