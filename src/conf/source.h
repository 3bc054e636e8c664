/* SPDX-License-Identifier: Apache-2.0
 *
 * source: one file of a configuration with all that it @includes, as one text, and where each line
 * of that text came from. So whoever parses the text opens no file, and needs no right to. Files
 * are read here, once: what is no text file, what is too large and what is not there is said in
 * our own words (libconfig calls all of it "syntax error" or "file I/O error").
 */
#ifndef CONF_SOURCE_H
#define CONF_SOURCE_H

#include "base/str.h"
#include "conf/conf.h"

#define CONF_TEXT_MAX ((size_t)32 << 20) /* bytes of one file and all that it includes */
#define CONF_INCLUDE_DEPTH 10            /* of includes within includes, as libconfig has it */

/* A stretch of the text that is one file's, line by line. */
struct source_part {
	unsigned first; /* its first line in the text; the first of all is 1 */
	size_t at;      /* the byte of the text where that line begins */
	const char *file;
	unsigned line; /* that line in the file */
};

struct source {
	const char *path;
	struct arena *arena; /* of the paths and the parts; borrowed */
	const char *folder;  /* that of the file, to which names in @include are relative */
	struct str text;     /* and an end of line */
	struct source_part *parts;
	const char **files; /* each file that was read, in that order */
	size_t nparts, cap_parts, nfiles, cap_files;
	unsigned line;     /* of the text, that comes next */
	const char *fault; /* "file:line: …": why there is no text; NULL: there is */
};

/* Reads the file and what it includes. Blocks. Never fails: ask `fault`. What is in *s lives as
 * long as the arena; source_fini gives the text back. */
void source_read(struct source *s, const char *path, struct arena *a);

/* The same of a text that is in no file; path names it in messages. */
void source_from(struct source *s, const char *path, const char *text, struct arena *a);

void source_fini(struct source *s);

/* Where a line of the text came from. A line that the text does not have is its last. */
const char *source_file(const struct source *s, unsigned line, unsigned *line_there);

/* The bytes of a line of the text, up to its end or that of the text. NULL: it has no such line. */
const char *source_line(const struct source *s, unsigned line, size_t *len);

/* The folder of a file: "." where the path names none. */
const char *source_folder(const char *path, struct arena *a);

#endif
