/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the probe clocks: its options, its rule and the words of it.
 */
#include "clocks.h"

#include "probes/clock/clock.h"

#include <stdlib.h>
#include <string.h>

static const struct opt clocks_opts[] = {
	OPT(struct clocks_conf, targets, OPT_TEXTS, .required = true,
	    .help = "machines whose clock is read from outside, each by what it answers anyway: "
		    "smb://HOST (a Windows PC or file server, without a login), http://HOST/ or "
		    "https://HOST/ (the Date of a web server), ntp://HOST; a port behind a colon. "
		    "A name for people may stand before it, as \"Balance 3 PC = smb://balance3\"",
	    .example = "[ \"Balance 3 PC = smb://balance3\", \"http://hplc2/\", \"ntp://gc1\" ]"),
	OPT(struct clocks_conf, servers, OPT_TEXTS,
	    .help = "time servers that tell in the same run how right the clock of this computer "
		    "is, written as in a check `clock`; without them every result is unknown",
	    .example = "[ \"ntp1.lab\", \"ntp2.lab\", \"ntp3.lab\" ]"),
	OPT(struct clocks_conf, max_offset, OPT_SPAN, .dflt = "1s", .min = SPAN_MS,
	    .max = 365 * SPAN_DAY, .help = "a clock may be off by this much; beyond, work stops"),
	OPT(struct clocks_conf, warn_offset, OPT_SPAN, .min = SPAN_MS, .max = 365 * SPAN_DAY,
	    .help = "off by more than this, somebody must act; half of max_offset unless given",
	    .example = "500ms"),
	OPT(struct clocks_conf, family, OPT_CHOICE, .dflt = "any", .choices = "any|ipv4|ipv6",
	    .help = "which kind of address to ask"),
	OPT_END,
};

static const struct rule clocks_rules[] = {
	{
	    .name = CLOCKS_RULE,
	    .title = "time on the clock of another machine",
	    .by = BY_METRIC,
	    .so_what = "Records made on that machine carry a wrong time",
	    .do_now = "Finish the run on it, then have its clock corrected. Do not change the "
		      "clock during a run",
	    .unknown_do = "Check that the machine is switched on and answers, and that the time "
			  "servers in `servers` do",
	    .so_ahead = "From then on, records of that machine carry a wrong time",
	    .do_ahead = "Get its clock corrected before that, and not during a run",
	    .lead = 4 * SPAN_H,
	},
	{ .name = NULL },
};

span
clocks_warn_offset(const struct clocks_conf *conf)
{
	return conf->warn_offset > 0 ? conf->warn_offset : conf->max_offset / 2;
}

/* A machine that stands there twice would be told of twice. */
static int
check_targets(const struct texts *targets, struct err *e)
{
	struct clocks_target one;

	if (targets->n == 0)
		return err_set(e, ERR_RANGE, "names no machine");
	if (targets->n > CLOCKS_TARGETS_MAX)
		return err_set(e, ERR_LIMIT, "%zu machines (at most %d in one check)", targets->n,
		    CLOCKS_TARGETS_MAX);
	for (size_t i = 0; i < targets->n; i++) {
		const char *url;

		if (clocks_target_parse(targets->v[i], &one, e) < 0)
			return -1;
		url = one.url;
		for (size_t k = 0; k < i; k++)
			if (clocks_target_parse(targets->v[k], &one, e) == 0 &&
			    strcmp(one.url, url) == 0)
				return err_set(e, ERR_RANGE, "\"%.80s\" is there twice", url);
	}
	return 0;
}

static int
clocks_check(const void *vconf, const char **opt, struct err *e)
{
	const struct clocks_conf *conf = vconf;
	char warn[SPAN_TEXT], max[SPAN_TEXT];
	struct clock_server server;

	*opt = "warn_offset";
	if (conf->warn_offset > conf->max_offset)
		return err_set(e, ERR_RANGE, "%s is more than max_offset (%s)",
		    span_text(conf->warn_offset, warn), span_text(conf->max_offset, max));
	*opt = "servers";
	for (size_t i = 0; i < conf->servers.n; i++) {
		if (clock_server_parse(conf->servers.v[i], &server, e) < 0)
			return -1;
		if (server.nts)
			return err_set(e, ERR_RANGE,
			    "\"%.80s\": only a check `clock` asks by nts://", conf->servers.v[i]);
	}
	*opt = "targets";
	return check_targets(&conf->targets, e);
}

const struct probe_spec clocks_spec = {
	.name = "clocks",
	.summary = "the clocks of machines on which nothing may be installed, read from outside",
	.opts = clocks_opts,
	.conf_size = sizeof(struct clocks_conf),
	.needs = NEED_NET,
	.rules = clocks_rules,
	.check = clocks_check,
};
