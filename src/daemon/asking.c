/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how an answer ends.
 */
#include "daemon/asking.h"

void
asking_send(struct asking *q)
{
	control_answer(q->to, &q->f);
}

void
asking_refuse(struct asking *q, const char *why)
{
	ctl_put_refused(&q->f, why);
	asking_send(q);
}

void
asking_done(struct asking *q)
{
	ctl_put_done(&q->f, q->done);
	asking_send(q);
}
