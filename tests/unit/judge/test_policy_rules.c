/* SPDX-License-Identifier: Apache-2.0
 *
 * What must hold whatever happens: every raised alert ends with exactly one resolved, nothing is
 * told twice, a rise is always told, nothing is silently bad. Random courses, the same on every
 * run, looked at after each step by rules of their own.
 */
#include "judge/policy.h"
#include "tests/dice.h"
#include "tests/t.h"

#define START (1800000000 * INSTANT_S)
#define EVERY (10 * SPAN_MIN)
#define COURSES 3000
#define STEPS 250

struct course {
	struct dice dice;
	struct standing st, parent;
	struct policy_terms t;
	struct policy_now n;
	struct silence silence;
	struct exception exception;
	struct outcome out;
	bool dated;
	enum level mood; /* what runs tend to see */
	/* as a receiver sees it */
	bool open, excepted;
	uint64_t number, sinks;
	enum level level;
	instant at;
	int raised, resolved;
};

static uint64_t seed;
static const char *broken; /* the first rule that did not hold */

static void
holds(bool ok, const char *rule)
{
	if (!ok && broken == NULL)
		broken = rule;
}

static int
roll(struct course *c, int sides)
{
	return (int)(dice_u64(&c->dice) % (uint64_t)sides);
}

static void
begin(struct course *c, uint64_t s)
{
	memset(c, 0, sizeof(*c));
	c->dice.s = s;
	standing_init(&c->st);
	standing_init(&c->parent);
	c->t = (struct policy_terms){ (uint32_t)roll(c, 4), roll(c, 2) * (EVERY - SPAN_MIN),
		roll(c, 2) == 1, roll(c, 3) * 6 * SPAN_H, false };
	c->dated = roll(c, 3) == 0;
	c->n.now = c->n.unbroken_since = START;
	for (int l = 0; l < LEVEL_N; l++)
		c->n.sinks[l] = dice_u64(&c->dice) & 0xff;
	c->n.parent = roll(c, 2) == 0 ? &c->parent : NULL;
	c->n.silences = &c->silence;
	c->n.exceptions = &c->exception;
	if (roll(c, 4) == 0) {
		struct policy_seen seen = { (enum level)roll(c, LEVEL_N), c->dated, START,
			instant_plus(START, 2 * EVERY) };

		policy_first_run(&c->st, &seen, START);
	}
}

/* What a receiver may see, in which order. */
static void
received(struct course *c, const struct standing *before)
{
	const struct outcome *o = &c->out;
	bool dated_again = before->dated && c->st.dated && !before->stale && !c->st.stale &&
			   o->why != WHY_SILENCE_ENDED && o->why != WHY_ACK_ENDED &&
			   o->kind != EVENT_ACKNOWLEDGED;

	if (o->kind == EVENT_RAISED) {
		holds(!c->open, "one alert at a time");
		holds(c->excepted ? o->alert == c->number : o->alert > c->number,
		    "each alert has a new number, one that was excepted keeps it");
		holds(o->level > LEVEL_OK, "raised for something");
		holds(o->sinks == (c->n.sinks[o->level] | (c->excepted ? c->sinks : 0)),
		    "told to who wants that level");
		c->number = o->alert;
		c->sinks = o->sinks;
		c->raised += !c->excepted;
		c->open = true;
		c->excepted = false;
	} else {
		holds(c->open || (c->excepted && o->kind == EVENT_RESOLVED),
		    "only an open alert has a course");
		holds(o->alert == c->number, "one number from raised to resolved");
		holds(o->previous == c->level, "the level before is what was told before");
	}
	switch (o->kind) {
	case EVENT_ESCALATED:
		holds(o->level > c->level, "worse is worse");
		holds(!c->st.acked, "a rise drops the acknowledgement");
		if (dated_again)
			holds(
			    o->level > before->worst || instant_minus(c->n.now, c->at) >= SPAN_DAY,
			    "no step of a date twice a day");
		break;
	case EVENT_EASED:
		holds(o->level < c->level && o->level > LEVEL_OK, "less is less");
		holds(o->sinks == c->sinks, "an easing goes to who was told");
		break;
	case EVENT_REMINDER:
		holds(o->level == c->level, "a reminder repeats");
		if (o->why == WHY_REMIND) {
			holds(o->level > LEVEL_PLAN, "plan never reminds");
			holds(!c->st.acked, "nor what somebody has taken");
			holds(instant_minus(c->n.now, c->at) >= c->t.remind, "nor too early");
		}
		break;
	case EVENT_RESOLVED:
		holds(o->sinks == c->sinks, "the end goes to who was told");
		c->resolved++;
		c->open = c->excepted = false;
		break;
	case EVENT_EXCEPTED:
		holds(o->sinks == c->sinks, "an exception is told to who was told");
		holds(o->until > c->n.now, "with its end, which lies ahead");
		c->open = false;
		c->excepted = true;
		break;
	default:
		break;
	}
	c->sinks |= o->sinks;
	c->level = o->kind == EVENT_RESOLVED ? LEVEL_OK : o->level;
	if (o->kind != EVENT_ACKNOWLEDGED)
		c->at = c->n.now;
}

