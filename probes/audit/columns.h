/* SPDX-License-Identifier: Apache-2.0
 *
 * columns: records of columns: CSV (RFC 4180, also with ; tab or |) and the W3C extended log format
 * (w3.org/TR/WD-logfile: "#Fields:" names them, blanks part them). Pure.
 *
 * A reader of our own and not libcsv: a record must be told apart line by line, with the state
 * inside quotes kept from run to run; libcsv hands out copies of whole fields, which a hostile
 * field makes as long as it likes, and does not say where in the file they stood.
 *
 * A record may go on over line ends inside quotes. It is counted at the line in which its time
 * stands, or at its last one.
 */
#ifndef PROBES_AUDIT_COLUMNS_H
#define PROBES_AUDIT_COLUMNS_H

#include "slice.h"

#define COLUMNS_MAX 1000      /* columns of a record that are looked at */
#define COLUMNS_LINES_MAX 256 /* lines of one record; then a quote was left open by mistake */
#define COLUMNS_LOOK 32       /* records that are looked at to find the columns */

struct columns {
	char sep;    /* between columns; NUL: not known */
	bool w3c;    /* lines that begin with # are no records, and "#Fields:" names the columns */
	bool header; /* the first record of a file names the columns */
	uint16_t n;  /* columns of a record */
	/* which column, from 1; 0: none. clock: the time of day, in a column of its own */
	uint16_t time, clock, number, user;
	/* of the record that the last line belongs to */
	bool open;      /* it goes on in the next line: the line end stands inside quotes */
	bool told;      /* its time was in a line before */
	uint16_t at;    /* the column that is open */
	uint16_t lines; /* of it so far */
	bool held;      /* its number was in a line before, and is held_number */
	uint64_t held_number;
};

struct columns_line {
	struct slice time, clock, number, user; /* without their quotes; n 0: not in this line */
	uint16_t n;                             /* columns that ended or are open in this line */
	bool begins, ends;                      /* a record */
};

/* Takes the next line (without its line end) apart. */
void columns_take(struct columns *c, struct slice line, struct columns_line *out);

/* The names of the fields that the configuration gives: a column's name, its number, or two of them
 * with + between for the date and the time of day. NULL: none is given. */
struct columns_names {
	const char *time, *number, *user;
};

/* Finds separator, names and the columns with the time in how a file begins. false: these are no
 * columns, or none of them holds a time and none is given. The time is found by what stands in the
 * columns when none is given; numbers and users never are. */
bool columns_find(struct columns *c, struct slice block, const struct columns_names *names);

/* "#Fields: date time ..." of a log of W3C. */
void columns_w3c(struct columns *c, struct slice line, const struct columns_names *names);

#endif
