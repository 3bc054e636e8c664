/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what every part of a run does: announce a call, tell what is unknown, read a text field.
 */
#include "probes/hsm/work.h"

#include <stdio.h>

void
hsm_enter(const struct hsm_run *r, const char *call)
{
	char what[256];

	snprintf(what, sizeof(what), "%s of %s", call, r->conf->module);
	probe_note(r->ctx, what);
}

void
hsm_unknown(const struct hsm_run *r, const char *rule, const char *target, const char *summary,
    const char *reason)
{
	struct evidence ev[] = { { "module", r->conf->module }, { "reason", reason } };
	struct item it = { .target = target,
		.rule = rule,
		.state = ITEM_UNKNOWN,
		.summary = summary,
		.evidence = ev,
		.nevidence = reason != NULL ? 2 : 1 };

	probe_emit(r->ctx, &it);
}

const char *
token_text(struct arena *a, const CK_UTF8CHAR *text, size_t len)
{
	char *s;

	while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\0'))
		len--;
	s = arena_textn(a, (const char *)text, len);
	for (size_t i = 0; i < len; i++)
		if (s[i] == '\0')
			s[i] = ' ';
	return s;
}
