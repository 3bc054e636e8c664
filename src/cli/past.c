/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how forewarnd's answer about the past of a check is taken apart.
 */
#include "cli/past.h"

#include "model/wire.h"
#include "tell/control_client.h"

#include <string.h>

static int
take_item(struct past *p, struct frame *f, struct err *e)
{
	struct past_item *it;

	p->items = arena_grow(p->a, p->items, p->n, &p->cap, sizeof(*p->items));
	it = &p->items[p->n];
	if (wire_get_item(f, p->rules, p->a, &it->item, e) < 0)
		return -1;
	it->metrics = arena_array(p->a, it->item.nmetrics + 1, sizeof(*it->metrics));
	memset(it->metrics, 0, (it->item.nmetrics + 1) * sizeof(*it->metrics));
	p->n++;
	return 0;
}

static int
take_samples(struct past *p, struct frame *f, struct err *e)
{
	struct past_item *it = p->n > 0 ? &p->items[p->n - 1] : NULL;
	struct past_metric *m;
	struct ctl_samples v;

	if (ctl_get_samples(f, p->a, &v, e) < 0)
		return -1;
	if (it == NULL || v.metric >= it->item.nmetrics)
		return err_set(e, ERR_PARSE, "forewarnd sent samples of no metric");
	m = &it->metrics[v.metric];
	for (uint32_t i = 0; i < v.n; i++) {
		if (m->n > 0 && v.v[i].at <= m->v[m->n - 1].at)
			return err_set(e, ERR_PARSE, "forewarnd sent samples in no order");
		m->v = arena_grow(p->a, m->v, m->n, &m->cap, sizeof(*m->v));
		m->v[m->n++] = v.v[i];
	}
	return 0;
}

static int
take(void *self, struct frame *f, struct err *e)
{
	struct past *p = self;

	if (f->kind == CTL_TERMS) {
		p->watched = true;
		return ctl_get_terms(f, &p->terms, e);
	}
	if (f->kind == WIRE_ITEM)
		return take_item(p, f, e);
	if (f->kind == CTL_SAMPLES)
		return take_samples(p, f, e);
	return err_set(e, ERR_PARSE, "forewarnd sent a message of kind %u", f->kind);
}

int
past_ask(
    struct past *p, const char *socket, const char *check, const struct rule *rules, struct err *e)
{
	const struct ctl_request r = { .kind = CTL_PAST, .pattern = check, .until = INSTANT_NONE };
	struct ctl_done done = { 0 };

	p->rules = rules;
	if (control_ask(socket, &r, p->a, take, p, &done, e) < 0)
		return -1;
	p->left_out = done.things;
	return 0;
}

const struct past_item *
past_item(const struct past *p, const char *target, const char *rule)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->items[i].item.target, target) == 0 &&
		    strcmp(p->items[i].item.rule, rule) == 0)
			return &p->items[i];
	return NULL;
}
