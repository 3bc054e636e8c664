/* SPDX-License-Identifier: Apache-2.0
 *
 * http: what an answer over HTTP/1 says (RFC 9112): its status, where it sends, its words. Pure.
 */
#ifndef REACH_HTTP_H
#define REACH_HTTP_H

#include "reach.h"

#define REACH_ANSWER_MAX ((size_t)262144) /* bytes of an answer that are read */

enum http_says {
	HTTP_FINE,
	HTTP_NOT,       /* not HTTP, or it ended within its head */
	HTTP_STATUS,    /* it refuses what was asked for: 400 to 499 but 401 */
	HTTP_SERVER,    /* it fails itself: 500 and more */
	HTTP_ELSEWHERE, /* it sends to another machine, which no one has named */
	HTTP_WORDS      /* the words are not on it */
};

struct http_answer {
	int status;                    /* 0: none */
	char to[WRITTEN_HOST_MAX + 1]; /* HTTP_ELSEWHERE: the machine that it sends to */
};

/* The n bytes of a whole answer, or the first REACH_ANSWER_MAX of it. words may be NULL. */
enum http_says http_read(const char *p, size_t n, const struct reach_target *t,
    const struct texts *redirects, const char *words, struct http_answer *out);

#endif
