/* SPDX-License-Identifier: Apache-2.0
 *
 * files: the files of time services below a root, within limits.
 */
#ifndef INIT_CLOCKS_FILES_H
#define INIT_CLOCKS_FILES_H

#include "init/clocks/clocks.h"

/* Reads a file below the root into the arena, a NUL behind its last byte. false: it is not there,
 * it is masked (a link to /dev/null), or it cannot be read within the limits (c->unread is told).
 */
bool files_read(struct clocks *c, const char *path, char **data, size_t *len);

/* The first of these paths (NULL ends them) that can be read goes to `text`. */
void files_first(struct clocks *c, const char *const *paths,
    void (*text)(struct clocks *c, const char *path, char *data, size_t len));

bool files_there(struct clocks *c, const char *path);
/* Whether it is a link to /dev/null, by which systemd turns a unit or a file off. */
bool files_masked(struct clocks *c, const char *path);

/* The paths of the files in these folders whose names end with suffix (NULL: all), sorted by name;
 * a name counts in the first folder that has it (systemd.unit(5), chrony.conf(5)), also where it is
 * masked there. NULL ends the folders and what is handed back, which is never NULL itself. */
const char *const *files_merged(struct clocks *c, const char *const *folders, const char *suffix);

/* The paths that a glob(7) pattern names, sorted; as above. A relative one begins at the root,
 * where services run. */
const char *const *files_matching(struct clocks *c, const char *pattern);

/* Calls use for each statement of one or more words, of a file that can be read. */
typedef void statement_use(
    struct clocks *c, const char *path, const struct statement *s, void *self);
void files_statements(
    struct clocks *c, const char *path, const struct grammar *g, statement_use *use, void *self);
/* The same of bytes that were read. */
void files_cut(struct clocks *c, const char *path, const struct grammar *g, const char *data,
    size_t len, statement_use *use, void *self);

/* The next line of text that ends with a NUL, cut there, without blanks before it; NULL at the end.
 * *text moves on, *line counts from 0. */
char *files_line(char **text, unsigned long *line);

#endif
