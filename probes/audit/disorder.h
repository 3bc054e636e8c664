/* SPDX-License-Identifier: Apache-2.0
 *
 * disorder: what the records that a run has read are told of, beside that they are whole.
 */
#ifndef PROBES_AUDIT_DISORDER_H
#define PROBES_AUDIT_DISORDER_H

#include "log.h"

/* After all new records were read, and order was settled. */
void disorder_say(struct log *l);

#endif
