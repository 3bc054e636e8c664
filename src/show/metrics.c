/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a report as OpenMetrics 1.0 text. A family's samples stand together, each set of labels
 * once. Names of measurements come from probes and plug-ins, so they are a label, never a part of a
 * name.
 */
#include "base/arena.h"
#include "base/exposition.h"
#include "show/report.h"

#include <stdlib.h>
#include <string.h>

struct metric_place {
	const struct report *report;
	const struct report_check *check;
	const struct item *item;
	size_t twin; /* the how-maniest of the same check, target and rule, from 0 */
};

static void
head(struct str *out, const char *name, const char *unit, const char *help)
{
	exposition_family(out, name, "gauge", unit, help);
}

static void
check_labels(struct str *out, const struct report *r, const struct report_check *c)
{
	exposition_label(out, "site", r->site != NULL ? r->site : "", "{");
	exposition_label(out, "host", r->host, ",");
	exposition_label(out, "check", c->result->check, ",");
	exposition_label(out, "probe", c->result->probe, ",");
}

static void
sample(
    struct str *out, const char *name, const struct metric_place *p, const char *metric, double v)
{
	str_add(out, name);
	check_labels(out, p->report, p->check);
	exposition_label(out, "target", p->item->target, ",");
	exposition_label(out, "rule", p->item->rule, ",");
	if (metric != NULL)
		exposition_label(out, "metric", metric, ",");
	if (p->twin > 0)
		str_addf(out, ",twin=\"%zu\"", p->twin);
	str_add(out, "} ");
	exposition_number(out, v);
	str_addc(out, '\n');
}

static int
same_order(const void *a, const void *b)
{
	const struct metric_place *x = a, *y = b;
	int d = strcmp(x->check->result->check, y->check->result->check);

	if (d == 0)
		d = strcmp(x->item->target, y->item->target);
	return d != 0 ? d : strcmp(x->item->rule, y->item->rule);
}

static struct metric_place *
points(const struct report *r, struct arena *a, size_t *n)
{
	size_t total = 0, at = 0;
	struct metric_place *p;

	for (size_t i = 0; i < r->nchecks; i++)
		total += r->checks[i].result->nitems;
	p = arena_array(a, total + 1, sizeof(*p));
	for (size_t i = 0; i < r->nchecks; i++)
		for (size_t k = 0; k < r->checks[i].result->nitems; k++)
			p[at++] = (struct metric_place){ r, &r->checks[i],
				&r->checks[i].result->items[k], 0 };
	qsort(p, total, sizeof(*p), same_order);
	for (size_t i = 1; i < total; i++)
		if (same_order(&p[i - 1], &p[i]) == 0)
			p[i].twin = p[i - 1].twin + 1;
	*n = total;
	return p;
}

static void
items(struct str *out, const struct metric_place *p, size_t n)
{
	head(out, "forewarn_item_level", NULL, "0 ok, 1 plan, 2 unknown, 3 act, 4 stop");
	for (size_t i = 0; i < n; i++)
		sample(out, "forewarn_item_level", &p[i], NULL, p[i].item->verdict.level);
	head(out, "forewarn_item_deadline_timestamp_seconds", "seconds", "when it fails");
	for (size_t i = 0; i < n; i++)
		if (p[i].item->deadline.kind != DEADLINE_NONE)
			sample(out, "forewarn_item_deadline_timestamp_seconds", &p[i], NULL,
			    exposition_time(p[i].item->deadline.at));
	head(out, "forewarn_item_start_by_timestamp_seconds", "seconds",
	    "last moment to start the remedy");
	for (size_t i = 0; i < n; i++)
		if (p[i].item->verdict.start_by != INSTANT_NONE)
			sample(out, "forewarn_item_start_by_timestamp_seconds", &p[i], NULL,
			    exposition_time(p[i].item->verdict.start_by));
}

/* One measurement's name may come twice in an item: the first one stands. */
static bool
is_first(const struct item *it, size_t m)
{
	for (size_t i = 0; i < m; i++)
		if (strcmp(it->metrics[i].name, it->metrics[m].name) == 0)
			return false;
	return true;
}

