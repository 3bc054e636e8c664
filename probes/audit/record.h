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
	FORMAT_N
};

const char *format_name(enum format f);    /* "auditd" */
enum format format_find(const char *name); /* FORMAT_N: no such */

struct record_info {
	bool has_time, has_seq;
	bool zoned, yearless;
	bool own_counter; /* auditd's DAEMON_*: numbered apart from the kernel's */
	bool starts;      /* DAEMON_START: the numbers may start again */
	instant at;
	uint64_t seq;
};

#define STAMP_TEXT 40

struct regex; /* a compiled pattern (regex.c) */

struct scanner {
	enum format format;
	enum stamp_kind kind; /* of plain, jsonl and regex: STAMP_NONE reads none */
	bool any;             /* the kind is found out at the first stamp */
	int year;             /* of stamps without one */
	struct regex *regex;
	char last[STAMP_TEXT]; /* the bytes of the last stamp */
	size_t last_len;
	struct stamp stamp;
};

/* format: not FORMAT_AUTO. time_format as in the options. */
void scanner_init(struct scanner *s, enum format format, const char *time_format, int year);

/* The record's n bytes, without its line end. What the record does not tell has its has_ false.
 */
void scanner_take(struct scanner *s, const char *rec, size_t n, struct record_info *out);

/* What the first bytes of a log look like. Says FORMAT_PLAIN when nothing fits better. */
enum format format_guess(const char *s, size_t n);

/* The bytes begin with the mark of UTF-16. */
bool format_utf16(const char *s, size_t n);

/* PCRE2, with groups named seq and time. NULL with *e set: what is wrong and at which place. */
struct regex *regex_new(const char *pattern, struct err *e);
void regex_free(struct regex *r);

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
