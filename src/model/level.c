/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the names, exit codes and the order of levels.
 */
#include "model/level.h"

#include <string.h>

static const struct {
	const char *name;
	int exit;
} levels[LEVEL_N] = {
	[LEVEL_OK] = { "ok", 0 },
	[LEVEL_PLAN] = { "plan", 0 },
	[LEVEL_UNKNOWN] = { "unknown", 3 },
	[LEVEL_ACT] = { "act", 1 },
	[LEVEL_STOP] = { "stop", 2 },
};

const char *
level_name(enum level l)
{
	return levels[l].name;
}

int
level_find(const char *name, enum level *out)
{
	for (int l = LEVEL_OK; l < LEVEL_N; l++)
		if (strcmp(levels[l].name, name) == 0) {
			*out = (enum level)l;
			return 0;
		}
	return -1;
}

int
level_exit(enum level l)
{
	return levels[l].exit;
}

enum level
level_worst(enum level a, enum level b)
{
	return a > b ? a : b;
}

enum sign
sign_of(enum level l, bool excepted)
{
	static const enum sign marks[LEVEL_N] = {
		[LEVEL_OK] = SIGN_OK,
		[LEVEL_PLAN] = SIGN_PLAN,
		[LEVEL_UNKNOWN] = SIGN_UNKNOWN,
		[LEVEL_ACT] = SIGN_ACT,
		[LEVEL_STOP] = SIGN_STOP,
	};

	return excepted ? SIGN_EXCEPTED : marks[l];
}

const char *
sign_name(enum sign s)
{
	for (int l = LEVEL_OK; l < LEVEL_N; l++)
		if (sign_of((enum level)l, false) == s)
			return level_name((enum level)l);
	return "excepted";
}
