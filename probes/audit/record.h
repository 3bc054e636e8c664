/* SPDX-License-Identifier: Apache-2.0
 *
 * record: where the time and the number of one record stand, for each format. The scanners are
 * written by hand: every record of a log passes through them. A stamp that is byte for byte that of
 * the record before is not read again.
 */
#ifndef PROBES_AUDIT_RECORD_H
#define PROBES_AUDIT_RECORD_H

#include "stamp.h"

#include "base/err.h"

#include <stdint.h>

enum format {
	FORMAT_AUTO,
	FORMAT_AUDITD,
	FORMAT_RFC3164,
	FORMAT_RFC5424,
	FORMAT_JSONL,
	FORMAT_REGEX,
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

struct record_info {
	bool has_time, has_seq;
	bool fits; /* it has the form, the time and the number that were looked for */
	bool zoned, yearless;
	bool own_counter; /* auditd's DAEMON_*: numbered apart from the kernel's */
	bool starts;      /* DAEMON_START: the numbers may start again */
	instant at;
	uint64_t seq;
	uint64_t node; /* which computer it is of, where the record names one (a hash); else 0 */
};

#define STAMP_TEXT 40
#define SCANNER_MISSES 16 /* records without a time, then any kind of stamp is tried again */

struct regex; /* a compiled pattern (regex.c) */

struct scanner {
	enum format format;
	enum stamp_kind kind;       /* of plain, jsonl and regex: STAMP_NONE reads none */
	bool any;                   /* the kind is found out at the first stamp */
	bool wants_time, wants_seq; /* of every record */
	unsigned missed;            /* records without a time since the last one with it */
	int year;                   /* of stamps without one */
	struct regex *regex;
	char last[STAMP_TEXT]; /* the bytes of the last stamp */
	size_t last_len;
	struct stamp stamp;
};

/* format: not FORMAT_AUTO. time_format as in the options. */
void scanner_init(struct scanner *s, enum format format, const char *time_format, int year);

/* For FORMAT_REGEX, after scanner_init; r is borrowed. */
void scanner_regex(struct scanner *s, struct regex *r);

/* The record's n bytes, without its line end. What the record does not tell has its has_ false.
 */
void scanner_take(struct scanner *s, const char *rec, size_t n, struct record_info *out);

/* What the first bytes of a log look like. Says FORMAT_PLAIN when nothing fits better. */
enum format format_guess(const char *s, size_t n);

/* PCRE2, with groups named seq and time. NULL with *e set: what is wrong and at which place. */
struct regex *regex_new(const char *pattern, struct err *e);
void regex_free(struct regex *r);
bool regex_has_time(const struct regex *r);
bool regex_has_seq(const struct regex *r);

struct regex_match {
	const char *seq, *time; /* NULL: the group took no part */
	size_t seq_len, time_len;
};

/* 1 match, 0 none, -1 the pattern took more steps than allowed. */
int regex_match(struct regex *r, const char *rec, size_t n, struct regex_match *m);

/* The value of the first member of the top object with one of the names logs use for a time; NULL
 * when there is none. A string comes without its quotes. */
const char *json_time_member(const char *s, size_t n, size_t *len);

#endif
