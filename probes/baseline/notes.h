/* SPDX-License-Identifier: Apache-2.0
 *
 * notes: what a check knows of its folders from run to run, in a file of its own folder:
 *
 *	forewarn baseline 1
 *	D approved since list /path         (a folder; approved 0 or 1; since in microseconds)
 *	A person                            (who approved it)
 *	F base now size written touched inode since hashed name
 *	E hash                              (of all before)
 *
 * A file that is cut or changed is known by the last line.
 */
#ifndef BASELINE_NOTES_H
#define BASELINE_NOTES_H

#include "files.h"

#define NOTES_FILE "baseline"
#define NOTES_MAX ((size_t)48 << 20) /* bytes */

struct folders {
	struct folder v[BASELINE_FOLDERS_MAX];
	size_t n;
};

/* Into the folders whose paths are set; others are left out. text is changed. -1: it is none of
 * ours, and nothing is known then. Pure. */
int notes_parse(char *text, struct folders *all, struct arena *a);

/* NULL: the notes are read, or there were none; else why they cannot be. */
const char *notes_read(const struct probe_ctx *ctx, struct folders *all);
int notes_write(const struct probe_ctx *ctx, const struct folders *all, struct err *e);

#endif
