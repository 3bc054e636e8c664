/* SPDX-License-Identifier: Apache-2.0
 *
 * Rule B on jobs that are made up, always the same ones: how many false alarms a year, what is
 * caught, and the literal rule of 20 % beside it. JOB_YEARS=10000 takes so many of each noise
 * (tests/sys/270-runs-sim.long); the figures are printed.
 */
#include "judge/runs.h"
#include "tests/dice.h"
#include "tests/t.h"

#include <stdlib.h>

#define NIGHTS RUNS_MAX /* what one look hands over; figures are told by 365 nights */
#define LEARNT 60       /* the fault comes after as many nights, so that each job was learnt */
#define WEEK 7
#define YEARS 60 /* job-years of each noise */

static size_t jobs;

enum fault { NO_FAULT, LOST_THIRD, LOST_HALF, LASTING, TRIPLE, FAST, FAULTS };

static const char *const names[FAULTS] = { "no fault", "30 % lost in one run", "50 % in one run",
	"30 % lost for good", "3 times as much", "too fast" };

static struct job_run nights[NIGHTS];

/* One job of 50 GB and 10,000 files, which grows by a tenth a year; its files vary half as much as
 * its bytes, its time twice as much. files: they are counted. */
static void
job(struct dice *d, double noise, enum fault fault, bool files)
{
	static const double part[FAULTS] = { 1, 0.7, 0.5, 0.7, 3, 1 };

	for (int i = 0; i < NIGHTS; i++) {
		bool hit = i == LEARNT || (fault == LASTING && i > LEARNT);
		double size = (1 + 0.1 * i / 365) * (hit ? part[fault] : 1);

		nights[i] = (struct job_run){ .end = i * 86400 * INSTANT_S,
			.bytes = 50e9 * size * exp(noise * dice_normal(d)),
			.files = floor(1e4 * size * exp(noise / 2 * dice_normal(d))),
			.seconds = 1800 * size * exp(2 * noise * dice_normal(d)),
			.change = 0.02 * exp(0.7 * dice_normal(d)) };
		if (!files)
			nights[i].files = NAN;
	}
	if (fault == FAST)
		nights[LEARNT].seconds = 3;
}

struct figures {
	double any, act; /* false tellings a job-year: also plans; act and worse, the alarms */
	double literal;  /* of the literal rule */
	double caught, within; /* part that was told at once, and within a week */
};

static enum level
level_at(const struct job_runs *all, int i)
{
	struct job_runs r = *all;
	const char *key, *doubt;

	r.n = (size_t)i + 1;
	return runs_judge(&r, &key, &doubt);
}

static bool
is_alarm(const struct job_runs *r, const unsigned *unlike, int i)
{
	return unlike[i] != 0 && level_at(r, i) != LEVEL_PLAN;
}

static void
count_false(const struct job_runs *r, const unsigned *unlike, struct figures *f)
{
	for (int i = 1; i < NIGHTS; i++) {
		f->any += unlike[i] != 0 && unlike[i - 1] == 0;
		f->act += is_alarm(r, unlike, i) && !is_alarm(r, unlike, i - 1);
	}
}

static void
count_caught(const unsigned *unlike, struct figures *f)
{
	bool week = false;

	for (int i = LEARNT; i < LEARNT + WEEK; i++)
		week = week || unlike[i] != 0;
	f->caught += unlike[LEARNT] != 0;
	f->within += week;
}

static void
count_literally(struct job_runs r, struct figures *f)
{
	unsigned unlike[RUNS_MAX];

	r.way = RUNS_LITERAL;
	runs_scan(&r, unlike, NULL);
	for (int i = 1; i < NIGHTS; i++)
		f->literal += unlike[i] != 0;
}

static struct figures
simulate(double noise, enum fault fault, bool files)
{
	struct dice d = { 1 + (uint64_t)fault };
	struct figures f = { 0 };
	const struct job_runs r = { RUNS_RULE_B, false, 1e8, nights, NIGHTS };
	size_t n = fault == NO_FAULT ? jobs : jobs / 4;
	unsigned unlike[RUNS_MAX];

	for (size_t k = 0; k < n; k++) {
		job(&d, noise, fault, files);
		runs_scan(&r, unlike, NULL);
		if (fault != NO_FAULT) {
			count_caught(unlike, &f);
			continue;
		}
		count_false(&r, unlike, &f);
		count_literally(r, &f);
	}
	f.any /= (double)n * NIGHTS / 365;
	f.act /= (double)n * NIGHTS / 365;
	f.literal /= (double)n * NIGHTS / 365;
	f.caught /= (double)n;
	f.within /= (double)n;
	return f;
}

/* What must be: at most so many alarms a year, at least such a part caught. caught is at once,
 * within is in a week; 0: it is only printed. */
static const struct {
	double noise;
	bool files;
	double alarms, literal;
	double caught[FAULTS], within[FAULTS];
} lines[] = {
	{ 0.05, true, 0.5, 0, { 0, 0.95, 0.98, 0.95, 0.98, 0.98 }, { [LASTING] = 0.98 } },
	{ 0.10, true, 0.6, 10, { 0, 0.9, 0.98, 0.9, 0.98, 0.98 }, { [LASTING] = 0.98 } },
	{ 0.15, true, 1.0, 30, { 0, 0.6, 0.95, 0.6, 0.98, 0.98 }, { [LASTING] = 0.98 } },
	{ 0.15, false, 1.0, 30, { 0, 0.05, 0.6, 0.05, 0.98, 0.98 }, { [LASTING] = 0.9 } },
	{ 0.25, true, 3.0, 60, { 0, 0.1, 0.7, 0.1, 0.9, 0.9 }, { [LASTING] = 0.9 } },
};

static void
line(size_t k)
{
	double noise = lines[k].noise;
	struct figures f = simulate(noise, NO_FAULT, lines[k].files);

	printf("noise %2.0f %%, %s: false alarms a job-year %.2f (with plans %.2f), literal rule "
	       "%.1f\n",
	    noise * 100, lines[k].files ? "bytes, files and time" : "bytes and time", f.act, f.any,
	    f.literal);
	T_TRUE("few false alarms", f.act <= lines[k].alarms);
	T_TRUE("far fewer than by the literal rule", f.literal >= lines[k].literal);
	for (int x = LOST_THIRD; x < FAULTS; x++) {
		f = simulate(noise, (enum fault)x, lines[k].files);
		printf("    %-22s caught at once %.2f, within 7 runs %.2f\n", names[x], f.caught,
		    f.within);
		T_TRUE(names[x], f.caught >= lines[k].caught[x]);
		T_TRUE(names[x], f.within >= lines[k].within[x]);
	}
}

int
main(void)
{
	const char *years = getenv("JOB_YEARS");

	jobs = (size_t)(years != NULL ? atoi(years) : YEARS) * 365 / NIGHTS;
	for (size_t k = 0; k < sizeof(lines) / sizeof(lines[0]); k++)
		line(k);
	return t_end();
}