static bool
silenced(const struct course *c, enum level l)
{
	const struct silence *s = &c->silence;

	return c->n.nsilences > 0 && s->from <= c->n.now && c->n.now < s->until &&
	       (l != LEVEL_STOP || s->stop_too);
}

static bool
excepted(const struct course *c, enum level l)
{
	const struct exception *x = &c->exception;

	return c->n.nexceptions > 0 && x->from <= c->n.now && c->n.now < x->until && l <= x->upto;
}

static bool
caused(const struct course *c, enum level l)
{
	enum level p;

	if (c->n.parent == NULL)
		return false;
	p = level_worst(c->parent.held, c->parent.seen);
	/* or its cause has just gone and it was not measured since */
	return (p >= LEVEL_UNKNOWN && l <= p) ||
	       (c->st.gate == GATE_PARENT && c->st.taken <= c->parent.held_since &&
		   instant_minus(c->n.now, c->parent.held_since) < c->st.fresh_for);
}

/* After each step: what is bad and not told has its reason, and a true one. */
static void
nothing_silent(const struct course *c)
{
	const struct standing *st = &c->st;
	enum level l = st->held;
	bool quiet =
	    silenced(c, l) || excepted(c, l) || caused(c, l) || (!st->open && l <= st->inventory);
	bool day = st->dated && st->told_at != INSTANT_NONE &&
		   instant_minus(c->n.now, st->told_at) < SPAN_DAY && l <= st->worst;

	holds(standing_check(st, NULL) == 0, "the standing is whole");
	holds(st->open == c->open && st->told == c->level, "what was told is what was received");
	if (l != LEVEL_OK && st->seen != LEVEL_OK && !quiet)
		holds(st->open, "nothing is silently bad");
	if (l > st->told && st->open && !quiet)
		holds(day, "a rise is always told");
	if (l == LEVEL_OK && !st->flapping)
		holds(!st->open, "nothing stays open that is over");
	if (excepted(c, l) && l != LEVEL_OK && !st->flapping)
		holds(!st->open && st->gate == GATE_EXCEPTED, "excepted is not counted");
	if (st->open && !quiet && l != LEVEL_OK && l < st->told && !st->flapping)
		holds(l == LEVEL_UNKNOWN || (st->dated && !st->stale),
		    "an easing is told unless it is out of sight or dated");
	if (l == LEVEL_UNKNOWN && st->told > LEVEL_UNKNOWN && !quiet && !st->flapping)
		holds(st->lost, "out of sight is told");
}