static void
values(struct str *out, const struct metric_place *p, size_t n, enum unit unit, const char *name,
    bool bounds)
{
	for (size_t i = 0; i < n; i++)
		for (size_t m = 0; m < p[i].item->nmetrics; m++) {
			const struct metric *x = &p[i].item->metrics[m];
			enum unit u = x->unit == UNIT_COUNT ? UNIT_NONE : x->unit;

			if (u == unit && is_first(p[i].item, m) && (!bounds || x->bound > 0))
				sample(out, name, &p[i], x->name, bounds ? x->bound : x->value);
		}
}

static void
measurements(struct str *out, const struct metric_place *p, size_t n)
{
	static const struct {
		enum unit unit;
		const char *value, *bound, *suffix;
	} families[] = {
		{ UNIT_NONE, "forewarn_value", "forewarn_bound", NULL },
		{ UNIT_SECONDS, "forewarn_value_seconds", "forewarn_bound_seconds", "seconds" },
		{ UNIT_BYTES, "forewarn_value_bytes", "forewarn_bound_bytes", "bytes" },
		{ UNIT_RATIO, "forewarn_value_ratio", "forewarn_bound_ratio", "ratio" },
		{ UNIT_PPM, "forewarn_value_ppm", "forewarn_bound_ppm", "ppm" },
	};

	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
		head(out, families[i].value, families[i].suffix, "what was measured");
		values(out, p, n, families[i].unit, families[i].value, false);
		head(out, families[i].bound, families[i].suffix,
		    "the truth is within the value plus or minus this");
		values(out, p, n, families[i].unit, families[i].bound, true);
	}
}

static void
checks(struct str *out, const struct report *r)
{
	static const char *const names[] = { "forewarn_check_level",
		"forewarn_check_taken_timestamp_seconds",
		"forewarn_check_succeeded_timestamp_seconds",
		"forewarn_check_valid_until_timestamp_seconds", "forewarn_check_duration_seconds" };
	static const char *const helps[] = { "0 ok, 1 plan, 2 unknown, 3 act, 4 stop",
		"when it was last tried", "when it was last tried and measured anything",
		"until when the result may be believed", "how long it took" };

	for (size_t f = 0; f < 5; f++) {
		head(out, names[f], f == 0 ? NULL : "seconds", helps[f]);
		for (size_t i = 0; i < r->nchecks; i++) {
			const struct result *x = r->checks[i].result;
			bool succeeded =
			    r->checks[i].watched && r->checks[i].succeeded != INSTANT_NONE;
			const double v[] = { x->level, exposition_time(x->taken),
				exposition_time(r->checks[i].succeeded),
				exposition_time(x->valid_until), span_seconds(x->took) };

			if (f == 2 && !succeeded)
				continue;
			str_add(out, names[f]);
			check_labels(out, r, &r->checks[i]);
			str_add(out, "} ");
			exposition_number(out, v[f]);
			str_addc(out, '\n');
		}
	}
}

/* Collectors of a moment that is not the clock's see it by this family. */
static void
by_hand(struct str *out, const struct report *r)
{
	static const char name[] = "forewarn_at_timestamp_seconds";

	if (!r->by_hand)
		return;
	head(out, name, "seconds", "judged as if it were then: the moment was given by hand");
	str_add(out, name);
	exposition_label(out, "site", r->site != NULL ? r->site : "", "{");
	exposition_label(out, "host", r->host, ",");
	str_add(out, "} ");
	exposition_number(out, exposition_time(r->now));
	str_addc(out, '\n');
}

static void
excepted(struct str *out, const struct metric_place *p, size_t n)
{
	head(out, "forewarn_item_excepted", NULL,
	    "1: bad, known and approved to be so; its level is that of plan");
	for (size_t i = 0; i < n; i++)
		if (p[i].item->verdict.excepted)
			sample(out, "forewarn_item_excepted", &p[i], NULL, 1);
}

void
show_metrics(const struct report *r, struct str *out)
{
	struct arena *a = arena_new(SHOW_MAX);
	size_t n;
	struct metric_place *p = points(r, a, &n);

	by_hand(out, r);
	checks(out, r);
	items(out, p, n);
	excepted(out, p, n);
	measurements(out, p, n);
	str_add(out, "# EOF\n");
	arena_free(a);
}
