/* SPDX-License-Identifier: Apache-2.0
 *
 * audit: one text log or a rotated set, watched for what must not happen to an audit trail: cut,
 * edited, lost, stopped, put in another order. Nothing is copied off the machine and the log is
 * never written to; what is kept are hashes of chunks of whole records, in the check's own folder.
 */
#ifndef PROBES_AUDIT_AUDIT_H
#define PROBES_AUDIT_AUDIT_H

#include "conf/schema.h"

#define AUDIT_PATHS_MAX 256                /* logs of one check */
#define AUDIT_GLOBS_MAX 64                 /* patterns in `rotated` */
#define AUDIT_SETTINGS_MAX 16              /* files in `settings` */
#define AUDIT_CANDIDATES_MAX 4096          /* files that the patterns of one log may match */
#define AUDIT_SEGMENTS_MAX 4096            /* generations of one log that are remembered */
#define AUDIT_CHUNK ((size_t)65536)        /* bytes of a chunk of whole records */
#define AUDIT_RECORD ((size_t)1 << 20)     /* bytes of a record before it is split */
#define AUDIT_UNPACKED ((uint64_t)1 << 40) /* bytes one compressed file may unpack to */
#define AUDIT_FINDINGS_MAX 64              /* of one log that are remembered one by one */
#define AUDIT_SAME_MAX 3                   /* of one kind that are no stop; more are counted */
#define AUDIT_SILENCE_AUTO (-1)            /* audit_silence: learn it from the log */

struct audit_conf {
	struct texts paths, rotated;
	const char *format, *time_format, *regex, *silence;
	const char *zone, *time_field, *number_field, *user_field; /* NULL: not given */
	bool continued;
	const char *trimmed; /* "no", "records", "bytes" */
	span retention, verify, keep, max_backward;
	const char *table; /* of sqlite; NULL: found */
	span period;       /* of deposits, as all below */
	int64_t min_size;  /* bytes; 0: any */
	bool number;
	struct texts settings;       /* of what sets the logs aside; none: the system's own */
	const char *settings_status; /* logrotate's own notes; NULL: the system's own */
};

/* "auto", a time span, or NULL (0: not judged). -1 with *e set. */
int audit_silence(const char *text, span *out, struct err *e);

#endif
