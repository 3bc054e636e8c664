/* SPDX-License-Identifier: Apache-2.0
 *
 * What happened to a clock between two looks: a row each, and 20,000 random lives of which half set
 * the clock.
 */
#include "probes/clock/step.h"
#include "tests/dice.h"
#include "tests/t.h"

#define S (1000 * 1000 * 1000LL)
#define MS (1000 * 1000LL)
#define H (3600 * S)
#define NOON (1795000000LL / 86400 * 86400 * S + 12 * H)
#define WARN (S / 2)
#define LIVES 20000

/* A look `s` ns after the first one by CLOCK_BOOTTIME, of a clock that is `offset` fast. */
static struct look
look(int64_t s, int64_t still, int64_t offset, bool measured)
{
	return (struct look){ .boot_id = "a",
		.wall = NOON + s + still + offset,
		.boot = 100 * S + s,
		.measured = measured,
		.offset = measured ? offset : 0,
		.bound = measured ? 10 * MS : 0,
		.zone = "" };
}

struct row {
	const char *row;
	int64_t before, now; /* offsets */
	bool measured[2];
	int64_t still;
	int told; /* enum event_was; -1: nothing */
	int64_t by;
};

static void
rows(void)
{
	static const struct row v[] = {
		{ "nothing", 0, 0, { true, true }, 0, -1, 0 },
		{ "set back by a person", 0, -540 * S, { true, true }, 0, EVENT_MOVED_BACK,
		    -540 * S },
		{ "set back, nobody measured", 0, -540 * S, { false, false }, 0, EVENT_MOVED_BACK,
		    -540 * S },
		{ "set back by 5 s", 0, -5 * S, { true, true }, 0, EVENT_MOVED, -5 * S },
		{ "set forward", 0, 540 * S, { true, true }, 0, EVENT_MOVED, 540 * S },
		{ "by little, and still right", 0, 3 * MS, { true, true }, 0, -1, 3 * MS },
		{ "by as much as is fine", 0, WARN, { true, true }, 0, -1, WARN },
		{ "by more than is fine", 0, WARN + MS, { true, true }, 0, EVENT_MOVED, WARN + MS },
		{ "a wrong clock put right", -540 * S, 0, { true, true }, 0, EVENT_PUT_RIGHT,
		    540 * S },
		{ "a fast clock put right", 540 * S, 0, { true, true }, 0, EVENT_PUT_RIGHT,
		    -540 * S },
		{ "put right after looks without servers", -540 * S, 0, { false, true }, 0,
		    EVENT_PUT_RIGHT, 540 * S },
		{ "from wrong to wrong", -540 * S, -60 * S, { true, true }, 0, EVENT_MOVED,
		    480 * S },
		{ "a pause, and the clock is slow", 0, -3 * H, { true, true }, 3 * H,
		    EVENT_STOOD_STILL, 0 },
		{ "a pause, and the clock was put right", 0, 0, { true, true }, 3 * H,
		    EVENT_STOOD_STILL, 3 * H },
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		struct look before = look(0, 0, v[i].before, v[i].measured[0]);
		struct look now = look(120 * S, v[i].still, v[i].now, v[i].measured[1]);
		struct event e;
		int64_t by, still;

		T_INT(v[i].row, step_judge(&before, &now, WARN, &e) ? (int)e.was : -1, v[i].told);
		T_TRUE(v[i].row, step_find(&before, &now, &by, &still));
		T_INT(v[i].row, by, v[i].by);
		T_TRUE(v[i].row, (still > 0) == (v[i].still > 0));
	}
}

static void
not_compared(void)
{
	struct look before = look(0, 0, 0, true), now = look(120 * S, 0, -540 * S, true);
	int64_t by, still;

	now.boot_id = "b";
	T_TRUE("another start of the kernel", !step_find(&before, &now, &by, &still));
	before.boot_id = "";
	T_TRUE("no earlier look", !step_find(&before, &now, &by, &still));
}

static void
leap(void)
{
	int64_t midnight = NOON + 12 * H;
	struct look before = look(0, 0, 0, true), now = look(120 * S, 0, 0, true);
	struct event e;

	before.wall = midnight - 60 * S;
	now.wall = midnight + 59 * S;
	before.leap = true;
	T_TRUE("a leap second is no step", !step_judge(&before, &now, WARN, &e));
	before.leap = false;
	T_TRUE("one second back that nobody announced", step_judge(&before, &now, WARN, &e));
	before.leap = true;
	before.wall -= 6 * H;
	now.wall -= 6 * H;
	T_TRUE("one second back at six in the evening", step_judge(&before, &now, WARN, &e));
}

/* Clocks that drift, are slewed, sleep, and are set or not. */
static void
lives(void)
{
	struct dice d = { 14 };
	int missed = 0, invented = 0, wrong = 0;

	for (int i = 0; i < LIVES; i++) {
		int64_t gap = (int64_t)(dice_unit(&d) * 86400 * (double)S) + S;
		int64_t drift = (int64_t)((dice_unit(&d) - 0.5) * 1000e-6 * (double)gap);
		int64_t read = (int64_t)(dice_unit(&d) * 80000);
		int64_t set = 0, by, still;
		struct look before = look(0, 0, 0, dice_unit(&d) < 0.8), now;

		if (i % 2 == 1)
			set = (int64_t)((dice_unit(&d) < 0.5 ? -1.0 : 1.0) *
					((double)MS + 100000 +
					    dice_unit(&d) * dice_unit(&d) * 600e9));
		/* both clocks are slewed alike: a drift is in boot, too */
		now = look(gap, 0, set, false);
		now.boot += drift;
		now.wall += drift + read;
		now.measured = dice_unit(&d) < 0.8;
		now.offset = now.measured ? drift + set : 0;
		now.bound = now.measured ? 20 * MS : 0;
		before.bound = before.measured ? 20 * MS : 0;
		if (!step_find(&before, &now, &by, &still))
			wrong++;
		else if (set == 0)
			invented += by != 0 || still != 0;
		else
			missed += by == 0;
	}
	T_INT("of lives in which nobody set the clock, a step was found", invented, 0);
	T_INT("of steps of a millisecond and more, missed", missed, 0);
	T_INT("lives that could not be compared", wrong, 0);
}

int
main(void)
{
	rows();
	not_compared();
	leap();
	lives();
	return t_end();
}
