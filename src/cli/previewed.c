/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which samples are judged anew by which limits, and why others cannot be.
 */
#include "cli/previewed.h"

#include "cli/past.h"
#include "probes/specs.h"

#include <string.h>

#define PAST_MAX ((size_t)512 << 20) /* bytes of one check's past */

/* What one check is previewed with. */
struct previewing {
	struct previewed *p;
	const struct report_check *look;
	const struct check_conf *conf;
	const struct rule *rules;
	struct past past;
};

static struct previewed_row *
add(struct previewing *v, const char *target, const char *rule)
{
	struct previewed *p = v->p;
	const struct rule *r = rule_find(v->rules, rule);

	p->rows = arena_grow(p->a, p->rows, p->n, &p->cap, sizeof(*p->rows));
	p->rows[p->n] = (struct previewed_row){ .check = v->look->result->check,
		.title = v->look->title,
		.target = target,
		.rule = rule,
		.rule_title = r != NULL ? r->title : NULL };
	return &p->rows[p->n++];
}

static bool
has_limit(const struct metric *m)
{
	return m->warn.set || m->crit.set;
}

/* The limits of which metrics, and the samples of which past, are judged: those of a name. */
static size_t
join(const struct item *limits, const struct past_item *past, struct preview_series *out)
{
	size_t n = 0;

	for (size_t i = 0; i < limits->nmetrics; i++)
		for (size_t k = 0; k < past->item.nmetrics && has_limit(&limits->metrics[i]); k++)
			if (strcmp(limits->metrics[i].name, past->item.metrics[k].name) == 0 &&
			    past->metrics[k].n > 0)
				out[n++] = (struct preview_series){ limits->metrics[i].warn,
					limits->metrics[i].crit, past->metrics[k].v,
					past->metrics[k].n, 0 };
	return n;
}

static size_t
limits_of(const struct item *it)
{
	size_t n = 0;

	for (size_t i = 0; i < it->nmetrics; i++)
		n += has_limit(&it->metrics[i]);
	return n;
}

/* Why the item of the look cannot be judged anew; NULL: it can. */
static const char *
why_not(const struct previewing *v, const struct item *it, const struct past_item *past)
{
	const struct rule *r = rule_find(v->rules, it->rule);

	if (rule_is_run(it->rule))
		return arena_printf(v->p->a,
		    "the check did not run now, so its limits are not "
		    "known: %s",
		    it->summary != NULL ? it->summary : "no result");
	if (r == NULL || (r->by & BY_METRIC) == 0)
		return "it has no measured value with a limit";
	if (limits_of(it) == 0 && it->state == ITEM_UNKNOWN)
		return "it could not be measured now, so its limit is not known";
	if (limits_of(it) == 0)
		return "it has no measured value with a limit";
	if (past == NULL)
		return "forewarnd does not know it: it was not in the newest result";
	if (past->item.nmetrics == 0)
		return "forewarnd could not measure it at its last look, and says no more of it";
	return NULL;
}

static const char *
why_no_samples(const struct previewing *v, const struct preview *p)
{
	if (v->past.left_out > 0)
		return "more is recorded of this check than one answer holds";
	if (p->ahead > 0)
		return "all that is recorded of it was stamped later than now";
	return arena_printf(v->p->a, "nothing is recorded of it in %u days", v->p->days);
}

/* A limit whose metric has no samples: that it would tell nothing is not known. */
static void
add_unrecorded(struct previewing *v, const struct item *it, size_t with, size_t of)
{
	if (with > 0 && with < of)
		add(v, it->target, it->rule)->why_not = arena_printf(v->p->a,
		    v->past.left_out > 0
			? "%zu of its %zu values with a limit: one answer does not hold what is "
			  "recorded"
			: "%zu of its %zu values with a limit: nothing is recorded of them",
		    of - with, of);
}

static void
judge(struct previewing *v, const struct item *it, const struct past_item *past)
{
	const struct rule *r = rule_find(v->rules, it->rule);
	struct policy_terms then = policy_terms_of(r->by, v->conf->confirm, v->conf->every, 0);
	struct policy_terms in_force =
	    policy_terms_of(r->by, v->past.terms.confirm, v->past.terms.every, 0);
	size_t most = it->nmetrics * (past->item.nmetrics + 1) +
		      past->item.nmetrics * (past->item.nmetrics + 1);
	struct preview_series *s = arena_array(v->past.a, most + 1, sizeof(*s));
	struct previewed_row *row = add(v, it->target, it->rule);
	size_t n = join(it, past, s);

	preview_judge(s, n, &then, v->p->days, v->p->now, &row->then);
	if (row->then.samples == 0) {
		row->why_not = why_no_samples(v, &row->then);
		return;
	}
	v->p->judged++;
	preview_judge(
	    s, join(&past->item, past, s), &in_force, v->p->days, v->p->now, &row->in_force);
	add_unrecorded(v, it, n, limits_of(it));
}

static bool
is_recorded(const struct past_item *past)
{
	for (size_t i = 0; i < past->item.nmetrics; i++)
		if (past->metrics[i].n > 0)
			return true;
	return false;
}

static bool
looked_at(const struct result *r, const struct item *past)
{
	for (size_t i = 0; i < r->nitems; i++)
		if (strcmp(r->items[i].target, past->target) == 0 &&
		    strcmp(r->items[i].rule, past->rule) == 0)
			return true;
	return false;
}

/* What is watched and was not seen in the look. */
static void
add_unseen(struct previewing *v)
{
	for (size_t i = 0; i < v->past.n; i++) {
		const struct item *it = &v->past.items[i].item;

		if (is_recorded(&v->past.items[i]) && !looked_at(v->look->result, it))
			add(v, arena_text(v->p->a, it->target), arena_text(v->p->a, it->rule))
			    ->why_not = "it is watched, and was not seen now with this "
					"configuration, so its limit is not known";
	}
}

static void
preview_items(struct previewing *v)
{
	const struct result *r = v->look->result;

	for (size_t i = 0; i < r->nitems; i++) {
		const struct past_item *past =
		    past_item(&v->past, r->items[i].target, r->items[i].rule);
		const char *why = why_not(v, &r->items[i], past);

		if (why == NULL)
			judge(v, &r->items[i], past);
		else
			add(v, r->items[i].target, r->items[i].rule)->why_not = why;
	}
	add_unseen(v);
}

int
previewed_check(
    struct previewed *p, const struct conf *c, const struct report_check *look, struct err *e)
{
	const struct check_conf *k = conf_check(c, look->result->check);
	struct previewing v = { .p = p,
		.look = look,
		.conf = k,
		.rules = probe_find(k->probe)->rules,
		.past = { .a = arena_new(PAST_MAX) } };
	int rc = past_ask(&v.past, p->socket, k->id, v.rules, e);

	if (rc < 0 && e->code == ERR_PARSE) {
		add(&v, k->id, "")->why_not =
		    arena_printf(p->a, "the answer of forewarnd was not understood: %s", e->msg);
		rc = 0;
	} else if (rc == 0 && !v.past.watched) {
		add(&v, k->id, "")->why_not = "forewarnd does not watch a check of this id";
	} else if (rc == 0) {
		preview_items(&v);
	}
	arena_free(v.past.a);
	return rc;
}
