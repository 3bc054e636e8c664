/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns rule B: which runs of a job are unlike those before them.
 */
#include "judge/runs.h"

#include "judge/slope.h"

#include <math.h>
#include <string.h>

#define LN_2 0.693147180559945309417
#define ROUNDING 1e-6
#define MAD_TO_DEVIATION 1.4826 /* of normal noise */

enum run_sign { BYTES, FILES, SECONDS, CHANGE, SIGNS };

static const unsigned less[SIGNS] = { RUN_LESS_BYTES, RUN_LESS_FILES, RUN_TOO_FAST, 0 };
static const unsigned more[SIGNS] = { RUN_MORE_BYTES, RUN_MORE_FILES, RUN_TOO_SLOW, RUN_REWRITTEN };

#define LESS (RUN_LESS_BYTES | RUN_LESS_FILES)
#define MORE (RUN_MORE_BYTES | RUN_MORE_FILES)

/* What one sign was in the runs that count. Logarithms; of CHANGE the part itself. */
struct past {
	double all[RUNS_MAX]; /* of every run, also of what does not count; NaN: not measured */
	double v[RUNS_MAX];
	size_t at[RUNS_MAX]; /* which run */
	size_t n;
};

/* Not log(3): for it alone each start of the command would load libm. */
static double
ln(double x)
{
	int e;
	double m = frexp(x, &e), z = (m - 1) / (m + 1), power = z, sum = 0;

	for (int k = 1; k < 40; k += 2, power *= z * z)
		sum += power / k;
	return 2 * sum + e * LN_2;
}

/* NaN: not measured. What is below one byte, file or second counts as one. */
static double
value(const struct job_run *r, enum run_sign s)
{
	const double raw[SIGNS] = { r->bytes, r->files, r->seconds, r->change };

	if (isnan(raw[s]) || s == CHANGE)
		return raw[s];
	return ln(larger(raw[s], 1));
}

/* Of the last `most` of v. */
static double
median_of_last(const double *v, size_t n, size_t most)
{
	double copy[RUNS_FAR];
	size_t k = n < most ? n : most;

	memcpy(copy, v + n - k, k * sizeof(*copy));
	return slope_median(copy, k);
}

/* Of the last RUNS_FAR; robust, so that a wild run among them does not hide the next one. */
static double
deviation(const double *v, size_t n)
{
	double off[RUNS_FAR], middle = median_of_last(v, n, RUNS_FAR);
	size_t k = n < RUNS_FAR ? n : RUNS_FAR;

	for (size_t i = 0; i < k; i++)
		off[i] = fabs(v[n - k + i] - middle);
	return MAD_TO_DEVIATION * slope_median(off, k);
}

static double
wider(size_t n)
{
	return 1 + RUNS_WIDER / (double)(n < RUNS_FAR ? n : RUNS_FAR);
}

static double
raw_of(const struct job_run *r, enum run_sign s)
{
	return s == BYTES ? r->bytes : s == FILES ? r->files : r->seconds;
}

/* A change that is too small to be told, of bytes, files or seconds; of content only as long as not
 * half is gone. */
static bool
is_small(const struct job_runs *r, enum run_sign s, double now, double usual)
{
	const double floors[CHANGE] = { r->min_change, RUNS_FEW_FILES, RUNS_SHORT };

	/* the usual came back from a logarithm */
	return fabs(now - usual) < floors[s] - usual * ROUNDING &&
	       (s == SECONDS || now > usual / 2);
}

/* e^x for what ln made of a run, to a millionth: by halving, squared again. */
static double
back(double x)
{
	double y = x / 1048576, e = 1 + y + y * y / 2 + y * y * y / 6;

	for (int i = 0; i < 20; i++)
		e *= e;
	return e;
}

/* Far longer than the longest of the last runs. */
static bool
is_slow(double took, const struct past *p)
{
	double longest = 0;

	for (size_t i = p->n > RUNS_FAR ? p->n - RUNS_FAR : 0; i < p->n; i++)
		longest = larger(longest, p->v[i]);
	return took > longest + ln(RUNS_SLOW);
}

