/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is expected of a series of dated files, and what is told when it does not come.
 */
#include "deposits_rhythm.h"

#include "base/day.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAYS 7
#define RULE "audit.deposits"

struct series {
	struct deposits *d;
	const struct deposit **v; /* dated ones, here or noted, ascending */
	size_t n;
	const struct deposit *any; /* the first of all */
	bool due[DAYS];            /* a file is usual on that day of the week, 0 is Sunday */
	span late;                 /* how long after its period's end a file is complete */
};

/* How far the clock on the wall is ahead of UTC. */
static span
east(instant now)
{
	time_t t = (time_t)(now / INSTANT_S);
	struct tm here;

	return localtime_r(&t, &here) != NULL ? here.tm_gmtoff * SPAN_S : 0;
}

static instant
wall(const struct trail *t)
{
	return instant_plus(t->now, east(t->now));
}

span
deposits_age(const struct trail *t, const struct deposit *p)
{
	return instant_minus(wall(t), p->from);
}

bool
deposits_is_past(const struct trail *t, const struct deposit *p)
{
	return p->dated && deposits_age(t, p) >= 2 * t->conf->period;
}

/* A date of a name in words: its noon, so that no summer time makes another day of it. */
static const char *
day_words(const struct trail *t, instant from)
{
	char buf[DAY_TEXT];
	instant noon = instant_plus(from, SPAN_DAY / 2 - east(t->now));

	return arena_text(t->ctx->arena, day_short(noon, t->now, buf));
}

static unsigned
weekday(instant from)
{
	return (unsigned)((from / (INSTANT_S * 86400) + 4) % DAYS); /* 1970 began on a Thursday */
}

static bool
daily(const struct series *s)
{
	return s->d->t->conf->period == SPAN_DAY;
}

/* ---- what is usual */

/* The days of the week on at least half of which there was a file. */
static void
learn_days(struct series *s)
{
	size_t files[DAYS] = { 0 }, days[DAYS] = { 0 };
	const instant day = INSTANT_S * 86400;

	for (size_t i = 0; i < s->n; i++)
		if (i == 0 || s->v[i]->from / day != s->v[i - 1]->from / day)
			files[weekday(s->v[i]->from)]++;
	if (s->n > 0)
		for (instant t = s->v[0]->from; t / day <= s->v[s->n - 1]->from / day; t += day)
			days[weekday(t)]++;
	for (unsigned i = 0; i < DAYS; i++)
		s->due[i] = files[i] > 0 && 2 * files[i] >= days[i];
}

/* When a file was written last, counted from the end of its period; -1: it tells nothing. */
static span
delay_of(const struct series *s, const struct deposit *p)
{
	const struct trail *t = s->d->t;
	instant written = instant_plus(p->hints.mtime, east(p->hints.mtime));
	span d = instant_minus(written, instant_plus(p->from, t->conf->period));

	return p->here && !p->newest && d > -t->conf->period && d < t->conf->period ? d : -SPAN_MAX;
}

static void
learn_delay(struct series *s)
{
	size_t known = 0;
	span most = 0;

	for (size_t i = 0; i < s->n; i++) {
		span d = delay_of(s, s->v[i]);

		known += d != -SPAN_MAX;
		most = d > most ? d : most;
	}
	s->late = known >= DEPOSITS_LATENESS ? most + SPAN_H : s->d->t->conf->period;
}

/* ---- what does not come */

static const char *
series_path(const struct series *s)
{
	return arena_printf(s->d->t->ctx->arena, "%s/%s", s->d->folder, s->any->series);
}

/* The date of RFC 3339, with the time of day where a period is shorter than a day. */
static const char *
day_mark(const struct series *s, instant from, char buf[INSTANT_TEXT])
{
	instant_text(from, buf);
	buf[s->d->t->conf->period < SPAN_DAY ? 16 : 10] = '\0';
	return buf;
}

