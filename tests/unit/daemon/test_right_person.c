/* SPDX-License-Identifier: Apache-2.0
 *
 * A sink hears what concerns it: of its people, of its checks, in its hours, or when nobody else
 * has taken it; and in a downtime only stop.
 */
#include "tests/daemon_rig.h"

#include <stdlib.h>
#include <time.h>

#define MONDAY (1795996800 * INSTANT_S) /* 2026-11-30T00:00:00Z */
#define RAISED "forewarn.alert.raised"
#define RESOLVED "forewarn.alert.resolved"
#define PLUG(id, who)                                                                              \
	"{ id = \"" id "\"; probe = \"plugin\"; command = [ \"/bin/true\" ]; every = \"1min\"; "   \
	"confirm = 1; remind = \"30d\"; " who " }"
#define HOOK(id, more)                                                                             \
	"{ id = \"" id "\"; type = \"webhook\"; url = \"http://127.0.0.1:9/\"; " more " }"
#define CONF                                                                                       \
	"site = \"lab\"; people = ( { id = \"sana\"; name = \"Sana\"; }, { id = \"omar\"; name = " \
	"\"Omar\"; } ); checks = ( " PLUG(                                                         \
	    "balance", "owner = \"sana\"; secondary = \"omar\";") ", " PLUG("hplc1",               \
	    "owner = \"omar\";") ", " PLUG("door",                                                 \
	    "") " );"                                                                              \
		"sinks = ( " HOOK("all", "") ", " HOOK(                                            \
		    "sana", "owners = [ \"sana\" ];") ", " HOOK("omar",                            \
		    "owners = [ \"omar\" ];") ", " HOOK("hplc",                                    \
		    "checks = [ \"hplc*\" ];") ", " HOOK("second",                                 \
		    "owners = [ \"omar\" ]; after = \"30min\";") ", " HOOK("office",               \
		    "open_hours = \"Mon-Fri 08:00-18:00\";") " );"                                 \
							     "downtimes = ( { checks = [ "         \
							     "\"door\" ]; weekly = \"Mon "         \
							     "12:00\"; for = \"2h\"; reason = "    \
							     "\"cleaning\"; } );"

static enum rig_find balance, hplc1, door;

static enum rig_find
find(void *self, const char *check, instant now)
{
	(void)self, (void)now;
	return check[0] == 'b' ? balance : check[0] == 'h' ? hplc1 : door;
}

static void
begin(span of_week)
{
	balance = hplc1 = door = RIG_OK;
	rig_open(instant_plus(MONDAY, of_week - 10 * SPAN_MIN));
	rig_configure(CONF);
	rig_start();
	rig_pass(10 * SPAN_MIN);
}

static void
end(void)
{
	rig_stop();
	rig_close();
	rig.nletters = 0;
}

static size_t
heard(const char *sink, const char *check)
{
	return rig_count(sink, RAISED, check, 0);
}

static void
whom_it_concerns(void)
{
	begin(9 * SPAN_H);
	balance = hplc1 = RIG_WARNING;
	rig_pass(10 * SPAN_MIN);
	T_INT("who named nothing hears all", heard("all", NULL), 2);
	T_INT("the owner of it", heard("sana", "balance"), 1);
	T_INT("and nothing of others", heard("sana", NULL), 1);
	T_INT("the owner of the other", heard("omar", "hplc1"), 1);
	T_INT("who is secondary hears nothing yet", heard("omar", NULL), 1);
	T_INT("by the pattern", heard("hplc", "hplc1"), 1);
	T_INT("and nothing else", heard("hplc", NULL), 1);
	T_INT("after half an hour: not yet", heard("second", NULL), 0);
	rig_pass(25 * SPAN_MIN);
	T_INT("then what nobody has taken, of the secondary too", heard("second", "balance"), 1);
	T_INT("and of the owner", heard("second", "hplc1"), 1);
	T_INT("which is no news to the others", heard("all", NULL), 2);
	balance = RIG_OK;
	rig_pass(10 * SPAN_MIN);
	T_INT("that it is over", rig_count("second", RESOLVED, "balance", 0), 1);
	T_INT("not to who was never told", rig_count("omar", RESOLVED, "balance", 0), 0);
	end();
}

