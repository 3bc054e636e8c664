/* SPDX-License-Identifier: Apache-2.0
 *
 * rotation_look: puts together what rotation.h judges, and notes what comes of it.
 */
#ifndef PROBES_AUDIT_ROTATION_LOOK_H
#define PROBES_AUDIT_ROTATION_LOOK_H

#include "log.h"

/* Notes or ends the finding of rule "rotation", and fills l->outlook. After the log was followed
 * and sealed. Reads no byte of the log; blocks on the disk for what logrotate has. */
void rotation_look(struct log *l);

#endif
