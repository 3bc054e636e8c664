/* SPDX-License-Identifier: Apache-2.0
 *
 * Forecasts: what is found in shapes with noise, and what nobody may claim of them.
 */
#include "base/clk.h"
#include "judge/judge.h"
#include "judge/trend.h"
#include "tests/dice.h"
#include "tests/shapes.h"
#include "tests/t.h"

#define D SPAN_DAY
#define NOW (1800000000 * INSTANT_S)
#define MOST 5000

static struct sample s[MOST];

/* n samples up to now, `every` apart, of shape(x), x from 0 (oldest) to 1, plus noise. */
static size_t
fill(size_t n, span every, double (*shape)(double x), double noise, uint64_t seed)
{
	struct dice d = { seed };

	for (size_t i = 0; i < n; i++)
		s[i] = (struct sample){
			instant_plus(NOW, -every * (span)(n - 1 - i)),
			shape(n > 1 ? (double)i / (double)(n - 1) : 0) + noise * dice_normal(&d),
			0,
		};
	return n;
}

static const struct range to_100 = { true, false, -INFINITY, 100 },
			  to_80 = { true, false, -INFINITY, 80 },
			  from_20 = { true, false, 20, INFINITY },
			  around = { true, false, -100, 100 }, inverted = { true, true, 80, 100 },
			  unset = { 0 };

static struct metric
metric(struct range warn, struct range crit)
{
	return (struct metric){ "m", UNIT_BYTES, 0, 0, warn, crit };
}

