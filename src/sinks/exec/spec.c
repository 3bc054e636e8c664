/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the sink exec: its options.
 */
#include "sinks/exec/exec.h"
#include "sinks/host.h"
#include "sinks/sink.h"

#include <ctype.h>
#include <string.h>

/* clang-format off */
static const struct opt exec_opts[] = {
	OPT(struct exec_conf, command, OPT_TEXTS, .required = true, .trusted = true,
	    .help = "the program and its arguments, one text each; no shell reads it. It gets the event "
		    "(CloudEvents JSON) on stdin; exit 0: taken, 75: later, else refused",
	    .example = "[ \"/usr/local/bin/open-ticket\", \"--queue\", \"lab\" ]"),
	OPT(struct exec_conf, environment, OPT_TEXTS,
	    .help = "NAME=value to add to its otherwise clean environment",
	    .example = "[ \"QUEUE=lab\" ]"),
	OPT(struct exec_conf, timeout, OPT_SPAN, .dflt = "10s", .min = 100 * SPAN_MS, .max = 5 * SPAN_MIN,
	    .help = "after it the program is killed with what it started, and the letter sent again later"),
	FOREIGN_OPTS(struct exec_conf),
	OPT_END
};
/* clang-format on */

static bool
env_name_ok(const char *s)
{
	size_t n = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

	return n > 0 && s[n] == '=' && !isdigit((unsigned char)s[0]);
}

static int
exec_check(const void *conf, const char **opt, struct err *e)
{
	const struct exec_conf *c = conf;

	*opt = "command";
	if (c->command.n == 0 || c->command.n > EXEC_ARGS_MAX)
		return err_set(e, ERR_LIMIT, "%zu texts (1 to %d)", c->command.n, EXEC_ARGS_MAX);
	if (path_check(c->command.v[0], e) < 0)
		return -1;
	*opt = "environment";
	if (c->environment.n > EXEC_ENV_MAX)
		return err_set(
		    e, ERR_LIMIT, "%zu entries (at most %d)", c->environment.n, EXEC_ENV_MAX);
	for (size_t i = 0; i < c->environment.n; i++)
		if (!env_name_ok(c->environment.v[i]))
			return err_set(e, ERR_PARSE, "entry %zu is not NAME=value", i + 1);
	return foreign_check(&c->foreign, opt, e);
}

static const struct foreign *
exec_foreign(const void *conf)
{
	const struct exec_conf *c = conf;

	return &c->foreign;
}

static struct sink_body
exec_body(const void *conf)
{
	(void)conf;
	return (struct sink_body){ .format = "cloudevents" };
}

const struct sink_spec exec_sink = {
	.name = "exec",
	.summary = "a program of your own, with the event on its standard input",
	.opts = exec_opts,
	.conf_size = sizeof(struct exec_conf),
	.needs = NEED_EXEC | NEED_FILES | NEED_NET,
	.foreign = exec_foreign,
	.check = exec_check,
	.body = exec_body,
};
