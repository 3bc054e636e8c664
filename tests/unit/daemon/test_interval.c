/* SPDX-License-Identifier: Apache-2.0
 *
 * A reload that gives a check another interval: what was found under the old one is not told as
 * what could not be checked while the next run is not due yet.
 */
#include "tests/daemon_rig.h"

#define START (1790000000 * INSTANT_S)
#define RAISED "forewarn.alert.raised"

static enum rig_find
find(void *self, const char *check, instant now)
{
	(void)self, (void)check, (void)now;
	return RIG_OK;
}

static void
configure(const char *every)
{
	char text[512];

	snprintf(text, sizeof(text),
	    "site = \"lab\"; checks = ( { id = \"a\"; probe = \"plugin\"; command = [ "
	    "\"/bin/true\" ]; every = \"%s\"; confirm = 1; } ); sinks = ( { id = \"s\"; type = "
	    "\"webhook\"; url = \"http://127.0.0.1:9/\"; } );",
	    every);
	rig_configure(text);
}

/* The configuration with that interval in force, after the one before has been it for a while. */
static void
change(const char *every)
{
	configure(every);
	daemon_reload(&rig.d);
}

static size_t
runs_in(span d)
{
	size_t before = rig.runs;

	rig_pass(d);
	return rig.runs - before;
}

int
main(void)
{
	rig.find = find;
	rig_open(START);
	configure("1min");
	rig_start();
	rig_pass(10 * SPAN_MIN);
	change("1h");
	T_TRUE("a longer one: a run before the last result is too old", runs_in(3 * SPAN_MIN) >= 1);
	T_TRUE("and then one an hour", runs_in(3 * SPAN_H) <= 4);
	T_INT("nothing is called unchecked", rig_count("s", RAISED, "a", 0), 0);
	change("1min");
	T_TRUE("a shorter one", runs_in(10 * SPAN_MIN) >= 9);
	change("1d");
	rig_stop();
	clk_fake_pass(&rig.clk, SPAN_H); /* down: the result grows too old */
	rig_start();
	T_INT("what is too old at the start is looked at soon", runs_in(SPAN_MIN), 1);
	T_INT("and not told", rig_count("s", RAISED, "a", 0), 0);
	rig_stop();
	rig_close();
	return t_end();
}
