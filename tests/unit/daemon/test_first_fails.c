/* SPDX-License-Identifier: Apache-2.0
 *
 * The first run of a check fails, which is told, and the next one goes well: that is told too, and
 * the state stays whole.
 */
#include "tests/daemon_rig.h"

#define START (1790000000 * INSTANT_S)
#define CONF                                                                                       \
	"site = \"lab\"; checks = ( { id = \"a\"; probe = \"plugin\"; command = [ \"/bin/true\" "  \
	"]; every = \"1min\"; confirm = 1; } );"                                                   \
	"sinks = ( { id = \"msp\"; type = \"webhook\"; url = \"http://127.0.0.1:9/\"; } );"

static size_t runs;

static enum rig_find
find(void *self, const char *check, instant now)
{
	(void)self, (void)check, (void)now;
	return runs++ == 0 ? RIG_FAILS : RIG_OK;
}

int
main(void)
{
	char aside[STORE_ASIDE_NAME];

	rig.find = find;
	rig_open(START);
	rig_configure(CONF);
	rig_start();
	rig_pass(30 * SPAN_MIN);
	T_INT("that it could not be checked is told",
	    rig_count("msp", "forewarn.alert.raised", "a", 0), 1);
	T_INT("and that it can be again", rig_count("msp", "forewarn.alert.resolved", "a", 0), 1);
	T_TRUE("what was written down is whole", !store_aside(rig.d.world.store, aside));
	rig_stop();
	rig_close();
	return t_end();
}
