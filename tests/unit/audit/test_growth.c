/* SPDX-License-Identifier: Apache-2.0
 *
 * The day on which a disk is full, from what was measured of a log; each limit and one past it.
 */
#include "probes/audit/growth.h"

#include "tests/t.h"

#define MB ((uint64_t)1000000)

static struct growth_seen
usual(void)
{
	return (struct growth_seen){ .now = 1000 * INSTANT_DAY,
		.watched = 10 * SPAN_DAY,
		.added = 10 * MB,
		.recorded = 20 * SPAN_DAY,
		.held = 40 * MB,
		.room = 100 * MB };
}

static double
days(instant at)
{
	return span_seconds(instant_minus(at, 1000 * INSTANT_DAY)) / 86400;
}

int
main(void)
{
	struct growth_seen v = usual();
	double rate[2];
	struct deadline d = growth_forecast(&v, rate);

	T_INT("a forecast", d.kind, DEADLINE_FORECAST);
	T_NEAR("by what was seen of it", days(d.at), 100, 1e-6);
	T_NEAR("at the earliest by its records", days(d.earliest), 50, 1e-6);
	T_NEAR("at the latest by what was seen", days(d.latest), 100, 1e-6);
	T_NEAR("the least a day", rate[0], 1e6, 1);
	T_NEAR("the most a day", rate[1], 2e6, 1);
	v.recorded = GROWTH_RECORDS - 1;
	d = growth_forecast(&v, rate);
	T_NEAR("by one alone, half as soon", days(d.earliest), 50, 1e-6);
	T_NEAR("or twice as late", days(d.latest), 200, 1e-6);
	v.watched = GROWTH_WATCHED - 1;
	T_INT("neither is long enough", growth_forecast(&v, rate).kind, DEADLINE_NONE);
	v.watched = GROWTH_WATCHED;
	v.added = MB;
	T_INT("a day is", growth_forecast(&v, rate).kind, DEADLINE_FORECAST);
	v.added = 0;
	T_INT("nothing was added", growth_forecast(&v, rate).kind, DEADLINE_NONE);
	v = usual();
	v.watched = 0;
	v.recorded = GROWTH_RECORDS;
	v.held = 7 * MB;
	d = growth_forecast(&v, rate);
	T_NEAR("by its records alone", days(d.at), 100, 1e-6);
	v.room = 400 * MB;
	T_INT("as late as is told", growth_forecast(&v, rate).kind, DEADLINE_FORECAST);
	v.room++;
	T_INT("and later", growth_forecast(&v, rate).kind, DEADLINE_NONE);
	v.room = 0;
	d = growth_forecast(&v, rate);
	T_TRUE("it is full", d.kind == DEADLINE_FORECAST && days(d.at) < 1e-6);
	return t_end();
}
