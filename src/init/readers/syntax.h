/* SPDX-License-Identifier: Apache-2.0
 *
 * syntax: the bytes of a configuration file cut into statements and words, by a grammar that is
 * data: one table for each family of programs. Pure: reads no file, keeps nothing between calls
 * but what struct syntax holds; words lie in the caller's arena. What does not fit the grammar is
 * never an error here: the words come as they stand, and nobody knows their names.
 */
#ifndef INIT_READERS_SYNTAX_H
#define INIT_READERS_SYNTAX_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

#define SYNTAX_WORDS_MAX 256 /* words of one statement; those behind are counted in `more` */
#define SYNTAX_DEPTH_MAX 32  /* blocks within blocks whose names are kept */

enum syntax_tags {
	TAGS_NONE,
	TAGS_BLOCKS, /* <Name …> opens a block, </Name> closes it (Apache, ProFTPD) */
	TAGS_RAW /* <name> to </name> is one statement, what lies between is skipped (OpenVPN) */
};

struct grammar {
	const char *comment;      /* characters that begin a comment where a word could begin */
	bool comment_starts_line; /* … and nowhere but as the first of a line */
	const char *remark[2];    /* what begins and ends a remark of several lines; NULL: none */
	const char *quotes;       /* characters that begin a quoted word and end it */
	bool quotes_inside;       /* … also in the middle of a word, as a shell takes them */
	bool doubled;             /* a quote written twice in a quoted word is one (PostgreSQL) */
	bool escapes;             /* a backslash takes the next character as it is */
	const char *ends;         /* characters that end a statement */
	bool lines;               /* the end of a line ends one too */
	bool backslash_continues; /* … unless a backslash stands before it */
	bool indent_continues;    /* … unless the next line begins with a blank (postfix) */
	bool blocks;              /* { and } */
	bool blocks_apart;        /* … only { with a blank or the line's end behind it (Caddy) */
	enum syntax_tags tags;
	bool sections;       /* [name] at a line's start */
	const char *assigns; /* characters between the first word and the second */
	bool dashes;         /* a word that is only a dash is none (lists of YAML) */
	const char *parts;   /* characters that part words anywhere, besides blanks */
};

enum statement_kind { STATEMENT_PLAIN, STATEMENT_OPENS, STATEMENT_CLOSES, STATEMENT_RAW };

struct statement {
	enum statement_kind kind;
	const char **word; /* n of them, quotes and escapes taken off; NULL when n is 0 */
	size_t n, more;
	unsigned long line; /* of the first word, from 1 */
	const char *block;  /* first word of the innermost block or section around it, or "" */
};

struct syntax {
	const struct grammar *g;
	const char *p, *end;
	unsigned long line;
	bool line_start;
	struct arena *arena;
	size_t depth; /* may pass SYNTAX_DEPTH_MAX; the names beyond are not kept */
	const char *open[SYNTAX_DEPTH_MAX];
	const char *section;
};

/* data is borrowed while it is read. */
void syntax_init(
    struct syntax *s, const struct grammar *g, const char *data, size_t len, struct arena *a);

/* The next statement; false at the end. A statement that closes a block may have no word. */
bool syntax_next(struct syntax *s, struct statement *out);

#endif
