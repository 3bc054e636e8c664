/* SPDX-License-Identifier: Apache-2.0
 *
 * options: one table of every call and its options. From it come the parsers, --help, the
 * completions of the shells and the options in the manual pages, so that none can say otherwise.
 */
#ifndef FACE_OPTIONS_H
#define FACE_OPTIONS_H

#include <stdbool.h>
#include <stdio.h>

struct face_opt {
	char key;          /* what face_next answers; NULL name ends a list */
	bool brief;        /* -key is another way to write it */
	const char *name;  /* --name */
	const char *value; /* FILE, DIR and PATH are completed as such; NULL: takes none */
	const char *words; /* the values there are, separated by spaces; NULL: any */
	const char *help;  /* lower case, no full stop */
};

/* What stands after the options. */
enum face_operand { FACE_NONE, FACE_TEXT, FACE_FILES, FACE_CHECKS, FACE_PROBES };

/* A word that a call begins with: `ack` of `forewarn alerts ack WHICH`. */
struct face_sub {
	const char *name; /* NULL ends a list */
	const char *operand;
	enum face_operand kind;
	const char *takes; /* keys of the call's options that belong to it; NULL: none */
	const char *help;
};

struct face_exit {
	int code;
	const char *when; /* NULL ends a list */
};

struct call {
	const char *program; /* NULL ends the table */
	const char *call;    /* NULL: a program that has no calls */
	const char *operand; /* as in a synopsis */
	enum face_operand kind;
	const char *help;  /* one line, lower case */
	const char *about; /* more of it, whole sentences */
	const char *more;  /* what must be known besides; NULL: nothing */
	const struct face_opt *opts;
	const struct face_sub *subs; /* NULL: it has none */
	const struct face_exit *exits;
};

extern const struct call all_calls[];

/* The face of a program's call; call NULL for a program without calls. Aborts when there is none:
 * a bug. */
const struct call *face_of(const char *program, const char *call);

/* The key of the next option, as getopt_long(3); -1 at the end, '?' for a fault that was told. */
int face_next(const struct call *call, int argc, char **argv);

/* --help of one call; returns 0. */
int face_help(const struct call *call);

/* --help of the program: a synopsis and a line for each call. */
void face_overview(const char *program);

/* "FORM: text, json or plugin", for messages about an option's value; buf is returned. */
const char *face_words(const struct call *call, char key, char *buf, size_t size);

#endif
