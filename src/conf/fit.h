/* SPDX-License-Identifier: Apache-2.0
 *
 * fit: whether the parts of a configuration fit each other: people that are named exist, checks do
 * not hang on each other in a circle, and there is something to watch.
 */
#ifndef CONF_FIT_H
#define CONF_FIT_H

#include "conf/conf.h"

/* Faults go to c. checks_place: "file:line" where checks would stand. */
void fit_check(struct conf *c, const char *checks_place);

#endif
