/* SPDX-License-Identifier: Apache-2.0
 *
 * output: what a plugin prints (Monitoring Plugins Development Guidelines, "Plugin Output" and
 * "Performance data"): "TEXT | PERFDATA", then long text up to a line with a second "|", after
 * which all is perfdata. One figure is 'label'=value[UOM];[warn];[crit];[min];[max].
 *
 * Pure. A figure that breaks the rules is left out and counted; the others stay.
 */
#ifndef PROBES_PLUGIN_OUTPUT_H
#define PROBES_PLUGIN_OUTPUT_H

#include "base/arena.h"
#include "model/result.h"

#define OUTPUT_METRICS_MAX 256 /* of one run; WIRE_METRICS_MAX */
#define OUTPUT_LABEL_MAX 255   /* bytes */
#define OUTPUT_UOM_MAX 16      /* bytes */

struct plugin_output {
	const char *first; /* first line of text, trimmed; "" if there is none */
	const char *more;  /* long text, trimmed; "" if there is none */
	struct metric *metrics;
	size_t nmetrics;
	size_t bad;            /* figures left out because they break the rules */
	const char *first_bad; /* the first of them, or NULL */
	size_t surplus;        /* good figures past OUTPUT_METRICS_MAX */
};

/* NUL bytes count as spaces. All text in the arena. */
void output_parse(const char *text, size_t len, struct arena *a, struct plugin_output *out);

/* One range without a unit: "10", "10:", "~:10", "10:20", "@10:20" (inside alerts). "" leaves *r
 * unset. The ends are multiplied by scale. False when it is not a range. */
bool output_range(const char *s, size_t n, double scale, struct range *r);

/* A unit of measurement to a base unit: *scale is what to multiply with. 1 KB is 1024 bytes, as
 * check_disk and check_swap count. A unit we have no base for (W, rpm) is a plain number. False
 * when it cannot be a unit. */
bool output_unit(const char *s, size_t n, enum unit *unit, double *scale);

#endif
