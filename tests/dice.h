/* SPDX-License-Identifier: Apache-2.0
 *
 * dice: the same numbers on every run (splitmix64, S. Vigna), so that a failure can be repeated.
 */
#ifndef TESTS_DICE_H
#define TESTS_DICE_H

#include <stdbool.h>
#include <stdint.h>

struct dice {
	uint64_t s;
};

static inline uint64_t
dice_u64(struct dice *d)
{
	uint64_t z = d->s += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static inline double
dice_unit(struct dice *d) /* 0 <= x < 1 */
{
	return (double)(dice_u64(d) >> 11) / 9007199254740992.0;
}

static inline double
dice_normal(struct dice *d) /* mean 0, deviation 1: near enough (Irwin-Hall) */
{
	double sum = -6;

	for (int i = 0; i < 12; i++)
		sum += dice_unit(d);
	return sum;
}

static inline bool
dice_chance(struct dice *d, double p)
{
	return dice_unit(d) < p;
}

#endif
