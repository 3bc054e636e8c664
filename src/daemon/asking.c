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
	ctl_put_done(&q->f, &(struct ctl_done){ q->done, q->things, q->open, q->until });
	asking_send(q);
}

int
asking_write(struct asking *q, int (*write)(void *self, struct err *e), struct err *e)
{
	if (ledger_write(q->on->ledger, write, q) == 0)
		return 0;
	return err_set(e, ERR_SYS, "the state cannot be written now; see the log of forewarnd");
}
