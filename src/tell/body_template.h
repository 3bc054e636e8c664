/* SPDX-License-Identifier: Apache-2.0
 *
 * body_template: JSON with {{name}} in it. {{name:N}} is at most N long, an ellipsis included,
 * counted in UTF-16 units, after escaping, as the receivers count that have such limits. Values are
 * always made safe by the engine: never a control, never what ends the quotes they stand in.
 * {{details}} has several lines, joined by \n. A name of a number may stand outside quotes, all
 * others may not.
 */
#ifndef TELL_BODY_TEMPLATE_H
#define TELL_BODY_TEMPLATE_H

#include "tell/body.h"

#define TEMPLATE_MAX ((size_t)8000) /* bytes of a template */
#define TEMPLATE_NAMES_MAX 64       /* values in one template */
#define TEMPLATE_VALUE_MAX 4096     /* the greatest N, and what goes without N */

/* What the receiver's own markup needs besides JSON's escapes. */
enum template_markup {
	TEMPLATE_PLAIN,
	TEMPLATE_SLACK,   /* & < > as entities: no mention, no link (Slack, "Escaping text") */
	TEMPLATE_DISCORD, /* a backslash before what Markdown, mentions and addresses are made of */
};

/* The user's template: every fault as "FILE:LINE: ...", known names listed. That what comes out is
 * JSON is tried with an event without any text. */
int template_check(const char *file, const char *text, struct err *e);

/* Appends the filled template, of at most BODY_MAX bytes: long values are cut further until it
 * fits, which with the limits above always ends well. */
int template_fill(enum template_markup m, const char *text, const struct body_terms *t,
    const struct event *v, struct str *out, struct err *e);

#endif
