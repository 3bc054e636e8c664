/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what a standing, a silence or an exception may hold, checked after it was stored.
 */
#include "model/standing.h"

#include <string.h>

const char *
gate_name(enum gate g)
{
	static const char *const names[GATE_N] = {
		[GATE_NONE] = "none",
		[GATE_INVENTORY] = "inventory",
		[GATE_SILENCED] = "silenced",
		[GATE_PARENT] = "parent",
		[GATE_EXCEPTED] = "excepted",
		[GATE_ASKED] = "asked",
	};

	return names[g];
}

void
standing_init(struct standing *st)
{
	memset(st, 0, sizeof(*st));
	st->taken = st->valid_until = st->bad_at = INSTANT_NONE;
	st->turn_since = st->held_since = INSTANT_NONE;
	st->opened = st->told_at = st->ack_until = INSTANT_NONE;
	for (size_t i = 0; i < STANDING_CHANGES; i++)
		st->changes[i] = INSTANT_NONE;
}

static bool
level_there(enum level l)
{
	return (unsigned)l < LEVEL_N;
}

static const char *
fault_of_seen(const struct standing *st)
{
	if (!level_there(st->seen) || !level_there(st->held) || !level_there(st->edge))
		return "a level that does not exist";
	if ((unsigned)st->turn >= TURN_N || (st->turn == TURN_NONE) != (st->times == 0))
		return "a count of runs that leads nowhere";
	if (st->stale && st->seen != LEVEL_UNKNOWN)
		return "stale, and not unknown";
	if (st->fresh_for < 0 || (st->taken != INSTANT_NONE && st->valid_until < st->taken))
		return "a result that ends before it was taken";
	for (size_t i = 1; i < STANDING_CHANGES; i++)
		if (st->changes[i] > st->changes[i - 1])
			return "changes out of order";
	return NULL;
}

static const char *
fault_of_told(const struct standing *st)
{
	if (!level_there(st->told) || !level_there(st->worst) || !level_there(st->inventory))
		return "a level that does not exist";
	if ((unsigned)st->gate >= GATE_N)
		return "a reason for quiet that does not exist";
	if (!st->open && (st->acked || st->lost))
		return "no open alert, and yet somebody has taken it";
	/* not open, and yet told: it is excepted, and its number is kept */
	if (!st->open && st->told == LEVEL_OK)
		return st->worst != LEVEL_OK || st->told_to != 0
			   ? "no open alert, and yet something that was told"
			   : NULL;
	if (st->told == LEVEL_OK || st->worst < st->told)
		return "an open alert that was told nothing";
	if (st->alert == 0 || st->opened == INSTANT_NONE || st->told_at == INSTANT_NONE)
		return "an open alert without its number or time";
	if (st->open && (st->gate == GATE_EXCEPTED || st->gate == GATE_INVENTORY))
		return "an open alert of what is not counted";
	return NULL;
}

int
standing_check(const struct standing *st, struct err *e)
{
	const char *fault = fault_of_seen(st);

	if (fault == NULL)
		fault = fault_of_told(st);
	if (fault != NULL)
		return err_set(e, ERR_PARSE, "this standing is damaged: %s", fault);
	return 0;
}

static bool
blank(const char *s)
{
	return s == NULL || s[strspn(s, " \t\r\n")] == '\0';
}

int
silence_check(const struct silence *s, struct err *e)
{
	if (s->until == INSTANT_NONE || s->until <= s->from)
		return err_set(e, ERR_RANGE, "a silence needs an end after its start");
	if (blank(s->by))
		return err_set(e, ERR_RANGE, "a silence needs the name of who asks for it");
	return 0;
}

int
exception_check(const struct exception *x, struct err *e)
{
	if (x->until == INSTANT_NONE || x->until <= x->from)
		return err_set(e, ERR_RANGE, "an exception needs an end after its start");
	if (x->from == INSTANT_NONE || instant_minus(x->until, x->from) > EXCEPTION_MAX)
		return err_set(e, ERR_RANGE, "an exception is for a year (366 days) at most");
	if (!level_there(x->upto) || x->upto == LEVEL_OK)
		return err_set(e, ERR_RANGE, "an exception covers plan, unknown, act or stop");
	if (blank(x->reason))
		return err_set(e, ERR_RANGE, "an exception needs a reason");
	if (blank(x->approver))
		return err_set(e, ERR_RANGE, "an exception needs the name of who approved it");
	if (blank(x->measure))
		return err_set(e, ERR_RANGE, "an exception needs what protects meanwhile");
	return 0;
}
