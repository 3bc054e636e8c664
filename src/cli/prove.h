/* SPDX-License-Identifier: Apache-2.0
 *
 * prove: `forewarn probes [NAME] --prove`: each alarm that a kind of check can raise, raised on an
 * input that comes with forewarn (prove_case.h).
 */
#ifndef CLI_PROVE_H
#define CLI_PROVE_H

#include "probes/probe.h"

/* What a rule must show: each of its findings, and its figures or date beside them. */
size_t prove_alarms(const struct rule *r);

/* Runs every input of the kinds (ends with NULL) and prints what each raised, then what no input
 * raised. 0: every alarm was raised; 1: some was not. Blocks. */
int prove(const struct probe_spec *const *specs);

#endif
