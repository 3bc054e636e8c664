/* SPDX-License-Identifier: Apache-2.0
 *
 * Ten nights on which a computer sleeps, is paused, or has its clock set: nothing healthy is told
 * of, and what happened to the clock is told of once.
 */
#include "tests/daemon_rig.h"

#include <stdlib.h>

#define START (1790000000 * INSTANT_S)
#define CHECKS 20
#define YEARS (10 * 365 * SPAN_DAY)

static enum rig_find
find(void *self, const char *check, instant now)
{
	(void)self, (void)check, (void)now;
	return RIG_OK;
}

static const char *
site(void)
{
	static char text[8192];
	size_t n = (size_t)snprintf(text, sizeof(text), "site = \"lab\";\nchecks = (\n");

	for (int i = 0; i < CHECKS; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
		    "%s{ id = \"c%02d\"; probe = \"plugin\"; command = [ \"/bin/true\" ]; "
		    "every = \"%dmin\"; }",
		    i == 0 ? "" : ",\n", i, i % 2 == 0 ? 10 : 60);
	snprintf(text + n, sizeof(text) - n,
	    ");\nsinks = ( { id = \"a\"; type = \"webhook\"; url = \"http://127.0.0.1:9/\"; } "
	    ");\n");
	return text;
}

static void
sleep_through(void)
{
	rig_suspend(8 * SPAN_H);
}

/* A virtual machine that is taken up where it was: only the wall clock is set after it. */
static void
be_paused(void)
{
	rig_jump(6 * SPAN_H);
}

static void
ahead(void)
{
	rig_jump(20 * SPAN_MIN);
}

static void
back(void)
{
	rig_jump(-20 * SPAN_MIN);
}

static void
years_ahead(void)
{
	rig_jump(YEARS);
}

static void
years_back(void)
{
	rig_jump(-YEARS);
}

static const struct {
	const char *row;
	void (*happens)(void);
	bool sleeps;
} nights[] = {
	{ "the lid is closed", sleep_through, true },
	{ "and again", sleep_through, true },
	{ "a pause of the machine", be_paused, false },
	{ "the clock is set ahead", ahead, false },
	{ "the clock is set back", back, false },
	{ "and back once more", back, false },
	{ "the lid is closed after that", sleep_through, true },
	{ "ten years ahead", years_ahead, false },
	{ "and back again", years_back, false },
	{ "the last night asleep", sleep_through, true },
};

static size_t
letters_about_checks(void)
{
	size_t n = 0;

	for (size_t i = 0; i < rig.nletters; i++)
		n += rig.letters[i].subject[0] == 'c';
	return n;
}

int
main(void)
{
	size_t told;

	rig.find = find;
	rig_open(START);
	rig_configure(site());
	rig_start();
	rig_pass(SPAN_H);
	for (size_t i = 0; i < sizeof(nights) / sizeof(nights[0]); i++) {
		size_t runs;

		rig_pass(10 * SPAN_H);
		nights[i].happens();
		runs = rig.runs;
		rig_pass(nights[i].sleeps ? 6 * SPAN_H : 14 * SPAN_H);
		T_INT(nights[i].row, letters_about_checks(), 0);
		T_TRUE("and all went on", rig.runs - runs > CHECKS * 5);
	}
	/* nights of one kind that follow one another within a day are one story: sleep in the
	 * nights 1 and 2, 7, and 10; the clock set in 3 to 6, and 8 and 9 */
	told = rig_count("a", "forewarn.alert.raised", "forewarn", 0);
	T_INT("sleep and jumps are told, once a story", told, 5);
	rig_stop();
	rig_close();
	return t_end();
}
