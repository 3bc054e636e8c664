/* SPDX-License-Identifier: Apache-2.0
 *
 * crystal: what is known of a clock that runs by a crystal, for its forecast (judge/trend.h). Its
 * rate swings with the warmth of the day and wanders, so a line through less than a day also goes
 * through a piece of that swing. And somebody may set the clock: what was before says nothing of
 * what comes, and what is set again and again never gets to its limit. Pure.
 */
#ifndef JUDGE_CRYSTAL_H
#define JUDGE_CRYSTAL_H

#include "judge/slope.h"

/* How far the rate swings either way within a day (know of quartz: 0.3 ppm in a room that is kept
 * warm, more in others), and by how much it is another one a day later. Seconds a second. */
#define CRYSTAL_WAVE 0.5e-6
#define CRYSTAL_WALK 0.01e-6

/* A slope of less than so many times what the swing can make of it is none. Within the first day
 * that is 2 ppm. */
#define CRYSTAL_CLEAR 4

/* Between two samples the offset changed by more than both bounds and so many times what it usually
 * does: the clock was set. */
#define CRYSTAL_JUMP 3

/* Who set it once may do so every day: no date until it has run longer than that. */
#define CRYSTAL_SET_AGAIN (25 * SPAN_H)

struct settings {
	/* of which[]: the first after the last jump, or after it was right: a clock that swings
	 * about true time is corrected; 0 if there is none */
	size_t first;
	int times;   /* jumps that made the offset less than half */
	double most; /* the largest offset before one of these, seconds */
};

/* s[which[0]] to s[which[n - 1]]: offsets in seconds, oldest first. One wild sample is no jump,
 * once another came. */
void crystal_settings(const struct sample *s, const size_t *which, size_t n, struct settings *out);

/* Widens the line by what swing and walk may do in the time that was looked at (cover) and in the
 * time to the limit, both in seconds; newest is the last offset. False: no date, since the clock
 * comes nearer to true time, the slope may be all swing, or the clock may be set before. */
bool crystal_widen(const struct trend_terms *t, const struct settings *set, double newest,
    double cover, double to_limit, struct slope *b);

#endif
