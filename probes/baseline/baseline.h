/* SPDX-License-Identifier: Apache-2.0
 *
 * baseline: whether the files of folders (methods, settings, programs) are as a person approved
 * them, and whether settings files say what they must. Files are compared by SHA-256; file times in
 * nanoseconds since 1970, as stat(2) gives them.
 */
#ifndef BASELINE_BASELINE_H
#define BASELINE_BASELINE_H

#include "probes/probe.h"

#define BASELINE_FOLDERS_MAX 8
#define BASELINE_SKIP_MAX 64
#define BASELINE_SETTINGS_MAX 64
#define BASELINE_FILES_MAX 20000               /* of all folders of a check */
#define BASELINE_ENTRIES_MAX 200000            /* of one folder, with those that are left out */
#define BASELINE_DEPTH_MAX 32                  /* folders in folders */
#define BASELINE_NAME_MAX 1024                 /* bytes of a name as it is noted */
#define BASELINE_BYTES_MAX ((int64_t)16 << 30) /* of one file */
#define BASELINE_LIST_MAX ((size_t)8 << 20)    /* bytes of the approved list */
#define BASELINE_SETTING_MAX ((size_t)1 << 20) /* bytes of a settings file */
#define BASELINE_WORDS_MAX 200                 /* bytes that a settings file must have */
#define BASELINE_AGAIN SPAN_DAY                /* after it the bytes are read whatever stat says */

struct baseline_conf {
	struct texts folders, skip, settings;
	const char *approved;
};

/* "/etc/hplc/audit.ini: AuditTrail=on" */
struct setting {
	const char *path, *words; /* in the arena */
};

/* -1 with *e set: no absolute path, no words, or too many bytes of them. Pure. */
int setting_parse(const char *text, struct arena *a, struct setting *out, struct err *e);

#endif
