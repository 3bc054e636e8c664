/* SPDX-License-Identifier: Apache-2.0
 *
 * level: what a reader must do. Numbered so that the greater is the worse: stop, act, unknown,
 * plan, ok is the order from worst to best (design: "could not check is never fine").
 */
#ifndef MODEL_LEVEL_H
#define MODEL_LEVEL_H

#include <stdbool.h>

enum level {
	LEVEL_OK,      /* fine */
	LEVEL_PLAN,    /* put it in the plan */
	LEVEL_UNKNOWN, /* could not check */
	LEVEL_ACT,     /* do it now */
	LEVEL_STOP,    /* work must stop or will fail */
	LEVEL_N
};

const char *level_name(enum level l); /* "ok" "plan" "unknown" "act" "stop" */

/* By its name; -1: none has it. */
int level_find(const char *name, enum level *out);

/* What programs read as the level of an excepted thing, and what it does to exit codes. */
#define LEVEL_EXCEPTED LEVEL_PLAN

/* Exit code of check and status, and the Monitoring Plugins' status number: ok and plan 0, act 1,
 * stop 2, unknown 3. */
int level_exit(enum level l);

enum level level_worst(enum level a, enum level b);

/* What people see of a thing: its level, or that somebody approved it to be as it is: bad, known,
 * and never called fine. The greater is the more urgent. */
enum sign { SIGN_OK, SIGN_EXCEPTED, SIGN_PLAN, SIGN_UNKNOWN, SIGN_ACT, SIGN_STOP, SIGN_N };

enum sign sign_of(enum level l, bool excepted);
const char *sign_name(enum sign s); /* "excepted", else the level's */

#endif
