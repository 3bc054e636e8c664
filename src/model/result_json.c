/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the JSON of what is measured.
 */
#include "model/result_json.h"

#include <math.h>
#include <stdio.h>

static void
range_json(struct json *j, const char *name, const struct range *r)
{
	char lo[32] = "~", hi[32] = "", all[80];

	if (!r->set) {
		json_null(j, name);
		return;
	}
	if (isfinite(r->lo))
		snprintf(lo, sizeof(lo), "%.15g", r->lo);
	if (isfinite(r->hi))
		snprintf(hi, sizeof(hi), "%.15g", r->hi);
	snprintf(all, sizeof(all), "%s%s:%s", r->inverted ? "@" : "", lo, hi);
	json_text(j, name, all);
}

void
metric_json(struct json *j, const struct metric *m)
{
	json_object(j, NULL);
	json_text(j, "name", m->name);
	json_number(j, "value", m->value);
	json_text(j, "unit", unit_name(m->unit));
	json_number(j, "bound", m->bound);
	range_json(j, "warn", &m->warn);
	range_json(j, "crit", &m->crit);
	json_object_end(j);
}

void
deadline_members(struct json *j, const struct deadline *d)
{
	json_time(j, "at", d->at);
	json_time(j, "earliest", d->earliest);
	json_time(j, "latest", d->latest);
	json_text(j, "kind", d->kind == DEADLINE_KNOWN ? "known" : "forecast");
}

void
host_clock_json(struct json *j, const char *name, const struct host_clock *c)
{
	if (!c->measured) {
		json_null(j, name);
		return;
	}
	json_object(j, name);
	json_number(j, "offset", c->offset);
	json_number(j, "bound", c->bound);
	json_object_end(j);
}
