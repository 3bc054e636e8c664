/* SPDX-License-Identifier: Apache-2.0
 *
 * surroundings: what the system says about its clock besides the kernel: which start of the kernel
 * this is, the time zone, the clock of the board (RTC). Read once before the worker's rights are
 * dropped, since the cell shows neither /proc nor /sys.
 */
#ifndef CLOCK_SURROUNDINGS_H
#define CLOCK_SURROUNDINGS_H

#include "memory.h"

#define SURROUNDINGS_RULES_MAX ((size_t)64 << 10) /* bytes of a zone's file */

struct surroundings {
	char boot_id[MEMORY_BOOT_ID + 1]; /* "": not told */
	char
	    zone[MEMORY_ZONE_MAX + 1]; /* "Asia/Karachi"; "": /etc/localtime is no link to a zone */
	uint64_t rules;                /* hash of /etc/localtime; 0: it is not there */
	bool rtc;                      /* there is one, and it was read */
	int64_t rtc_s, rtc_wall;       /* its time, s since 1970; this clock just then, ns */
	bool rtc_local;                /* it keeps local time (/etc/adjtime) */
};

/* Reads those of this computer; one value a process. */
void surroundings_look(void);
const struct surroundings *surroundings_seen(void);

/* Reads them below `root` ("" but in tests). */
void surroundings_read(const char *root, struct surroundings *s);

#endif
