/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a run over the logs of a check, each as the kind of trail that it is.
 */
#include "audit.h"

#include "deposits.h"
#include "export.h"
#include "journal.h"
#include "kind.h"
#include "logs.h"
#include "report.h"
#include "ring.h"
#include "state.h"
#include "table.h"
#include "watch.h"
#include "writing.h"

#include "probes/probe.h"

#include <string.h>

#define LOG_MEMORY ((size_t)512 << 20) /* as much as the whole worker may take for its texts */
#define REPORT_TIME (100 * SPAN_MS)    /* kept back to note and say what was found */

/* One run over the logs of a check. */
struct round {
	const struct probe_ctx *ctx;
	struct arena *arena;    /* of the log in hand */
	struct audit_conf conf; /* its paths are those of the logs */
	struct logs logs;
	struct kinds kinds;
	struct digester *digest;
	struct regex *regex;
	struct side_key key;
	enum side_key_is keyed;
	struct settings settings;
	bool miswritten; /* one of the logs */
};

static void
look_at_text(struct round *r, const struct probe_ctx *ctx, size_t i, const struct side_key *key)
{
	struct log l = {
		.conf = &r->conf,
		.path = r->conf.paths.v[i],
		.index = i,
		.clk = ctx->clk,
		.until = ctx->deadline - REPORT_TIME,
		.now = ctx->clk->wall(ctx->clk),
		.key = key,
		.new_key = r->keyed == SIDE_KEY_NEW,
		.settings = &r->settings,
		.gentle = ctx->handed->gentle,
	};

	l.kept = handed_keep(ctx->handed, l.path);
	probe_note(ctx, l.path);
	watch_look(ctx, &l, i, r->digest, r->regex);
	r->miswritten |= l.miswritten;
	for (size_t k = 0; k < l.files.n; k++)
		if (l.files.v[k].seg != NULL && !l.files.v[k].own)
			logs_taken(&r->logs, l.files.v[k].path);
}

/* What is only needed for one log goes with it: there may be thousands. */
static void
look_at(struct round *r, size_t i)
{
	const struct side_key *key = r->keyed != SIDE_KEY_NONE ? &r->key : NULL;
	struct probe_ctx ctx = *r->ctx;
	enum kind kind;

	ctx.arena = r->arena;
	kind = kind_find(&r->kinds, r->conf.paths.v[i], &r->conf, ctx.arena, r->digest);
	if (kind == KIND_RING)
		ring_look(&ctx, &r->conf, i, key, r->regex, r->digest);
	else if (kind == KIND_EXPORT)
		export_look(&ctx, &r->conf, i, key, r->digest);
	else if (kind != KIND_TABLE || !table_look(&ctx, &r->conf, i, key, r->digest))
		look_at_text(r, &ctx, i, key);
	arena_reset(r->arena);
}

/* What is new in a folder may be an older file of a log that was known: those are looked at first.
 */
static void
look_at_all(struct round *r, const struct texts *paths)
{
	struct err why = { 0 };
	size_t n = r->logs.known;

	r->conf.paths = (struct texts){ r->logs.v.v, n };
	for (size_t i = 0; i < n; i++)
		look_at(r, i);
	r->conf.paths = r->logs.v;
	for (size_t i = n; i < r->conf.paths.n; i++)
		look_at(r, i);
	if (r->logs.empty != NULL)
		report_name(
		    r->ctx, r->logs.empty, "audit.missing", "never-there", "There is no log in it");
	if (r->logs.blind.code != ERR_NONE)
		report_unknown(r->ctx, paths->v[0], "audit.continuity", &r->logs.blind);
	if (logs_save(&r->logs, paths, r->ctx->state_fd, &why) < 0)
		report_unknown(r->ctx, paths->v[0], "audit.state", &why);
}

/* Trails that are no text. */
static bool
is_other_trail(const struct audit_conf *conf)
{
	return strcmp(conf->format, "deposits") == 0 || strcmp(conf->format, "sqlite") == 0 ||
	       strcmp(conf->format, "journal") == 0;
}

static void
look_at_other(struct round *r, size_t i)
{
	const struct side_key *key = r->keyed != SIDE_KEY_NONE ? &r->key : NULL;

	if (strcmp(r->conf.format, "deposits") == 0)
		deposits_look(r->ctx, &r->conf, i, r->digest);
	else if (strcmp(r->conf.format, "sqlite") == 0)
		table_look(r->ctx, &r->conf, i, key, r->digest);
	else
		journal_look(r->ctx, &r->conf, i, r->digest);
}

int
probe_run(const struct probe_ctx *ctx, const void *vconf, struct err *e)
{
	const struct audit_conf *conf = vconf;
	struct round r = { .ctx = ctx, .conf = *conf, .settings = settings_of(conf, ctx->arena) };
	int rc = 0;

	r.digest = digest_new(e);
	if (r.digest == NULL)
		return -1;
	state_sweep(ctx->state_fd);
	r.kinds = kinds_of(ctx->state_fd);
	r.keyed = side_key_load(&r.key, ctx->state_fd);
	if (conf->regex != NULL && (r.regex = regex_new(conf->regex, e)) == NULL) {
		digest_free(r.digest);
		return err_wrap(e, "regex");
	}
	for (size_t i = 0; i < conf->paths.n && is_other_trail(conf); i++)
		look_at_other(&r, i);
	if (!is_other_trail(conf))
		rc = logs_find(&r.logs, &conf->paths, ctx->state_fd, ctx->arena, e);
	r.arena = arena_new(LOG_MEMORY);
	if (!is_other_trail(conf) && rc == 0)
		look_at_all(&r, &conf->paths);
	writers_done(ctx->state_fd, r.miswritten);
	arena_free(r.arena);
	regex_free(r.regex);
	digest_free(r.digest);
	return rc;
}
