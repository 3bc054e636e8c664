/* SPDX-License-Identifier: Apache-2.0
 *
 * reply: what an HTTP answer means for a letter (RFC 9110, Standard Webhooks 1.0). Pure.
 */
#ifndef SINKS_WEBHOOK_REPLY_H
#define SINKS_WEBHOOK_REPLY_H

#include "model/letter.h"

#define REPLY_FIELD_MAX 64     /* bytes of a Date or Retry-After; a longer one has no meaning */
#define REPLY_LOCATION_MAX 120 /* bytes of a Location that are shown */

struct reply {
	uint32_t status;
	instant now;                       /* true time as we know it, for who sends no Date */
	instant date;                      /* its Date; INSTANT_NONE without one */
	char retry_after[REPLY_FIELD_MAX]; /* as it came; "" without one */
	char location[REPLY_LOCATION_MAX]; /* where a redirect leads, up to its query; "" without */
};

/* One header line as it came, into the reply. What is not known or not readable changes nothing. */
void reply_header(struct reply *r, const char *line, size_t n);

/* The three forms of an HTTP date (RFC 9110, 5.6.7); INSTANT_NONE when it is none of them. */
instant reply_date(const char *text);

/* How long to wait: seconds, or a date against the receiver's own Date (RFC 9110, 10.2.3); at most
 * RETRY_AFTER_MAX; 0 when it is past or in a form that is none. */
span reply_wait(const struct reply *r);

/* Sets outcome, retry_after, status and reason (static text). */
void reply_meaning(const struct reply *r, struct answer *w);

#endif
