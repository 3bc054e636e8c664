/* SPDX-License-Identifier: Apache-2.0
 *
 * metrics: a file for node_exporter's textfile collector, written by the daemon itself.
 */
#ifndef SINKS_METRICS_METRICS_H
#define SINKS_METRICS_METRICS_H

struct metrics_conf {
	const char *path; /* absolute; ends with ".prom" */
};

#endif
