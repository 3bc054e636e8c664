/* SPDX-License-Identifier: Apache-2.0
 *
 * The one file that knows which probe a worker is: compiled once a probe, with PROBE_SPEC given.
 */
#include "probes/probe.h"

extern const struct probe_spec PROBE_SPEC;

const struct probe_spec *const probe_self = &PROBE_SPEC;
