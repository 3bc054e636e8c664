/* SPDX-License-Identifier: Apache-2.0
 *
 * answers: what `forewarn status`, `forewarn alerts`, the tray and forewarn-metrics are told. They
 * change nothing. 0, or -1 with *e set: the request is refused with that.
 */
#ifndef DAEMON_ANSWERS_H
#define DAEMON_ANSWERS_H

#include "daemon/asking.h"

int answer_status(struct asking *q, struct err *e);  /* CTL_STATUS */
int answer_history(struct asking *q, struct err *e); /* CTL_HISTORY */
int answer_past(struct asking *q, struct err *e);    /* CTL_PAST (series.c) */
int answer_alerts(struct asking *q, struct err *e);  /* CTL_ALERTS */
int answer_routes(struct asking *q, struct err *e);
int answer_metrics(struct asking *q, struct err *e);   /* CTL_METRICS */
int answer_subscribe(struct asking *q, struct err *e); /* CTL_SUBSCRIBE */

#endif
