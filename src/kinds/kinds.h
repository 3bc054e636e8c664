/* SPDX-License-Identifier: Apache-2.0
 *
 * kinds: all kinds of check and of sink that there are, for whoever reads a configuration, and how
 * a configured check becomes a run.
 */
#ifndef KINDS_KINDS_H
#define KINDS_KINDS_H

#include "conf/conf.h"
#include "watch/runner.h"

/* From the faces of the probes and of the sinks; the list ends with a name of NULL. Never more than
 * PROBE_KINDS_MAX and SINK_KINDS_MAX: one more is refused when it is compiled. */
const struct conf_kind *kinds_checks(void);
const struct conf_kind *kinds_sinks(void);

/* What the runner needs to know of a configured check. */
struct run_spec kinds_run_spec(const struct check_conf *k, struct arena *a);

#endif
