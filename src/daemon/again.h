/* SPDX-License-Identifier: Apache-2.0
 *
 * again: a receiver that keeps alerts in memory only (Alertmanager) has lost them when it was
 * restarted, and lets a heartbeat expire. It hears of every open alert again, and of the heartbeat,
 * before five minutes have passed.
 */
#ifndef DAEMON_AGAIN_H
#define DAEMON_AGAIN_H

#include "daemon/ground.h"

/* Five minutes is what such a receiver waits before it calls an alert over (resolve_timeout). What
 * still waits for it is replaced, so that nothing piles up while it is dead. */
#define AGAIN_EVERY (200 * SPAN_S)

void again(const struct ground *on); /* one transaction */

#endif
