/* SPDX-License-Identifier: Apache-2.0
 *
 * sink: what a way to tell shows of itself (its face: sink_spec, data only, linked into the daemon
 * and the command) and what its cell does (its work: sink_work, linked into forewarn-sink only).
 * A new one is a folder here with spec.c and <name>.c, and one line in sinks.def.
 *
 * A sink never changes a body: it signs and sends, one batch, and is gone.
 */
#ifndef SINKS_SINK_H
#define SINKS_SINK_H

#include "base/arena.h"
#include "base/clk.h"
#include "base/err.h"
#include "base/needs.h"
#include "conf/foreign.h"
#include "model/letter.h"

/* How the daemon is to write letters for a sink. */
struct sink_body {
	const char *format; /* "cloudevents", "text", ...; NULL: it gets no letters */
	const char *file;   /* of the format "template"; else NULL */
	const char *topic;  /* of the format "ntfy"; else NULL */
	span firing_for;    /* of the format "alertmanager"; else 0 */
};

struct sink_spec {
	const char *name;    /* its folder, the `type` of the configuration */
	const char *summary; /* one line for people */
	const struct opt *opts;
	size_t conf_size; /* of the struct the table fills; at least 1 */
	unsigned needs;   /* NEED_*: the rights the cell keeps; 0: no cell does its work */
	/* NEED_EXEC: its options of that sort; else NULL. */
	const struct foreign *(*foreign)(const void *conf);
	/* What a table cannot say: -1 with *e set and *opt the option at fault. Pure. May be NULL.
	 */
	int (*check)(const void *conf, const char **opt, struct err *e);
	struct sink_body (*body)(const void *conf);
	/* Is the text what the secret file of that option must hold? Pure, never tells key bytes.
	 * May be NULL: any text is. */
	int (*secret)(const char *opt, const char *text, struct err *e);
	/* What the daemon could not do at work, though it starts: a warning. Blocks. May be NULL.
	 */
	int (*warn)(const void *conf, const char **opt, struct err *e);
};

struct sink_ctx {
	const char *sink; /* id, for messages */
	struct clk *clk;
	span deadline; /* on clk->mono: be done before it; at it the cell is killed */
	struct arena *arena;
	const struct letter *letters;
	size_t n;
	/* letters[i] has this answer; row is filled in. Once a letter, at once when it is known. */
	void (*answer)(void *self, size_t i, const struct answer *w);
	void *self;
};

struct sink_work {
	const struct sink_spec *spec;
	/* Before rights are dropped: reads secrets, nothing foreign. Its own state in *state. -1
	 * with *e set: no letter is sent, all are answered POST_AUTH with this reason. */
	int (*prepare)(const struct sink_ctx *ctx, const void *conf, void **state, struct err *e);
	/* Sends. Letters it leaves without an answer are answered POST_HELD. */
	void (*run)(const struct sink_ctx *ctx, void *state);
	void (*end)(void *state); /* wipes secrets; after a prepare that failed too */
};

/* With less time left no letter is begun: it would count as tried, and was not. */
#define SINK_LEFT_MIN (50 * SPAN_MS)

/* The time left until ctx->deadline; never negative. */
static inline span
sink_left(const struct sink_ctx *ctx)
{
	span now = ctx->clk->mono(ctx->clk);

	return ctx->deadline > now ? ctx->deadline - now : 0;
}

#endif
