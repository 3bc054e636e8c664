/* SPDX-License-Identifier: Apache-2.0
 *
 * The quiet while an instrument measures: how long one look at it holds, what it keeps back, and
 * that what it kept back is told when the instrument is done. This program is the instrument: it
 * takes the name of one and lays it down.
 */
#include "tests/daemon_rig.h"

#include "daemon/context.h"

#include <sys/prctl.h>

#define START (1790000000 * INSTANT_S)
#define RAISED "forewarn.alert.raised"
#define CONF                                                                                       \
	"site = \"lab\"; checks = ( { id = \"a\"; probe = \"plugin\"; command = [ \"/bin/true\" "  \
	"]; every = \"7min\"; timeout = \"11s\"; confirm = 1; quiet_when_running = [ "             \
	"\"fw-instrument\" ]; } ); sinks = ( { id = \"s\"; type = \"webhook\"; url = "             \
	"\"http://127.0.0.1:9/\"; } );"

static enum rig_find finds;

static enum rig_find
find(void *self, const char *check, instant now)
{
	(void)self, (void)check, (void)now;
	return finds;
}

static void
measure(bool on)
{
	prctl(PR_SET_NAME, on ? "fw-instrument" : "fw-idle");
}

static struct silence
look(void)
{
	struct arena *a = arena_new(1 << 20);
	const struct check_conf *k = conf_check(rig.d.generation.conf, "a");
	struct context c = context_of(&rig.d.ground, k, a);
	struct silence quiet;

	context_look_for_instrument(&c);
	quiet = c.quiet;
	arena_free(a);
	return quiet;
}

int
main(void)
{
	struct silence quiet;

	rig.find = find;
	measure(false);
	rig_open(START);
	rig_configure(CONF);
	rig_start();
	rig_pass(20 * SPAN_MIN);
	T_TRUE("no instrument, no quiet", look().until == 0);

	measure(true);
	quiet = look();
	T_TRUE("from now on", quiet.from == rig.clk.wall_now);
	T_INT("until the next run has had its time",
	    instant_minus(quiet.until, quiet.from) / SPAN_S, 7 * 60 + 11);
	T_TRUE("stop is told all the same", !quiet.stop_too);

	finds = RIG_WARNING;
	rig_pass(SPAN_H);
	T_INT("what can wait, waits", rig_count("s", RAISED, "a", 0), 0);
	measure(false);
	rig_pass(2 * SPAN_MIN);
	T_INT("and comes when it is done", rig_count("s", RAISED, "a", 0), 1);
	rig_stop();
	rig_close();
	return t_end();
}
