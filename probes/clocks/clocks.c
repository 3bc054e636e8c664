/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a run: all machines are asked at once, our own clock is measured meanwhile, and each machine
 * is told of.
 */
#include "clocks.h"

#include "looks.h"
#include "own.h"
#include "report.h"

#include "probes/clock/ticks.h"

#include <signal.h>

#define SHARP_PART 10 /* a machine is asked on while its bound is over a tenth of the limit */
#define TELL_TIME (200 * SPAN_MS) /* kept back for telling what was found */

static int
family(const char *name)
{
	return strcmp(name, "ipv4") == 0   ? AF_INET
	       : strcmp(name, "ipv6") == 0 ? AF_INET6
					   : AF_UNSPEC;
}

/* Any certificate is taken: a web page is asked for its date as it would be without TLS. */
static SSL_CTX *
context(const struct clocks_target *targets, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (targets[i].source != SOURCE_HTTPS)
			continue;
		SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());

		if (ctx == NULL)
			return NULL;
		/* instruments speak what was usual when they were made */
		SSL_CTX_set_min_proto_version(ctx, TLS1_VERSION);
		SSL_CTX_set_security_level(ctx, 0);
		SSL_CTX_set_verify(ctx, SSL_VERIFY_NONE, NULL);
		return ctx;
	}
	return NULL;
}

/* The machines are told of by the measurement of our own clock that is nearer in time. A long
 * search for the edge of a second is as long a time for our clock to drift: where that counts, it
 * is measured again at the end. */
static int
own_again(const struct probe_ctx *ctx, const struct clocks_conf *conf, const struct look_terms *t,
    const struct own *before, struct own *after, struct err *e)
{
	*after = *before;
	if (!before->measured || own_age(before, ticks_mono()) <= t->sharp / SHARP_PART)
		return 0;
	if (own_measure(ctx, conf, t->family, t->until, after, e) < 0)
		return -1;
	if (!after->measured)
		*after = *before;
	return 0;
}

static void
tell(const struct probe_ctx *ctx, const struct clocks_conf *conf, const struct look *found,
    const struct own *before, const struct own *after)
{
	if (after->measured)
		probe_host_clock(ctx,
		    (double)(after->lo + (after->hi - after->lo) / 2) / (double)NS_S,
		    (double)((after->hi - after->lo + 1) / 2) / (double)NS_S);
	for (size_t i = 0; i < conf->targets.n + conf->touch_in.n; i++)
		report_machine(ctx, conf, &found[i],
		    own_age(before, found[i].mono) < own_age(after, found[i].mono) ? before
										   : after);
}

/* What is configured, in the arena: machines, then shares; NULL with *e set. */
static struct clocks_target *
read_targets(const struct clocks_conf *conf, struct arena *a, struct err *e)
{
	size_t n = conf->targets.n;
	struct clocks_target *targets = arena_array(a, n + conf->touch_in.n + 1, sizeof(*targets));

	for (size_t i = 0; i < n; i++)
		if (clocks_target_parse(conf->targets.v[i], &targets[i], e) < 0) {
			err_wrap(e, "targets");
			return NULL;
		}
	for (size_t i = 0; i < conf->touch_in.n; i++)
		if (clocks_share_parse(conf->touch_in.v[i], &targets[n + i], e) < 0) {
			err_wrap(e, "touch_in");
			return NULL;
		}
	return targets;
}

int
probe_run(const struct probe_ctx *ctx, const void *vconf, struct err *e)
{
	const struct clocks_conf *conf = vconf;
	size_t n = conf->targets.n + conf->touch_in.n;
	struct clocks_target *targets = read_targets(conf, ctx->arena, e);
	struct look *found = arena_array(ctx->arena, n + 1, sizeof(*found));
	span left = probe_left(ctx);
	struct look_terms terms = {
		.family = family(conf->family),
		.sharp = clocks_warn_offset(conf) / SHARP_PART,
		.until = ticks_mono() + left - (left / 5 < TELL_TIME ? left / 5 : TELL_TIME),
	};
	struct own before = { .measured = false }, after;
	struct looks *looks;

	if (targets == NULL)
		return -1;
	signal(SIGPIPE, SIG_IGN); /* a connection that broke is an error of its own, not our end */
	terms.tls = context(targets, n);
	probe_note(ctx, "asking the machines and the time servers");
	looks = looks_start(&terms, targets, n, e);
	if (looks == NULL || own_measure(ctx, conf, terms.family, terms.until, &before, e) < 0)
		return -1;
	looks_wait(looks, found);
	if (own_again(ctx, conf, &terms, &before, &after, e) < 0)
		return -1;
	tell(ctx, conf, found, &before, &after);
	return 0;
}
