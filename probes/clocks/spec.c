/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the probe clocks: its options, its rule and the words of it.
 */
#include "clocks.h"

#include "probes/clock/clock.h"

#include <stdlib.h>
#include <string.h>

static const struct opt clocks_opts[] = {
	OPT(struct clocks_conf, targets, OPT_TEXTS,
	    .help = "machines whose clock is read from outside, each by what it answers anyway: "
		    "smb://HOST (a Windows PC or file server, without a login), http://HOST/ or "
		    "https://HOST/ (the Date of a web server), ntp://HOST; a port behind a colon. "
		    "A name for people may stand before it, as \"Balance 3 PC = smb://balance3\"",
	    .example = "[ \"Balance 3 PC = smb://balance3\", \"http://hplc2/\", \"ntp://gc1\" ]"),
	OPT(struct clocks_conf, servers, OPT_TEXTS,
	    .help = "time servers that tell in the same run how right the clock of this computer "
		    "is, written as in a check `clock`; without them every result is unknown",
	    .example = "[ \"ntp1.lab\", \"ntp2.lab\", \"ntp3.lab\" ]"),
	OPT(struct clocks_conf, touch_in, OPT_TEXTS,
	    .help = "folders on shares of other machines (NFS, SMB, sshfs) in which an empty file "
		    "is made and removed at once, to read the machine's clock from its time; "
		    "nothing else is written. A name for people may stand before it, as \"ICP-MS "
		    "PC = /mnt/icpms\"",
	    .example = "[ \"ICP-MS PC = /mnt/icpms/exchange\" ]"),
	OPT(struct clocks_conf, trust, OPT_TEXT, .trusted = true,
	    .help = "file or folder with the authorities that vouch for nts:// servers; without "
		    "it, those that this computer trusts",
	    .example = "\"/etc/ssl/certs/lab.pem\""),
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
check_list(const struct texts *list,
    int (*parse)(const char *text, struct clocks_target *out, struct err *e), size_t most,
    struct err *e)
{
	struct clocks_target one;

	if (list->n > most)
		return err_set(
		    e, ERR_LIMIT, "%zu machines (at most %zu in one check)", list->n, most);
	for (size_t i = 0; i < list->n; i++) {
		const char *url;

		if (parse(list->v[i], &one, e) < 0)
			return -1;
		url = one.at.url;
		for (size_t k = 0; k < i; k++)
			if (parse(list->v[k], &one, e) == 0 && strcmp(one.at.url, url) == 0)
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
	for (size_t i = 0; i < conf->servers.n; i++)
		if (clock_server_parse(conf->servers.v[i], &server, e) < 0)
			return -1;
	*opt = "touch_in";
	if (check_list(&conf->touch_in, clocks_share_parse, CLOCKS_SHARES_MAX, e) < 0)
		return -1;
	*opt = "targets";
	if (conf->targets.n + conf->touch_in.n == 0)
		return err_set(e, ERR_RANGE, "names no machine");
	return check_list(&conf->targets, clocks_target_parse, CLOCKS_TARGETS_MAX, e);
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
