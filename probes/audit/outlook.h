/* SPDX-License-Identifier: Apache-2.0
 *
 * outlook: what is ahead of a log, as far as a run found out: what its findings of that sort are
 * told with. Data only.
 */
#ifndef PROBES_AUDIT_OUTLOOK_H
#define PROBES_AUDIT_OUTLOOK_H

#include "model/result.h"

#include <stdint.h>

struct outlook {
	struct deadline full; /* when its disk is full; kind DEADLINE_NONE: not known, or far */
	const char *stops;    /* the program that stops recording then; NULL: the disk is full */
	uint64_t room;        /* free bytes on its disk, when `full` is known */
	double growth[2];     /* bytes a day, least and most, when `full` is known */
	const char *settings; /* the line of a configuration that says how it is set aside,
				 "FILE:LINE"; NULL: none was found */
	const char *not_read; /* why such a configuration could not be read; NULL: it could */
	const char *no_notes; /* why logrotate's own notes could not be read; NULL: they could,
				 or nothing asks for them */
	const char *unclear;  /* a line of it that was not understood; NULL: none */
	/* how long records are there, and must be */
	const char *keeps;      /* the line that says so, "FILE:LINE"; NULL: none was found */
	span least, most, must; /* SPAN_MAX: not known, or they stay; must 0: nothing says so */
	struct deadline first;  /* when the first is deleted that must be kept */
	/* who writes to it */
	const char *writes; /* the programs, in words; NULL: not known */
	const char *rescue; /* where a deleted file that is still written to can be read; NULL */
	instant looked;     /* when that was seen of all programs, wall; 0: never */
	instant aside;      /* when it was set aside last, wall; 0: not known */
	uint64_t size;      /* bytes of the log's own file; 0: none, or not looked at */
};

#endif
