/* SPDX-License-Identifier: Apache-2.0
 *
 * deeds: what people do at the control socket: take an alert, silence, except, test, confirm, look
 * again. Root and the daemon's own user may do all; the owner of a check (conf_owns) may take its
 * alerts, mute them for a day and end what it muted; anyone may confirm, ask for a test alert and
 * for another look. 0, or -1 with *e set: the request is refused with that.
 */
#ifndef DAEMON_DEEDS_H
#define DAEMON_DEEDS_H

#include "daemon/asking.h"

int deed_ack(struct asking *q, struct err *e);
int deed_silence(struct asking *q, struct err *e);
int deed_unsilence(struct asking *q, struct err *e);
int deed_except(struct asking *q, struct err *e);
int deed_unexcept(struct asking *q, struct err *e);
int deed_accept(struct asking *q, struct err *e); /* deeds_accept.c */
int deed_test(struct asking *q, struct err *e);
int deed_confirm(struct asking *q, struct err *e);
int deed_look_again(struct asking *q, struct err *e);

#endif
