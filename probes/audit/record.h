/* SPDX-License-Identifier: Apache-2.0
 *
 * record: where the time and the number of one record stand, for each format. The scanners are
 * written by hand: every record of a log passes through them. A stamp that is byte for byte that of
 * the record before is not read again.
 */
#ifndef PROBES_AUDIT_RECORD_H
#define PROBES_AUDIT_RECORD_H

#include "columns.h"
#include "stamp.h"
#include "wide.h"

#include "base/err.h"

#include <stdint.h>

enum format {
	FORMAT_AUTO,
	FORMAT_AUDITD,
	FORMAT_RFC3164,
	FORMAT_RFC5424,
	FORMAT_JSONL,
	FORMAT_REGEX,
	FORMAT_CSV,
	FORMAT_W3C,
	FORMAT_PLAIN,
	FORMAT_FOREIGN, /* from here on: no text, nothing in it is read (foreign.h) */
	FORMAT_SQLITE = FORMAT_FOREIGN,
	FORMAT_JOURNAL,
	FORMAT_EVTX,
	FORMAT_UTF16,
	FORMAT_XZ,
	FORMAT_ZSTD,
	FORMAT_BZIP2,
	FORMAT_ZIP,
	FORMAT_BINARY,
	FORMAT_N
};

const char *format_name(enum format f);    /* "auditd" */
enum format format_find(const char *name); /* FORMAT_N: no such */

struct audit_conf;

struct record_info {
	bool has_time, has_seq;
	bool fits;  /* it has the form, the time and the number that were looked for */
	bool none;  /* no record: a line that names columns, or that goes on the record above */
	bool blank; /* empty, or begins with a blank: it may go on the record above */
	bool zoned, yearless;
	bool own_counter; /* auditd's DAEMON_*: numbered apart from the kernel's */
	bool starts;      /* DAEMON_START: the numbers may start again */
	instant at;
	uint64_t seq;
	uint64_t node; /* which computer it is of, where the record names one (a hash); else 0 */
	uint64_t nuls; /* bytes 0 before its text, or RECORD_HOLE and more within: a hole */
	uint64_t before_nuls; /* bytes of the record before them */
	struct slice user;    /* borrowed until the next record; n 0: not told */
};

#define RECORD_HOLE ((size_t)512) /* bytes 0 in one place that no writer of text means */
#define USER_MAX ((size_t)128)    /* bytes of a user's name that are looked at */
#define STAMP_TEXT 40
#define SCANNER_MISSES 16 /* records without a time, then any kind of stamp is tried again */
#define SCANNER_LOOK ((size_t)65536) /* bytes of a start in which columns are looked for */

enum place { PLACE_ANY, PLACE_START, PLACE_BRACKET }; /* where in a record its stamp stands */

/* How the records of a log are read, as far as it was found out; the head keeps it, since a later
 * run begins in the middle of a file. */
struct reading {
	enum stamp_kind kind;  /* STAMP_NONE: not known, or none */
	enum stamp_kind first; /* STAMP_DAY or STAMP_MONTH: what stands first in 4/11/2026;
				  STAMP_NONE: nothing has said so yet */
	uint64_t decided;      /* which record of its file said so, from 1; 0: not known */
	bool either;           /* there were dates of which nothing says what stands first */
	enum place place;
	enum wide wide;
	enum stamp_kind before; /* the kind that was read until no time was found any more */
	bool local;             /* W3C: the times are of the computer's zone, not UTC */
	struct columns columns;
};

struct regex; /* a compiled pattern (regex.c) */

struct scanner {
	enum format format;
	const struct audit_conf *conf; /* borrowed */
	struct reading reading;
	bool any;                   /* the kind is found out at the first stamp */
	const char *pattern;        /* of the configuration, in place of a kind; NULL: none */
	bool zone, utc;             /* a zone is given for stamps without one; it is UTC */
	instant east;               /* us that its clock is before UTC */
	bool wants_time, wants_seq; /* of every record */
	bool turned;                /* this record's time is of another kind than those before */
	bool header;                /* the next record only names the columns */
	unsigned missed;            /* records without a time since the last one with it */
	int year;                   /* of stamps without one */
	struct regex *regex;
	char last[STAMP_TEXT]; /* the bytes of the last stamp */
	size_t last_len;
	struct stamp stamp;
	char user[USER_MAX]; /* of the record in columns that the last line belongs to */
	size_t user_len;
	char narrow[WIDE_MAX]; /* a record in UTF-16, as UTF-8 */
};

/* format: not FORMAT_AUTO. conf: checked. */
void scanner_init(struct scanner *s, enum format format, const struct audit_conf *conf, int year);

/* For FORMAT_REGEX, after scanner_init; r is borrowed. */
void scanner_regex(struct scanner *s, struct regex *r);

/* How a file begins, before its first record: finds columns, UTF-16, and what stands first in dates
 * where one of these bytes says so. */
void scanner_begin(struct scanner *s, const char *data, size_t n);

/* In place of it where a file is gone on with: what was found out before. */
void scanner_go_on(struct scanner *s, const struct reading *r);

/* The record's n bytes, without its line end. What the record does not tell has its has_ false.
 */
void scanner_take(struct scanner *s, const char *rec, size_t n, struct record_info *out);

/* What the first bytes of a log look like: the format that is given, or found. Says FORMAT_PLAIN
 * when nothing fits better. */
enum format format_guess(const struct audit_conf *conf, const char *s, size_t n);

/* The digits at the start of s are a number, and all of it. */
bool record_number(struct slice s, uint64_t *out);

/* Time, number and computer of a record of auditd; without has_seq it is none. */
void record_auditd(const char *rec, size_t n, struct record_info *out);
bool record_is_auditd(const char *rec, size_t n);
size_t record_pri(const char *s, size_t n); /* bytes of "<PRI>" with the version behind it */

/* PCRE2, with groups named seq and time. NULL with *e set: what is wrong and at which place. */
struct regex *regex_new(const char *pattern, struct err *e);
void regex_free(struct regex *r);
bool regex_has_time(const struct regex *r);
bool regex_has_seq(const struct regex *r);

struct regex_match {
	const char *seq, *time, *user; /* NULL: the group took no part */
	size_t seq_len, time_len, user_len;
};

/* 1 match, 0 none, -1 the pattern took more steps than allowed. */
int regex_match(struct regex *r, const char *rec, size_t n, struct regex_match *m);

/* The value of a member of a record in JSON: "a" of the top object, or "a.b" within it. A string
 * comes without its quotes, its escapes as they stand. n 0: there is none, or it is none of these.
 *
 * By hand and not by jansson, for named and nested members too: two values are found some 50 times
 * as fast as a tree of the record is made (44 MB/s), the tree of a hostile record of 1 MiB takes 80
 * MiB, and what is looked for are times, numbers and names, which no writer escapes. Of members
 * that stand twice the first counts; a record that is no JSON behind them is not noticed. */
struct slice json_member(struct slice rec, const char *path);

/* The first member of the top object with one of the names logs use for a time. */
struct slice json_time_member(struct slice rec);

#endif
