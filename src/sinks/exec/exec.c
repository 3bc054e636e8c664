/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the work of the sink exec: a program a letter, and what its exit code means.
 */
#include "sinks/exec/exec.h"

#include "base/text.h"
#include "cell/program.h"
#include "sinks/batch.h"
#include "sinks/sink.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>

#define SAID_MAX 160               /* bytes of its last words in a reason */
#define REPORT_TIME (50 * SPAN_MS) /* kept back to tell that it was late */

static int
prepare(const struct sink_ctx *ctx, const void *conf, void **state, struct err *e)
{
	const void **c = arena_alloc(ctx->arena, sizeof(*c));

	(void)e;
	*c = conf;
	*state = c;
	return 0;
}

/* One that crashed or hung may do better next time; one that said no meant it. */
static void
judge(const struct program_run *r, span limit, struct answer *w, char reason[LETTER_REASON_MAX + 1],
    struct arena *a)
{
	const char *last = program_last_words(r, a);
	char said[SAID_MAX] = "", buf[SPAN_TEXT];

	if (last != NULL)
		text_clean_buf(said, sizeof(said), last, strlen(last));
	w->outcome = POST_LATER;
	if (r->late) {
		snprintf(reason, LETTER_REASON_MAX + 1, "did not end within %s, and was killed",
		    span_words(limit, buf));
	} else if (WIFSIGNALED(r->status)) {
		snprintf(reason, LETTER_REASON_MAX + 1, "was ended by signal %d (%s)",
		    WTERMSIG(r->status), strsignal(WTERMSIG(r->status)));
	} else {
		w->status = (uint32_t)WEXITSTATUS(r->status);
		w->outcome = w->status == 0             ? POST_DELIVERED
			     : w->status == EX_TEMPFAIL ? POST_LATER
							: POST_REFUSED;
		if (w->status == 0)
			snprintf(reason, LETTER_REASON_MAX + 1, "taken");
		else
			snprintf(reason, LETTER_REASON_MAX + 1, "ended with code %u%s%s", w->status,
			    said[0] != '\0' ? ": " : "", said);
	}
	w->reason = reason;
}

static void
run_one(const struct sink_ctx *ctx, const struct exec_conf *c, const struct letter *l,
    struct answer *w, char reason[LETTER_REASON_MAX + 1])
{
	struct arena *a = arena_new((size_t)4 << 20);
	const struct program p = {
		.command = &c->command,
		.environment = &c->environment,
		.input = l->body,
		.ninput = strlen(l->body),
		.output_max = EXEC_OUTPUT_MAX,
	};
	span left = sink_left(ctx) - REPORT_TIME;
	span limit = left < c->timeout ? left : c->timeout;
	struct err e = { 0 };
	struct program_run r;

	if (program_start(&r, &p, a, &e) < 0) {
		text_clean_buf(reason, LETTER_REASON_MAX + 1, e.msg, strlen(e.msg));
		*w = (struct answer){ .outcome = POST_AUTH, .reason = reason };
	} else {
		program_wait(&r, ctx->clk, ctx->clk->mono(ctx->clk) + limit);
		judge(&r, limit, w, reason, a);
	}
	arena_free(a);
}

static void
run(const struct sink_ctx *ctx, void *state)
{
	const struct exec_conf *c = *(const void **)state;
	struct batch b;
	size_t i;

	batch_init(&b, ctx->letters, ctx->n, ctx->arena);
	while (sink_left(ctx) > 2 * REPORT_TIME && (i = batch_next(&b)) != BATCH_NONE) {
		char reason[LETTER_REASON_MAX + 1];
		struct answer w = { 0 };

		run_one(ctx, c, &ctx->letters[i], &w, reason);
		batch_done(&b, i, &w);
		ctx->answer(ctx->self, i, &w);
	}
}

static void
end(void *state)
{
	(void)state;
}

extern const struct sink_spec exec_sink;

const struct sink_work exec_work = {
	.spec = &exec_sink,
	.prepare = prepare,
	.run = run,
	.end = end,
};
