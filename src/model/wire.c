/* SPDX-License-Identifier: Apache-2.0 */
#include "model/wire.h"

#include <math.h>
#include <string.h>

static void
put_range(struct frame *f, const struct range *r)
{
	frame_put_u32(f, r->set);
	frame_put_u32(f, r->inverted);
	frame_put_f64(f, r->lo);
	frame_put_f64(f, r->hi);
}

static void
get_range(struct frame *f, struct range *r)
{
	r->set = frame_get_flag(f);
	r->inverted = frame_get_flag(f);
	r->lo = frame_get_f64(f);
	r->hi = frame_get_f64(f);
}

static void
put_metric(struct frame *f, const struct metric *m)
{
	frame_put_text(f, m->name);
	frame_put_u32(f, m->unit);
	frame_put_f64(f, m->value);
	frame_put_f64(f, m->bound);
	put_range(f, &m->warn);
	put_range(f, &m->crit);
}

static void
get_metric(struct frame *f, struct arena *a, struct metric *m)
{
	uint32_t unit;

	m->name = frame_get_text(f, a);
	unit = frame_get_u32(f);
	m->value = frame_get_f64(f);
	m->bound = frame_get_f64(f);
	get_range(f, &m->warn);
	get_range(f, &m->crit);
	if (unit >= UNIT_N || m->name == NULL || m->name[0] == '\0' || m->bound < 0)
		f->bad = true;
	m->unit = unit < UNIT_N ? (enum unit)unit : UNIT_NONE;
}

static void
put_deadline(struct frame *f, const struct deadline *d)
{
	frame_put_u32(f, d->kind);
	frame_put_i64(f, d->at);
	frame_put_i64(f, d->earliest);
	frame_put_i64(f, d->latest);
	frame_put_i64(f, d->life);
}

static void
get_deadline(struct frame *f, struct deadline *d)
{
	uint32_t kind = frame_get_u32(f);

	d->at = frame_get_i64(f);
	d->earliest = frame_get_i64(f);
	d->latest = frame_get_i64(f);
	d->life = frame_get_i64(f);
	if (kind >= DEADLINE_N || d->life < 0)
		f->bad = true;
	d->kind = kind < DEADLINE_N ? (enum deadline_kind)kind : DEADLINE_NONE;
	if (d->kind != DEADLINE_NONE && (d->earliest > d->at || d->at > d->latest))
		f->bad = true;
}

void
wire_put_item(struct frame *f, const struct item *it)
{
	frame_restart(f, WIRE_ITEM);
	frame_put_text(f, it->target);
	frame_put_text(f, it->rule);
	frame_put_u32(f, it->state);
	frame_put_text(f, it->finding);
	frame_put_text(f, it->summary);
	put_deadline(f, &it->deadline);
	frame_put_u32(f, (uint32_t)it->nmetrics);
	for (size_t i = 0; i < it->nmetrics; i++)
		put_metric(f, &it->metrics[i]);
	frame_put_u32(f, (uint32_t)it->nevidence);
	for (size_t i = 0; i < it->nevidence; i++) {
		frame_put_text(f, it->evidence[i].key);
		frame_put_text(f, it->evidence[i].value);
	}
}

static bool
text_fits(const char *s)
{
	return s != NULL && strlen(s) <= WIRE_TEXT_MAX;
}

static void
get_metrics(struct frame *f, struct arena *a, struct item *it)
{
	uint32_t n = frame_get_u32(f);

	if (n > WIRE_METRICS_MAX)
		f->bad = true;
	if (f->bad || n == 0)
		return;
	it->metrics = arena_array(a, n, sizeof(*it->metrics));
	it->nmetrics = n;
	for (uint32_t i = 0; i < n && !f->bad; i++)
		get_metric(f, a, &it->metrics[i]);
}

static void
get_evidence(struct frame *f, struct arena *a, struct item *it)
{
	uint32_t n = frame_get_u32(f);

	if (n > WIRE_EVIDENCE_MAX)
		f->bad = true;
	if (f->bad || n == 0)
		return;
	it->evidence = arena_array(a, n, sizeof(*it->evidence));
	it->nevidence = n;
	for (uint32_t i = 0; i < n && !f->bad; i++) {
		it->evidence[i].key = frame_get_text(f, a);
		it->evidence[i].value = frame_get_text(f, a);
		if (!text_fits(it->evidence[i].key) || !text_fits(it->evidence[i].value))
			f->bad = true;
	}
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
	uint32_t state;

	memset(it, 0, sizeof(*it));
	it->target = frame_get_text(f, a);
	it->rule = frame_get_text(f, a);
	state = frame_get_u32(f);
	it->finding = frame_get_text(f, a);
	it->summary = frame_get_text(f, a);
	get_deadline(f, &it->deadline);
	get_metrics(f, a, it);
	get_evidence(f, a, it);
	if (!frame_ok(f) || state >= ITEM_STATE_N || !text_fits(it->target) ||
	    !text_fits(it->rule) || !text_fits(it->summary))
		return err_set(e, ERR_PARSE, "an item that cannot be read");
	it->state = (enum item_state)state;
	it->verdict.start_by = INSTANT_NONE;
	return check_rule(it, rules, e);
}

void
wire_put_end(struct frame *f, const struct wire_end *end)
{
	frame_restart(f, WIRE_END);
	frame_put_u32(f, end->items);
	frame_put_u32(f, end->host_clock.measured);
	frame_put_f64(f, end->host_clock.offset);
	frame_put_f64(f, end->host_clock.bound);
}

int
wire_get_end(struct frame *f, struct wire_end *end, struct err *e)
{
	end->items = frame_get_u32(f);
	end->host_clock.measured = frame_get_flag(f);
	end->host_clock.offset = frame_get_f64(f);
	end->host_clock.bound = frame_get_f64(f);
	if (!frame_ok(f) || (end->host_clock.measured && (!isfinite(end->host_clock.offset) ||
							     !(end->host_clock.bound >= 0))))
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
	if (!frame_ok(f) || !text_fits(*text))
		return err_set(e, ERR_PARSE, "a note that cannot be read");
	return 0;
}
