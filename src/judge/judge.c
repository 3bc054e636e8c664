/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns levels: a metric, a deadline or a finding becomes one.
 */
#include "judge/judge.h"

#include "judge/runs.h"

#include <math.h>
#include <stddef.h>

static span
least(span a, span b)
{
	return a < b ? a : b;
}

static span
most(span a, span b)
{
	return a > b ? a : b;
}

/* part of a span in percent, without overflow */
static span
percent(span d, int part)
{
	return d / 100 * part;
}

struct rule_c
judge_rule_c(span life, span lead)
{
	struct rule_c c;
	span twice = lead > SPAN_MAX / 2 ? SPAN_MAX : 2 * lead;
	span week_more = lead > SPAN_MAX - 7 * SPAN_DAY ? SPAN_MAX : lead + 7 * SPAN_DAY;

	if (life <= 0)
		life = JUDGE_LIFE_UNKNOWN;
	c.plan = most(twice, least(percent(life, 30), 90 * SPAN_DAY));
	c.act = most(lead, least(week_more, percent(life, 20)));
	c.stop = least(7 * SPAN_DAY, percent(life, 15));
	/* a lead time of nothing still leaves the last days */
	c.act = most(c.act, c.stop);
	c.plan = most(c.plan, c.act);
	return c;
}

struct rule_c
judge_hours(span own, span lead)
{
	return (struct rule_c){ .plan = SPAN_MAX,
		.act = lead > SPAN_MAX - 2 * own ? SPAN_MAX : lead + 2 * own,
		.stop = least(own, lead) };
}

span
judge_lead(const struct rule *rule, enum deadline_kind kind, span stated)
{
	if (stated >= 0)
		return stated;
	return kind == DEADLINE_FORECAST && rule->lead > 0 ? rule->lead : JUDGE_LEAD;
}

/* Quiet until the moment a program should have renewed it (a third of life left) is overdue by a
 * tenth of life; from then on it is somebody's task, as if it had no plan stage. */
static enum level
auto_renewed(const struct rule_c *c, span life, span left)
{
	if (left <= c->stop)
		return LEVEL_STOP;
	if (left <= life / 3 - life / 10)
		return LEVEL_ACT;
	return LEVEL_OK;
}

enum level
judge_deadline(const struct deadline *d, const struct judge_terms *t, instant now)
{
	struct rule_c c = judge_rule_c(d->life, t->lead);
	span likely = instant_minus(d->at, now), soonest = instant_minus(d->earliest, now);

	if (d->kind == DEADLINE_NONE)
		return LEVEL_OK;
	if (soonest <= 0)
		return LEVEL_STOP;
	if (t->auto_renew)
		return auto_renewed(&c, d->life > 0 ? d->life : JUDGE_LIFE_UNKNOWN, soonest);
	if (soonest <= c.stop)
		return LEVEL_STOP;
	if (soonest <= c.act)
		return LEVEL_ACT;
	return likely <= c.plan ? LEVEL_PLAN : LEVEL_OK;
}

/* Acted on by its earliest date; that work must stop is claimed of its likely one alone, since the
 * limit itself is not reached yet. */
static enum level
judge_hours_left(const struct deadline *d, span own, span lead, instant now)
{
	struct rule_c c = judge_hours(own, lead);

	if (instant_minus(d->at, now) <= c.stop)
		return LEVEL_STOP;
	return instant_minus(d->earliest, now) <= c.act ? LEVEL_ACT : LEVEL_PLAN;
}

/* A date that is known, by true time; where two times may be true and the levels differ, nothing is
 * known. A forecast was made of this clock's own samples. */
static enum level
judge_date(const struct deadline *d, const struct judge_terms *t, instant now, const char **doubt)
{
	instant at = d->kind == DEADLINE_KNOWN ? instant_plus(now, -t->ahead) : now;
	enum level level = judge_deadline(d, t, at);

	if (d->kind != DEADLINE_KNOWN || t->doubt == 0 ||
	    judge_deadline(d, t, instant_plus(at, -t->doubt)) == level)
		return level;
	*doubt = "the clock of this computer was set, and it is not known which time is true";
	return LEVEL_UNKNOWN;
}

enum proof { PROVEN_IN, PROVEN_OUT, NOT_PROVEN };

static enum proof
prove(const struct range *r, double value, double bound)
{
	double lo = value - bound, hi = value + bound;
	bool inside = lo >= r->lo && hi <= r->hi;
	bool outside = hi < r->lo || lo > r->hi;

	if (inside)
		return r->inverted ? PROVEN_OUT : PROVEN_IN;
	if (outside)
		return r->inverted ? PROVEN_IN : PROVEN_OUT;
	return NOT_PROVEN;
}

/* What one limit alone makes of the proof. */
static enum level
limit_level(enum proof p, enum level outside)
{
	return p == PROVEN_IN ? LEVEL_OK : p == PROVEN_OUT ? outside : LEVEL_UNKNOWN;
}

enum level
judge_metric(const struct metric *m, const char **doubt)
{
	const char *ignored, **why = doubt != NULL ? doubt : &ignored;
	enum level soft = LEVEL_OK, hard = LEVEL_OK;

	if (!m->warn.set && !m->crit.set)
		return LEVEL_OK;
	if (isnan(m->value) || isnan(m->bound)) {
		*why = "was not measured";
		return LEVEL_UNKNOWN;
	}
	if (m->warn.set)
		soft = limit_level(prove(&m->warn, m->value, m->bound), LEVEL_ACT);
	if (m->crit.set)
		hard = limit_level(prove(&m->crit, m->value, m->bound), LEVEL_STOP);
	if (hard == LEVEL_UNKNOWN) {
		*why = "too uncertain to prove that it is within its hard limit";
	} else if (soft == LEVEL_UNKNOWN && m->crit.set && hard == LEVEL_OK) {
		*why = "within its hard limit, but too uncertain to prove the soft one";
		soft = LEVEL_PLAN;
	} else if (soft == LEVEL_UNKNOWN) {
		*why = "too uncertain to prove that it is within its limit";
	}
	return level_worst(soft, hard);
}

