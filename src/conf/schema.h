/* SPDX-License-Identifier: Apache-2.0
 *
 * schema: option tables. One table parses, checks, prints and documents; it also carries a struct
 * of options to a worker and back (cell/job). Knows nothing of the file format.
 */
#ifndef CONF_SCHEMA_H
#define CONF_SCHEMA_H

#include "base/arena.h"
#include "base/err.h"
#include "base/frame.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum opt_type {
	OPT_TEXT,   /* const char *; NULL when not given and without default */
	OPT_TEXTS,  /* struct texts: a list, or one text */
	OPT_SPAN,   /* span */
	OPT_INT,    /* int64_t, min..max */
	OPT_BOOL,   /* bool */
	OPT_CHOICE, /* const char *, one of `choices` (words separated by '|') */
	OPT_SECRET, /* const char *: path of a file that only its owner may read */
	OPT_TYPE_N
};

#define TEXTS_MAX 65536     /* texts in one list */
#define OPT_VALUE_MAX 16384 /* bytes of one text */
#define OPT_SHOWN_MAX 96    /* characters of a name that people read; every face shows so many */

struct texts {
	const char **v;
	size_t n;
};

struct opt {
	const char *name;
	enum opt_type type;
	size_t offset;       /* in the struct of options */
	const char *dflt;    /* as it would be written; NULL: none */
	const char *help;    /* one line, lower case, with the unit or meaning */
	const char *choices; /* OPT_CHOICE; OPT_TEXTS: of each entry, NULL for any */
	int64_t min, max;    /* OPT_INT; max 0 is no limit. OPT_SPAN: in ns, the same */
	bool required;
	bool shown;   /* a name that people read: at most OPT_SHOWN_MAX characters, no controls */
	bool trusted; /* a file (of a list the first) that only root and we may change */
	const char
	    *example; /* as it would be written in the configuration; for OPT_TEXTS "[ ... ]" */
};

/* OPT(struct clock_conf, max_offset, OPT_SPAN, .dflt = "1s", .help = "...") */
#define OPT(type_, field_, kind_, ...)                                                             \
	{                                                                                          \
		.name = #field_, .type = (kind_), .offset = offsetof(type_, field_), __VA_ARGS__   \
	}
#define OPT_END                                                                                    \
	{                                                                                          \
		.name = NULL                                                                       \
	}

const struct opt *opt_find(const struct opt *table, const char *name);

/* The known name nearest to a wrong one, or NULL when none is near. */
const char *opt_nearest(const struct opt *table, const char *name);

/* What is allowed, for messages and manuals: "a time span (ns us ms s min h d w mo y)". */
const char *opt_allowed(const struct opt *o, char *buf, size_t size);

/* Fill one field. Text is copied into the arena. -1 with *e: what is wrong and what is allowed,
 * without the option's name. opt_set_text parses text for any type but lists. */
int opt_set_text(const struct opt *o, void *conf, const char *text, struct arena *a, struct err *e);
int opt_set_texts(const struct opt *o, void *conf, const char *const *v, size_t n, struct arena *a,
    struct err *e);
int opt_set_int(const struct opt *o, void *conf, int64_t v, struct err *e);
int opt_set_bool(const struct opt *o, void *conf, bool v, struct err *e);

/* All defaults of a table into a zeroed struct. A default that does not parse is a bug: abort. */
void opts_defaults(const struct opt *table, void *conf, struct arena *a);

/* A struct of options to a frame and back; opts_get refuses what the table would refuse. */
void opts_put(struct frame *f, const struct opt *table, const void *conf);
int opts_get(struct frame *f, const struct opt *table, void *conf, struct arena *a, struct err *e);

#endif
