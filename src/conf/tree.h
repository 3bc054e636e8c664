/* SPDX-License-Identifier: Apache-2.0
 *
 * tree: the settings of one file as they were written, and their way as frames out of the process
 * that parses them. That process may lie: what comes out of it is bounded and checked.
 *
 * The stream: any number of TREE_SETTINGS frames, settings in the order of their beginnings, each
 * followed by those in it, the first one the group that is the file; or one TREE_FAULT instead.
 * A setting: its kind (u32), its line (u32), its name (NULL: it stands in no group), and then: a
 * text its length (u32) and itself (NULL: longer than OPT_VALUE_MAX), a number an i64, a boolean a
 * u32, what has settings in it how many (u32), a fraction nothing.
 */
#ifndef CONF_TREE_H
#define CONF_TREE_H

#include "base/frame.h"

#define TREE_DEPTH_MAX 8 /* of settings in settings; what lies deeper is left out */
#define TREE_SETTINGS_MAX ((size_t)1000000) /* of one file and all that it includes */
#define TREE_BYTES_MAX ((size_t)64 << 20)   /* of all its frames */
#define TREE_NAME_MAX 255                   /* bytes of a name; a longer one is cut */
#define TREE_ARENA_MAX ((size_t)256 << 20)  /* bytes that these limits stay below */

enum { TREE_SETTINGS = 1, TREE_FAULT }; /* kinds of frames */

enum setting_kind {
	SETTING_GROUP,
	SETTING_LIST,
	SETTING_ARRAY,
	SETTING_TEXT,
	SETTING_INT,
	SETTING_FLOAT,
	SETTING_BOOL,
	SETTING_KIND_N
};

struct setting {
	const char *name; /* NULL: it has none, as what stands in a list */
	enum setting_kind kind;
	unsigned line;             /* of the text that was parsed */
	const char *text;          /* NULL: longer than OPT_VALUE_MAX */
	size_t len;                /* bytes of the text */
	int64_t number;            /* SETTING_INT, SETTING_BOOL */
	const struct setting *all; /* what stands in it */
	size_t n;
};

/* The setting of that name in a group, or NULL. */
const struct setting *setting_find(const struct setting *group, const char *name);

/* Takes one tree out of its frames. */
struct tree_in {
	struct arena *arena;
	struct setting *first;      /* of them: the file */
	const struct setting *root; /* once it is whole */
	const char *fault;          /* or why there is none, */
	unsigned fault_line;        /* and where */
	struct {
		struct setting *next;
		size_t left;
		bool named;         /* they stand in a group */
	} open[TREE_DEPTH_MAX + 1]; /* what still has to come, from the outermost on */
	size_t depth;
	size_t promised, bytes; /* so far */
};

/* The tree lies in the arena, whose ceiling is TREE_ARENA_MAX. */
void tree_in_init(struct tree_in *t, struct arena *a);

/* 1: it is whole, or there is a fault. 0: more frames are needed. -1 with *e set: nonsense, or past
 * a limit. Does not block. */
int tree_take(struct tree_in *t, struct frame *f, struct err *e);

#endif
