/* SPDX-License-Identifier: Apache-2.0
 *
 * body_private: what the writers of bodies share; for src/tell/body*.c only.
 *
 * Every text has a ceiling in characters. A character takes at most 4 bytes in JSON once it is
 * clean (no controls left, so no \u escapes), which keeps a body whose every field is as long as
 * can be under BODY_MAX; tests/unit/tell holds it against that.
 */
#ifndef TELL_BODY_PRIVATE_H
#define TELL_BODY_PRIVATE_H

#include "base/json.h"
#include "tell/body.h"

enum {
	BODY_NAME_CHARS = 96, /* site, host, check and its title, people */
	BODY_TARGET_CHARS = 256,
	BODY_RULE_CHARS = 64,
	BODY_ID_CHARS = 64,
	BODY_FINGERPRINT_CHARS = 512,
	BODY_PART_CHARS = EVENT_BODY_MAX, /* each of the five parts */
	BODY_KEY_CHARS = 64,              /* names of metrics and evidence */
	BODY_EVIDENCE_CHARS = 1000,       /* one value */
};

typedef int body_writer(
    const struct body_terms *t, const struct event *v, struct str *out, struct err *e);

body_writer body_cloudevents, body_alertmanager, body_pagerduty, body_text, body_own;
body_writer body_slack, body_teams, body_discord, body_ntfy;

/* Appends clean text of at most max_chars; noncharacters (U+FDD0..U+FDEF, U+xxFFFE, U+xxFFFF),
 * which CloudEvents forbids, become U+FFFD. NULL appends nothing. True when nothing had to be cut
 * off. */
bool body_clean(struct str *out, const char *text, size_t max_chars);

/* A member with clean text, or null. */
void body_member(struct json *j, const char *name, const char *text, size_t max_chars);

/* A member that counts, saturating. */
void body_count(struct json *j, const char *name, uint64_t n);

/* An event's time as the world has it: `t` of this host's clock less the measured offset. */
instant body_true(const struct event *v, instant t);

/* OpenTelemetry logs, severity numbers: INFO 9, WARN 13, WARN3 15, ERROR 17, FATAL 21. */
int body_severity(enum level l);

bool body_is_alert(enum event_kind k); /* raised ... resolved: it has an alert's life */

/* "", when there is none */
const char *body_or(const char *text);

#endif
