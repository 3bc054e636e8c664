/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the wait between two tries.
 */
#include "tell/outbox.h"

span
outbox_wait(enum outbox_pace pace, uint32_t tries, span asked, uint64_t random)
{
	span top = OUTBOX_FIRST, wait;

	for (uint32_t i = 1; i < tries && top < OUTBOX_LONGEST; i++)
		top *= 2;
	if (top > OUTBOX_LONGEST)
		top = OUTBOX_LONGEST;
	if (pace == PACE_SLOW)
		top = tries <= 1   ? OUTBOX_SLOW_FIRST
		      : tries == 2 ? OUTBOX_SLOW_SECOND
				   : OUTBOX_SLOW;
	if (pace == PACE_PAUSED)
		top = OUTBOX_PAUSED;
	/* half of it is fixed: a fleet spreads, and nobody tries again at once */
	wait = top / 2 + (span)(random % (uint64_t)(top / 2));
	return asked > wait ? asked : wait;
}
