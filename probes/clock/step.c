/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the difference of two looks.
 */
#include "step.h"

#include "ticks.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAY_NS (86400 * NS_S)

/* A leap second lies at the end of a day (UTC); whether one of those lies between the looks. */
static bool
midnight_between(const struct look *before, const struct look *now)
{
	return before->wall / DAY_NS != (now->wall + NS_S) / DAY_NS;
}

static int64_t
without_leap(const struct look *before, const struct look *now, int64_t by)
{
	for (int64_t s = -NS_S; s <= NS_S; s += 2 * NS_S)
		if (before->leap && midnight_between(before, now) && llabs(by - s) < STEP_SMALL)
			return 0;
	return by;
}

/* True time that went by without being counted. */
static int64_t
stood_still(const struct look *before, const struct look *now)
{
	int64_t counted = now->boot - before->boot;
	int64_t gone = (now->wall - now->offset) - (before->wall - before->offset);
	int64_t doubt = now->bound + before->bound + counted / 1000000 * STEP_RATE + STEP_STILL;

	if (!before->measured || !now->measured || gone - counted <= doubt)
		return 0;
	return gone - counted;
}

bool
step_find(const struct look *before, const struct look *now, int64_t *by, int64_t *still)
{
	if (before->boot_id[0] == '\0' || strcmp(before->boot_id, now->boot_id) != 0 ||
	    now->boot < before->boot)
		return false;
	*by = (now->wall - now->boot) - (before->wall - before->boot);
	*by = llabs(*by) < STEP_SMALL ? 0 : without_leap(before, now, *by);
	*still = stood_still(before, now);
	return true;
}

/* Whether the clock was wrong and was set right; where one look did not measure, what the other one
 * and the step say. */
static bool
put_right(
    const struct look *before, const struct look *now, int64_t by, int64_t still, int64_t warn)
{
	int64_t was = before->measured ? before->offset - still : now->offset - by;
	int64_t is = now->measured ? now->offset : was + by;

	return (before->measured || now->measured) && llabs(is) <= warn && llabs(is) < llabs(was);
}

bool
step_judge(const struct look *before, const struct look *now, int64_t warn, struct event *out)
{
	int64_t by, still;

	if (!step_find(before, now, &by, &still))
		return false;
	*out = (struct event){ .from = before->wall,
		.to = now->wall,
		.by = by,
		.still = still,
		.before = "",
		.now = "" };
	if (still > 0)
		out->was = EVENT_STOOD_STILL;
	else if (put_right(before, now, by, still, warn) || llabs(by) <= warn)
		out->was = EVENT_PUT_RIGHT;
	else
		out->was = by < -STEP_BACK ? EVENT_MOVED_BACK : EVENT_MOVED;
	return still > 0 || llabs(by) > warn;
}
