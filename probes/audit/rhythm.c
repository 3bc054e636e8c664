/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is usual of a log: its pauses and its hours of the week.
 */
#include "rhythm.h"

#include <stddef.h>

#define PAUSED_MAX (INT64_MAX / RHYTHM_BINS / 1000) /* sums stay far from the end */
#define SILENCE_FACTOR 3
#define SILENCE_SHARE 100  /* one part in so many is spent in longer pauses */
#define MONDAY (3 * 24)    /* 1970-01-01 was a Thursday: its first hour is that of the week */
#define CHANCE 1e-5        /* that so many usual hours are missed for no reason */
#define LOOK_AHEAD_WEEKS 4 /* usual hours may be as far apart as this */

/* us: 1 or more */
static size_t
bin_of(instant us)
{
	uint64_t v = (uint64_t)us;
	size_t e = 63 - (size_t)__builtin_clzll(v);

	return 2 * e + (e > 0 ? (size_t)(v >> (e - 1)) & 1 : 0);
}

void
rhythm_pause(struct rhythm *r, instant length)
{
	size_t bin;

	if (length < INSTANT_S || length > RHYTHM_PAUSE_MAX / SPAN_US)
		return;
	bin = bin_of(length);
	if (bin >= RHYTHM_BINS || r->paused[bin] > PAUSED_MAX)
		return;
	r->pauses[bin]++;
	r->paused[bin] += length;
}

/* Hours since the Monday before 1970, rounded down also before that. */
static int64_t
hour_of(instant at)
{
	int64_t h = at / INSTANT_H - (at % INSTANT_H < 0);

	return h + MONDAY;
}

static void
next_week(struct rhythm *r, int64_t week)
{
	r->week = week;
	if (r->weeks < RHYTHM_WEEKS)
		r->weeks++;
	for (size_t i = 0; i < RHYTHM_HOURS; i++)
		r->hours[i] = (uint8_t)(r->hours[i] << 1);
}

void
rhythm_hour(struct rhythm *r, instant at)
{
	int64_t h, week, back;

	if (at < 0 || (r->hour != 0 && at >= r->hour && at - r->hour < INSTANT_H))
		return;
	h = hour_of(at);
	week = h / RHYTHM_HOURS;
	r->hour = (h - MONDAY) * INSTANT_H;
	if (r->weeks == 0 || week > r->week)
		next_week(r, week);
	back = r->week - week;
	if (back < RHYTHM_WEEKS)
		r->hours[h % RHYTHM_HOURS] |= (uint8_t)(1U << back);
}

static span
by_pauses(const struct rhythm *r)
{
	instant covered = 0, longer = 0;
	uint64_t n = 0;

	for (size_t i = 0; i < RHYTHM_BINS; i++) {
		covered += r->paused[i];
		n += r->pauses[i];
	}
	if (n < RHYTHM_PAUSES_MIN || covered < RHYTHM_COVERED_MIN / SPAN_US)
		return 0;
	for (size_t i = RHYTHM_BINS; i-- > 0;) {
		longer += r->paused[i];
		if (longer * SILENCE_SHARE > covered) {
			/* the upper end of the bin */
			uint64_t low = (UINT64_C(1) << (i / 2));
			uint64_t top = i % 2 == 0 ? low + low / 2 : 2 * low;

			return (span)top * SILENCE_FACTOR * SPAN_US;
		}
	}
	return 0;
}

/* In how many of the whole weeks something came in this hour of the week. */
static unsigned
weeks_with(const struct rhythm *r, size_t hour)
{
	return (unsigned)__builtin_popcount(r->hours[hour] >> 1);
}

static bool
usual(const struct rhythm *r, size_t hour)
{
	return weeks_with(r, hour) * 4 >= (r->weeks - 1) * 3;
}

/* Usual hours in a row that are missed by chance in fewer than CHANCE of all cases. */
static int
quiet_hours(const struct rhythm *r)
{
	double written = 0, of = 1, missed = 1;
	int n = 0;

	for (size_t i = 0; i < RHYTHM_HOURS; i++)
		if (usual(r, i)) {
			written += weeks_with(r, i);
			of += r->weeks - 1;
		}
	while (n < RHYTHM_QUIET_MAX && missed > CHANCE) {
		missed *= 1 - written / of;
		n++;
	}
	return n < RHYTHM_QUIET_MIN ? RHYTHM_QUIET_MIN : n;
}

static span
by_week(const struct rhythm *r, instant last)
{
	int64_t h = hour_of(last), until = h + LOOK_AHEAD_WEEKS * RHYTHM_HOURS;
	int left;

	if (r->weeks <= RHYTHM_WEEKS_MIN || last < 0)
		return 0;
	left = quiet_hours(r);
	/* the hour of the last record has had its record */
	for (h++; h < until; h++)
		if (usual(r, (size_t)(h % RHYTHM_HOURS)) && --left == 0)
			return instant_minus((h + 1 - MONDAY) * INSTANT_H, last);
	return 0;
}

span
rhythm_silence(const struct rhythm *r, instant last)
{
	span pauses = by_pauses(r), week = by_week(r, last);

	if (pauses == 0 || (week > 0 && week < pauses))
		return week;
	return pauses;
}
