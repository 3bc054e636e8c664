/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a report as JSON, schema forewarn.results/1: names and units are a contract, changes are
 * additive only.
 */
#include "base/json.h"
#include "model/result_json.h"
#include "show/report.h"

static void
metrics_json(struct json *j, const struct item *it)
{
	json_array(j, "metrics");
	for (size_t i = 0; i < it->nmetrics; i++)
		metric_json(j, &it->metrics[i]);
	json_array_end(j);
}

static void
deadline_json(struct json *j, const struct item *it)
{
	if (it->deadline.kind == DEADLINE_NONE) {
		json_null(j, "deadline");
		return;
	}
	json_object(j, "deadline");
	deadline_members(j, &it->deadline);
	json_time(j, "start_by", it->verdict.start_by);
	json_object_end(j);
}

/* null: nobody approved it to be as it is. */
static void
excepted_json(struct json *j, const struct verdict *v)
{
	const struct approval *p = v->approval;

	if (p == NULL) {
		json_null(j, "excepted");
		return;
	}
	json_object(j, "excepted");
	json_text(j, "level", level_name(p->level));
	json_time(j, "until", p->until);
	json_text(j, "reason", p->reason);
	json_text(j, "approver", p->approver);
	json_text(j, "measure", p->measure);
	json_object_end(j);
}

static void
item_json(struct json *j, const struct item *it)
{
	const struct watched *w = it->verdict.watched;

	json_object(j, NULL);
	json_text(j, "target", it->target);
	json_text(j, "rule", it->rule);
	json_text(j, "level", level_name(it->verdict.level));
	json_text(j, "finding", it->finding);
	json_text(j, "summary", it->summary);
	json_text(j, "doubt", it->verdict.doubt);
	metrics_json(j, it);
	deadline_json(j, it);
	json_object(j, "evidence");
	for (size_t i = 0; i < it->nevidence; i++)
		json_text(j, it->evidence[i].key, it->evidence[i].value);
	json_object_end(j);
	json_text(j, "so_what", it->verdict.so_what);
	json_text(j, "advice", it->verdict.do_now);
	excepted_json(j, &it->verdict);
	json_time(j, "since", w != NULL ? w->since : INSTANT_NONE);
	json_text(j, "note", w != NULL ? w->note : NULL);
	json_bool(j, "follows", w != NULL && w->follows);
	json_object_end(j);
}

/* The first of the worst items speaks for the check. */
static const char *
worst_summary(const struct result *r)
{
	const struct item *worst = NULL;

	for (size_t i = 0; i < r->nitems; i++)
		if (worst == NULL || r->items[i].verdict.level > worst->verdict.level)
			worst = &r->items[i];
	return worst != NULL ? worst->summary : NULL;
}

static void
check_json(struct json *j, const struct report_check *c)
{
	const struct result *r = c->result;
	int64_t took_us = r->took / SPAN_US;

	json_object(j, NULL);
	json_text(j, "check", r->check);
	json_text(j, "probe", r->probe);
	json_text(j, "title", c->title);
	json_text(j, "level", level_name(r->level));
	json_text(j, "summary", worst_summary(r));
	json_time(j, "taken", r->taken);
	json_time(j, "valid_until", r->valid_until);
	json_time(j, "since", c->watched ? c->since : INSTANT_NONE);
	json_time(j, "tried", r->taken);
	json_time(j, "succeeded", c->watched ? c->succeeded : INSTANT_NONE);
	json_number(j, "took_ms", (double)took_us / 1000.0);
	json_text(j, "owner", c->owner);
	json_text(j, "secondary", c->secondary);
	json_text(j, "cell", r->cell);
	host_clock_json(j, "host_clock", &r->host_clock);
	json_array(j, "items");
	for (size_t i = 0; i < r->nitems; i++)
		item_json(j, &r->items[i]);
	json_array_end(j);
	json_object_end(j);
}

void
show_json(const struct report *r, struct str *out)
{
	struct json j;

	json_init(&j, out);
	json_object(&j, NULL);
	json_text(&j, "schema", "forewarn.results/1");
	json_text(&j, "site", r->site);
	json_text(&j, "host", r->host);
	json_time(&j, "taken", r->now);
	json_time(&j, "at", r->by_hand ? r->now : INSTANT_NONE);
	json_text(&j, "level", level_name(report_level(r)));
	json_int(&j, "excepted", (int64_t)report_excepted(r));
	json_array(&j, "results");
	for (size_t i = 0; i < r->nchecks; i++)
		check_json(&j, &r->checks[i]);
	json_array_end(&j);
	json_object_end(&j);
	str_addc(out, '\n');
}