/* One run against the usual, of bytes, files and seconds. */
static unsigned
single(const struct job_runs *r, size_t i, const struct past *p, enum run_sign s)
{
	double middle = median_of_last(p->v, p->n, RUNS_NEAR), off = p->all[i] - middle;
	double usual, now = raw_of(&r->v[i], s);

	if (off > ln(1 - RUNS_OFF) && off < ln(RUNS_GROWTH))
		return 0;
	usual = back(middle);

	if (r->partial)
		return s != SECONDS && off < ln(RUNS_PART) && !is_small(r, s, now, usual)
			   ? less[s] | RUN_HALF
			   : 0;
	if (fabs(off) <= RUNS_CLEAR * deviation(p->v, p->n) * wider(p->n) ||
	    is_small(r, s, now, usual))
		return 0;
	if (s == SECONDS)
		return off < ln(RUNS_FAST) ? less[s] : is_slow(p->all[i], p) ? more[s] : 0;
	if (off <= -LN_2)
		return less[s] | RUN_HALF;
	return off < ln(1 - RUNS_OFF) ? less[s] : off > ln(RUNS_GROWTH) ? more[s] : 0;
}

/* The last runs together, of bytes and files, against those that count from before them. */
static unsigned
lasting(const struct job_runs *r, size_t i, const struct past *p, enum run_sign s, size_t begin)
{
	double last[RUNS_LAST], off, usual;
	size_t n = p->n, k = 0;

	for (size_t j = i + 1; j-- > begin && k < RUNS_LAST;)
		if (!isnan(p->all[j]))
			last[k++] = p->all[j];
	while (n > 0 && p->at[n - 1] + RUNS_LAST > i)
		n--;
	if (k < RUNS_LAST || n < 2 * RUNS_LAST || r->partial || s > FILES)
		return 0;
	usual = median_of_last(p->v, n, RUNS_FAR);
	off = slope_median(last, k) - usual;
	if (fabs(off) < -ln(1 - RUNS_OFF) || fabs(off) < RUNS_LEVEL * deviation(p->v, n) ||
	    is_small(r, s, back(usual + off), back(usual)))
		return 0;
	return (off < 0 ? less[s] : more[s]) | RUN_LASTING;
}

/* Rewritten, though nothing else changed: no other sign shows that. */
static unsigned
changed(const struct job_run *run, const struct past *p)
{
	return run->change > RUNS_CHANGED &&
		       run->change > RUNS_TIMES * median_of_last(p->v, p->n, RUNS_FAR)
		   ? RUN_REWRITTEN
		   : 0;
}

static bool
is_empty(const struct job_run *run)
{
	return run->bytes == 0 || run->files == 0;
}

static unsigned
look(const struct job_runs *r, size_t i, const struct past past[SIGNS], size_t begin)
{
	const struct job_run *run = &r->v[i];
	unsigned is = 0;

	if (is_empty(run))
		return RUN_EMPTY;
	for (int k = BYTES; k < SIGNS; k++) {
		if (past[k].n < RUNS_LEARN || isnan(past[k].all[i]))
			continue;
		if (k == CHANGE)
			is |= r->partial ? 0 : changed(run, &past[k]);
		else
			is |= single(r, i, &past[k], (enum run_sign)k) |
			      lasting(r, i, &past[k], (enum run_sign)k, begin);
	}
	/* less takes less time */
	return (is & LESS) != 0 ? is & ~(unsigned)RUN_TOO_FAST : is;
}

/* Each sign that is like the others counts from now on. */
static void
remember(size_t i, unsigned unlike, struct past past[SIGNS])
{
	for (int k = BYTES; k < SIGNS; k++) {
		struct past *p = &past[k];

		if (isnan(past[k].all[i]) || (unlike & (less[k] | more[k])) != 0 ||
		    (unlike & RUN_EMPTY) != 0)
			continue;
		p->v[p->n] = p->all[i];
		p->at[p->n++] = i;
	}
}

