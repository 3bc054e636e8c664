/* SPDX-License-Identifier: Apache-2.0
 *
 * result_json: parts of a result as JSON, the same in forewarn.results/1 and in the feed. Units are
 * base units; what was not measured is null.
 */
#ifndef MODEL_RESULT_JSON_H
#define MODEL_RESULT_JSON_H

#include "base/json.h"
#include "model/result.h"

/* {name, value, unit, bound, warn, crit}; ranges in the Monitoring Plugins' form: "~:10", "10:20",
 * "@10:20", or null. */
void metric_json(struct json *j, const struct metric *m);

/* Members of the object that is open: at, earliest, latest, kind ("known" or "forecast"). */
void deadline_members(struct json *j, const struct deadline *d);

/* {offset, bound} in seconds, local less true; null when it was not measured. */
void host_clock_json(struct json *j, const char *name, const struct host_clock *c);

#endif
