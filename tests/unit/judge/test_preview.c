/* SPDX-License-Identifier: Apache-2.0 */
#include "judge/preview.h"
#include "model/rule.h"
#include "tests/t.h"

#include <math.h>

#define NOW (1800014400 * INSTANT_S)
#define MANY 400

/* A series an hour apart, the newest at NOW; a value a letter:
 *	. within both limits   a outside warn (1)   s outside crit (2)   ? not proven against warn
 *	n not measured   _ no sample */
static size_t
series(const char *values, struct sample *v)
{
	size_t n = 0, len = strlen(values);

	for (size_t i = 0; i < len; i++) {
		instant at = instant_plus(NOW, -(span)(len - 1 - i) * SPAN_H);
		double value = values[i] == 'a'   ? 1.5
			       : values[i] == 's' ? 3
			       : values[i] == 'n' ? NAN
						  : 0.9;

		if (values[i] != '_')
			v[n++] = (struct sample){ at, value, values[i] == '?' ? 0.2 : 0 };
	}
	return n;
}

static const struct range one = { .set = true, .lo = -1, .hi = 1 },
			  two = { .set = true, .lo = -2, .hi = 2 };

static struct preview
judge(const struct sample *v, size_t n, int64_t confirm, unsigned days)
{
	/* a reminder each hour, of which none may be counted */
	const struct policy_terms t = policy_terms_of(BY_METRIC, confirm, SPAN_H, SPAN_H);
	struct preview_series s = { .warn = one, .crit = two, .v = v, .n = n };
	struct preview out;

	preview_judge(&s, 1, &t, days, NOW, &out);
	return out;
}

static struct preview
preview(const char *values, int64_t confirm, unsigned days)
{
	struct sample v[MANY];

	return judge(v, series(values, v), confirm, days);
}

