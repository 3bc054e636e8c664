/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the sink desktop; its work is the tray's.
 */
#include "sinks/sink.h"

static const struct opt desktop_opts[] = { OPT_END };

/* The tray reads the daemon's socket; nothing is queued for it. */
static struct sink_body
desktop_body(const void *conf)
{
	(void)conf;
	return (struct sink_body){ .format = NULL };
}

const struct sink_spec desktop_sink = {
	.name = "desktop",
	.summary = "notifications on the user's screen, shown by the tray program",
	.opts = desktop_opts,
	.conf_size = 1,
	.body = desktop_body,
};
