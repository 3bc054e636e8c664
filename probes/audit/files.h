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
	bool stranger;       /* only its folder speaks for it: what is in it decides */
	bool packed;
	bool unreadable; /* `why` says why */
	bool damaged;  /* what is packed in it cannot be unpacked; one that is still being packed is
			  not */
	instant first; /* time of its first record, or when it was last written to */
	struct err why;
};

enum own_kind { OWN_FILE, OWN_ABSENT, OWN_LINK, OWN_OTHER, OWN_DENIED };

struct files {
	enum own_kind kind;
	struct file *v; /* the log's own file is v[0] when kind is OWN_FILE */
	size_t n, cap;
	bool blind;     /* a folder could not be looked into: older parts may be there */
	bool wide;      /* files_widen was called */
	size_t passed;  /* files of the folders that are not in v: there are too many */
	struct err why; /* of blind, and of OWN_DENIED */
};

/* conf->paths.v[log]. Text and array in the arena. -1 with *e: more than the limits allow. */
int files_find(
    struct files *f, const struct audit_conf *conf, size_t log, struct arena *a, struct err *e);

/* Adds a file that held a part of the log when it was last looked at, wherever that is. */
int files_add_known(struct files *f, const struct audit_conf *conf, const char *path,
    struct arena *a, struct err *e);

/* Adds all regular files of the log's folder and of the folders that `rotated` names, whatever they
 * are called, up to AUDIT_CANDIDATES_MAX in all; how many were left out is in f->passed. v may
 * move. */
void files_widen(struct files *f, const struct audit_conf *conf, size_t log, struct arena *a);

/* Bytes of a file's name without its ending: "a" of "a.log". */
size_t files_stem(const char *base);

/* The name of an older file of a log named base: "base" or base without its ending, ".", "-" or
 * "_", a number or date or old, perhaps the ending, and perhaps that of a packed file. Pure. */
bool files_rotated_name(const char *base, const char *name);

/* It ends as a packed file does. Pure. */
bool files_packed_name(const char *name);

/* For qsort, the older one first: a.log.10, a.log.9; but a.log-20261123, a.log-20261124. Pure. */
int files_by_name(const char *a, const char *b);

/* Two names that differ only in their numbers and in whether they are packed. Pure. */
bool files_same_form(const char *a, const char *b);

/* Sets packed, first and, when it cannot be read, unreadable. */
void files_peek(struct file *f, const struct audit_conf *conf);
/* Only packed and unreadable. */
void files_touch(struct file *f);

#endif
