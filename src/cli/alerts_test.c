/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns `forewarn alerts test`: asks for the test alert, waits for the answers, a line a sink.
 */
#include "cli/alerts_test.h"

#include "base/clk.h"
#include "base/text.h"
#include "tell/control_client.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define WAIT (20 * SPAN_S)         /* for all answers together */
#define LOOK_EVERY (200 * SPAN_MS) /* between two questions at the daemon */

struct routes {
	struct arena *a;
	struct ctl_route *v;
	size_t n, cap;
};

static int
take(void *self, struct frame *f, struct err *e)
{
	struct routes *r = self;

	if (f->kind != CTL_ROUTE)
		return err_set(e, ERR_PARSE, "forewarnd sent a message of kind %u", f->kind);
	r->v = arena_grow(r->a, r->v, r->n, &r->cap, sizeof(*r->v));
	return ctl_get_route(f, r->a, &r->v[r->n++], e);
}

static bool
all_answered(const struct routes *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (!r->v[i].answered)
			return false;
	return true;
}

/* Asks until every receiver has answered or the time is up. */
static int
gather(const char *socket, struct routes *r, struct err *e)
{
	const struct ctl_request ask = { .kind = CTL_ROUTES, .until = INSTANT_NONE };
	const struct timespec pause = { .tv_nsec = LOOK_EVERY };
	struct clk *clk = clk_system();
	span end = clk->mono(clk) + WAIT;

	for (;;) {
		arena_reset(r->a);
		*r = (struct routes){ .a = r->a };
		if (control_ask(socket, &ask, r->a, take, r, NULL, e) < 0)
			return -1;
		if (all_answered(r) || clk->mono(clk) >= end)
			return 0;
		nanosleep(&pause, NULL);
	}
}

static int
show(const struct routes *r)
{
	char clean[256];
	int code = 0;

	for (size_t i = 0; i < r->n; i++) {
		const struct ctl_route *v = &r->v[i];

		text_clean_buf(clean, sizeof(clean), v->answer, strlen(v->answer));
		if (!v->answered)
			printf("%s: no answer yet\n", v->sink);
		else if (v->taken && strcmp(clean, "taken") == 0)
			printf("%s: taken\n", v->sink);
		else
			printf("%s: %s%s\n", v->sink, v->taken ? "" : "NOT TAKEN: ", clean);
		if (!v->taken)
			code = 1;
	}
	if (r->n == 0)
		puts("No sink sends anything out of this computer.");
	else if (code == 0)
		puts("Who has read it where it arrived says so: forewarn alerts confirm SINK");
	return code;
}

int
alerts_test(const char *socket, const char *words, struct arena *a)
{
	const struct ctl_request ask = { .kind = CTL_TEST, .text = words, .until = INSTANT_NONE };
	struct routes r = { .a = arena_new((size_t)4 << 20) };
	struct err e = { 0 };
	int code = 1;

	if (control_ask(socket, &ask, a, NULL, NULL, NULL, &e) == 0 && gather(socket, &r, &e) == 0)
		code = show(&r);
	else
		fprintf(stderr, "forewarn: %s\n", e.msg);
	arena_free(r.a);
	return e.code == ERR_ABSENT ? level_exit(LEVEL_UNKNOWN) : code;
}
