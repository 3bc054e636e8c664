/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the plugin probe: its options, rules and words.
 */
#include "plugin.h"

#include <ctype.h>
#include <string.h>

static const struct opt plugin_opts[] = {
	OPT(struct plugin_conf, command, OPT_TEXTS, .required = true, .trusted = true,
	    .help = "the program and its arguments, one text each; the first is an absolute path. "
		    "It is started directly: no shell reads it",
	    .example = "[ \"/usr/lib/nagios/plugins/check_disk\", \"-w\", \"10%\" ]"),
	OPT(struct plugin_conf, environment, OPT_TEXTS,
	    .help = "NAME=value to add to the program's otherwise clean environment (PATH and "
		    "LC_ALL=C are set)",
	    .example = "[ \"NAGIOS_PLUGIN_STATE_DIRECTORY=/var/lib/x\" ]"),
	FOREIGN_OPTS(struct plugin_conf),
	OPT_END,
};

static const struct finding status_findings[] = {
	{ "warning", LEVEL_ACT, "What the program watches is outside its warning limit",
	    "Read the text of the check, and do what it asks for" },
	{ "critical", LEVEL_STOP, "What the program watches is outside its critical limit",
	    "Read the text of the check, and do what it asks for before work goes on" },
	{ .key = NULL },
};

static const struct rule plugin_rules[] = {
	{
	    .name = "plugin.status",
	    .title = "what the program found",
	    .by = BY_FINDING,
	    .findings = status_findings,
	    .unknown_do = "Run the program by hand as the same user, and see what it prints",
	},
	{ .name = NULL },
};

static bool
env_name_ok(const char *s)
{
	size_t n = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

	return n > 0 && s[n] == '=' && !isdigit((unsigned char)s[0]);
}

static int
plugin_check(const void *conf, const char **opt, struct err *e)
{
	const struct plugin_conf *c = conf;

	*opt = "command";
	if (c->command.n == 0 || c->command.v[0][0] != '/')
		return err_set(e, ERR_RANGE,
		    "\"%.200s\" is not an absolute path (the program must be named from / on)",
		    c->command.n == 0 ? "" : c->command.v[0]);
	if (c->command.n > PLUGIN_ARGS_MAX)
		return err_set(
		    e, ERR_LIMIT, "%zu arguments (at most %d)", c->command.n, PLUGIN_ARGS_MAX);
	*opt = "environment";
	if (c->environment.n > PLUGIN_ENV_MAX)
		return err_set(
		    e, ERR_LIMIT, "%zu entries (at most %d)", c->environment.n, PLUGIN_ENV_MAX);
	for (size_t i = 0; i < c->environment.n; i++)
		if (!env_name_ok(c->environment.v[i]))
			return err_set(e, ERR_PARSE, "entry %zu is not NAME=value", i + 1);
	return foreign_check(&c->foreign, opt, e);
}

static const struct foreign *
plugin_foreign(const void *conf)
{
	const struct plugin_conf *c = conf;

	return &c->foreign;
}

const struct probe_spec plugin_spec = {
	.name = "plugin",
	.summary = "any Monitoring Plugins program: its exit code, text and figures",
	.opts = plugin_opts,
	.conf_size = sizeof(struct plugin_conf),
	.needs = NEED_EXEC | NEED_FILES | NEED_NET,
	.rules = plugin_rules,
	.foreign = plugin_foreign,
	.check = plugin_check,
};
