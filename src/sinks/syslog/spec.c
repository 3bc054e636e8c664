/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the sink syslog: its options.
 */
#include "sinks/host.h"
#include "sinks/sink.h"
#include "sinks/syslog/syslog.h"

#include <string.h>

/* clang-format off */
static const struct opt syslog_opts[] = {
	OPT(struct syslog_conf, socket, OPT_TEXT, .dflt = "/dev/log",
	    .help = "this machine's log socket, where no server is named"),
	OPT(struct syslog_conf, server, OPT_TEXT, .help = "another machine's name or address (RFC 5424)",
	    .example = "\"logs.example\""),
	OPT(struct syslog_conf, port, OPT_INT, .dflt = "514", .min = 1, .max = 65535, .help = "its port"),
	OPT(struct syslog_conf, transport, OPT_CHOICE, .dflt = "tcp", .choices = "tcp|udp",
	    .help = "how; udp loses messages without a word. Neither is encrypted"),
	OPT(struct syslog_conf, facility, OPT_CHOICE, .dflt = "daemon",
	    .choices = "user|mail|daemon|auth|authpriv|local0|local1|local2|local3|local4|local5|local6|local7",
	    .help = "facility of all its messages"),
	OPT(struct syslog_conf, severity, OPT_CHOICE, .dflt = "warning",
	    .choices = "emerg|alert|crit|err|warning|notice|info|debug",
	    .help = "severity of all its messages; several sinks with their own levels can differ"),
	OPT(struct syslog_conf, timeout, OPT_SPAN, .dflt = "10s", .min = 100 * SPAN_MS, .max = 2 * SPAN_MIN,
	    .help = "for a batch of messages"),
	OPT_END
};
/* clang-format on */

static int
syslog_check(const void *conf, const char **opt, struct err *e)
{
	const struct syslog_conf *c = conf;

	*opt = "server";
	if (c->server != NULL && host_check(c->server, e) < 0)
		return -1;
	*opt = "socket";
	if (strlen(c->socket) > 100)
		return err_set(e, ERR_LIMIT, "is longer than the path of a socket (100 bytes)");
	return path_check(c->socket, e);
}

static struct sink_body
syslog_body(const void *conf)
{
	(void)conf;
	return (struct sink_body){ .format = "text" };
}

const struct sink_spec syslog_sink = {
	.name = "syslog",
	.summary = "the system log (journald, rsyslog) of this machine or of another",
	.opts = syslog_opts,
	.conf_size = sizeof(struct syslog_conf),
	.needs = NEED_NET,
	.check = syslog_check,
	.body = syslog_body,
};
