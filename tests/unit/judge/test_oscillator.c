/* SPDX-License-Identifier: Apache-2.0
 *
 * Forecasts of clocks, simulated: a crystal that nobody corrects, one that a time service corrects,
 * and one that a job sets. Deterministic; what was measured is printed.
 */
#include "judge/history.h"
#include "judge/trend.h"
#include "tests/dice.h"
#include "tests/t.h"

#include <math.h>
#include <stdlib.h>

#define START (1800000000 * INSTANT_S)
#define EVERY (10 * SPAN_MIN)
#define TICKS (90 * 24 * 6) /* 90 days of samples */
#define HOUR 6              /* in ticks */
#define DAY (24 * HOUR)
#define NEWEST 512 /* samples, as the daemon takes them (daemon/take.c) */
#define TICK_S 600.0
#define PI 3.14159265358979323846

/* What is simulated: swing and walk as in the measurements behind CRYSTAL_WAVE. */
#define WAVE 0.3e-6
#define WALK 0.01e-6
#define SWING 0.01 /* of the way to the servers with the day, seconds */
#define NOISE 1e-3 /* seconds either way; so much is the bound, too */

#if defined(__SANITIZE_ADDRESS__)
#define PART 5 /* of the runs: one in so many */
#else
#define PART 1
#endif

static double offset[TICKS]; /* true ones, seconds */
static struct sample taken[TICKS];

/* The rate at each tick, added up from where the clock starts. */
static void
run_free(struct dice *d, double rate, double start, size_t ticks)
{
	double phase = 2 * PI * dice_unit(d), day = 2 * PI / DAY;

	offset[0] = start;
	for (size_t i = 1; i < ticks; i++) {
		rate += WALK * sqrt(1.0 / DAY) * dice_normal(d);
		offset[i] = offset[i - 1] + TICK_S * (rate + WAVE * sin(day * (double)i + phase));
	}
}

static void
measure(struct dice *d, size_t ticks, double noise)
{
	for (size_t i = 0; i < ticks; i++)
		taken[i] = (struct sample){ instant_plus(START, EVERY * (span)i),
			offset[i] + noise * (2 * dice_unit(d) - 1), noise };
}

/* The forecast at that tick, of what the store would have kept by then. */
static bool
look(size_t at, double limit, struct deadline *out)
{
	static instant times[TICKS];
	static bool drop[TICKS];
	static struct sample kept[TICKS];
	struct metric m = { "offset", UNIT_SECONDS, 0, 0, { true, false, -limit / 2, limit / 2 },
		{ true, false, -limit, limit } };
	size_t n = 0, from;

	for (size_t i = 0; i <= at; i++)
		times[i] = taken[i].at;
	history_thin(times, at + 1, taken[at].at, drop);
	for (size_t i = 0; i <= at; i++)
		if (!drop[i])
			kept[n++] = taken[i];
	from = n > NEWEST ? n - NEWEST : 0;
	return trend_forecast(kept + from, n - from, &m, trend_terms_for(&m), taken[at].at, out);
}

/* When the limit is reached, in ticks; TICKS: not within the 90 days. */
static double
crossing(double limit)
{
	for (size_t i = 1; i < TICKS; i++) {
		double before = fabs(offset[i - 1]), after = fabs(offset[i]);

		if (after >= limit)
			return (double)(i - 1) + (limit - before) / (after - before);
	}
	return TICKS;
}

/* Moments of a look, ticks after the first sample; those from WHOLE on have seen a day. */
static const size_t looks[] = { 2 * HOUR, 13 * HOUR / 2, 12 * HOUR, 20 * HOUR, DAY + 1, 2 * DAY,
	4 * DAY, 10 * DAY, 30 * DAY };
#define LOOKS (sizeof(looks) / sizeof(looks[0]))
#define WHOLE 4

#define RUNS (200 / PART)

struct tally {
	int looks, dates, within;
	double errors[RUNS * LOOKS]; /* of the time left */
};

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
p90(struct tally *t)
{
	if (t->dates == 0)
		return 0;
	qsort(t->errors, (size_t)t->dates, sizeof(t->errors[0]), by_size);
	return t->errors[t->dates * 9 / 10];
}

static void
look_at_free(size_t at, double cross, double limit, struct tally *t)
{
	struct deadline d;
	double left = (cross - (double)at) * TICK_S, said;
	instant truth = instant_plus(taken[at].at, span_from_seconds(left));

	t->looks++;
	if (!look(at, limit, &d))
		return;
	said = (double)instant_minus(d.at, taken[at].at) / (double)SPAN_S;
	t->within += d.earliest <= truth && truth <= d.latest;
	t->errors[t->dates++] = fabs(said - left) / left;
}

