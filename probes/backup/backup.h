/* SPDX-License-Identifier: Apache-2.0
 *
 * backup: are the backups there, fresh, whole and as large as ever? One check has any number of
 * jobs. A place is "KIND:WHERE", of which the kinds stand in backup_places.
 */
#ifndef PROBES_BACKUP_BACKUP_H
#define PROBES_BACKUP_BACKUP_H

#include "probes/probe.h"

#define BACKUP_PLACES_MAX 64  /* of each list in the options */
#define BACKUP_COVERS_MAX 256 /* places that must be in some job */
#define BACKUP_PROGRAM_MAX                                                                         \
	((size_t)16 << 20) /* bytes that a tool may print, or a saved file have */

enum backup_tool {
	TOOL_FILES,
	TOOL_RESTIC,
	TOOL_BORG,
	TOOL_PGBACKREST,
	TOOL_RSNAPSHOT,
	TOOL_PUSHED,
	TOOL_DUPLICATI,
	TOOL_PROXMOX,
	TOOL_VEEAM
};

struct backup_conf {
	struct texts jobs, offsite; /* "KIND:WHERE" */
	struct texts covers;        /* folders and the like that must be in some job */
	struct texts holds;         /* what the jobs hold whose tool does not say it */
	span interval, full_interval, verify_every, keep;
	const char *rule;     /* "b" or "literal-20" */
	int64_t min_change;   /* bytes */
	int64_t verify_bytes; /* a file of more is not read as a whole */
	const char *password_file;
	const char *canary_in; /* folder that is backed up; NULL: none */
	const char *program;   /* of the tool, where it is not in the usual folders; NULL */
	struct foreign foreign;
};

/* One of the lists. */
struct backup_place {
	enum backup_tool tool;
	bool saved;        /* WHERE is a file with what the tool printed */
	const char *where; /* a repository, a stanza, a pattern of files, a file */
};

/* -1 with *e: no such kind, or not from / on. Pure. */
int backup_place_parse(const char *text, struct backup_place *out, struct err *e);

#endif
