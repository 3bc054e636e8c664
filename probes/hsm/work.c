/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what every part of a run does: announce a call, tell of a token, name an object, read a
 * text field.
 */
#include "probes/hsm/work.h"

#include "probes/x509/x509_item.h"

#include <stdio.h>
#include <string.h>

void
hsm_enter(const struct hsm_run *r, const char *call)
{
	static const char *entered;
	char what[256];

	/* thousands of one call in a row are announced once */
	if (entered != NULL && strcmp(entered, call) == 0)
		return;
	entered = call;
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

void
hsm_emit(struct hsm_run *r, const struct token *t, const char *rule, const char *target,
    const char *finding, const char *summary)
{
	struct evidence ev[] = { { "token", t->label }, { "token_serial", t->serial },
		{ "manufacturer", t->manufacturer }, { "model", t->model },
		{ "so_pin", (t->flags & CKF_SO_PIN_LOCKED) != 0      ? "locked"
			    : (t->flags & CKF_SO_PIN_FINAL_TRY) != 0 ? "final try"
			    : (t->flags & CKF_SO_PIN_COUNT_LOW) != 0 ? "count low"
								     : "no flag" } };
	struct item it = { .target = target,
		.rule = rule,
		.summary = summary,
		.finding = finding,
		.state = finding != NULL ? ITEM_FOUND : ITEM_FINE,
		.evidence = ev,
		.nevidence = 5 };

	probe_emit(r->ctx, &it);
}

const char *
hsm_target(struct hsm_run *r, const struct token *t, const struct object *o, const struct x509 *c)
{
	char id[2 * 8 + 1] = "";

	if (o->label[0] != '\0')
		return arena_printf(r->arena, "%s: %s", t->name, o->label);
	if (c != NULL)
		return arena_printf(r->arena, "%s: %s", t->name, x509_label(c, r->arena));
	for (size_t i = 0; i < o->id.len && i < 8; i++)
		snprintf(id + 2 * i, 3, "%02x", o->id.p[i]);
	return arena_printf(
	    r->arena, "%s: object %s", t->name, id[0] != '\0' ? id : "without a name");
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
