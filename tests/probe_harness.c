/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/probe_harness.h"

#include "model/wire.h"

#include <stdlib.h>
#include <string.h>

/* An item takes the way it takes in life, over a frame, so that what a test sees has passed the
 * same checks. */
static void
keep(void *self, const struct item *it)
{
	struct harness *h = self;
	struct frame f;
	struct err e = { 0 };

	frame_init(&f, WIRE_ITEM);
	wire_put_item(&f, it);
	h->items = arena_grow(h->arena, h->items, h->nitems, &h->cap, sizeof(*h->items));
	if (f.bad || wire_get_item(&f, probe_self->rules, h->arena, &h->items[h->nitems], &e) < 0) {
		fprintf(stderr, "emitted an item the parent would refuse: %s\n", e.msg);
		abort();
	}
	h->nitems++;
	frame_fini(&f);
}

static void
ignore_note(void *self, const char *what)
{
	(void)self;
	(void)what;
}

static void
keep_clock(void *self, double offset, double bound)
{
	struct harness *h = self;

	h->host_clock = (struct host_clock){ true, offset, bound };
}

static void
keep_text(void *self, const char *target, const char *text)
{
	struct harness *h = self;

	h->kept = (struct keep){ arena_text(h->arena, target), arena_text(h->arena, text), 0 };
}

void
harness_init(struct harness *h)
{
	memset(h, 0, sizeof(*h));
	h->arena = arena_new((size_t)256 << 20);
	h->ctx = (struct probe_ctx){
		.check = "test",
		.clk = clk_system(),
		.state_fd = -1,
		.arena = arena_new((size_t)256 << 20),
		.emit = keep,
		.note = ignore_note,
		.host_clock = keep_clock,
		.keep = keep_text,
		.handed = &h->handed,
		.self = h,
	};
	h->ctx.deadline = h->ctx.clk->mono(h->ctx.clk) + 10 * SPAN_S;
}

void
harness_clear(struct harness *h)
{
	h->items = NULL;
	h->nitems = h->cap = 0;
	h->host_clock.measured = false;
	arena_reset(h->arena);
	arena_reset(h->ctx.arena);
	h->ctx.deadline = h->ctx.clk->mono(h->ctx.clk) + 10 * SPAN_S;
}

void
harness_fini(struct harness *h)
{
	arena_free(h->arena);
	arena_free(h->ctx.arena);
}

const struct item *
harness_item(const struct harness *h, const char *rule, const char *target)
{
	for (size_t i = 0; i < h->nitems; i++)
		if (strcmp(h->items[i].rule, rule) == 0 &&
		    (target == NULL || strcmp(h->items[i].target, target) == 0))
			return &h->items[i];
	return NULL;
}

size_t
harness_count(const struct harness *h, const char *rule)
{
	size_t n = 0;

	for (size_t i = 0; i < h->nitems; i++)
		n += strcmp(h->items[i].rule, rule) == 0;
	return n;
}

const char *
harness_evidence(const struct item *it, const char *key)
{
	for (size_t i = 0; it != NULL && i < it->nevidence; i++)
		if (strcmp(it->evidence[i].key, key) == 0)
			return it->evidence[i].value;
	return NULL;
}

const struct metric *
harness_metric(const struct item *it, const char *name)
{
	for (size_t i = 0; it != NULL && i < it->nmetrics; i++)
		if (strcmp(it->metrics[i].name, name) == 0)
			return &it->metrics[i];
	return NULL;
}