/* For an item whose rule is not in the probe's table: a run that gave no result. */
static const struct rule run_rule = {
	.name = "run",
	.title = "the check itself",
	.unknown_do =
	    "Run `forewarn check` by hand; if it says the same, send its output to support.",
};

static enum level
judge_metrics(const struct item *it, const char **doubt)
{
	enum level worst = LEVEL_OK;

	for (size_t i = 0; i < it->nmetrics; i++)
		worst = level_worst(worst, judge_metric(&it->metrics[i], doubt));
	return worst;
}

/* What was not measured has no consequence that could be claimed; what a limit does not prove is
 * measured better first. measured: the level of the metrics alone; ahead: the rest is a forecast.
 */
static void
advise(struct verdict *v, const struct rule *rule, enum level measured, bool ahead)
{
	bool unproven = v->level == LEVEL_PLAN && measured == LEVEL_PLAN;

	v->so_what = v->level == LEVEL_UNKNOWN ? "Until it is checked again, trouble goes unseen"
		     : unproven ? "Between the soft limit and the hard one, trouble goes unseen"
				: rule->so_what;
	v->do_now = v->level == LEVEL_UNKNOWN || unproven ? rule->unknown_do : rule->do_now;
	if (ahead && measured == LEVEL_OK && v->level != LEVEL_UNKNOWN && rule->so_ahead != NULL) {
		v->so_what = rule->so_ahead;
		v->do_now = rule->do_ahead;
	}
}

/* The terms of this item: what it says of itself goes before what the check says of all. */
static struct judge_terms
terms_of(const struct item *it, const struct rule *rule, const struct judge_terms *t)
{
	struct judge_terms own = *t;

	own.lead = judge_lead(rule, it->deadline.kind, it->lead > 0 ? it->lead : t->lead);
	own.auto_renew = t->auto_renew || it->auto_renew;
	return own;
}

/* t: of this item. */
static enum level
judge_dates(struct item *it, const struct rule *rule, const struct judge_terms *t, instant now)
{
	/* a forecast is made of the item's own metrics (judge/trend.h), whatever its rule says */
	if (it->deadline.kind == DEADLINE_FORECAST && rule->lead > 0)
		return judge_hours_left(&it->deadline, rule->lead, t->lead, now);
	if ((rule->by & BY_DEADLINE) == 0 && it->deadline.kind != DEADLINE_FORECAST)
		return LEVEL_OK;
	return judge_date(&it->deadline, t, now, &it->verdict.doubt);
}

/* Rule B; *f is the finding whose words tell it. */
static enum level
judge_runs(struct item *it, const struct rule *rule, const struct finding **f)
{
	const char *key = NULL;
	enum level level;

	if ((rule->by & BY_RUNS) == 0 || it->runs.way == RUNS_NONE)
		return LEVEL_OK;
	level = runs_judge(&it->runs, &key, &it->verdict.doubt);
	if (key != NULL)
		*f = finding_find(rule, key);
	return level;
}

static void
judge_item(struct item *it, const struct rule *rule, const struct judge_terms *t, instant now)
{
	struct verdict *v = &it->verdict;
	const struct finding *f = NULL, *unlike = NULL;
	enum level measured = LEVEL_OK, runs;
	const struct judge_terms own = terms_of(it, rule, t);

	*v = (struct verdict){ .level = LEVEL_OK, .start_by = INSTANT_NONE };
	if (it->deadline.kind != DEADLINE_NONE)
		v->start_by = instant_plus(it->deadline.at, -own.lead);
	if (it->state == ITEM_UNKNOWN)
		v->level = LEVEL_UNKNOWN;
	if (rule->by & BY_METRIC)
		measured = judge_metrics(it, &v->doubt);
	v->level = level_worst(v->level, measured);
	v->level = level_worst(v->level, judge_dates(it, rule, &own, now));
	if (it->state == ITEM_FOUND && (f = finding_find(rule, it->finding)) != NULL)
		v->level = level_worst(v->level, f->level);
	runs = judge_runs(it, rule, &unlike);
	v->level = level_worst(v->level, runs);
	if (v->level == LEVEL_OK)
		return;
	advise(v, rule, measured, it->deadline.kind == DEADLINE_FORECAST);
	if (unlike != NULL && runs == v->level)
		f = unlike;
	if (f != NULL && (f == unlike || f->level == v->level)) {
		v->so_what = f->so_what;
		v->do_now = f->do_now;
	}
}

void
judge_result(struct result *r, const struct rule *rules, const struct judge_terms *t, instant now)
{
	r->level = LEVEL_OK;
	for (size_t i = 0; i < r->nitems; i++) {
		struct item *it = &r->items[i];
		const struct rule *rule = rule_find(rules, it->rule);

		judge_item(it, rule != NULL ? rule : &run_rule, t, now);
		r->level = level_worst(r->level, it->verdict.level);
	}
	if (r->nitems == 0)
		r->level = LEVEL_UNKNOWN;
}
