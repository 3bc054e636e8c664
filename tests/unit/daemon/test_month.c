/* SPDX-License-Identifier: Apache-2.0
 *
 * Thirty days of a site of 20 checks, turn by turn over the real store: what is told is what
 * happened, once, to both receivers, whatever befalls the daemon meanwhile.
 */
#include "tests/daemon_rig.h"

#include <stdlib.h>

#define CHECKS 20
#define START (1790000000 * INSTANT_S) /* 2026-09-21T14:13:20Z */
#define RAISED "forewarn.alert.raised"
#define RESOLVED "forewarn.alert.resolved"

/* What is wrong on this site, and when: hours since the start. */
static const struct {
	const char *check;
	enum rig_find find;
	int from, to;
} troubles[] = {
	{ "c03", RIG_CRITICAL, 70, 76 },
	{ "c07", RIG_WARNING, 190, 214 },
	{ "c11", RIG_FAILS, 290, 295 },
	{ "c05", RIG_CRITICAL, 361, 372 }, /* it begins while the disk is full */
	{ "c09", RIG_CRITICAL, 500, 503 },
};
#define TROUBLES (sizeof(troubles) / sizeof(troubles[0]))

static enum rig_find
find(void *self, const char *check, instant now)
{
	span hour = instant_minus(now, START) / SPAN_H;

	(void)self;
	for (size_t i = 0; i < TROUBLES; i++)
		if (strcmp(check, troubles[i].check) == 0 && hour >= troubles[i].from &&
		    hour < troubles[i].to)
			return troubles[i].find;
	return RIG_OK;
}

/* more: lines put behind the sinks. */
static const char *
site(const char *name, const char *more)
{
	static char text[8192];
	size_t n = 0;

	n += (size_t)snprintf(text, sizeof(text), "site = \"%s\";\nchecks = (\n", name);
	for (int i = 0; i < CHECKS; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
		    "%s{ id = \"c%02d\"; probe = \"plugin\"; command = [ \"/bin/true\" ]; "
		    "every = \"1h\"; confirm = 2; }",
		    i == 0 ? "" : ",\n", i);
	snprintf(text + n, sizeof(text) - n,
	    ");\nsinks = ( { id = \"a\"; type = \"webhook\"; url = \"http://127.0.0.1:9/\"; },\n"
	    "{ id = \"b\"; type = \"webhook\"; url = \"http://127.0.0.1:10/\"; }%s );\n",
	    more);
	return text;
}

static void
pass_until(int hour)
{
	rig_pass(instant_minus(START + hour * (SPAN_H / SPAN_US), rig.clk.wall_now));
}

static void
reload(const char *text)
{
	rig_configure(text);
	daemon_reload(&rig.d);
}

/* What befalls the daemon, in order. */
static void
live_through_a_month(void)
{
	pass_until(100);
	reload(site("lab", ""));
	T_INT("a good configuration is in force", rig.d.ways.n, 2);
	pass_until(120);
	reload(site("lab", ", { id = \"t\"; type = \"webhook\"; url = \"http://127.0.0.1:11/\"; "
			   "format = \"template\"; template_file = \"/nonexistent\"; }"));
	T_INT("one that cannot be built changes nothing", rig.d.ways.n, 2);
	pass_until(130);
	reload("site = \"lab\"; checks = ( { id = 5; } );");
	T_INT("one with faults changes nothing", rig.d.generation.conf->nchecks, CHECKS);
	pass_until(135);
	reload(site("lab", ", { id = \"d\"; type = \"desktop\"; }"));
	T_INT("a third sink is in force", rig.d.ways.n, 3);
	pass_until(140);
	reload(site("lab", ""));
	pass_until(240);
	rig_suspend(8 * SPAN_H);
	pass_until(360);
	rig_disk_full(true);
	pass_until(364);
	rig_disk_full(false);
	pass_until(450);
	rig_stop();
	rig_sql("UPDATE standings SET standing = zeroblob(length(standing)) WHERE \"check\" = "
		"'c02' AND rule <> 'run'");
	rig_start();
	pass_until(30 * 24);
}

static void
was_told_once_each(const char *sink)
{
	for (size_t i = 0; i < TROUBLES; i++) {
		T_INT(troubles[i].check, rig_count(sink, RAISED, troubles[i].check, 0), 1);
		T_INT(troubles[i].check, rig_count(sink, RESOLVED, troubles[i].check, 0), 1);
	}
	T_INT("nothing else was raised", rig_count(sink, RAISED, NULL, 0), TROUBLES);
	T_INT("nothing else was over", rig_count(sink, RESOLVED, NULL, 0), TROUBLES);
}

/* A receiver that knows the first number knows all: none is missing, none comes twice. */
static void
numbers_have_no_hole(const char *sink)
{
	uint64_t last = 0;
	size_t holes = 0;

	for (size_t i = 0; i < rig.nletters; i++) {
		const struct rig_letter *l = &rig.letters[i];

		if (strcmp(l->sink, sink) != 0 || !l->taken)
			continue;
		if (last != 0 && l->sequence != last + 1)
			holes++;
		last = l->sequence;
	}
	T_INT("numbers at a receiver have no hole", holes, 0);
	T_TRUE("and there are many", last > 8000);
}

int
main(void)
{
	rig.find = find;
	rig_open(START);
	rig_configure(site("lab", ""));
	rig_start();
	live_through_a_month();

	T_TRUE("every check ran about every hour", rig.runs > CHECKS * (30 * 24 - 12));
	was_told_once_each("a");
	was_told_once_each("b");
	numbers_have_no_hole("a");
	numbers_have_no_hole("b");
	T_INT("who listens live heard each event once, and the digest of each day with trouble",
	    rig.heard, 2 * TROUBLES + rig_count("a", "forewarn.digest", NULL, 0));
	rig_stop();
	rig_close();
	return t_end();
}
