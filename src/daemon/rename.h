/* SPDX-License-Identifier: Apache-2.0
 *
 * rename: the site or this computer has another name. What is known of a thing goes over to its new
 * fingerprint: the alert goes on, receivers hear that it is over under the old name and raised
 * under the new one; silences, exceptions and measurements move along.
 */
#ifndef DAEMON_RENAME_H
#define DAEMON_RENAME_H

#include "daemon/ground.h"

/* Within the transaction that takes a configuration into force. -1 with *e: roll back. */
int rename_old(const struct ground *on, struct err *e);

#endif
