/* SPDX-License-Identifier: Apache-2.0
 *
 * files: what is there now of one log: its own file and the files that may be older parts of it.
 */
#ifndef PROBES_AUDIT_FILES_H
#define PROBES_AUDIT_FILES_H

#include "source.h"

struct file {
	const char *path;
	struct hints hints;
	struct segment *seg; /* whose bytes it holds, once that is known */
	bool own;            /* the log's own name, not an older part */
	bool ours;           /* by its name it is of this log and of no other of the check */
	bool packed;
	bool unreadable; /* `why` says why */
	instant first;   /* time of its first record, or when it was last written to */
	struct err why;
};

enum own_kind { OWN_FILE, OWN_ABSENT, OWN_LINK, OWN_OTHER, OWN_DENIED };

struct files {
	enum own_kind kind;
	struct file *v; /* the log's own file is v[0] when kind is OWN_FILE */
	size_t n, cap;
	bool blind;     /* a folder could not be looked into: older parts may be there */
	struct err why; /* of blind, and of OWN_DENIED */
};

/* conf->paths.v[log]. Text and array in the arena. -1 with *e: more than the limits allow. */
int files_find(
    struct files *f, const struct audit_conf *conf, size_t log, struct arena *a, struct err *e);

/* The name of an older file of a log named base: "base" "." or "-", a number or date or old, and
 * perhaps .gz. Pure. */
bool files_rotated_name(const char *base, const char *name);

/* Sets packed, first and, when it cannot be read, unreadable. */
void files_peek(struct file *f, const struct audit_conf *conf);

#endif
