/* SPDX-License-Identifier: Apache-2.0
 *
 * sandbox_private: the single steps of sandbox_enter, in files of their own.
 */
#ifndef CELL_SANDBOX_PRIVATE_H
#define CELL_SANDBOX_PRIVATE_H

#include "cell/sandbox.h"

#include <stdint.h>

/* What FOREWARN_CELL lowers. */
struct forced {
	int files;         /* highest ABI of Landlock */
	bool no_calls;     /* no seccomp */
	bool unknown_kill; /* an unknown call of a strict cell kills */
};

#define LANDLOCK_SCOPES 6 /* first ABI that keeps signals and abstract sockets in */

#define FOREIGN (NEED_EXEC | NEED_MODULE)

/* Foreign code does not run as root: becomes the user of the terms. */
int sandbox_user(const struct sandbox_terms *t, struct err *e);

/* Some folder was named to sandbox_also_make. */
bool sandbox_makes(void);

/* Landlock; *abi is what is in force then, 0 when this kernel has none. */
int sandbox_files(const struct sandbox_terms *t, int most, int *abi, struct err *e);

/* seccomp; *held: it is in force. kill: an unknown call of a strict cell ends it. */
int sandbox_calls(const struct sandbox_terms *t, bool kill, bool *held, struct err *e);

/* Files that the terms guard, as the kernel names them. */
struct guarded {
	const char *path[SANDBOX_GUARDED_MAX]; /* without links */
	bool readable[SANDBOX_GUARDED_MAX];    /* guarded against writing only */
	size_t n;
};

void guarded_free(struct guarded *g);
int guarded_read(struct guarded *g, const char *lines, struct err *e);

/* A rule for path and all that is beneath, but for what is guarded. writes: the rights include
 * changing something. What is not there needs no rule. */
int guarded_allow(const struct guarded *g, int ruleset, const char *path, uint64_t rights,
    bool writes, struct err *e);

#endif
