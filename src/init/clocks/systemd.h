/* SPDX-License-Identifier: Apache-2.0
 *
 * systemd: lists in systemd's files (systemd.syntax(7)): a value adds to the list, an empty one
 * clears it.
 */
#ifndef INIT_CLOCKS_SYSTEMD_H
#define INIT_CLOCKS_SYSTEMD_H

#include "init/clocks/clocks.h"

extern const struct grammar systemd_grammar;

struct systemd_entry {
	const char *text;
	struct spot spot;
};

/* Texts lie in the arena of clocks; a path is lent as long as the list lives. */
struct systemd_list {
	struct systemd_entry *v;
	size_t n, cap;
	bool set; /* it was assigned, be it to nothing */
};

/* An assignment, each of its words one entry. */
void systemd_assign(struct clocks *c, struct systemd_list *l, const char *program, const char *path,
    const struct statement *s);

/* Each entry as a server. name: of the option, for the words. */
void systemd_servers(struct clocks *c, const struct systemd_list *l, const char *name);

#endif