/* A person accepted run i: what was unlike without a break up to it is how the job is from now on,
 * and all before it says nothing any more. Returns where the job begins anew. */
static size_t
begin_anew(const struct job_runs *r, size_t i, const unsigned *unlike, struct past past[SIGNS])
{
	size_t from = i;

	while (from > 0 && unlike[from - 1] != 0)
		from--;
	for (int k = BYTES; k < SIGNS; k++)
		past[k].n = 0;
	for (size_t j = from; j <= i; j++)
		remember(j, is_empty(&r->v[j]) ? RUN_EMPTY : 0, past);
	return from;
}

static void
scan_literally(const struct job_runs *r, unsigned *unlike)
{
	for (size_t i = 0; i < r->n; i++) {
		unlike[i] = is_empty(&r->v[i]) ? RUN_EMPTY : 0;
		if (i > 0 && r->v[i].bytes < (1 - RUNS_LITERAL_OFF) * r->v[i - 1].bytes)
			unlike[i] |= RUN_LESS_BYTES;
	}
}

void
runs_scan(const struct job_runs *r, unsigned unlike[RUNS_MAX], double *noise)
{
	struct past past[SIGNS];
	size_t begin = 0;

	for (int k = BYTES; k < SIGNS; k++) {
		past[k].n = 0;
		for (size_t i = 0; i < r->n; i++)
			past[k].all[i] = value(&r->v[i], (enum run_sign)k);
	}
	if (noise != NULL)
		*noise = NAN;
	if (r->way == RUNS_LITERAL) {
		scan_literally(r, unlike);
		return;
	}
	for (size_t i = 0; i < r->n; i++) {
		const struct past *p = &past[past[BYTES].n > 0 ? BYTES : FILES];

		if (noise != NULL && i + 1 == r->n && p->n >= RUNS_LEARN)
			*noise = deviation(p->v, p->n);
		unlike[i] = look(r, i, past, begin);
		if (r->v[i].accepted && unlike[i] != 0)
			begin = begin_anew(r, i, unlike, past);
		else
			remember(i, unlike[i], past);
	}
}

static int
signs_of(unsigned is)
{
	int n = 0;

	for (unsigned bit = RUN_LESS_BYTES; bit <= RUN_TOO_SLOW; bit <<= 1)
		n += (is & bit) != 0;
	return n;
}

static const char *
key_of(unsigned is)
{
	return is & RUN_EMPTY       ? "empty"
	       : is & RUN_REWRITTEN ? "rewritten"
	       : is & LESS          ? "shrunk"
	       : is & MORE          ? "grown"
	       : is & RUN_TOO_FAST  ? "too-fast"
	       : is & RUN_TOO_SLOW  ? "too-slow"
				    : NULL;
}

enum level
runs_judge(const struct job_runs *r, const char **key, const char **doubt)
{
	unsigned unlike[RUNS_MAX], is, before;
	double noise;

	*key = NULL;
	if (r->n == 0 || r->n > RUNS_MAX)
		return LEVEL_OK;
	runs_scan(r, unlike, &noise);
	is = unlike[r->n - 1];
	before = r->n > 1 ? unlike[r->n - 2] : 0;
	if (noise > RUNS_NOISY && (is & RUN_EMPTY) == 0)
		*doubt = "this job varies too much to see a loss of a fifth in one run";
	if (is == 0 || r->v[r->n - 1].accepted)
		return LEVEL_OK;
	*key = key_of(is);
	if (is & RUN_EMPTY)
		return r->partial ? LEVEL_ACT : LEVEL_STOP;
	if ((is & (RUN_REWRITTEN | RUN_HALF)) != 0 || signs_of(is) > 1 || r->way == RUNS_LITERAL ||
	    ((is & LESS) != 0 && ((is & RUN_LASTING) != 0 || (before & LESS) != 0)))
		return LEVEL_ACT;
	return LEVEL_PLAN;
}
