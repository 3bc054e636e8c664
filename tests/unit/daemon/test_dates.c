/* SPDX-License-Identifier: Apache-2.0
 *
 * Dates and a clock that is wrong: they are judged by true time where that is known; where a jump
 * leaves two times that may be true, they are unknown, and one letter says so for all.
 */
#include "tests/daemon_rig.h"

#include <string.h>

#define START (1790000000 * INSTANT_S)
#define YEAR (365 * SPAN_DAY)
#define CONF(more)                                                                                 \
	"site = \"lab\"; checks = ("                                                               \
	"{ id = \"a\"; probe = \"cert\"; paths = [ \"/dev/null\" ]; every = \"1min\"; },"          \
	"{ id = \"b\"; probe = \"cert\"; paths = [ \"/dev/null\" ]; confirm = 5; every = "         \
	"\"1min\"; },"                                                                             \
	"{ id = \"soon\"; probe = \"cert\"; paths = [ \"/dev/null\" ]; every = \"1min\"; }" more   \
	" ); sinks = ( { id = \"msp\"; type = \"webhook\"; url = \"http://127.0.0.1:10/\"; } );"
#define CLOCK                                                                                      \
	", { id = \"clock\"; probe = \"clock\"; servers = [ \"127.0.0.1\" ]; every = \"1min\"; }"

static double offset; /* of this clock, as the check "clock" measures it */

static enum rig_find
find(void *self, const char *check, instant now)
{
	(void)self, (void)check, (void)now;
	return RIG_OK;
}

/* Certificates that end in three years, and one that ends in three days, of true time. */
static void
dress(void *self, struct result *r)
{
	struct item *it = &r->items[0];
	bool soon = strcmp(r->check, "soon") == 0;

	(void)self;
	if (strcmp(r->check, "clock") == 0) {
		r->host_clock = (struct host_clock){ true, offset, 0.01 };
		it->rule = "clock.reach";
		return;
	}
	it->rule = "cert.expiry";
	it->deadline.kind = DEADLINE_KNOWN;
	it->deadline.at = instant_plus(START, soon ? 3 * SPAN_DAY : 3 * YEAR);
	it->deadline.earliest = it->deadline.latest = it->deadline.at;
	it->deadline.life = 5 * YEAR;
}

static void
begin(const char *conf)
{
	offset = 0;
	rig_open(START);
	rig.nletters = 0;
	rig_configure(conf);
	rig_start();
	rig_pass(10 * SPAN_MIN);
}

static void
end(void)
{
	rig_stop();
	rig_close();
}

/* Letters since then about one of the checks with a date; what is open is repeated each day. */
static size_t
about_dates(instant from)
{
	return rig_count("msp", NULL, "a", from) + rig_count("msp", NULL, "b", from) +
	       rig_count("msp", NULL, "soon", from) -
	       rig_count("msp", "forewarn.alert.reminder", "soon", from);
}

static bool
level_of(const char *check, enum level level)
{
	struct standing st;

	return rig_standing(check, &st) && st.held == level && st.seen == level;
}

static void
nobody_knows(void)
{
	instant from;

	begin(CONF(""));
	T_INT("what ends in three days is told", rig_count("msp", NULL, "soon", 0), 1);
	rig_jump(10 * YEAR);
	from = rig.clk.wall_now;
	rig_pass(SPAN_H);
	T_INT("no letter about what has a date", about_dates(from), 0);
	T_INT("one for all", rig_count("msp", "forewarn.alert.raised", "forewarn", from), 1);
	T_TRUE("three years are not known to be left", level_of("a", LEVEL_UNKNOWN));
	T_TRUE("both times leave little of three days", level_of("soon", LEVEL_STOP));
	rig_jump(-10 * YEAR);
	from = rig.clk.wall_now;
	rig_pass(SPAN_H);
	T_TRUE("after it was set back all is known", level_of("a", LEVEL_OK));
	T_INT("without a letter about dates", about_dates(from), 0);
	T_INT("the one for all ends",
	    rig_count("msp", "forewarn.alert.resolved", NULL, 0) > 0 ||
		rig_count("msp", "forewarn.alert.eased", NULL, 0) > 0,
	    1);
	end();
}

static void
nobody_sets_it_back(void)
{
	instant from;

	begin(CONF(""));
	rig_jump(10 * YEAR);
	from = rig.clk.wall_now;
	rig_pass(25 * SPAN_H);
	T_TRUE("after a day the clock is believed", level_of("a", LEVEL_STOP));
	T_INT("and what it means is told at once", rig_count("msp", NULL, "a", from), 1);
	T_INT("where five runs confirm it as well", rig_count("msp", NULL, "b", from), 1);
	T_INT("as a stop", rig_count("msp", "forewarn.alert.raised", "a", from), 1);
	end();
}

static void
measured(void)
{
	instant from;

	begin(CONF(CLOCK));
	rig_jump(10 * YEAR);
	offset = 10.0 * 365 * 86400;
	from = rig.clk.wall_now;
	rig_pass(SPAN_H);
	T_TRUE("judged by true time", level_of("a", LEVEL_OK));
	T_TRUE("the other too", level_of("soon", LEVEL_STOP));
	T_INT("no letter about dates", about_dates(from), 0);
	end();
}

int
main(void)
{
	rig.find = find;
	rig.dress = dress;
	nobody_knows();
	nobody_sets_it_back();
	measured();
	return t_end();
}
