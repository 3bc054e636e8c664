/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the words of what the daemon did.
 */
#include "cli/answer.h"

#include "base/clk.h"
#include "base/day.h"

#include <stdio.h>

#define COUNTED_MAX 96

/* Nothing was done: what was meant is not there. */
void
answer_print_none(const struct ctl_request *r)
{
	if (r->kind == CTL_CONFIRM)
		fputs("forewarn: no test alert went that way\n", stderr);
	else if (r->kind == CTL_UNSILENCE || r->kind == CTL_UNEXCEPT)
		fprintf(stderr, "forewarn: there is no %s %lld\n",
		    r->kind == CTL_UNSILENCE ? "silence" : "exception", (long long)r->row);
	else if (r->kind == CTL_RUN)
		fprintf(stderr, "forewarn: there is no check \"%s\"\n", r->pattern);
	else if (r->kind == CTL_SILENCE || r->kind == CTL_EXCEPT)
		fprintf(stderr, "forewarn: nothing that is watched matches \"%s\"\n", r->pattern);
	else
		fprintf(stderr, "forewarn: nothing open matches \"%s\"\n", r->pattern);
}

static const char *
plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

/* "3 things, 1 of them with an open alert": what a silence or an exception covers at this moment.
 */
static const char *
counted(const struct ctl_done *d, char buf[COUNTED_MAX])
{
	unsigned long long things = d->things, open = d->open;

	if (things == 0)
		snprintf(buf, COUNTED_MAX, "nothing was measured there yet");
	else if (open == 0)
		snprintf(
		    buf, COUNTED_MAX, "%llu thing%s, no alert is open", things, plural(things));
	else
		snprintf(buf, COUNTED_MAX, "%llu thing%s, %llu open alert%s", things,
		    plural(things), open, plural(open));
	return buf;
}

static void
print_taken(const struct ctl_request *r, const struct ctl_done *d)
{
	unsigned long long many = d->n;
	char end[DAY_TEXT];

	if (r->until == INSTANT_NONE)
		printf("Taken: %llu alert%s of %s; no reminders until it is over or worse.\n", many,
		    plural(many), r->pattern);
	else
		printf("Taken: %llu alert%s of %s; no reminders until %s, unless it gets worse.\n",
		    many, plural(many), r->pattern, day_moment(r->until, end));
}

static void
print_paused(const struct ctl_request *r, const struct ctl_done *d)
{
	char now[COUNTED_MAX], end[DAY_TEXT];

	if (r->kind == CTL_SILENCE)
		printf("Quiet: %s (%s)%s until %s; what is still bad then is told then.\n",
		    r->pattern, counted(d, now), r->stop_too ? ", stop too," : ", but for stop,",
		    day_moment(d->until, end));
	else
		printf("Excepted: %s (%s) up to %s until %s begins; then it counts again.\n",
		    r->pattern, counted(d, now), level_name(r->upto),
		    day_long(d->until, clk_system()->wall(clk_system()), end));
}

/* Ended by hand. Of one whose end had come anyway there is nothing to tell. */
static void
print_ended(const struct ctl_request *r, const struct ctl_done *d)
{
	instant now = clk_system()->wall(clk_system());
	const char *what = r->kind == CTL_UNSILENCE ? "silence" : "exception";
	char of[COUNTED_MAX], end[DAY_TEXT];

	if (r->kind == CTL_UNSILENCE)
		day_moment(d->until, end);
	else
		day_long(d->until, now, end); /* an exception ends as a day begins */
	if (d->until <= now)
		printf("The %s had ended on %s.\n", what, end);
	else
		printf("The %s (%s) is over now, and not on %s; what is still bad is told now.\n",
		    what, counted(d, of), end);
}

static void
print_confirmed(const struct ctl_request *r, const struct ctl_done *d)
{
	const char *way = r->pattern != NULL ? r->pattern : "this screen";
	char end[DAY_TEXT];

	if (d->until == INSTANT_NONE)
		printf("Confirmed: alerts arrive by %s. No check asks for the next test.\n", way);
	else
		printf("Confirmed: alerts arrive by %s. The next test is due on %s.\n", way,
		    day_long(d->until, clk_system()->wall(clk_system()), end));
}

void
answer_print(const struct ctl_request *r, const struct ctl_done *d)
{
	unsigned long long many = d->n;

	if (r->kind == CTL_ACK)
		print_taken(r, d);
	else if (r->kind == CTL_SILENCE || r->kind == CTL_EXCEPT)
		print_paused(r, d);
	else if (r->kind == CTL_UNSILENCE || r->kind == CTL_UNEXCEPT)
		print_ended(r, d);
	else if (r->kind == CTL_CONFIRM)
		print_confirmed(r, d);
	else
		printf(
		    "%llu check%s look%s again now.\n", many, plural(many), many == 1 ? "s" : "");
}
