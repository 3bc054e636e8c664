/* SPDX-License-Identifier: Apache-2.0
 *
 * http_head: the head of an answer (RFC 9110, RFC 9112) as far as it tells the time. Pure.
 */
#ifndef CLOCKS_HTTP_HEAD_H
#define CLOCKS_HTTP_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HTTP_HEAD_MAX ((size_t)16384) /* bytes of a head that are read */

enum http_fault {
	HTTP_OK,
	HTTP_MORE,     /* the head has not ended yet */
	HTTP_LONG,     /* it has HTTP_HEAD_MAX bytes and has not ended */
	HTTP_NONE,     /* not HTTP */
	HTTP_NO_DATE,  /* RFC 9110, 6.6.1: a server without a clock sends none */
	HTTP_BAD_DATE, /* or two that differ, or before 1970 or after 2261 */
	HTTP_CACHED,   /* Age, X-Cache and their like: the date is that of a copy */
	HTTP_PROXY,    /* Via, or a status that only a go-between gives: the date may be its own */
	HTTP_FAULT_N
};

struct http_head {
	size_t len; /* bytes, with the empty line */
	int status;
	int64_t date; /* seconds since 1970: the clock stood within the second that begins then */
	bool keeps;   /* the connection stays open */
};

/* Of the n bytes that came so far. *out is to be used for HTTP_OK; its len also for what is worse
 * than HTTP_LONG, but not for HTTP_NONE. */
enum http_fault http_head_parse(const char *bytes, size_t n, struct http_head *out);

/* A date in any of the three forms of RFC 9110, 5.6.7, as n bytes without blanks around: seconds
 * since 1970. false: it is none. */
bool http_date_parse(const char *text, size_t n, int64_t *out);

/* In words that go on after the name of the machine. */
const char *http_fault_words(enum http_fault f);

#endif
