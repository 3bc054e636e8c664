/* SPDX-License-Identifier: Apache-2.0
 *
 * plugin: any program that keeps the Monitoring Plugins rules, run directly (no shell).
 */
#ifndef PROBES_PLUGIN_PLUGIN_H
#define PROBES_PLUGIN_PLUGIN_H

#include "probes/probe.h"

#define PLUGIN_OUTPUT_MAX ((size_t)65536) /* bytes of stdout kept; more is read and dropped */
#define PLUGIN_ARGS_MAX 256
#define PLUGIN_ENV_MAX 64

struct plugin_conf {
	struct texts command;     /* argv; the first is an absolute path */
	struct texts environment; /* NAME=value, added to a small clean one */
	struct foreign foreign;
};

#endif