struct crystal {
	double ppm, limit, noise;
	bool early; /* it has dates before a day was seen */
};

/* t[0]: before a day was seen, t[1]: after it, t[2]: eight hours before the limit. Looks in the
 * last hour before the limit are left out, and those from which the limit is further than 40 times
 * what was seen. */
static void
run_crystal(const struct crystal *c, uint64_t seed, struct tally t[3])
{
	struct dice d = { seed };
	double sign = dice_chance(&d, 0.5) ? 1 : -1, cross;

	run_free(&d, sign * c->ppm * 1e-6, sign * 0.05 * dice_unit(&d), TICKS);
	measure(&d, TICKS, c->noise);
	cross = crossing(c->limit);
	for (size_t k = 0; k < LOOKS; k++)
		if (cross < TICKS && (double)(looks[k] + HOUR) <= cross &&
		    cross < 35 * (double)looks[k])
			look_at_free(looks[k], cross, c->limit, &t[k >= WHOLE]);
	if (cross < TICKS && cross > 3 * DAY)
		look_at_free((size_t)cross - 8 * HOUR, cross, c->limit, &t[2]);
}

/* Set right after 10 and after 22 hours, looked at after two days: it may be set again before it is
 * further off than it has been. */
static void
set_twice(void)
{
	static const double starts[] = { 0.7, 0.3 };

	for (size_t c = 0; c < 2; c++) {
		struct dice d = { c + 1 };
		struct deadline out;

		for (size_t i = 0; i <= 2 * DAY; i++)
			offset[i] = 5e-6 * TICK_S * (double)i + (i < 10 * HOUR      ? starts[c]
								    : i < 22 * HOUR ? -0.1
										    : -0.35);
		measure(&d, 2 * DAY + 1, NOISE);
		T_INT("as far off as it has been?", look(2 * DAY, 1.5, &out), c == 1);
	}
}

static void
crystals(void)
{
	static const struct crystal rows[] = {
		{ 1, 0.5, NOISE, false },
		{ 1, 1, 0.01, false },
		{ 2, 1, NOISE, true },
		{ 5, 1, NOISE, true },
		{ 5, 1, 0.03, true },
		{ 5, 10, NOISE, true },
		{ 20, 1, NOISE, true },
		{ 20, 10, 0.05, true },
		{ 20, 60, NOISE, true },
		{ 78, 10, NOISE, true },
		{ 78, 60, 0.05, true },
	};

	for (size_t r = 0; r < sizeof(rows) / sizeof(rows[0]); r++) {
		static const char *const when[] = { "within a day", "after a day", "8 h before" };
		static struct tally t[3];
		char row[80];

		memset(t, 0, sizeof(t));
		for (uint64_t seed = 1; seed <= RUNS; seed++)
			run_crystal(&rows[r], seed * 1000 + r, t);
		snprintf(row, sizeof(row), "%g ppm to %g s, measured to %g ms", rows[r].ppm,
		    rows[r].limit, 1000 * rows[r].noise);
		for (int day = 0; day < 3; day++)
			printf("%s, %s: %d dates of %d, %d in their range, p90 error %.1f %%\n",
			    row, when[day], t[day].dates, t[day].looks, t[day].within,
			    100 * p90(&t[day]));
		T_INT(row, t[0].dates > 0, rows[r].early && t[0].looks > 0);
		T_TRUE(row, t[0].within * 10 >= t[0].dates * 9);
		T_TRUE(row, t[1].dates * 10 >= t[1].looks * 9);
		T_TRUE(row, t[1].within * 10 >= t[1].dates * 9);
		T_TRUE(row, t[2].within * 10 >= t[2].dates * 9);
		/* 0.1 is wanted; with the swing of the day left in, it is 0.09 */
		T_TRUE(row, p90(&t[1]) <= 0.07);
	}
}

/* A time service corrects it: values that resemble the one before, a swing with the day, at first
 * perhaps an offset that is worked off over hours. The largest is a tenth of the limit. */
static void
run_corrected(struct dice *d, double limit, size_t ticks)
{
	double size = limit / pow(10, 1 + 2 * dice_unit(d)), alike = 0.99 * dice_unit(d), v = 0;
	double swing = fmin(size, SWING) * dice_unit(d), phase = 2 * PI * dice_unit(d);
	double begin = dice_chance(d, 0.3) ? limit * (dice_unit(d) - 0.5) : 0;
	double fade = exp(-1 / (HOUR * (0.2 + 8 * dice_unit(d))));

	for (size_t i = 0; i < ticks; i++) {
		v = alike * v + sqrt(1 - alike * alike) * size / 3 * dice_normal(d);
		offset[i] = v + swing * sin(2 * PI / DAY * (double)i + phase) + begin;
		begin *= fade;
	}
}

