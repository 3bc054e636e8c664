/* SPDX-License-Identifier: Apache-2.0
 *
 * What was found of a thing is not over while the thing itself cannot be looked at: a log whose
 * records were changed, and that nobody may read now.
 */
#include "tests/daemon_rig.h"

#include <string.h>

#define START (1790000000 * INSTANT_S)
#define CONF                                                                                       \
	"site = \"lab\"; checks = ( { id = \"a\"; probe = \"audit\"; paths = [ \"/var/log/x\" ]; " \
	"every = \"1min\"; confirm = 1; } );"                                                      \
	"sinks = ( { id = \"msp\"; type = \"webhook\"; url = \"http://127.0.0.1:9/\"; } );"

static enum { CHANGED, UNREADABLE, OTHER_UNREADABLE, WHOLE } log_is;

static enum rig_find
find(void *self, const char *check, instant now)
{
	(void)self, (void)check, (void)now;
	return RIG_OK;
}

static void
dress(void *self, struct result *r)
{
	static struct item items[2];

	(void)self;
	items[0] = items[1] = r->items[0];
	items[0].target = "/var/log/x";
	items[1].target = "/var/log/y";
	items[0].rule = items[1].rule = "audit.continuity";
	if (log_is == CHANGED) {
		items[0].rule = "audit.edited";
		items[0].state = ITEM_FOUND;
		items[0].finding = "changed";
	}
	if (log_is == UNREADABLE)
		items[0].state = ITEM_UNKNOWN;
	if (log_is == OTHER_UNREADABLE)
		items[1].state = ITEM_UNKNOWN;
	r->items = items;
	r->nitems = 2;
}

static size_t
over(void)
{
	return rig_count("msp", "forewarn.alert.resolved", "a", 0);
}

static void
for_half_an_hour(int what)
{
	log_is = what;
	rig_pass(30 * SPAN_MIN);
}

int
main(void)
{
	rig.find = find;
	rig.dress = dress;
	rig_open(START);
	rig_configure(CONF);
	rig_start();
	for_half_an_hour(CHANGED);
	T_INT("that it was changed is told", rig_count("msp", "forewarn.alert.raised", "a", 0), 1);
	for_half_an_hour(UNREADABLE);
	T_INT("not over while nobody can look", over(), 0);
	for_half_an_hour(WHOLE);
	T_INT("both are over when it was looked at", over(), 2);
	for_half_an_hour(CHANGED);
	for_half_an_hour(OTHER_UNREADABLE);
	T_INT("another log that cannot be read holds nothing open", over(), 3);
	rig_stop();
	rig_close();
	return t_end();
}
