/* SPDX-License-Identifier: Apache-2.0
 *
 * rig_audit: a log and its older files in a scratch folder, written to as programs and as enemies
 * do, and looked at by the audit probe. Dice decide; the same seed does the same.
 */
#ifndef TESTS_RIG_AUDIT_H
#define TESTS_RIG_AUDIT_H

#include "probes/audit/audit.h"

#include "tests/dice.h"
#include "tests/probe_harness.h"

#define RIG_FILES 64
#define RIG_RECORDS 4096 /* of one file */
#define RIG_PATH 256

struct rig_file {
	char path[RIG_PATH];
	unsigned record[RIG_RECORDS]; /* numbers, which give the text of a record */
	size_t n;
	bool packed;
};

struct rig {
	struct harness h;
	struct dice dice;
	char folder[64]; /* of the logs; the state is in folder/state */
	struct audit_conf conf;
	const char *path;      /* of the log: file[0] */
	struct rig_file *file; /* file[0] the log, then the older ones, the newest first */
	size_t n;
	unsigned next;   /* number of the next record */
	unsigned minute; /* when it was written, since a day in the past */
};

void rig_init(struct rig *r, uint64_t seed);
void rig_fini(struct rig *r); /* the folder is gone */

unsigned rig_below(struct rig *r, unsigned n); /* 0 to n - 1 */

/* k new records at the end of the log. */
void rig_append(struct rig *r, unsigned k);
/* Writes a file anew from its records; in_place: into the same inode. */
void rig_write(struct rig *r, const struct rig_file *f, bool in_place);
void rig_pack(struct rig_file *f);

/* One run of the probe: what it told is in r->h. */
void rig_look(struct rig *r);
/* The first item that is neither fine nor a metric; NULL: none. */
const struct item *rig_alarm(const struct rig *r);

#endif