static void
tell_missing(const struct series *s, instant from, size_t more)
{
	struct trail *t = s->d->t;
	struct arena *a = t->ctx->arena;
	struct evidence_list facts = { .arena = a };
	char buf[INSTANT_TEXT];
	const char *mark = day_mark(s, from, buf), *words = day_words(t, from);

	if (t->conf->period < SPAN_DAY)
		words = arena_printf(a, "%s %s", words, mark + 11);
	fact(&facts, "day", "%s", mark);
	if (more > 0)
		fact(&facts, "count", "%zu", more + 1);
	trail_tell(t,
	    &(struct trail_finding){ .target = arena_printf(a, "%s of %s", series_path(s), mark),
		.rule = RULE,
		.key = "missing",
		.class = "deposit-missing",
		.identity = mark,
		.facts = &facts,
		.summary = more == 0 ? arena_printf(a, "There is no file for %s", words)
				     : arena_printf(a, "There are no files for %s and the next %zu",
					   words, more) });
}

/* One file a day: each day that has none and is one on which there usually is. */
static void
judge_days(const struct series *s)
{
	const instant day = INSTANT_S * 86400;
	instant last = instant_plus(wall(s->d->t), -(SPAN_DAY + s->late));
	size_t i = 0;

	for (instant t = s->v[0]->from / day * day; t <= last; t += day) {
		while (i < s->n && s->v[i]->from < t)
			i++;
		if ((i == s->n || s->v[i]->from >= t + day) && s->due[weekday(t)])
			tell_missing(s, t, 0);
	}
}

/* Other periods: where two files lie further apart than one and a half of them. */
static void
judge_gaps(const struct series *s)
{
	const span period = s->d->t->conf->period;
	span open = instant_minus(wall(s->d->t), s->v[s->n - 1]->from);

	for (size_t i = 1; i < s->n; i++) {
		span gap = instant_minus(s->v[i]->from, s->v[i - 1]->from);

		if (gap > period + period / 2)
			tell_missing(s, instant_plus(s->v[i - 1]->from, period),
			    (size_t)((gap + period / 2) / period) - 2);
	}
	if (open > 2 * period + s->late)
		tell_missing(s, instant_plus(s->v[s->n - 1]->from, period),
		    (size_t)((open - s->late) / period) - 2);
}

static void
judge_sizes(const struct series *s, size_t from, size_t to)
{
	struct trail *t = s->d->t;
	const int64_t least = t->conf->min_size;

	for (size_t i = from; i < to && least > 0; i++) {
		const struct deposit *p = &s->d->v[i];
		struct evidence_list facts = { .arena = t->ctx->arena };

		if (!p->here || (p->newest && !deposits_is_past(t, p)) || p->vouched ||
		    p->hints.size >= (uint64_t)least)
			continue;
		fact(&facts, "file", "%s/%s", s->d->folder, p->name);
		fact(&facts, "bytes", "%" PRIu64, p->hints.size);
		trail_tell(t,
		    &(struct trail_finding){
			.target = arena_printf(t->ctx->arena, "%s/%s", s->d->folder, p->name),
			.rule = RULE,
			.key = "too-small",
			.class = "deposit-missing",
			.identity = arena_printf(t->ctx->arena, "%" PRIu64, p->hints.size),
			.facts = &facts,
			.summary = arena_printf(t->ctx->arena,
			    "%s holds %" PRIu64 " bytes, and nobody has signed that this is all; "
			    "at least %" PRId64 " are usual",
			    p->name, p->hints.size, least) });
	}
}

/* ---- numbers */

static int
by_number(const void *va, const void *vb)
{
	uint64_t a = *(const uint64_t *)va, b = *(const uint64_t *)vb;

	return (a > b) - (a < b);
}

static void
tell_hole(const struct series *s, uint64_t first, uint64_t last, size_t holes)
{
	struct trail *t = s->d->t;
	struct evidence_list facts = { .arena = t->ctx->arena };
	const char *others = holes > 1 ? ", and others after them" : "";
	const char *which = first == last
				? arena_printf(t->ctx->arena, "%" PRIu64, first)
				: arena_printf(t->ctx->arena, "%" PRIu64 "-%" PRIu64, first, last);

	fact(&facts, "number", "%s", which);
	fact(&facts, "count", "%" PRIu64, last - first + 1);
	trail_tell(t,
	    &(struct trail_finding){ .target = series_path(s),
		.rule = "audit.sequence",
		.key = "gap",
		.class = "seq-gap",
		.identity = arena_printf(t->ctx->arena, "%s %zu", which, holes),
		.facts = &facts,
		.summary = first == last
			       ? arena_printf(t->ctx->arena,
				     "There is no file with number %" PRIu64 "%s", first, others)
			       : arena_printf(t->ctx->arena,
				     "There are no files with numbers %" PRIu64 " to %" PRIu64 "%s",
				     first, last, others) });
}

