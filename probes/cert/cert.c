/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a run: files first, then endpoints, then what was seen is told, then
 * which of it was revoked.
 */
#include "probes/cert/cert.h"
#include "probes/cert/ask.h"
#include "probes/cert/chain.h"
#include "probes/cert/crl.h"

#include <string.h>

#define ITEM_ARENA_MAX ((size_t)4 << 20)

static const struct census_rules rules = {
	.expiry = "cert.expiry",
	.validity = "cert.validity",
	.identity = "cert.identity",
	.strength = "cert.strength",
	.use = "cert.use",
};

int
probe_run(const struct probe_ctx *ctx, const void *conf, struct err *e)
{
	struct cert_run run = {
		.ctx = ctx,
		.conf = conf,
		.now = ctx->clk->wall(ctx->clk),
		.item = arena_new(ITEM_ARENA_MAX),
	};

	struct crls crls = { 0 };
	struct chain_trust trust;

	(void)e;
	run.census = census_new(ctx, &rules, run.now);
	if (run.conf->use != NULL)
		census_use(run.census, x509_use_parse(run.conf->use));
	if (run.conf->trust != NULL && strcmp(run.conf->trust, CERT_TRUST_NONE) == 0)
		census_pin(run.census);
	chain_trust_open(&trust, &run);
	run.trust = &trust;
	run.crls = &crls;
	cert_files(&run);
	cert_endpoints(&run);
	census_end(run.census);
	crls_tell(&crls, &run);
	ask_tell(&run);
	chain_trust_close(&trust);
	census_free(run.census);
	arena_free(run.item);
	return 0;
}