static bool
run_once(struct course *c)
{
	struct policy_seen seen = { roll(c, 8) == 0 ? (enum level)roll(c, LEVEL_N) : c->mood,
		c->dated, c->n.now, instant_plus(c->n.now, 2 * EVERY) };
	struct standing copy;
	struct outcome again;
	bool told = policy_see(&c->st, &seen, &c->t, &c->n, &c->out);

	/* the same run again, as after a crash between commit and answer */
	copy = c->st;
	holds(!policy_see(&copy, &seen, &c->t, &c->n, &again), "the same run twice tells nothing");
	return told;
}

static bool
something_happens(struct course *c)
{
	switch (roll(c, 24)) {
	case 0:
		c->silence = (struct silence){ c->n.now + roll(c, 3) * INSTANT_S,
			instant_plus(c->n.now, (roll(c, 40) + 1) * EVERY), roll(c, 2) == 0, "S",
			"" };
		c->n.nsilences = 1;
		return false;
	case 1:
		c->n.nsilences = 0;
		return false;
	case 2:
		c->exception =
		    (struct exception){ c->n.now, instant_plus(c->n.now, (roll(c, 60) + 1) * EVERY),
			    (enum level)(1 + roll(c, LEVEL_N - 1)), "r", "a", "m" };
		c->n.nexceptions = roll(c, 3) > 0;
		return false;
	case 3:
		if (c->n.parent == NULL)
			return false;
		c->parent.seen = c->parent.held = (enum level)roll(c, LEVEL_N);
		c->parent.held_since = c->n.now;
		return false;
	case 4:
		return policy_ack(&c->st,
		    roll(c, 2) == 0 ? INSTANT_NONE : instant_plus(c->n.now, roll(c, 50) * EVERY),
		    &c->n, &c->out);
	case 5:
	case 6:
		c->mood = (enum level)roll(c, LEVEL_N);
		return false;
	case 7:
		c->mood = LEVEL_OK;
		return false;
	case 8:
		c->n.now = instant_plus(c->n.now, roll(c, 100) * EVERY);
		if (roll(c, 2) == 0)
			c->n.unbroken_since = c->n.now;
		return false;
	case 9:
		return roll(c, 10) == 0 && policy_retire(&c->st, &c->n, &c->out);
	default:
		return run_once(c);
	}
}

static void
one_step(struct course *c)
{
	struct standing before = c->st;

	c->n.now = instant_plus(c->n.now, EVERY + (roll(c, 100) - 50) * SPAN_S);
	if (something_happens(c))
		received(c, &before);
	before = c->st;
	if (policy_tick(&c->st, &c->t, &c->n, &c->out))
		received(c, &before);
	nothing_silent(c);
	before = c->st;
	holds(!policy_tick(&c->st, &c->t, &c->n, &c->out), "the same moment twice tells nothing");
}

/* In the end all is well, and nobody keeps anything quiet. */
static void
end(struct course *c)
{
	c->n.nsilences = c->n.nexceptions = 0;
	c->parent.seen = c->parent.held = LEVEL_OK;
	for (int i = 0; i < 40; i++) {
		struct standing before = c->st;
		struct policy_seen seen = { LEVEL_OK, c->dated, 0, 0 };

		c->n.now = instant_plus(c->n.now, EVERY);
		seen.taken = c->n.now;
		seen.valid_until = instant_plus(c->n.now, 2 * EVERY);
		if (policy_see(&c->st, &seen, &c->t, &c->n, &c->out))
			received(c, &before);
	}
	holds(c->raised == c->resolved, "every raised alert ends with exactly one resolved");
}

int
main(void)
{
	static struct course c;
	int raised = 0;

	for (seed = 1; seed <= COURSES && broken == NULL; seed++) {
		begin(&c, seed);
		for (int i = 0; i < STEPS && broken == NULL; i++)
			one_step(&c);
		end(&c);
		raised += c.raised;
		if (broken != NULL)
			printf("course %llu: ", (unsigned long long)seed);
		T_TEXT("what must hold", broken, NULL);
	}
	T_TRUE("the courses raise alerts", raised > COURSES);
	return t_end();
}
