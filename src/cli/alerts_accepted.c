/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how the list of alerts shows what was accepted.
 */
#include "cli/alerts_accepted.h"

#include "base/day.h"
#include "base/text.h"

#include <string.h>

static void
part(struct str *out, const char *before, const char *text)
{
	str_add(out, before);
	text_clean(out, text, strlen(text), ACCEPT_REASON_MAX);
}

void
alerts_accepted_text(const struct ctl_accepted *v, size_t n, instant now, struct str *out)
{
	char when[DAY_TEXT];
	bool first = true;

	for (size_t i = 0; i < n; i++) {
		const struct accept *x = &v[i].accept;

		if (instant_minus(now, x->at) > ALERTS_ACCEPTED_FOR)
			continue;
		str_addf(out, "%s%s: %s, %s of ", first ? "\nAccepted\n  " : "  ",
		    day_moment(x->at, when), v[i].check, x->rule);
		part(out, "", x->target);
		part(out, "\n     ", v[i].summary);
		part(out, "\n     ", x->reason);
		part(out, " (", x->by);
		str_add(out, v[i].ended != INSTANT_NONE ? ")\n" : "; waits for the next look)\n");
		first = false;
	}
}

void
alerts_accepted_json(const struct ctl_accepted *v, size_t n, struct json *j)
{
	json_array(j, "accepted");
	for (size_t i = 0; i < n; i++) {
		json_object(j, NULL);
		json_int(j, "number", v[i].row);
		json_text(j, "check", v[i].check);
		json_text(j, "target", v[i].accept.target);
		json_text(j, "rule", v[i].accept.rule);
		json_text(j, "finding", v[i].accept.finding);
		json_text(j, "summary", v[i].summary);
		json_time(j, "at", v[i].accept.at);
		json_text(j, "by", v[i].accept.by);
		json_text(j, "reason", v[i].accept.reason);
		json_text(j, "entered_by", v[i].login);
		json_time(j, "ended", v[i].ended);
		json_object_end(j);
	}
	json_array_end(j);
}