static void
corrected(void)
{
	static const double limits[] = { 0.05, 0.1, 1, 10 };
	static const size_t at[] = { 13 * HOUR / 2, 10 * HOUR, 26 * HOUR, 5 * DAY };
	int invented = 0;

	for (uint64_t seed = 1; seed <= 10000 / PART; seed++) {
		struct dice d = { seed };
		double limit = limits[seed % 4];
		struct deadline out;
		bool any = false;

		run_corrected(&d, limit, 5 * DAY + 1);
		measure(&d, 5 * DAY + 1, NOISE);
		for (size_t k = 0; k < sizeof(at) / sizeof(at[0]); k++)
			any = look(at[k], limit, &out) || any;
		invented += any;
	}
	printf("corrected by a time service: %d of %d with a date\n", invented, 10000 / PART);
	T_INT("a clock that is corrected has no date", invented, 0);
}

/* A job sets it to within 5 ms, every so many ticks, at first an hour after the first sample or
 * later: before that nobody can know of it. Returns the tick of the first time. */
static size_t
run_set(struct dice *d, double rate, size_t period, size_t ticks)
{
	size_t first = HOUR + (size_t)(dice_unit(d) * (double)period);
	double less = 0;

	run_free(d, rate, 0.005 * (2 * dice_unit(d) - 1), ticks);
	for (size_t i = 0; i < ticks; i++) {
		if (i >= first && (i - first) % period == 0)
			less = offset[i] + 0.005 * (2 * dice_unit(d) - 1);
		offset[i] -= less;
	}
	return first;
}

static void
set_by_a_job(void)
{
	static const double rates[] = { 2e-6, 5e-6, 20e-6, 78e-6 }, limits[] = { 1, 10, 60 };
	static const size_t periods[] = { HOUR, 6 * HOUR, DAY };
	int invented = 0, early = 0;

	for (uint64_t seed = 1; seed <= 1000 / PART; seed++) {
		struct dice d = { seed };
		double limit = limits[seed % 3], sign = dice_chance(&d, 0.5) ? 1 : -1;
		size_t period = periods[seed / 3 % 3];
		size_t first = run_set(&d, sign * rates[seed / 9 % 4], period, 8 * DAY);
		bool any = false, before = false;
		struct deadline out;

		measure(&d, 8 * DAY, NOISE);
		for (size_t at = 6 * HOUR + seed % HOUR; at < 8 * DAY; at += 5 * HOUR + 1)
			if (look(at, limit, &out))
				*(at > first ? &any : &before) = true;
		invented += any;
		early += before;
	}
	printf("set by a job: %d of %d with a date, %d before it was first seen\n", invented,
	    1000 / PART, early);
	T_TRUE("a clock that a job sets: at most 1 in 1000", invented <= 1);
}

/* Two days of 5 ppm with one thing done to them. */
static void
hands(void)
{
	static const struct {
		const char *row;
		double step; /* seconds, at that tick and from then on, or for `lasts` */
		size_t from, lasts;
		double start;
		bool want;
	} cases[] = {
		{ "nothing", 0, 0, 0, 0.1, true },
		{ "on the way to true time", 0, 0, 0, -0.95, false },
		{ "past it for less than six hours", 0, 0, 0, -0.77, false },
		{ "past it for longer", 0, 0, 0, -0.65, true },
		{ "one wild sample an hour ago", 9, 2 * DAY - HOUR, 1, 0.1, true },
		{ "set right 26 hours ago", -0.4, 2 * DAY - 26 * HOUR, TICKS, 0.1, true },
		{ "set right 24 hours ago", -0.4, DAY, TICKS, 0.1, false },
		{ "set wrong 12 hours ago", 0.3, 2 * DAY - 12 * HOUR, TICKS, 0.1, true },
		{ "set wrong 4 hours ago", 0.3, 2 * DAY - 4 * HOUR, TICKS, 0.1, false },
	};

	for (size_t c = 0; c < sizeof(cases) / sizeof(cases[0]); c++) {
		struct dice d = { c + 1 };
		struct deadline out;

		for (size_t i = 0; i <= 2 * DAY; i++)
			offset[i] = cases[c].start + 5e-6 * TICK_S * (double)i +
				    (i >= cases[c].from && i < cases[c].from + cases[c].lasts
					    ? cases[c].step
					    : 0);
		measure(&d, 2 * DAY + 1, NOISE);
		T_INT(cases[c].row, look(2 * DAY, 1.5, &out), cases[c].want);
	}
}

int
main(void)
{
	hands();
	set_twice();
	crystals();
	corrected();
	set_by_a_job();
	return t_end();
}
