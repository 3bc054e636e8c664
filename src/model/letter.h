/* SPDX-License-Identifier: Apache-2.0
 *
 * letter: one event written out for one sink, and what became of a try to send it. Pure data.
 */
#ifndef MODEL_LETTER_H
#define MODEL_LETTER_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LETTER_BODY_MAX ((size_t)65536) /* bytes */
#define LETTER_EVENT_MAX 64             /* bytes of the event id */
#define LETTER_ORDER_MAX 8192           /* bytes of the order key */
#define LETTER_TYPE_MAX 128             /* bytes of the content type */
#define LETTER_REASON_MAX 240           /* bytes of an answer's reason */
#define RETRY_AFTER_MAX (6 * SPAN_H)    /* the longest wait a receiver may ask for */

struct letter {
	int64_t row;       /* of the outbox; an answer names it */
	const char *event; /* id of the event: letters, digits, _ and - (webhook-id, Message-ID) */
	const char *order; /* letters of one key go one after another; "": in any order */
	const char *type;  /* of the body, as in Content-Type */
	const char *body;  /* the same bytes on every try */
	bool clock_known;
	double offset;    /* this host's clock less true time, seconds, as measured now */
	uint32_t attempt; /* tries before this one */
	/* Nobody knows the clock now, and somebody did: the offset of then, seconds, and how far it
	 * may have drifted from that since. */
	bool clock_was_known;
	double last_offset, drift;
};

enum post_outcome {
	POST_DELIVERED,
	POST_LATER,   /* try again by the usual back-off */
	POST_REFUSED, /* this letter will never be taken */
	POST_PAUSED,  /* the receiver wants nothing any more (410): keep the queue, ask a person */
	POST_AUTH,    /* a person must change something first: try again, seldom, and tell */
	POST_HELD,    /* was not tried: the receiver or an earlier letter of its order failed */
	POST_PARTLY,  /* delivered, but not to all whom the sink names: the reason names them */
	POST_OUTCOMES
};

const char *post_outcome_name(enum post_outcome o);

struct answer {
	int64_t row;
	enum post_outcome outcome;
	span retry_after;   /* 0: the receiver asked for no wait; at most RETRY_AFTER_MAX */
	uint32_t status;    /* of HTTP or SMTP, the exit code of a program; 0: none came */
	const char *reason; /* one clean line for people */
	bool clock_seen;    /* the receiver said what time it is */
	double offset;      /* this host's clock less the receiver's, seconds, to about 1 s */
};

#endif
