/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the inventory for programs: JSON (schema forewarn.certs/1, changes are additive only) and
 * CSV (RFC 4180), whose cells no spreadsheet takes for a formula.
 */
#include "show/certs_private.h"

#include "base/json.h"
#include "base/text.h"

#include <string.h>

#define FORMULA_BEGINS "=+-@|%" /* OWASP, CSV injection */

static void
texts(struct json *j, const char *name, const char *const *v, size_t n)
{
	json_array(j, name);
	for (size_t i = 0; i < n; i++)
		json_text(j, NULL, v[i]);
	json_array_end(j);
}

static void
checks_json(struct json *j, const struct certs_row *row)
{
	json_array(j, "checks");
	for (size_t i = 0; i < row->nchecks; i++) {
		const struct report_check *c = row->checks[i];

		json_object(j, NULL);
		json_text(j, "check", c->result->check);
		json_text(j, "title", c->title);
		json_text(j, "owner", c->owner);
		json_text(j, "secondary", c->secondary);
		json_time(j, "taken", c->result->taken);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
row_json(struct json *j, const struct certs_row *row)
{
	json_object(j, NULL);
	json_text(j, "sha256", row->sha256);
	json_text(j, "name", row->name);
	json_text(j, "state", certs_state_name(row->state));
	json_text(j, "level", level_name(row->level));
	json_bool(j, "excepted", row->sign == SIGN_EXCEPTED);
	json_time(j, "start_by", row->start_by);
	json_time(j, "begins", row->begins);
	json_time(j, "ends", row->ends);
	json_text(j, "subject", row->subject);
	json_text(j, "issuer", row->issuer);
	json_text(j, "serial", row->serial);
	json_text(j, "key", row->key);
	json_text(j, "key_sha256", row->key_sha256);
	json_text(j, "signature", row->signature);
	json_text(j, "lifetime", row->lifetime);
	json_bool(j, "authority", row->authority);
	texts(j, "places", row->places, row->nplaces);
	json_int(j, "places_not_listed", (int64_t)row->unlisted);
	checks_json(j, row);
	texts(j, "notes", row->notes, row->nnotes);
	json_array(j, "same_key");
	for (size_t i = 0; i < row->nkin; i++)
		if (row->kin[i] != row)
			json_text(j, NULL, row->kin[i]->sha256);
	json_array_end(j);
	json_text(j, "renewed_by", row->renewal != NULL ? row->renewal->sha256 : NULL);
	json_object_end(j);
}

void
certs_json(const struct certs *c, struct str *out)
{
	const struct report *r = c->report;
	struct json j;

	json_init(&j, out);
	json_object(&j, NULL);
	json_text(&j, "schema", "forewarn.certs/1");
	json_text(&j, "site", r->site);
	json_text(&j, "host", r->host);
	json_time(&j, "taken", r->now);
	json_time(&j, "at", r->by_hand ? r->now : INSTANT_NONE);
	json_int(&j, "due", (int64_t)c->due);
	json_int(&j, "gone", (int64_t)c->count[CERTS_GONE]);
	json_int(&j, "not_looked_at", (int64_t)c->count[CERTS_UNSEEN]);
	json_array(&j, "certificates");
	for (size_t i = 0; i < c->n; i++)
		row_json(&j, &c->rows[i]);
	json_array_end(&j);
	json_object_end(&j);
	str_addc(out, '\n');
}

/* --- CSV --- */

static void
cell(struct str *out, const char *text, char end)
{
	struct str clean;

	str_init(&clean, CERTS_CELL_MAX);
	if (text != NULL)
		text_clean(&clean, text, strlen(text), CERTS_CELL_MAX / 4);
	str_addc(out, '"');
	/* a spreadsheet takes the quote as "this is text" and does not show it */
	if (clean.len > 0 && strchr(FORMULA_BEGINS, clean.s[strspn(clean.s, " ")]) != NULL)
		str_addc(out, '\'');
	for (const char *p = clean.s; *p != '\0'; p++) {
		if (*p == '"')
			str_addc(out, '"');
		str_addc(out, *p);
	}
	str_addc(out, '"');
	if (end == '\n')
		str_addc(out, '\r');
	str_addc(out, end);
	str_fini(&clean);
}

static void
cell_time(struct str *out, instant t)
{
	char buf[INSTANT_TEXT];

	cell(out, t != INSTANT_NONE ? instant_text(t, buf) : "", ',');
}

static void
cell_list(struct str *out, const char *const *v, size_t n, char end)
{
	struct str all;

	str_init(&all, CERTS_CELL_MAX);
	for (size_t i = 0; i < n; i++)
		str_addf(&all, "%s%s", i > 0 ? "; " : "", v[i]);
	cell(out, all.s, end);
	str_fini(&all);
}

static void
cell_checks(struct str *out, const struct certs_row *row)
{
	struct str all;

	str_init(&all, CERTS_CELL_MAX);
	for (size_t i = 0; i < row->nchecks; i++)
		str_addf(&all, "%s%s", i > 0 ? "; " : "", row->checks[i]->result->check);
	cell(out, all.s, ',');
	str_clear(&all);
	certs_who(row, &all);
	cell(out, all.s, ',');
	str_fini(&all);
}

void
certs_csv(const struct certs *c, struct str *out)
{
	str_add(out, "name,state,level,start_by,ends,begins,places,checks,owner,subject,issuer,"
		     "serial,sha256,key,key_sha256,signature,lifetime,notes\r\n");
	for (size_t i = 0; i < c->n; i++) {
		const struct certs_row *row = &c->rows[i];
		const char *const rest[] = { row->subject, row->issuer, row->serial, row->sha256,
			row->key, row->key_sha256, row->signature, row->lifetime };

		cell(out, row->name, ',');
		cell(out, certs_state_name(row->state), ',');
		cell(out, sign_name(row->sign), ',');
		cell_time(out, row->start_by);
		cell_time(out, row->ends);
		cell_time(out, row->begins);
		cell_list(out, row->places, row->nplaces, ',');
		cell_checks(out, row);
		for (size_t k = 0; k < sizeof(rest) / sizeof(rest[0]); k++)
			cell(out, rest[k], ',');
		cell_list(out, row->notes, row->nnotes, '\n');
	}
}
