/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a run: the program is started, and its exit code and output become one item.
 */
#include "plugin.h"

#include "output.h"

#include "cell/program.h"

#include <string.h>
#include <sys/wait.h>

#define EVIDENCE_MAX 8
#define SUMMARY_MAX 1000 /* bytes of its first line in a summary; all of it is in the evidence */
#define REPORT_TIME (100 * SPAN_MS) /* kept back to say that it was late */

enum { EXIT_FINE, EXIT_WARNING, EXIT_CRITICAL, EXIT_UNKNOWN }; /* of the guidelines */

/* Its first line as a summary can bear it; whole characters only. */
static const char *
shown(const char *first, struct arena *a)
{
	size_t n = SUMMARY_MAX;

	if (strlen(first) <= SUMMARY_MAX)
		return first;
	while (n > SUMMARY_MAX - 4 && ((unsigned char)first[n] & 0xc0) == 0x80)
		n--;
	return arena_printf(a, "%.*s...", (int)n, first);
}

static void
add(struct item *it, const char *key, const char *value)
{
	if (value != NULL && value[0] != '\0' && it->nevidence < EVIDENCE_MAX)
		it->evidence[it->nevidence++] = (struct evidence){ key, value };
}

static void
unknown(struct item *it, const char *summary)
{
	it->state = ITEM_UNKNOWN;
	it->summary = summary;
}

static void
by_exit_code(struct item *it, int code, const struct plugin_output *o, struct arena *a)
{
	/* an empty plug-in once gave OK for years: silence is not an answer */
	if (code <= EXIT_CRITICAL && o->first[0] == '\0') {
		unknown(it, "It said nothing; a check that keeps the rules says at least one line");
		return;
	}
	switch (code) {
	case EXIT_FINE:
		it->state = ITEM_FINE;
		break;
	case EXIT_WARNING:
	case EXIT_CRITICAL:
		it->state = ITEM_FOUND;
		it->finding = code == EXIT_WARNING ? "warning" : "critical";
		break;
	case EXIT_UNKNOWN:
		unknown(
		    it, o->first[0] != '\0' ? o->first : "It could not check, and said no reason");
		break;
	default:
		unknown(
		    it, arena_printf(a, "It ended with code %d (only 0 to 3 have a meaning)%s%s",
			    code, o->first[0] != '\0' ? ": " : "", o->first));
	}
}

static void
judgeless(struct item *it, const struct program_run *r, const struct plugin_output *o, span limit,
    struct arena *a)
{
	char buf[SPAN_TEXT];

	it->summary = o->first;
	if (r->late)
		unknown(it, arena_printf(a, "It did not answer within %s", span_words(limit, buf)));
	else if (WIFSIGNALED(r->status))
		unknown(it, arena_printf(a, "It was ended by signal %d (%s)", WTERMSIG(r->status),
				strsignal(WTERMSIG(r->status))));
	else
		by_exit_code(it, WEXITSTATUS(r->status), o, a);
}

static void
describe(
    struct item *it, const struct program_run *r, const struct plugin_output *o, struct arena *a)
{
	add(it, "more", o->more);
	add(it, "stderr", program_last_words(r, a));
	if (!r->late && WIFEXITED(r->status))
		add(it, "exit_code", arena_printf(a, "%d", WEXITSTATUS(r->status)));
	if (r->cut)
		add(it, "cut", arena_printf(a, "it said more than %zu bytes", PLUGIN_OUTPUT_MAX));
	if (o->bad > 0)
		add(it, "bad_perfdata",
		    arena_printf(a, "%zu, first: %.100s", o->bad, o->first_bad));
	if (o->surplus > 0)
		add(it, "surplus_perfdata",
		    arena_printf(a, "%zu past %d", o->surplus, OUTPUT_METRICS_MAX));
}

int
probe_run(const struct probe_ctx *ctx, const void *conf, struct err *e)
{
	const struct plugin_conf *c = conf;
	struct arena *a = ctx->arena;
	const char *slash = strrchr(c->command.v[0], '/');
	struct evidence evidence[EVIDENCE_MAX];
	struct item it = { .rule = "plugin.status", .evidence = evidence };
	struct plugin_output o;
	const char *first;
	struct err why = { 0 };
	span limit = probe_left(ctx);
	const struct program p = {
		.command = &c->command,
		.environment = &c->environment,
		.output_max = PLUGIN_OUTPUT_MAX,
	};
	struct program_run r;

	(void)e;
	it.target = slash != NULL ? slash + 1 : c->command.v[0];
	add(&it, "program", c->command.v[0]);
	if (program_start(&r, &p, a, &why) < 0) {
		unknown(&it, arena_printf(a, "It could not be started: %s", why.msg));
		probe_emit(ctx, &it);
		return 0;
	}
	program_wait(&r, ctx->clk, ctx->deadline - REPORT_TIME);
	output_parse(r.text, r.len, a, &o);
	first = o.first;
	o.first = shown(first, a);
	it.metrics = o.metrics;
	it.nmetrics = o.nmetrics;
	judgeless(&it, &r, &o, limit, a);
	describe(&it, &r, &o, a);
	if (first != o.first)
		add(&it, "first_line", first);
	probe_emit(ctx, &it);
	return 0;
}
