/* SPDX-License-Identifier: Apache-2.0
 *
 * err: an error with its context, a value on the caller's stack. A message is one line, outermost
 * first, and does not repeat what the caller already knows. All makers return -1, so that failing
 * is one line: return err_set(e, ERR_PARSE, "...").
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum err_code {
	ERR_NONE,
	ERR_SYS,     /* a system call failed; the message ends with its reason */
	ERR_PARSE,   /* bytes that are not what they should be */
	ERR_RANGE,   /* a value that is not allowed */
	ERR_LIMIT,   /* one of our named limits was passed */
	ERR_TIMEOUT, /* the deadline came first */
	ERR_DENIED,  /* rights are missing */
	ERR_ABSENT   /* the thing is not there */
};

#define ERR_TEXT_MAX 512

struct err {
	enum err_code code;
	char msg[ERR_TEXT_MAX];
};

/* Sets code and message; returns -1. e may be NULL. */
__attribute__((format(printf, 3, 4))) int err_set(
    struct err *e, enum err_code code, const char *fmt, ...);

/* As err_set, with ": " and the text of errno at the end; EACCES and EPERM give ERR_DENIED, ENOENT
 * and ENOTDIR ERR_ABSENT, else ERR_SYS. Returns -1. */
__attribute__((format(printf, 2, 3))) int err_sys(struct err *e, const char *fmt, ...);

/* Puts the text and ": " before the message there is; returns -1. */
__attribute__((format(printf, 2, 3))) int err_wrap(struct err *e, const char *fmt, ...);

#endif
