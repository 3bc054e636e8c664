/* SPDX-License-Identifier: Apache-2.0
 *
 * register: lists that people keep of what has a date or an owner: calibrations, licences,
 * contracts, people, playbooks. This header has the options and the nouns: a row as it was read, an
 * entry as it is understood.
 */
#ifndef PROBES_REGISTER_REGISTER_H
#define PROBES_REGISTER_REGISTER_H

#include "probes/probe.h"

#define REGISTER_FILE_MAX ((size_t)16 << 20) /* bytes of one list */
#define REGISTER_FILES_MAX 256               /* lists of one check */
#define REGISTER_ROWS_MAX 50000              /* rows of all lists of one check */
#define REGISTER_CELL_MAX 2000               /* bytes of one cell */
#define REGISTER_ID_MAX 200                  /* bytes of an id */
#define REGISTER_LEAD_MAX 3650               /* days */
#define REGISTER_HOURS_MAX 100000            /* of stopped work */
#define REGISTER_LINES_SAID 40               /* bad lines of one list that its item names */

struct register_conf {
	struct texts files, columns;
	const char *dates, *kind;
	bool all_lines;
};

/* What a column holds. The names are those of an entry in a list of ours. */
enum col {
	COL_ID,
	COL_TITLE,
	COL_KIND,
	COL_AT,
	COL_LEAD,
	COL_OWNER,
	COL_SECONDARY,
	COL_STARTED,
	COL_HOURS_LOW,
	COL_HOURS_LIKELY,
	COL_HOURS_HIGH,
	COL_NOTE,
	COL_FILE,
	COL_URL,
	COL_REVIEWED,
	COL_HASH,
	COL_FINGERPRINT,
	COL_AWAY_FROM,
	COL_AWAY_TO,
	COL_AUTO_RENEW,
	COL_N
};

/* The kinds of entry there are; the list is closed. */
enum kind {
	KIND_LICENCE,
	KIND_CALIBRATION,
	KIND_ACCREDITATION,
	KIND_CONTRACT,
	KIND_DOMAIN,
	KIND_CARD,
	KIND_PIN,
	KIND_SUBSCRIPTION,
	KIND_PORTAL,
	KIND_EXCEPTION,
	KIND_REVIEW,
	KIND_PLAYBOOK,
	KIND_ROLE,
	KIND_KEY,
	KIND_AUDIT,
	KIND_DRILL,
	KIND_PASSWORD,
	KIND_PERSON,
	KIND_OTHER,
	KIND_N
};

#define NO_DAY INT64_MIN /* days are counted from 1970-01-01 by the calendar */

/* One row of a list: cells by what they hold; NULL: empty, or there is no such column. */
struct row {
	unsigned line;     /* in its file, from 1 */
	const char *fault; /* why it cannot be read; NULL: it can */
	const char *cells[COL_N];
};

/* One list as it was read. */
struct list {
	const char *path;
	const char *fault; /* why nothing of it can be read; NULL: it can */
	struct row *rows;
	size_t n, cap;
	bool has[COL_N];      /* columns that the list has */
	const char *encoding; /* of the bytes */
	const char *ignored;  /* names of the columns that were not understood; NULL: none */
	bool spare;           /* a table from a spreadsheet, whose owner column may be missing */
};

/* One entry, understood. fault: why not; then only id, list and line are sure. */
struct entry {
	const struct list *list;
	unsigned line;
	const char *fault;
	bool broken; /* not even its cells can be told apart */
	bool twin;   /* its id is that of an earlier entry */
	const char *id, *title;
	enum kind kind;
	int64_t at, started, reviewed, away_from, away_to; /* NO_DAY: none */
	span lead;                                         /* 0: none of its own */
	bool auto_renew;
	const char *owner, *secondary, *note, *file, *url, *hash, *fingerprint;
	const char *hours; /* of stopped work, "low likely high"; NULL: not given */
};

#endif
