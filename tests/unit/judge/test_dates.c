/* SPDX-License-Identifier: Apache-2.0
 *
 * What becomes of a date: rows of looks, and the endings that they make.
 */
#include "judge/dates.h"

#include "tests/t.h"

#define DAY ((instant)86400 * INSTANT_S)
#define T0 (100 * DAY) /* the first look */

/* Days after T0 of a look, and of the date it saw. */
static const struct row {
	const char *name;
	bool program;
	int lead_d, life_d;
	struct {
		double taken;
		double at; /* below 0: not there */
	} looks[5];
	enum date_outcome out[2];
} rows[] = {
	{ "renewed in time", false, 21, 365, { { 0, 100 }, { 70, 100 }, { 71, 465 } },
	    { DATE_RENEWED } },
	{ "seen past its date", false, 21, 365, { { 0, 100 }, { 101, 100 }, { 110, 465 } },
	    { DATE_LAPSED } },
	{ "blind at its date", false, 21, 365, { { 0, 100 }, { 80, 100 }, { 120, 465 } },
	    { DATE_UNSEEN } },
	{ "two looks around its date", false, 21, 365,
	    { { 0, 100 }, { 99.5, 100 }, { 100.5, 465 } }, { DATE_RENEWED } },
	{ "first seen too late", false, 21, 365, { { 0, 10 }, { 5, 375 } }, { DATE_LATE_SEEN } },
	{ "first seen a week before, at the limit", false, 1, 365, { { 0, 7 }, { 5, 375 } },
	    { DATE_RENEWED } },
	{ "and a moment less", false, 1, 365, { { 0, 6.99 }, { 5, 375 } }, { DATE_LATE_SEEN } },
	{ "an earlier date", false, 21, 365, { { 0, 100 }, { 10, 60 }, { 50, 425 } },
	    { DATE_REPLACED, DATE_RENEWED } },
	{ "gone before its date", false, 21, 365, { { 0, 100 }, { 2, -1 }, { 6.9, -1 }, { 7, -1 } },
	    { DATE_RETIRED } },
	{ "gone while nobody looked", false, 21, 365, { { 0, 10 }, { 20, -1 } }, { DATE_UNSEEN } },
	{ "the same within a minute", false, 21, 365,
	    { { 0, 100 }, { 50, 100 + 1 / 1440.0 }, { 60, 465 } }, { DATE_RENEWED } },
	{ "another after a minute and a bit", false, 21, 365, { { 0, 100 }, { 50, 100.001 } },
	    { DATE_RENEWED } },
	{ "by a program, seen in its last third", true, 2, 90, { { 0, 25 }, { 5, 95 } },
	    { DATE_LATE_SEEN } },
	{ "by a program, seen before that", true, 2, 90, { { 0, 30 }, { 5, 95 } },
	    { DATE_RENEWED } },
};

static instant
day(double d)
{
	return T0 + (instant)(d * (double)DAY + 0.5);
}

static void
follow(const struct row *r)
{
	struct date_row row = { 0 };
	bool stands = false;
	size_t ended = 0;

	for (size_t i = 0; i < 5 && (i == 0 || r->looks[i].taken > 0); i++) {
		instant taken = day(r->looks[i].taken), at = day(r->looks[i].at);
		bool there = r->looks[i].at >= 0;
		enum date_outcome o = DATE_OPEN;

		if (stands)
			o = there ? date_see(&row, at, taken, r->lead_d * SPAN_DAY, r->program)
				  : date_miss(&row, taken);
		if (o != DATE_OPEN) {
			T_INT(r->name, o, ended < 2 ? r->out[ended] : DATE_OPEN);
			ended++;
			stands = false;
		}
		if (there && !stands)
			row = (struct date_row){ at, taken, taken, r->life_d * SPAN_DAY };
		else if (there)
			row.last_seen = taken;
		stands = stands || there;
	}
	T_INT(r->name, ended, (r->out[0] != DATE_OPEN) + (r->out[1] != DATE_OPEN));
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		follow(&rows[i]);
	return t_end();
}
