/* SPDX-License-Identifier: Apache-2.0
 *
 * body: an event in the words of a receiver. Written once, when the letter enters the outbox; the
 * same bytes go out on every try. Pure: no clock, no file, no network. Text from outside is made
 * safe here: not UTF-8 becomes U+FFFD, controls a space, bidirectional controls go, and each form
 * escapes by its own rules.
 *
 *   cloudevents   CloudEvents 1.0, structured JSON (JSON event format 1.0); packaging/feed.md
 *   alertmanager  POST /api/v2/alerts of Prometheus Alertmanager
 *   pagerduty     Events API v2
 *   slack teams discord ntfy   their JSON, by the templates of body_chat.c
 *   text          mail: the subject, an empty line, the text
 *   template      the user's own JSON, see body_template.h
 */
#ifndef TELL_BODY_H
#define TELL_BODY_H

#include "base/str.h"
#include "model/event.h"

/* Standard Webhooks, "payload size": less than 20 kB. Evidence goes first, and the body says so. */
#define BODY_MAX ((size_t)19999)

/* Stands where the sink cell puts its secret: `"routing_key":"@secret"`, once and first in the
 * body. Text cannot forge it, since quotes in text are escaped. */
#define BODY_SECRET "\"@secret\""

/* What a sink's configuration says about its bodies. All text is borrowed. */
struct body_terms {
	const char *topic;         /* ntfy: the topic to publish to */
	const char *template_name; /* template: the file's name, for messages */
	const char *template_text; /* template: what it holds */
	/* alertmanager: how long an alert stays firing without another word from us: longer than
	 * the reminder's interval and the longest outage to bear. 0 is BODY_FIRING_FOR. */
	span firing_for;
};

#define BODY_FIRING_FOR (4 * SPAN_DAY) /* a day's reminder after an outbox's 75 h */

/* The formats there are, sorted, NULL at the end. */
extern const char *const body_formats[];

/* Is the format known, and has it what it needs? For a template every fault is "FILE:LINE: ...".
 * Called when the configuration is read, so that body_write cannot fail later on that account. */
int body_check(const char *format, const struct body_terms *t, struct err *e);

/* Does the format have a form for this kind? A heartbeat is no mail. Ask before a letter is made.
 */
bool body_carries(const char *format, enum event_kind k);

/* Do people read it? To them many alerts at once are one letter. */
bool body_is_for_people(const char *format);

/* Do its receivers keep what they were told in memory only, until it expires? */
bool body_is_forgotten(const char *format);

/* Appends the body to out, which is empty and takes at least BODY_MAX bytes; *content_type is
 * static. On an error out stays as it is. */
int body_write(const char *format, const struct body_terms *t, const struct event *v,
    struct str *out, const char **content_type, struct err *e);

#endif
