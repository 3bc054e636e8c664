/* SPDX-License-Identifier: Apache-2.0 */
#include "probes/clock/estimate.h"

#include "tests/dice.h"
#include "tests/t.h"

#include <math.h>
#include <stdlib.h>

#define US 1000LL
#define MS (1000 * US)
#define FREE 500 /* ppm */

static struct ask_sample
sample(int64_t offset, int64_t half, int64_t mono)
{
	return (struct ask_sample){ { offset, half, 0, 2 * half }, mono };
}

static void
test_few(void)
{
	struct ask_sample v[3] = { sample(0, 100, 0), sample(150, 100, 0), sample(9000, 100, 0) };
	struct estimate e = estimate(v, 2, 0, FREE);

	T_TRUE("two samples that meet", e.usable && e.agree == 2);
	T_NEAR("where they do: from", (double)e.lo, 50, 3);
	T_NEAR("where they do: to", (double)e.hi, 100, 3);
	e = estimate(v, 3, 0, FREE);
	T_TRUE("an outlier among three is passed over", e.usable && e.agree == 2);
	T_INT("and named", e.outside, 1U << 2);
	T_NEAR("and changes nothing", (double)e.hi, 100, 3);
	e = estimate(v, 1, 10 * NS_S, FREE);
	T_NEAR("10 s later one sample is 5 ms wider", (double)e.hi, 5 * (double)MS + 100, 5);
	v[1].s.offset = 5000;
	T_TRUE("two that contradict are none", !estimate(v, 2, 0, FREE).usable);
	T_TRUE("no sample is none", !estimate(v, 0, 0, FREE).usable);
	v[0].s.raise = 120;
	T_NEAR("a request that left late raises the lower end", (double)estimate(v, 1, 0, FREE).lo,
	    20, 3);
}

/* So many wild ones of so many: usable up to a third. */
static void
test_wild(void)
{
	for (size_t n = 1; n <= CLOCK_SAMPLES_MAX; n++)
		for (size_t wild = 0; wild < n; wild++) {
			struct ask_sample v[CLOCK_SAMPLES_MAX];
			struct estimate e;

			for (size_t i = 0; i < n; i++)
				v[i] = sample(i < wild ? (int64_t)(i + 1) * NS_S : 0, 50 * US,
				    (int64_t)i * 2 * NS_S);
			e = estimate(v, n, v[n - 1].mono, FREE);
			T_INT("a third may be wild, not more", e.usable, 3 * wild <= n);
			if (!e.usable || n - wild < 2)
				continue;
			T_INT("each wild one is named", e.outside, (1U << wild) - 1);
			T_TRUE("none decides", e.lo <= 0 && e.hi >= 0 && e.hi - e.lo < MS);
		}
}

/* What differs by more than a life makes no overflow. */
static void
test_far(void)
{
	struct ask_sample v[4] = { sample(INT64_MAX / 2, 100, 0), sample(-INT64_MAX / 2, 100, NS_S),
		sample(-INT64_MAX / 2, 100, 2 * NS_S), sample(-INT64_MAX / 2, 100, 3 * NS_S) };
	struct estimate e = estimate(v, 4, 3 * NS_S, FREE);

	T_INT("an answer of another century is set aside", e.outside, 1);
	T_TRUE("the others count", e.usable && e.hi < 0);
}

static void
test_slope(void)
{
	struct ask_sample v[4];
	struct estimate e;

	for (int i = 0; i < 4; i++)
		v[i] = sample(-3 * MS - i * 156 * US, 20 * US, i * 2 * NS_S);
	e = estimate(v, 4, v[3].mono, FREE);
	T_TRUE("a clock that loses 78 us a second agrees with itself", e.usable && e.agree == 4);
	T_TRUE("its offset is that of the newest",
	    e.lo <= -3468 * US && e.hi >= -3468 * US && e.hi - e.lo <= 42 * US);
	T_TRUE(
	    "by 15 us a second it would contradict itself", !estimate(v, 4, v[3].mono, 15).usable);
}

