/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the sink metrics; its work is the daemon's.
 */
#include "sinks/metrics/metrics.h"

#include "sinks/sink.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const struct opt metrics_opts[] = {
	OPT(struct metrics_conf, path, OPT_TEXT, .required = true,
	    .help = "the file to write, replaced as a whole once a minute",
	    .example = "\"/var/lib/prometheus/node-exporter/forewarn.prom\""),
	OPT_END,
};

static int
metrics_check(const void *conf, const char **opt, struct err *e)
{
	const struct metrics_conf *c = conf;
	size_t n = strlen(c->path);

	*opt = "path";
	if (c->path[0] != '/')
		return err_set(e, ERR_RANGE, "\"%.200s\" is not an absolute path", c->path);
	if (n < 6 || strcmp(c->path + n - 5, ".prom") != 0)
		return err_set(e, ERR_RANGE,
		    "\"%.200s\" does not end with .prom (collectors read no other file)", c->path);
	return 0;
}

/* The folder may come with the collector, later; until then nothing is written. */
static int
metrics_warn(const void *conf, const char **opt, struct err *e)
{
	const struct metrics_conf *c = conf;
	int above = (int)(strrchr(c->path, '/') - c->path);
	char folder[PATH_MAX];
	struct stat st;

	*opt = "path";
	if (stat(c->path, &st) == 0 && !S_ISREG(st.st_mode))
		return err_set(e, ERR_RANGE, "%s is no file", c->path);
	if (snprintf(folder, sizeof(folder), "%.*s/", above, c->path) >= (int)sizeof(folder))
		return err_set(e, ERR_LIMIT, "is longer than a path may be");
	if (stat(folder, &st) < 0)
		return err_sys(e, "%s cannot be written to", folder);
	return 0;
}

static struct sink_body
metrics_body(const void *conf)
{
	(void)conf;
	return (struct sink_body){ .format = NULL };
}

const struct sink_spec metrics_sink = {
	.name = "metrics",
	.summary = "an OpenMetrics file for a collector on this machine",
	.opts = metrics_opts,
	.conf_size = sizeof(struct metrics_conf),
	.check = metrics_check,
	.body = metrics_body,
	.warn = metrics_warn,
};
