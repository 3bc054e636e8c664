/* SPDX-License-Identifier: Apache-2.0
 *
 * source: the bytes of one file of a log, plain or packed (unpack.h), as far as it reached when it
 * was opened. Regular files only, links are not followed. Blocks on the
 * disk only.
 */
#ifndef PROBES_AUDIT_SOURCE_H
#define PROBES_AUDIT_SOURCE_H

#include "known.h"
#include "probes/unpack/unpack.h"

#include <sys/stat.h>

struct source {
	int fd;
	struct hints hints;
	bool packed;
	enum pack pack;
	uint64_t at; /* the next byte handed out, counted unpacked */
	struct unpack *unpack;
};

#define SOURCE_FRESH (300 * INSTANT_S) /* since the last byte: an archive may still be written */

/* Fills hints from a look at the path, without following a link: 0, or -1 with errno. */
int hints_look(const char *path, struct hints *out, mode_t *mode);

/* The same file as far as the file system knows. */
bool hints_same_file(const struct hints *a, const struct hints *b);
/* And nothing was written to it, nor its name or rights changed. */
bool hints_equal(const struct hints *a, const struct hints *b);

/* -1 with *e set (ERR_ABSENT, ERR_DENIED, else why it is no file to read; ERR_PARSE: an archive
 * that is still being packed). A packed file that was written to within SOURCE_FRESH is unpacked
 * once to know. */
int source_open(struct source *s, const char *path, struct err *e);
void source_close(struct source *s);

/* Goes to a byte; of a packed file everything before it is unpacked. -1 with *e. */
int source_seek(struct source *s, uint64_t at, struct err *e);

/* Fills buf as far as there are bytes; the number is less than n only at the end. -1 with *e: it
 * cannot be read, or what is packed is damaged or cut (ERR_PARSE). */
ssize_t source_read(struct source *s, void *buf, size_t n, struct err *e);

#endif
