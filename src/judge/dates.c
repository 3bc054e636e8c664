/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns when a date counts as renewed.
 */
#include "judge/dates.h"

/* First seen long enough before its day that somebody had the time to renew it. */
static bool
seen_in_time(const struct date_row *row, span lead, bool renewed_by_program)
{
	span before = instant_minus(row->at, row->first_seen);
	span life = row->life > 0 ? row->life : DATE_LIFE;

	if (before < lead || before < DATE_GONE)
		return false;
	return !renewed_by_program || before >= life / 3;
}

enum date_outcome
date_see(const struct date_row *row, instant at, instant taken, span lead, bool renewed_by_program)
{
	span further = instant_minus(at, row->at);
	enum date_outcome o = DATE_UNSEEN;

	if (further >= -DATE_SAME && further <= DATE_SAME)
		return DATE_OPEN;
	if (further < 0)
		return DATE_REPLACED;
	if (row->last_seen >= row->at)
		o = DATE_LAPSED;
	else if (taken <= row->at || instant_minus(taken, row->last_seen) <= DATE_NEAR)
		o = DATE_RENEWED;
	if (o != DATE_UNSEEN && !seen_in_time(row, lead, renewed_by_program))
		return DATE_LATE_SEEN;
	return o;
}

enum date_outcome
date_miss(const struct date_row *row, instant taken)
{
	if (instant_minus(taken, row->last_seen) < DATE_GONE)
		return DATE_OPEN;
	return taken <= row->at ? DATE_RETIRED : DATE_UNSEEN;
}