static void
test_enough(void)
{
	static const struct {
		const char *row;
		int64_t middle, half, root; /* us */
		size_t agree;
		bool want;
	} cases[] = {
		{ "three well inside", 0, 100, 0, 3, true },
		{ "two are too few", 0, 100, 0, 2, false },
		{ "at the end of the soft limit", 400, 100, 0, 3, true },
		{ "a microsecond past it", 401, 100, 0, 3, false },
		{ "a breach is believed of four", 5000, 100, 0, 4, true },
		{ "not of three", 5000, 100, 0, 3, false },
		{ "for sure between the limits: four", 750, 100, 0, 4, true },
		{ "open: go on", 900, 300, 0, 8, false },
		{ "open by the server's own error alone: in vain", 900, 10, 300, 4, true },
		{ "the same of three", 900, 10, 300, 3, false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct estimate e = { true, (cases[i].middle - cases[i].half) * US,
			(cases[i].middle + cases[i].half) * US, cases[i].agree, 0 };

		T_INT(cases[i].row, estimate_enough(&e, cases[i].root * US, 500 * US, MS),
		    cases[i].want);
		e.usable = false;
		T_TRUE("contradictions are never enough",
		    !estimate_enough(&e, cases[i].root * US, 500 * US, MS));
	}
}

/* One run of a simulated server: a clock with an offset and a rate, a path whose two ways differ, a
 * server that reads its clock in steps and answers late. */
struct run {
	double rate; /* ns a ns */
	int64_t offset, step, way, jitter, apart;
	size_t n;
};

/* 0 <= x < n */
static uint64_t
dice(struct dice *d, uint64_t n)
{
	return dice_u64(d) % n;
}

static struct run
run_new(struct dice *d)
{
	static const int64_t steps[] = { 1, 60, US, 15625 * US, NS_S };
	static const int64_t ways[] = { 5 * US, 200 * US, 5 * MS, 80 * MS };

	return (struct run){ .rate = ((double)dice(d, 400001) - 200000) * 1e-9,
		.offset = (int64_t)dice(d, 20000000) * 1000 - 10 * NS_S,
		.step = steps[dice(d, 5)],
		.way = ways[dice(d, 4)],
		.jitter = (int64_t)dice(d, 3),
		.apart = dice(d, 2) == 0 ? 100 * US : 1900 * MS,
		.n = 1 + dice(d, CLOCK_SAMPLES_MAX) };
}

static int64_t
way(struct dice *d, const struct run *r)
{
	return r->way / 10 +
	       (int64_t)dice(d, (uint64_t)r->way) * (1 + r->jitter * (dice(d, 10) == 0));
}

/* True time t and this clock: t + offset + rate * t. The server's clock is true, read in steps. */
static int64_t
ours(const struct run *r, int64_t t)
{
	return NTP_FLOOR * NS_S + t + r->offset + (int64_t)(r->rate * (double)t);
}

static int64_t
theirs(const struct run *r, int64_t t)
{
	return (NTP_FLOOR * NS_S + t) / r->step * r->step;
}

static bool
exchange(struct dice *d, const struct run *r, int64_t t, struct ask_sample *out)
{
	int64_t there = way(d, r), held = (int64_t)dice(d, 40000), back = way(d, r);
	struct ntp_answer a = { .precision = r->step,
		.receive = ntp_stamp(theirs(r, t + there)),
		.transmit = ntp_stamp(theirs(r, t + there + held)) };
	int64_t end = t + there + held + back;
	struct ntp_moments m = { ours(r, t), ours(r, end), t, end,
		dice(d, 2) ? ours(r, t + there / 3) : 0 };

	out->mono = end;
	return ntp_sample_make(&a, &m, 1, &out->s) == NTP_OK;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

#define RUNS 20000

/* Errors and bounds of runs of one kind, microseconds. */
struct figures {
	double errors[RUNS], bounds;
	size_t n;
};

static void
figures_add(struct figures *f, double error, double bound)
{
	f->errors[f->n++] = error / (double)US;
	f->bounds += bound / (double)US;
}

static void
figures_print(struct figures *f, const char *of)
{
	qsort(f->errors, f->n, sizeof(f->errors[0]), by_size);
	printf("estimate: %zu runs of %s: mean bound %.1f us, error p50 %.1f p99 %.1f us\n", f->n,
	    of, f->bounds / (double)f->n, f->errors[f->n / 2], f->errors[f->n * 99 / 100]);
}

static void
test_truth(void)
{
	static struct figures all, near; /* near: no further than a local network, steps of 1 us */
	struct dice d = { 14 };
	size_t inside = 0, usable = 0;

	for (size_t k = 0; k < RUNS; k++) {
		struct run r = run_new(&d);
		struct ask_sample v[CLOCK_SAMPLES_MAX];
		int64_t t = 86400 * NS_S, middle, truth;
		struct estimate e;
		size_t n = 0;

		for (size_t i = 0; i < r.n; i++, t += r.apart)
			n += exchange(&d, &r, t, &v[n]);
		t = v[n - 1].mono + (int64_t)dice(&d, 3) * 400 * MS;
		e = estimate(v, n, t, FREE);
		truth = ours(&r, t) - NTP_FLOOR * NS_S - t;
		middle = e.lo + (e.hi - e.lo) / 2;
		usable += e.usable;
		inside += e.usable && e.outside == 0 && truth >= e.lo && truth <= e.hi;
		figures_add(&all, fabs((double)(middle - truth)), (double)(e.hi - e.lo) / 2);
		if (r.step <= US && r.way <= 200 * US)
			figures_add(
			    &near, fabs((double)(middle - truth)), (double)(e.hi - e.lo) / 2);
	}
	figures_print(&all, "all kinds");
	figures_print(&near, "servers nearby");
	T_INT("every run is used", usable, RUNS);
	T_INT("the truth is inside in all", inside, RUNS);
}

int
main(void)
{
	test_few();
	test_wild();
	test_far();
	test_slope();
	test_enough();
	test_truth();
	return t_end();
}
