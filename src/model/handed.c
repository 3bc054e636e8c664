/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the tables of what a probe is handed and hands back, and what a person may write in it.
 */
#include "model/handed.h"

#include <string.h>

static const struct field accept_fields[] = {
	FIELD_TEXT(struct accept, target, .lo = 1, .hi = HANDED_TARGET_MAX),
	FIELD_TEXT(struct accept, rule, .lo = 1, .hi = HANDED_RULE_MAX),
	FIELD_TEXT(struct accept, finding, .lo = 1, .hi = FINDING_ID_MAX),
	FIELD_I64(struct accept, at),
	FIELD_TEXT(struct accept, by, .lo = 1, .hi = ACCEPT_BY_MAX),
	FIELD_TEXT(struct accept, reason, .lo = 1, .hi = ACCEPT_REASON_MAX),
	FIELDS_END,
};

const struct field keep_fields[] = {
	FIELD_TEXT(struct keep, target, .lo = 1, .hi = HANDED_TARGET_MAX),
	FIELD_TEXT(struct keep, text, .lo = 1, .hi = HANDED_KEEP_TEXT_MAX),
	FIELD_U64(struct keep, outside),
	FIELDS_END,
};

const struct field handed_fields[] = {
	FIELD_LIST(
	    struct handed, accepts, naccepts, struct accept, accept_fields, HANDED_ACCEPTS_MAX),
	FIELD_LIST(struct handed, keeps, nkeeps, struct keep, keep_fields, HANDED_KEEPS_MAX),
	FIELD_I64(struct handed, moment),
	FIELD_MAYBE(struct handed, replay, .hi = HANDED_REPLAY_MAX),
	FIELD_FLAG(struct handed, gentle),
	FIELDS_END,
};

const struct keep *
handed_keep(const struct handed *h, const char *target)
{
	for (size_t i = 0; i < h->nkeeps; i++)
		if (strcmp(h->keeps[i].target, target) == 0)
			return &h->keeps[i];
	return NULL;
}

static int
check_text(const char *what, const char *text, size_t max, struct err *e)
{
	if (text[strspn(text, " ")] == '\0')
		return err_set(e, ERR_RANGE, "%s: say it, for whoever reads it later", what);
	if (strlen(text) > max)
		return err_set(
		    e, ERR_LIMIT, "%s: %zu bytes (at most %zu)", what, strlen(text), max);
	for (const char *p = text; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return err_set(
			    e, ERR_RANGE, "%s: one line, without control characters", what);
	return 0;
}

int
accept_check(const char *by, const char *reason, struct err *e)
{
	if (check_text("the name", by, ACCEPT_BY_MAX, e) < 0)
		return -1;
	return check_text("the reason", reason, ACCEPT_REASON_MAX, e);
}
