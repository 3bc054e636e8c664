/* SPDX-License-Identifier: Apache-2.0
 *
 * logs: which logs a check has. A path is a log; a folder or a pattern stands for the logs in it,
 * each of which is judged by itself. An older file of one of them is no log of its own: by its
 * name, or because it holds a part of one. Once seen, a log stays one, also when its file is gone.
 *
 * The names seen in folders and by patterns stand in the file `logs` of the check's folder.
 */
#ifndef PROBES_AUDIT_LOGS_H
#define PROBES_AUDIT_LOGS_H

#include "audit.h"

#include "base/arena.h"

#define LOGS_MAX 4096 /* of one check, with those that folders and patterns give */
#define LOGS_FILE_MAX ((size_t)LOGS_MAX * 3 * 4096)

struct logs {
	struct texts v; /* known ones first; text and array in the arena */
	size_t known;   /* of them were named or seen before */
	uint32_t *sums; /* of their text, while they are gathered */
	size_t cap, sums_cap;
	const char *empty; /* an entry of `paths` that no log was ever seen of; NULL: none */
	bool dirty;        /* the file is to be written */
	struct err blind;  /* code ERR_NONE, or why a folder could not be looked into */
};

/* Finds them. -1 with *e: more than LOGS_MAX. state: the check's folder. */
int logs_find(struct logs *l, const struct texts *paths, int state, struct arena *a, struct err *e);

/* A file that holds a part of another log: it is none, unless it was known before. */
void logs_taken(struct logs *l, const char *path);

/* Keeps the names for the next run. -1 with *e: they are found again, but a log that vanishes
 * before then is not missed. */
int logs_save(struct logs *l, const struct texts *paths, int state, struct err *e);

/* An entry of `paths` that is a folder ("/srv/x/") or a pattern. Pure, from the text alone. */
bool logs_many(const char *entry);

#endif