/* Thirty days, hourly: when is 100 reached? A ramp of 20 in 30 days from 70 takes 45. */
static void
dates(void)
{
	const struct {
		const char *row;
		double (*shape)(double);
		double noise;
		struct range warn, crit;
		double want; /* days; 0 is no date */
	} cases[] = {
		{ "a ramp", ramp, 0, unset, to_100, 45 },
		{ "with noise", ramp, 1, unset, to_100, 45 },
		{ "with much noise", ramp, 4, unset, to_100, 45 },
		{ "the hard limit counts", ramp, 1, to_80, to_100, 45 },
		{ "the other without it", ramp, 1, to_80, unset, 15 },
		{ "downwards", fall, 1, unset, from_20, 15 },
		{ "away from the limit", fall, 1, unset, to_100, 0 },
		{ "upwards with a limit below", ramp, 1, unset, from_20, 0 },
		{ "down to the lower end of two", fall, 1, unset, around, 195 },
		{ "fine is outside: no limit to reach", ramp, 1, unset, inverted, 0 },
		{ "no limit", ramp, 1, unset, unset, 0 },
		{ "flat", flat, 0, unset, to_100, 0 },
		{ "flat with noise", flat, 3, unset, to_100, 0 },
		{ "a jump that stays", jump, 1, unset, to_100, 0 },
		{ "a jump that stays, exact", jump, 0, unset, to_100, 0 },
		{ "a late jump", late_jump, 1, unset, to_100, 0 },
		{ "a drop that stays", drop, 1, unset, from_20, 0 },
		{ "a saw", saw, 0.5, unset, to_100, 0 },
		{ "a saw that was not emptied where it used to be", past_the_saw, 0.2, unset,
		    to_100, 2.5 },
		{ "emptied once: it fills again", one_drop, 0.2, unset, to_100, 60 },
		{ "days", days, 1, unset, to_100, 0 },
		{ "one wave", wave, 0.5, unset, to_100, 0 },
		{ "up, and then down", hill, 0.5, unset, to_100, 0 },
		{ "stairs", stairs, 0, unset, to_100, 45 },
		{ "growth on workdays", workdays, 0.2, unset, to_100, 43 },
		{ "a jump, then a ramp: the ramp counts", ramp_after_jump, 0.5, unset, to_100,
		    31.5 },
		{ "beyond the limit already", level, 1, unset, to_100, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct metric m = metric(cases[i].warn, cases[i].crit);
		size_t n = fill(720, SPAN_H, cases[i].shape, cases[i].noise, i + 1);
		struct deadline d;
		bool is = trend_forecast(s, n, &m, &trend_slow, NOW, &d);

		T_INT(cases[i].row, is, cases[i].want > 0);
		T_INT(cases[i].row, d.kind, is ? DEADLINE_FORECAST : DEADLINE_NONE);
		if (!is)
			continue;
		T_NEAR(cases[i].row, (double)instant_minus(d.at, NOW) / D, cases[i].want,
		    0.12 * cases[i].want);
		T_TRUE("earliest <= at <= latest",
		    NOW < d.earliest && d.earliest <= d.at && d.at <= d.latest);
	}
}

static void
bend_is_wide(void)
{
	struct metric m = metric(unset, to_100);
	struct deadline straight, bent;
	bool a, b;

	a = trend_forecast(s, fill(720, SPAN_H, ramp, 0.1, 1), &m, &trend_slow, NOW, &straight);
	b = trend_forecast(s, fill(720, SPAN_H, bend, 0.1, 1), &m, &trend_slow, NOW, &bent);
	T_TRUE("both have a date", a && b);
	T_TRUE("growth that speeds up may be there early",
	    instant_minus(bent.earliest, NOW) < instant_minus(straight.earliest, NOW) * 3 / 4);
	T_TRUE("and its range is the wider one",
	    bent.latest - bent.earliest > 2 * (straight.latest - straight.earliest));
}

/* At each limit and one past it. */
static void
limits(void)
{
	struct metric m = metric(unset, to_100);
	struct deadline d;
	struct trend_terms t = { 24, 7 * D, 365 * D, 10, 0, 0 };
	size_t n;

	n = fill(24, 7 * D / 24, ramp, 0, 1);
	T_TRUE("24 samples over 7 days", trend_forecast(s, n, &m, &t, NOW, &d));
	n = fill(23, 7 * D / 23, ramp, 0, 1);
	T_TRUE("23 are too few", !trend_forecast(s, n, &m, &t, NOW, &d));
	n = fill(169, SPAN_H, ramp, 0, 1);
	T_TRUE("a week", trend_forecast(s, n, &m, &t, NOW, &d));
	n = fill(166, SPAN_H, ramp, 0, 1);
	T_TRUE("two hours less", !trend_forecast(s, n, &m, &t, NOW, &d));
	n = fill(720, SPAN_H, ramp, 0, 1);
	t.horizon = 46 * D;
	T_TRUE("within the horizon", trend_forecast(s, n, &m, &t, NOW, &d));
	t.horizon = 44 * D;
	T_TRUE("beyond it", !trend_forecast(s, n, &m, &t, NOW, &d));
	t.horizon = 3650 * D;
	m.crit.hi = 70 + 20.0 * (10 - 0.3);
	T_TRUE("within the reach of what was seen", trend_forecast(s, n, &m, &t, NOW, &d));
	m.crit.hi = 70 + 20.0 * (10 + 0.3);
	T_TRUE("beyond it", !trend_forecast(s, n, &m, &t, NOW, &d));
	m.crit.hi = 100;
	T_TRUE("the newest a week old",
	    trend_forecast(s, n, &m, &t, instant_plus(NOW, 6 * D), &d) && d.at > NOW);
	T_TRUE("and older", !trend_forecast(s, n, &m, &t, instant_plus(NOW, 8 * D), &d));
	n = fill(5000, 9 * SPAN_MIN, ramp, 0, 1);
	T_TRUE("more than the most samples", trend_forecast(s, n, &m, &t, NOW, &d));
	T_TRUE("none", !trend_forecast(s, 0, &m, &t, NOW, &d));
	T_TRUE(
	    "one", !trend_forecast(s, 1, &m, &(struct trend_terms){ 0, 0, D, 10, 0, 0 }, NOW, &d));
	T_TRUE(
	    "two", !trend_forecast(s, 2, &m, &(struct trend_terms){ 0, 0, D, 10, 0, 0 }, NOW, &d));
}

static void
gaps_and_rubbish(void)
{
	struct metric m = metric(unset, to_100);
	struct deadline d;
	size_t n = fill(720, SPAN_H, ramp, 0.5, 1);

	for (size_t i = 100; i < 720; i += 7)
		s[i].value = (double)NAN;
	for (size_t i = 103; i < 720; i += 50)
		s[i].value = 1e9;
	for (size_t i = 105; i < 720; i += 90)
		s[i].at = s[i - 3].at;
	s[200].value = INFINITY;
	s[201].bound = (double)NAN;
	T_TRUE(
	    "holes and wild values do not bend it", trend_forecast(s, n, &m, &trend_slow, NOW, &d));
	T_NEAR("much", (double)instant_minus(d.at, NOW) / D, 45, 5);
	for (size_t i = 60; i < 660; i++)
		s[i].value = (double)NAN;
	T_TRUE("two heaps are no trend", !trend_forecast(s, n, &m, &trend_slow, NOW, &d));
	fill(720, SPAN_H, ramp, 0.5, 1);
	T_TRUE("samples of the future do not count",
	    !trend_forecast(s, n, &m, &trend_slow, instant_plus(NOW, -25 * D), &d));
}

/* A crystal of 78 ppm that nobody corrects: 60 s in 9 days. */
static void
clocks(void)
{
	struct metric m = { "offset", UNIT_SECONDS, 0, 0, { true, false, -30, 30 },
		{ true, false, -60, 60 } };
	const struct trend_terms *t = trend_terms_for(&m);
	struct dice dice = { 7 };
	struct deadline d;
	size_t n = 72;

	T_TRUE("an offset is a clock's", t == &trend_clock);
	for (size_t i = 0; i < n; i++) {
		double secs = 600.0 * (double)(n - 1 - i);

		s[i] = (struct sample){ NOW - (instant)(secs * 1e6),
			1 - 78e-6 * (43200 - secs) + 0.005 * dice_normal(&dice), 0.01 };
	}
	T_TRUE("a drift of half a day is enough", trend_forecast(s, n, &m, t, NOW, &d));
	T_NEAR("to know the week", (double)instant_minus(d.at, NOW) / D, 57.6 / 6.74, 0.5);
	for (size_t i = 0; i < n; i++)
		s[i].value = 0.003 * dice_normal(&dice) + 0.002 * sin((double)i / 5);
	T_TRUE("a corrected clock has no date", !trend_forecast(s, n, &m, t, NOW, &d));
	m.crit.lo = m.warn.lo = -INFINITY;
	T_TRUE("an age is not", trend_terms_for(&m) == &trend_slow);
	m.unit = UNIT_BYTES;
	T_TRUE("nor are bytes", trend_terms_for(&m) == &trend_slow);
}

/* How often noise without a trend gets a date; values that wander too. */
static void
false_alarms(void)
{
	struct metric m = { "m", UNIT_BYTES, 0, 0, { 0 }, { true, false, 20, 80 } };
	struct deadline d;
	int noise = 0, wander = 0;

	for (uint64_t seed = 1; seed <= 400; seed++) {
		struct dice dice = { seed };
		double v = 50;

		fill(300, 2 * SPAN_H, flat, 5, seed);
		noise += trend_forecast(s, 300, &m, &trend_slow, NOW, &d);
		for (size_t i = 0; i < 300; i++) {
			v += dice_normal(&dice) * 0.3 - (v - 50) * 0.05;
			s[i].value = v;
		}
		wander += trend_forecast(s, 300, &m, &trend_slow, NOW, &d);
	}
	T_INT("noise: none in 400", noise, 0);
	T_TRUE("values that wander about a mean: at most 1 in 100", wander <= 4);
}

/* Each step as likely up as down: the hardest to tell from a trend. */
static void
random_walks(void)
{
	struct metric m = { "m", UNIT_BYTES, 0, 0, { 0 }, { true, false, 0, 100 } };
	struct deadline d;
	int dates = 0;

	for (uint64_t seed_of = 1; seed_of <= 1000; seed_of++) {
		struct dice dice = { seed_of };
		double v = 50;

		fill(720, SPAN_H, flat, 0, 1);
		for (size_t i = 0; i < 720; i++) {
			v += 0.3 * dice_normal(&dice);
			s[i].value = v;
		}
		dates += trend_forecast(s, 720, &m, &trend_slow, NOW, &d);
	}
	printf("random walks with a date: %d of 1000\n", dates);
	T_TRUE("a random walk: at most 3 in 100", dates <= 30);
}

/* The true date is between earliest and latest about eight times in ten. */
static void
ranges(void)
{
	struct metric m = metric(unset, to_100);
	struct deadline d;
	int there = 0, within = 0;

	for (uint64_t seed = 1; seed <= 200; seed++) {
		double days_to;

		fill(300, 2 * SPAN_H, ramp, 3, seed);
		if (!trend_forecast(s, 300, &m, &trend_slow, NOW, &d))
			continue;
		days_to = 30.0 / 20 * 25;
		there++;
		within += (double)instant_minus(d.earliest, NOW) / D <= days_to &&
			  days_to <= (double)instant_minus(d.latest, NOW) / D;
	}
	T_TRUE("a ramp of four times its noise has a date", there >= 195);
	T_TRUE("and the range holds the true one", within >= there * 8 / 10);
}

static void
judged(void)
{
	static const struct rule rules[] = {
		{ .name = "x.m", .title = "t", .by = BY_METRIC, .so_what = "so", .do_now = "do" },
		{ .name = NULL },
	};
	static const struct {
		const char *row;
		int earliest, at; /* days */
		enum level want;
	} cases[] = {
		{ "far away", 40, 60, LEVEL_OK },
		{ "in four weeks", 20, 28, LEVEL_PLAN },
		{ "perhaps in two", 14, 28, LEVEL_ACT },
		{ "perhaps in three days", 3, 6, LEVEL_ACT },
		{ "perhaps in two days", 2, 6, LEVEL_STOP },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct item it = { .target = "a", .rule = "x.m", .summary = "" };
		struct result r = { .items = &it, .nitems = 1 };
		struct judge_terms t = { .lead = 14 * D, .auto_renew = false };

		it.deadline =
		    (struct deadline){ DEADLINE_FORECAST, instant_plus(NOW, cases[i].at * D),
			    instant_plus(NOW, cases[i].earliest * D), instant_plus(NOW, 100 * D),
			    TREND_LIFE };
		judge_result(&r, rules, &t, NOW);
		T_INT(cases[i].row, it.verdict.level, cases[i].want);
	}
}

static void
speed(void)
{
	struct metric m = metric(unset, to_100);
	struct clk *clk = clk_system();
	struct deadline d;
	span start, best = SPAN_MAX;
	size_t n = fill(512, SPAN_H, ramp, 1, 1);

	for (int i = 0; i < 20; i++) {
		start = clk->mono(clk);
		trend_forecast(s, n, &m, &trend_slow, NOW, &d);
		start = clk->mono(clk) - start;
		best = start < best ? start : best;
	}
	printf("a forecast of %zu samples: %.0f us\n", n, (double)best / 1e3);
}

int
main(void)
{
	dates();
	bend_is_wide();
	limits();
	gaps_and_rubbish();
	clocks();
	false_alarms();
	random_walks();
	ranges();
	judged();
	speed();
	return t_end();
}
