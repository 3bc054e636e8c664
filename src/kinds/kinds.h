/* SPDX-License-Identifier: Apache-2.0
 *
 * kinds: all kinds of check and of sink that there are, for whoever reads a configuration, and how
 * a configured check becomes a run.
 */
#ifndef KINDS_KINDS_H
#define KINDS_KINDS_H

#include "conf/conf.h"
#include "sinks/sink.h"
#include "tell/body.h"
#include "watch/runner.h"

/* From the faces of the probes and of the sinks; the list ends with a name of NULL. Never more than
 * PROBE_KINDS_MAX and SINK_KINDS_MAX: one more is refused when it is compiled. */
const struct conf_kind *kinds_checks(void);
const struct conf_kind *kinds_sinks(void);

/* The configuration of all these kinds, as conf_load_or reads it: parsed in a process of its own
 * that has no rights. instead: NULL, or the text that counts where there is no file. Blocks. */
struct conf *kinds_conf(const char *path, const char *instead);

/* Takes all rights away from the process that calls it: the lock of those who parse settings. */
int kinds_lock(struct err *e);

/* How the letters of a sink are written: reads and tries its template, into the arena. The daemon
 * and `config check` refuse with the same words. Blocks. */
int kinds_sink_body(const struct sink_spec *s, const void *options, struct arena *a,
    struct sink_body *b, struct body_terms *t, struct err *e);

/* What all cells of this configuration are told: made once for all of them, in the arena. */
const struct fence *kinds_fence(const struct conf *c, struct arena *a);

/* What the runner needs to know of a configured check. The fence is lent. */
struct run_spec kinds_run_spec(
    const struct check_conf *k, const struct fence *fence, struct arena *a);

#endif
