/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading a saved mail queue.
 */
#include "mail.h"

#include "base/json_tree.h"

#include <string.h>

#define SECONDS_MAX 253402300800.0 /* the year 10000 */

static instant
moment(const struct json_node *object, const char *name)
{
	double s = json_get_number(object, name);

	return s > 0 && s < SECONDS_MAX ? (instant)s * INSTANT_S : INSTANT_NONE;
}

static const char *
reason(const struct json_node *letter)
{
	const char *why = json_get_text(json_each(json_get(letter, "recipients")), "delay_reason");

	return why != NULL ? why : "";
}

static void
take(const struct json_node *line, struct mail *out)
{
	instant arrived = moment(line, "arrival_time");

	if (json_get(line, "asked_at") != NULL) {
		out->asked = moment(line, "asked_at");
		return;
	}
	if (arrived == INSTANT_NONE || json_get_text(line, "queue_id") == NULL ||
	    out->letters == MAIL_LETTERS_MAX) {
		out->bad++;
		return;
	}
	out->letters++;
	if (out->oldest == INSTANT_NONE || arrived < out->oldest) {
		out->oldest = arrived;
		out->reason = reason(line);
	}
}

void
mail_parse(const char *text, struct arena *a, struct mail *out)
{
	*out = (struct mail){ .oldest = INSTANT_NONE, .asked = INSTANT_NONE, .reason = "" };
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");
		const struct json_node *line;
		struct err e = { 0 };

		/* what stands behind the last line was not there when it was asked */
		if (n > 0 && (out->asked != INSTANT_NONE || json_tree(text, n, a, &line, &e) < 0))
			out->bad++;
		else if (n > 0)
			take(line, out);
		text += n + (text[n] == '\n');
	}
}
