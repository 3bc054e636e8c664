/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the tables of a result's messages, and what must fit between their fields.
 */
#include "model/wire.h"

#include "base/fields.h"

#include <math.h>
#include <string.h>

static const struct field range_fields[] = {
	FIELD_FLAG(struct range, set),
	FIELD_FLAG(struct range, inverted),
	FIELD_F64(struct range, lo),
	FIELD_F64(struct range, hi),
	FIELDS_END,
};

/* NaN is no negative bound: the metric itself was not measured. */
static bool
bound_fits(const void *bound)
{
	return !(*(const double *)bound < 0);
}

static const struct field metric_fields[] = {
	FIELD_TEXT(struct metric, name, .lo = 1),
	FIELD_ENUM(struct metric, unit, enum unit, UNIT_N),
	FIELD_F64(struct metric, value),
	FIELD_F64(struct metric, bound, .fits = bound_fits),
	FIELD_PART(struct metric, warn, struct range, range_fields),
	FIELD_PART(struct metric, crit, struct range, range_fields),
	FIELDS_END,
};

static const struct field deadline_fields[] = {
	FIELD_ENUM(struct deadline, kind, enum deadline_kind, DEADLINE_N),
	FIELD_I64(struct deadline, at),
	FIELD_I64(struct deadline, earliest),
	FIELD_I64(struct deadline, latest),
	FIELD_I64(struct deadline, life, .hi = INT64_MAX),
	FIELDS_END,
};

static bool
deadline_fits(const void *deadline)
{
	const struct deadline *d = deadline;

	return d->kind == DEADLINE_NONE || (d->earliest <= d->at && d->at <= d->latest);
}

static const struct field evidence_fields[] = {
	FIELD_TEXT(struct evidence, key, .hi = WIRE_TEXT_MAX),
	FIELD_TEXT(struct evidence, value, .hi = WIRE_TEXT_MAX),
	FIELDS_END,
};

/* NaN fits: it was not measured. */
static bool
amount_fits(const void *amount)
{
	return !(*(const double *)amount < 0) && !isinf(*(const double *)amount);
}

static const struct field run_fields[] = {
	FIELD_I64(struct job_run, end),
	FIELD_F64(struct job_run, bytes, .fits = amount_fits),
	FIELD_F64(struct job_run, files, .fits = amount_fits),
	FIELD_F64(struct job_run, seconds, .fits = amount_fits),
	FIELD_F64(struct job_run, change, .fits = amount_fits),
	FIELD_FLAG(struct job_run, accepted),
	FIELDS_END,
};

static const struct field runs_fields[] = {
	FIELD_ENUM(struct job_runs, way, enum runs_way, RUNS_WAY_N),
	FIELD_FLAG(struct job_runs, partial),
	FIELD_F64(struct job_runs, min_change, .fits = amount_fits),
	FIELD_LIST(struct job_runs, v, n, struct job_run, run_fields, RUNS_MAX),
	FIELDS_END,
};

static const struct field item_fields[] = {
	FIELD_TEXT(struct item, target, .hi = WIRE_TEXT_MAX),
	FIELD_TEXT(struct item, rule, .hi = WIRE_TEXT_MAX),
	FIELD_ENUM(struct item, state, enum item_state, ITEM_STATE_N),
	FIELD_MAYBE(struct item, finding),
	FIELD_TEXT(struct item, summary, .hi = WIRE_TEXT_MAX),
	FIELD_PART(struct item, deadline, struct deadline, deadline_fields, .fits = deadline_fits),
	FIELD_I64(struct item, lead, .hi = INT64_MAX),
	FIELD_FLAG(struct item, auto_renew),
	FIELD_LIST(struct item, metrics, nmetrics, struct metric, metric_fields, WIRE_METRICS_MAX),
	FIELD_LIST(
	    struct item, evidence, nevidence, struct evidence, evidence_fields, WIRE_EVIDENCE_MAX),
	FIELD_PART(struct item, runs, struct job_runs, runs_fields),
	FIELDS_END,
};

void
wire_put_item(struct frame *f, const struct item *it)
{
	frame_restart(f, WIRE_ITEM);
	fields_put(f, item_fields, it);
}

static int
check_rule(const struct item *it, const struct rule *rules, struct err *e)
{
	const struct rule *r = rule_find(rules, it->rule);

	/* kept and sent on as any other, and it says no more than its words */
	if (r == NULL && rule_is_run(it->rule) && it->state == ITEM_UNKNOWN &&
	    it->finding == NULL && it->nmetrics == 0 && it->deadline.kind == DEADLINE_NONE)
		return 0;
	if (r == NULL)
		return err_set(e, ERR_PARSE, "an item of the unknown rule \"%.64s\"", it->rule);
	if ((it->state == ITEM_FOUND) != (it->finding != NULL))
		return err_set(
		    e, ERR_PARSE, "%s: state and finding contradict each other", r->name);
	if (it->finding != NULL && finding_find(r, it->finding) == NULL)
		return err_set(
		    e, ERR_PARSE, "%s: the unknown finding \"%.64s\"", r->name, it->finding);
	return 0;
}

int
wire_get_item(
    struct frame *f, const struct rule *rules, struct arena *a, struct item *it, struct err *e)
{
	memset(it, 0, sizeof(*it));
	fields_get(f, item_fields, it, a);
	if (!frame_ok(f) || fields_fault(item_fields, it) != NULL)
		return err_set(e, ERR_PARSE, "an item that cannot be read");
	it->verdict.start_by = INSTANT_NONE;
	return check_rule(it, rules, e);
}

void
wire_put_keep(struct frame *f, const struct keep *k)
{
	frame_restart(f, WIRE_KEEP);
	fields_put(f, keep_fields, k);
}

int
wire_get_keep(struct frame *f, struct arena *a, struct keep *k, struct err *e)
{
	fields_get(f, keep_fields, k, a);
	if (!frame_ok(f) || fields_fault(keep_fields, k) != NULL)
		return err_set(e, ERR_PARSE, "a text to keep that cannot be read");
	return 0;
}

static const struct field host_clock_fields[] = {
	FIELD_FLAG(struct host_clock, measured),
	FIELD_F64(struct host_clock, offset),
	FIELD_F64(struct host_clock, bound),
	FIELDS_END,
};

static bool
host_clock_fits(const void *host_clock)
{
	const struct host_clock *c = host_clock;

	return !c->measured || (isfinite(c->offset) && c->bound >= 0);
}

static const struct field end_fields[] = {
	FIELD_U32(struct wire_end, items),
	FIELD_PART(struct wire_end, host_clock, struct host_clock, host_clock_fields,
	    .fits = host_clock_fits),
	FIELDS_END,
};

void
wire_put_end(struct frame *f, const struct wire_end *end)
{
	frame_restart(f, WIRE_END);
	fields_put(f, end_fields, end);
}

int
wire_get_end(struct frame *f, struct wire_end *end, struct err *e)
{
	fields_get(f, end_fields, end, NULL);
	if (!frame_ok(f) || fields_fault(end_fields, end) != NULL)
		return err_set(e, ERR_PARSE, "an end of result that cannot be read");
	return 0;
}

void
wire_put_text(struct frame *f, const char *text)
{
	frame_put_text(f, text);
}

int
wire_get_text(struct frame *f, struct arena *a, const char **text, struct err *e)
{
	*text = frame_get_text(f, a);
	if (!frame_ok(f) || *text == NULL || strlen(*text) > WIRE_TEXT_MAX)
		return err_set(e, ERR_PARSE, "a note that cannot be read");
	return 0;
}