static void
judge_numbers(const struct series *s, size_t from, size_t to)
{
	uint64_t *v = arena_array(s->d->t->ctx->arena, to - from, sizeof(*v)), first = 0, last = 0;
	size_t n = 0, holes = 0;

	for (size_t i = from; i < to; i++)
		if (s->d->v[i].numbered)
			v[n++] = s->d->v[i].number;
	qsort(v, n, sizeof(*v), by_number);
	for (size_t i = 1; i < n; i++)
		if (v[i] > v[i - 1] + 1 && holes++ == 0) {
			first = v[i - 1] + 1;
			last = v[i] - 1;
		}
	if (holes > 0)
		tell_hole(s, first, last, holes);
}

/* ---- by whom */

static int
by_span(const void *va, const void *vb)
{
	span a = *(const span *)va, b = *(const span *)vb;

	return (a > b) - (a < b);
}

/* A program makes its file at the same time of each day, a person does not. */
static void
judge_hands(const struct series *s)
{
	struct trail *t = s->d->t;
	span *v = arena_array(t->ctx->arena, s->n, sizeof(*v)), spread;
	struct evidence_list facts = { .arena = t->ctx->arena };
	char words[SPAN_TEXT];
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		if (delay_of(s, s->v[i]) != -SPAN_MAX)
			v[n++] = delay_of(s, s->v[i]);
	if (n < DEPOSITS_HANDS || t->conf->period < SPAN_DAY)
		return;
	qsort(v, n, sizeof(*v), by_span);
	spread = v[n - 1 - n / 10] - v[n / 10];
	if (spread <= DEPOSITS_SPREAD)
		return;
	fact(&facts, "files looked at", "%zu", n);
	fact(&facts, "spread in seconds", "%" PRId64, spread / SPAN_S);
	trail_tell(t, &(struct trail_finding){ .target = series_path(s),
			  .rule = RULE,
			  .key = "by-hand",
			  .class = "by-hand",
			  .identity = "by-hand",
			  .facts = &facts,
			  .summary = arena_printf(t->ctx->arena,
			      "Its files are written at times of the day that lie %s apart: they "
			      "seem to be made by hand",
			      span_words(spread, words)) });
}

static const char *
free_days(const struct series *s)
{
	static const char *const names[DAYS] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	const char *text = "";

	if (!daily(s) || s->n < 2 ||
	    instant_minus(s->v[s->n - 1]->from, s->v[0]->from) < DEPOSITS_WEEKS * 7 * SPAN_DAY)
		return text;
	for (unsigned i = 1; i <= DAYS; i++)
		if (!s->due[i % DAYS])
			text = arena_printf(s->d->t->ctx->arena, "%s%s%s", text,
			    text[0] == '\0' ? ", none is due on " : ", ", names[i % DAYS]);
	return text;
}

void
deposits_judge(struct deposits *d, size_t from, size_t to, struct deposits_words *w)
{
	struct arena *a = d->t->ctx->arena;
	struct series s = {
		.d = d, .v = arena_array(a, to - from, sizeof(*s.v)), .any = &d->v[from]
	};

	for (size_t i = from; i < to; i++)
		if (d->v[i].dated)
			s.v[s.n++] = &d->v[i];
	*w = (struct deposits_words){ "", "" };
	judge_sizes(&s, from, to);
	if (d->t->conf->number)
		judge_numbers(&s, from, to);
	if (s.n == 0)
		return;
	learn_days(&s);
	learn_delay(&s);
	if (daily(&s))
		judge_days(&s);
	else
		judge_gaps(&s);
	judge_hands(&s);
	*w = (struct deposits_words){ arena_printf(a, " from %s to %s",
					  day_words(d->t, s.v[0]->from),
					  day_words(d->t, s.v[s.n - 1]->from)),
		free_days(&s) };
}