static void
counts(void)
{
	static const struct {
		const char *row, *values;
		int64_t confirm;
		uint32_t act, stop, unknown;
	} cases[] = {
		{ "a limit that is never reached", "..........", 1, 0, 0, 0 },
		{ "nothing recorded", "", 1, 0, 0, 0 },
		{ "outside once", "....a.....", 1, 1, 0, 0 },
		{ "one run less than are asked for", "....aa....", 3, 0, 0, 0 },
		{ "as many in a row", "....aaa...", 3, 1, 0, 0 },
		{ "as many, and not in a row", "..aa.a....", 3, 0, 0, 0 },
		{ "it lasts: once", "....aaaaaaaaaaa", 1, 1, 0, 0 },
		{ "twice", "..aa......aa......", 2, 2, 0, 0 },
		{ "worse: at each level", "..aa.ss", 1, 1, 1, 0 },
		{ "worse at once", "...ss...", 2, 0, 1, 0 },
		{ "the limit in the noise: it comes and goes, once", ".a.a.a.a.a.a.a.a.a.a.a.a", 2,
		    1, 0, 0 },
		{ "a gap says nothing", "..aa_______aa..", 2, 1, 0, 0 },
		{ "in a row over a gap", "...a______a...", 2, 1, 0, 0 },
		{ "not measured is unknown", "...nn...", 2, 0, 0, 1 },
		{ "an act that is not proven any more", "..aannnnn", 1, 1, 0, 1 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct preview p = preview(cases[i].values, cases[i].confirm, 90);

		T_INT(cases[i].row, p.told[LEVEL_ACT], cases[i].act);
		T_INT(cases[i].row, p.told[LEVEL_STOP], cases[i].stop);
		T_INT(cases[i].row, p.told[LEVEL_UNKNOWN], cases[i].unknown);
		T_INT(cases[i].row, preview_total(&p),
		    cases[i].act + cases[i].stop + cases[i].unknown);
	}
}

/* Of one limit alone what is not proven is unknown; within a hard one it is a plan. */
static void
not_proven(void)
{
	const struct policy_terms t = policy_terms_of(BY_METRIC, 2, SPAN_H, 0);
	struct sample v[MANY];
	struct preview_series s = { .warn = one, .v = v, .n = series("..????..", v) };
	struct preview p;

	preview_judge(&s, 1, &t, 90, NOW, &p);
	T_INT("not proven is unknown", p.told[LEVEL_UNKNOWN], 1);
	T_INT("and nothing else", preview_total(&p), 1);
	p = preview("..????..", 2, 90);
	T_INT("within the hard limit it is a plan", p.told[LEVEL_PLAN], 1);
	T_INT("and not unknown", p.told[LEVEL_UNKNOWN], 0);
}

static void
days(void)
{
	struct sample v[] = { { instant_plus(NOW, -3 * SPAN_DAY), 1.5, 0 },
		{ instant_plus(NOW, -3 * SPAN_DAY + SPAN_US), 0, 0 },
		{ instant_plus(NOW, -SPAN_H), 0, 0 }, { NOW, 1.5, 0 } };
	struct preview p = judge(v, 4, 1, 3);

	T_INT("what is older than the days is not counted", p.samples, 3);
	T_INT("days with a sample, of three", p.days, 2);
	T_INT("told before the days", p.told[LEVEL_ACT], 1);
	T_TRUE("the newest", p.nfirst == 1 && p.first[0].at == NOW);
	p = judge(v, 4, 1, 4);
	T_INT("a day more has it", p.samples, 4);
	T_INT("and its alert", p.told[LEVEL_ACT], 2);
	p = preview("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 1, 1);
	T_INT("what was open before is not told again", preview_total(&p), 0);
}

/* The clock was ahead, and was set back: what it stamped later than now is no run before now. */
static void
clock_set_back(void)
{
	struct sample v[] = { { instant_plus(NOW, -SPAN_H), 0, 0 }, { NOW, 0, 0 },
		{ instant_plus(NOW, SPAN_US), 1.5, 0 }, { instant_plus(NOW, SPAN_DAY), 3, 0 } };
	struct preview p = judge(v, 4, 1, 90);

	T_INT("left out", p.ahead, 2);
	T_INT("not counted", p.samples, 2);
	T_INT("not told", preview_total(&p), 0);
}

/* A day apart, so that they do not come and go (POLICY_FLAP_WINDOW). */
static void
first_three(void)
{
	static const double values[] = { 1.5, 0, 1.5, 0, 3, 0, 1.5, 0 };
	struct sample v[8];
	struct preview p;

	for (int i = 0; i < 8; i++)
		v[i] = (struct sample){ instant_plus(NOW, -(7 - i) * SPAN_DAY), values[i], 0 };
	p = judge(v, 8, 1, 90);
	T_INT("four alerts", preview_total(&p), 4);
	T_INT("of which three are kept", p.nfirst, PREVIEW_FIRST);
	T_INT("in their order", p.first[0].at, v[0].at);
	T_INT("with their level", p.first[2].level, LEVEL_STOP);
	T_INT("on so many days", p.days, 8);
}

/* Samples of one moment are one run, whose level is that of the worst. */
static void
two_metrics(void)
{
	const struct policy_terms t = policy_terms_of(BY_METRIC, 2, SPAN_H, 0);
	struct sample v[MANY], w[MANY];
	struct preview_series s[] = { { .warn = one, .v = v, .n = series("..a.......", v) },
		{ .warn = one, .crit = two, .v = w, .n = series("...s......", w) } };
	struct preview p;

	preview_judge(s, 2, &t, 90, NOW, &p);
	T_INT("runs", p.samples, 10);
	T_INT("two in a row, by two metrics: the mildest counts", p.told[LEVEL_ACT], 1);
	T_INT("once", preview_total(&p), 1);
}

int
main(void)
{
	counts();
	not_proven();
	days();
	clock_set_back();
	first_three();
	two_metrics();
	return t_end();
}
