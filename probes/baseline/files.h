/* SPDX-License-Identifier: Apache-2.0
 *
 * files: what a check knows of the files of its folders: the approved state, what was read last,
 * and since when the two differ. Pure; text lives in the arena.
 */
#ifndef BASELINE_FILES_H
#define BASELINE_FILES_H

#include "baseline.h"

#include <sys/stat.h>

#define SHA_TEXT 65    /* 64 hex digits and NUL */
#define SHA_NONE "-"   /* no such file */
#define SHA_UNREAD "?" /* a file that was never read */
#define FINDING_TEXT 17

struct known {
	const char *name;               /* from the folder on, as name_of makes it */
	char base[SHA_TEXT];            /* approved, or as found */
	char now[SHA_TEXT];             /* as last read */
	int64_t size, written, touched; /* when it was read; bytes; mtime and ctime, ns */
	uint64_t inode;
	instant since;     /* `now` differs from `base`; INSTANT_NONE: it does not */
	instant hashed;    /* its bytes were last read; INSTANT_NONE: never */
	bool seen;         /* in this run */
	const char *fault; /* why it could not be read in this run; NULL: none */
};

struct folder {
	const char *path;
	struct known *v; /* sorted by name, but those that this run found first */
	size_t n, cap, sorted;
	bool approved;       /* a person said so; else as found */
	instant since;       /* it is approved, or was found */
	const char *by;      /* who said so; NULL: not recorded */
	char list[SHA_TEXT]; /* the approved list it was taken from; SHA_NONE: none */
	bool is_new;         /* nothing was known of it before this run */
	size_t entries;      /* looked at in this run, with those that are left out */
	bool cut;            /* this run gave up before all of it was seen */
	const char *fault;   /* why not all of it was seen in this run; NULL: it was */
	size_t unread;       /* files in it that could not be read in this run, or not be seen */
	const char *first;   /* one of them, with its reason */
};

/* As it is noted and shown: bytes that are no text, and %, as %XX. NULL: longer than
 * BASELINE_NAME_MAX. */
const char *name_of(const char *folder, const char *name, struct arena *a);

/* Whether the name, or a folder on its way, is left out. */
bool name_is_skipped(const struct texts *skip, const char *name);

/* NULL: not known at the beginning of this run. */
struct known *files_find(const struct folder *f, const char *name);
struct known *files_add(struct folder *f, const char *name, struct arena *a);
void files_sort(struct folder *f);

/* The file's bytes have that sum now. */
void files_read(struct folder *f, struct known *k, const char *sha, instant now);

/* After a run: what was not seen is gone, if the whole folder was seen; what is left out, or gone
 * for good, is forgotten. */
void files_settle(struct folder *f, const struct texts *skip, instant now);

bool files_changed(const struct known *k);

/* The identity of what a person is asked to accept: another one when a file changes again. */
void files_finding(const struct folder *f, char id[FINDING_TEXT]);

/* A person said that all is meant to be as it was read. */
void files_accept(struct folder *f, const char *by, instant at, struct arena *a);

uint64_t files_hash(const void *bytes, size_t n, uint64_t h);
#define FILES_HASH_START UINT64_C(14695981039346656037)

#endif
