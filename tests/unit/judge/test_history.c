/* SPDX-License-Identifier: Apache-2.0 */
#include "judge/history.h"
#include "tests/dice.h"
#include "tests/t.h"

#include <math.h>
#include <stdlib.h>

#define D SPAN_DAY
#define NOW (1800014400 * INSTANT_S) /* noon of a day in UTC */

static void
ages(void)
{
	static const struct {
		const char *row;
		span age, before; /* of the sample, and of the one before it */
		bool drop;
	} cases[] = {
		{ "now", 0, SPAN_S, false },
		{ "the last of the newest", 2 * D, 2 * D + SPAN_S, false },
		{ "a moment older, second of its hour", 2 * D + SPAN_S, 2 * D + 2 * SPAN_S, true },
		{ "first of its hour", 3 * D, 3 * D + SPAN_S, false },
		{ "the last of the hours", 30 * D, 30 * D + SPAN_H, false },
		{ "second of its day, an hour later", 31 * D, 31 * D + SPAN_H, true },
		{ "first of its day", 31 * D + 12 * SPAN_H, 31 * D + 13 * SPAN_H, false },
		{ "the last of the days", 730 * D, 731 * D, false },
		{ "older", 730 * D + SPAN_US, 732 * D, true },
		{ "a day ahead: the clock may have been a little wrong", -1 * D, 0, false },
		{ "more ahead: it was wrong", -1 * D - SPAN_US, 0, true },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		instant at[2] = { instant_plus(NOW, -cases[i].before),
			instant_plus(NOW, -cases[i].age) };
		bool drop[2];

		history_thin(at, 2, NOW, drop);
		T_INT(cases[i].row, drop[1], cases[i].drop);
	}
	T_INT("nothing at all", history_thin(NULL, 0, NOW, NULL), 0);
}

static size_t
thin(instant *at, size_t n, instant now)
{
	bool *drop = calloc(n + 1, sizeof(*drop));
	size_t kept = 0;

	history_thin(at, n, now, drop);
	for (size_t i = 0; i < n; i++)
		if (!drop[i])
			at[kept++] = at[i];
	free(drop);
	return kept;
}

/* Three years every ten minutes: thinned each day it keeps the same as thinned once at the end. */
static void
again(void)
{
	const span every = 10 * SPAN_MIN;
	const size_t most = 3 * 365 * 144;
	instant *once = calloc(most, sizeof(*once)), *daily = calloc(most, sizeof(*daily));
	struct dice d = { 1 };
	size_t n = 0, k = 0, worst = 0;
	instant now = NOW;

	for (int day = 0; day < 3 * 365; day++) {
		for (int i = 0; i < 144; i++) {
			now = instant_plus(now, every);
			if (dice_chance(&d, 0.02)) /* a run that gave nothing */
				continue;
			once[n++] = daily[k++] = now;
		}
		k = thin(daily, k, now);
		worst = k > worst ? k : worst;
	}
	n = thin(once, n, now);
	T_INT("as many", k, n);
	T_TRUE("the same", memcmp(once, daily, n * sizeof(*once)) == 0);
	T_TRUE("never more than the most", worst <= HISTORY_KEPT_MAX(every));
	T_TRUE("and not much fewer", worst > HISTORY_KEPT_MAX(every) * 9 / 10);
	T_INT("thinning again drops nothing", thin(once, n, now), n);
	free(once);
	free(daily);
}

#define MANY 1001
#define FEW 20

static void
outline(void)
{
	static struct sample v[MANY];
	size_t n, peak = 0, dip = 0;

	for (int i = 0; i < MANY; i++)
		v[i] = (struct sample){ i, i % 3, 0 };
	T_INT("as many as there is room for stay", history_outline(v, FEW, FEW), FEW);
	v[500].value = 99;
	v[501].value = -99;
	v[700].value = NAN;
	n = history_outline(v, MANY, FEW);
	T_INT("one more, and it is drawn with fewer", n, FEW);
	for (size_t i = 0; i < n; i++) {
		peak += v[i].value == 99;
		dip += v[i].value == -99;
		T_TRUE("in their order", i == 0 || v[i - 1].at < v[i].at);
		T_TRUE("what was not measured has no place", !isnan(v[i].value));
	}
	T_INT("the peak is there", peak, 1);
	T_INT("and the dip", dip, 1);
	for (int i = 0; i < MANY; i++)
		v[i] = (struct sample){ i, NAN, 0 };
	T_INT("nothing measured: one of each group", history_outline(v, FEW + 1, FEW), FEW / 2);
}

int
main(void)
{
	ages();
	outline();
	again();
	return t_end();
}
