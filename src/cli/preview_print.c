/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how a preview looks.
 */
#include "cli/preview_print.h"

#include "base/day.h"
#include "base/json.h"
#include "base/text.h"
#include "judge/history.h"

#include <string.h>

#define NAME_CHARS 200 /* of a name from outside */
#define WHY_CHARS 400

static void
add_name(struct str *out, const char *name)
{
	text_clean(out, name, strlen(name), NAME_CHARS);
}

/* What was looked at: the target, and what of it. */
static void
add_thing(struct str *out, const struct previewed_row *r)
{
	add_name(out, r->target);
	if (r->rule_title != NULL)
		str_addf(out, ", %s", r->rule_title);
}

/* " (2 act, 1 stop)": how often at which level. */
static void
add_levels(struct str *out, const struct preview *p)
{
	const char *before = " (";

	for (int l = LEVEL_STOP; l > LEVEL_OK; l--)
		if (p->told[l] > 0) {
			str_addf(out, "%s%u %s", before, p->told[l], level_name((enum level)l));
			before = ", ";
		}
	str_addc(out, ')');
}

/* by: whose limits, as the subject of what comes. */
static void
add_told(struct str *out, const char *by, const struct preview *p, instant now)
{
	uint32_t n = preview_total(p);
	char day[DAY_TEXT];

	str_addf(out, "    %s ", by);
	if (n == 0) {
		str_add(out, "not once\n");
		return;
	}
	str_addf(out, "%u time%s", n, n == 1 ? "" : "s");
	add_levels(out, p);
	str_addf(out, "\n      %s ", n > PREVIEW_FIRST ? "first on" : "on");
	for (size_t i = 0; i < p->nfirst; i++)
		str_addf(out, "%s%s", i > 0 ? ", " : "", day_long(p->first[i].at, now, day));
	str_addc(out, '\n');
}

static void
add_row(const struct previewed *p, const struct previewed_row *r, struct str *out)
{
	str_add(out, "  ");
	add_thing(out, r);
	str_addf(out, ": recorded on %u of %u days\n", r->then.days, p->days);
	add_told(out, "these limits would have told you", &r->then, p->now);
	add_told(out, "those in force would have told you", &r->in_force, p->now);
	if (r->then.ahead > 0)
		str_addf(out,
		    "    %u value%s stamped later than now left out: the clock was wrong then\n",
		    r->then.ahead, r->then.ahead == 1 ? "" : "s");
}

static void
add_why_not(const struct previewed_row *r, struct str *out)
{
	str_add(out, "  cannot be previewed: ");
	add_thing(out, r);
	str_add(out, ": ");
	text_clean(out, r->why_not, strlen(r->why_not), WHY_CHARS);
	str_addc(out, '\n');
}

/* The rows of one check stand together. */
void
preview_text(const struct previewed *p, const char *file, struct str *out)
{
	str_add(out, "Limits of ");
	add_name(out, file);
	str_addf(out, ", held against what forewarnd recorded in %u days\n", p->days);
	for (size_t i = 0; i < p->n; i++) {
		const struct previewed_row *r = &p->rows[i];

		if (i == 0 || strcmp(r->check, p->rows[i - 1].check) != 0) {
			str_addc(out, '\n');
			add_name(out, r->title);
			str_addf(out, " (%s)\n", r->check);
		}
		if (r->why_not == NULL)
			add_row(p, r, out);
		else
			add_why_not(r, out);
	}
	if (p->judged > 0 && p->days > HISTORY_ALL / SPAN_DAY)
		str_addf(out,
		    "\nOf what is older than %d days one value an hour is kept, of what is older "
		    "than %d days one a\nday: what lasted less is not in these counts.\n",
		    (int)(HISTORY_ALL / SPAN_DAY), (int)(HISTORY_HOURS / SPAN_DAY));
}

static void
put_told(struct json *j, const char *name, const struct preview *p)
{
	json_object(j, name);
	json_int(j, "told", preview_total(p));
	for (int l = LEVEL_STOP; l > LEVEL_OK; l--)
		json_int(j, level_name((enum level)l), p->told[l]);
	json_array(j, "first");
	for (size_t i = 0; i < p->nfirst; i++) {
		json_object(j, NULL);
		json_time(j, "at", p->first[i].at);
		json_text(j, "level", level_name(p->first[i].level));
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
}

static void
put_row(struct json *j, const struct previewed_row *r)
{
	json_object(j, NULL);
	json_text(j, "check", r->check);
	json_text(j, "target", r->target);
	json_text(j, "rule", r->rule[0] != '\0' ? r->rule : NULL);
	json_text(j, "cannot", r->why_not);
	if (r->why_not == NULL) {
		json_int(j, "recorded_days", r->then.days);
		json_int(j, "samples", r->then.samples);
		json_int(j, "left_out", r->then.ahead);
		put_told(j, "previewed", &r->then);
		put_told(j, "in_force", &r->in_force);
	}
	json_object_end(j);
}

void
preview_json(const struct previewed *p, const char *file, struct str *out)
{
	struct json j;

	json_init(&j, out);
	json_object(&j, NULL);
	json_text(&j, "schema", "forewarn.preview/1");
	json_text(&j, "configuration", file);
	json_time(&j, "now", p->now);
	json_int(&j, "days", p->days);
	json_array(&j, "items");
	for (size_t i = 0; i < p->n; i++)
		put_row(&j, &p->rows[i]);
	json_array_end(&j);
	json_object_end(&j);
	str_addc(out, '\n');
}
