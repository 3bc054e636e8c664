/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how often a person may have all checks looked at again.
 */
#include "daemon/deeds.h"

#define LOOK_AGAIN (10 * SPAN_S) /* between two looks at all checks that people ask for */

/* Not so often that the checks themselves become the load. */
int
deed_look_again(struct asking *q, struct err *e)
{
	struct desk *d = q->desk;
	span now = world_boot(q->on->world);

	if (d->last_asked_look != 0 && now - d->last_asked_look < LOOK_AGAIN)
		return err_set(e, ERR_RANGE, "it has just looked; ask again in some seconds");
	q->done = runs_hurry(d->runs, q->r->pattern);
	if (q->done > 0)
		d->last_asked_look = now;
	return 0;
}
