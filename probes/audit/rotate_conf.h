/* SPDX-License-Identifier: Apache-2.0
 *
 * rotate_conf: what logrotate's configuration says of a log: when it is set aside, under which
 * name, and how many older files are kept. Source: logrotate(8) and config.c of logrotate 3.21. The
 * reader is pure; rotate_load.h brings the files.
 */
#ifndef PROBES_AUDIT_ROTATE_CONF_H
#define PROBES_AUDIT_ROTATE_CONF_H

#include "conf/schema.h"

#define ROTATE_FILE_MAX ((size_t)256 << 10) /* bytes of one file of the configuration */
#define ROTATE_FILES_MAX 512                /* files of one configuration */
#define ROTATE_BYTES_MAX ((size_t)4 << 20)  /* of all of them */
#define ROTATE_RULES_MAX 2048               /* blocks that name logs */
#define ROTATE_NAMES_MAX 8192               /* names and patterns of logs in all blocks */
#define ROTATE_NAME_MAX ((size_t)4096)      /* bytes of one of them */
#define ROTATE_STARS_MAX 8                  /* wildcards * in one of them */
#define ROTATE_DEPTH_MAX 16                 /* files that include one another, as in logrotate */
#define ROTATE_SIZE ((uint64_t)1 << 20)     /* bytes: set aside above, where nothing says when */

/* A line of the configuration; file NULL: no line says it, it is logrotate's own default. */
struct rotate_line {
	const char *file;
	unsigned line; /* from 1 */
};

struct rotate_terms {
	span every; /* a log is set aside so often; 0: by its size alone */
	uint64_t size, minsize,
	    maxsize;    /* bytes; 0: not given. size: above it; minsize: not below it, whatever
			   `every` says; maxsize: above it, whatever `every` says */
	int64_t kept;   /* older files that are kept; -1: all */
	span maxage;    /* older files are deleted after that; 0: not given */
	bool dateext;   /* the older file's name has the date in it */
	bool empties;   /* the log is copied and emptied, not renamed (copytruncate) */
	bool su;        /* a user is named in whose name logrotate works */
	bool not_empty; /* an empty log is left as it is */
	const char *dateformat; /* NULL: -%Y%m%d, hourly with %H */
	struct rotate_line every_at, kept_at;
};

/* A block: the logs it names, and its terms with those that hold for all laid below. */
struct rotate_rule {
	struct rotate_line at;
	const char **names; /* paths or patterns as of glob(7) */
	size_t nnames;
	struct rotate_terms terms;
	bool of_root; /* its file is root's: so logrotate runs as root, and is careful */
	bool ignored; /* and it may be written to by others: then logrotate passes over it */
};

struct rotate_conf {
	struct arena *arena;
	struct rotate_rule *rules;
	size_t nrules, rules_cap, nnames;
	struct rotate_terms all;    /* what stands outside of blocks, so far */
	struct rotate_line unclear; /* the first line that is not understood; file NULL: none */
	const char *unclear_text;   /* its first word */
	const char *over;           /* a limit of this reader that was passed; NULL: none */
	/* Reads what an include names, with rotate_read; NULL: includes are passed over. */
	void (*include)(struct rotate_conf *c, void *self, const char *path);
	void *self;
	bool of_root, ignored; /* of the file that is being read */
};

/* Empty, with logrotate's own defaults. */
void rotate_begin(struct rotate_conf *c, struct arena *a);

/* What is read next holds for itself, under logrotate's own defaults. */
void rotate_defaults(struct rotate_conf *c);

/* Takes the n bytes of one file. `file` is kept, text is not. */
void rotate_read(struct rotate_conf *c, const char *file, const char *text, size_t n);

/* The block that names the log, the first as in logrotate, and rather one that is not ignored.
 * NULL: none does. */
const struct rotate_rule *rotate_find(const struct rotate_conf *c, const char *path);

#endif
