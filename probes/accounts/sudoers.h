/* SPDX-License-Identifier: Apache-2.0
 *
 * sudoers: a small reading of sudoers(5): whom a rule lets run everything as root, or a program
 * that starts others. What it does not follow is counted in `unsure`, so that a count of
 * administrators is "at least" then, and never too small without a word. Exclusions (!cmd) are no
 * safety and are passed over. Pure; all text lives in the arena.
 */
#ifndef PROBES_ACCOUNTS_SUDOERS_H
#define PROBES_ACCOUNTS_SUDOERS_H

#include "base/arena.h"
#include "conf/schema.h"

#include <stdbool.h>

#define SUDOERS_GRANTS_MAX 4096  /* one more is counted in `unsure` */
#define SUDOERS_ALIASES_MAX 1024 /* the same */
#define SUDOERS_DEPTH_MAX 8      /* an alias in an alias in ... */
#define SUDOERS_LOOKS_MAX 100000 /* aliases looked up, in all */
#define SUDOERS_FILES_MAX 256    /* files that are included, in all */

/* Whom a rule is for: "anna", "%sudo", "#1000", "%#27". */
struct sudoers_grant {
	const char *whom;
	bool all;          /* everything; else a program that starts others */
	bool asks_nothing; /* NOPASSWD */
};

struct sudoers_alias {
	const char *name, *list;
};

struct sudoers {
	struct sudoers_grant *grants;
	struct sudoers_alias *aliases;
	struct texts includes, folders; /* named by it, as they stand there, to be read in turn */
	size_t ngrants, naliases, cap_grants, cap_aliases, cap_includes, cap_folders;
	size_t unsure, looks;
	const char *first_unsure; /* the first rule that was not followed, or NULL */
	struct texts rules;
	size_t cap_rules;
};

/* Takes one file in; aliases may stand behind their use, so sudoers_end makes the grants. */
void sudoers_read(const char *text, struct arena *a, struct sudoers *out);
void sudoers_end(struct arena *a, struct sudoers *out);

/* Whether sudo reads a file of this name in a folder of @includedir. */
bool sudoers_is_read(const char *name);

#endif
