/* SPDX-License-Identifier: Apache-2.0
 *
 * answer: what the daemon did, in words: what it is about, how many, until when.
 */
#ifndef CLI_ANSWER_H
#define CLI_ANSWER_H

#include "tell/control_wire.h"

/* One line to the standard output. */
void answer_print(const struct ctl_request *r, const struct ctl_done *d);

/* Nothing was done, since what was meant is not there: one line to stderr. */
void answer_print_none(const struct ctl_request *r);

#endif