static void
in_its_hours(void)
{
	begin(19 * SPAN_H);
	rig.nletters = 0;
	balance = RIG_WARNING;
	rig_pass(2 * SPAN_H);
	T_INT("in the evening nothing goes", heard("office", NULL), 0);
	T_INT("to the others it does", heard("all", "balance"), 1);
	door = RIG_CRITICAL;
	rig_pass(10 * SPAN_MIN);
	T_INT("a stop goes at once", heard("office", "door"), 1);
	balance = RIG_CRITICAL;
	rig_pass(10 * SPAN_MIN);
	T_INT("so does what becomes one",
	    rig_count("office", "forewarn.alert.escalated", "balance", 0), 1);
	hplc1 = RIG_WARNING;
	rig_pass(10 * SPAN_H);
	T_INT("until seven", heard("office", "hplc1"), 0);
	rig_pass(90 * SPAN_MIN);
	T_INT("at eight what waited comes", heard("office", "hplc1"), 1);
	T_INT("not what was overtaken", heard("office", "balance"), 0);
	end();
}

static void
over_a_restart(void)
{
	begin(19 * SPAN_H);
	rig.nletters = 0;
	balance = RIG_WARNING;
	rig_pass(SPAN_H);
	rig_stop();
	rig_start();
	rig_pass(SPAN_H);
	T_INT("held over a restart", heard("office", NULL), 0);
	rig_pass(13 * SPAN_H);
	T_INT("and sent in the morning", heard("office", "balance"), 1);
	end();
}

static void
in_a_downtime(void)
{
	begin(12 * SPAN_H + 10 * SPAN_MIN);
	door = balance = RIG_WARNING;
	rig_pass(90 * SPAN_MIN);
	T_INT("what is expected is not told", heard("all", "door"), 0);
	T_INT("other checks are", heard("all", "balance"), 1);
	door = RIG_CRITICAL;
	rig_pass(5 * SPAN_MIN);
	T_INT("nor is stop held", heard("all", "door"), 1);
	door = RIG_OK;
	rig_pass(5 * SPAN_MIN);
	door = RIG_WARNING;
	rig_pass(5 * SPAN_MIN);
	T_INT("again in it", heard("all", "door"), 1);
	rig_pass(30 * SPAN_MIN);
	T_INT("what is still bad at its end is told", heard("all", "door"), 2);
	end();
}

static void
nobody_takes(void)
{
	const struct check_conf *k;

	begin(9 * SPAN_H);
	k = conf_check(rig.d.generation.conf, "door");
	T_TRUE(
	    "one of no owner is taken by who named nobody", ways_take(&rig.d.ways, k, LEVEL_STOP));
	rig_configure("people = ( { id = \"sana\"; name = \"Sana\"; } ); checks = ( " PLUG(
	    "door", "") ", " PLUG("balance", "owner = \"sana\";") " ); sinks = ( " HOOK("sana",
	    "owners = [ \"sana\" ]; levels = [ \"stop\" ];") ", { id = \"m\"; type = \"metrics\"; "
							     "path = \"/tmp/none.prom\"; } );");
	daemon_reload(&rig.d);
	k = conf_check(rig.d.generation.conf, "door");
	T_TRUE("nobody's", !ways_take(&rig.d.ways, k, LEVEL_STOP));
	k = conf_check(rig.d.generation.conf, "balance");
	T_TRUE("hers", ways_take(&rig.d.ways, k, LEVEL_STOP));
	T_TRUE("not at that level", !ways_take(&rig.d.ways, k, LEVEL_ACT));
	end();
}

int
main(void)
{
	setenv("TZ", "UTC0", 1);
	tzset();
	rig.find = find;
	whom_it_concerns();
	in_its_hours();
	over_a_restart();
	in_a_downtime();
	nobody_takes();
	return t_end();
}
