/* SPDX-License-Identifier: Apache-2.0
 *
 * Thirty days of a site of 20 checks, turn by turn over the real store: what is told is what
 * happened, once, to both receivers, whatever befalls the daemon meanwhile.
 */
#include "store/records.h"
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

static void
move_away_what_was_set_aside(void)
{
	char command[160];

	snprintf(command, sizeof(command), "rm %s/*.damaged-*", rig.state);
	T_INT("the damaged database was set aside", system(command), 0);
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
	T_INT("one with faults changes nothing", rig.d.generation.conf->nchecks, CHECKS + 1);
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
	pass_until(456);
	move_away_what_was_set_aside();
	T_TRUE("a damaged row is no secret", store_damage(rig.d.world.store)->set_aside);
	pass_until(30 * 24);
}

static void
was_told_once_each(const char *sink)
{
	for (size_t i = 0; i < TROUBLES; i++) {
		T_INT(troubles[i].check, rig_count(sink, RAISED, troubles[i].check, 0), 1);
		T_INT(troubles[i].check, rig_count(sink, RESOLVED, troubles[i].check, 0), 1);
	}
	T_INT("of itself: a file not in force, a night asleep, a damaged database",
	    rig_count(sink, RAISED, "forewarn", 0), 3);
	T_INT("and their ends", rig_count(sink, RESOLVED, "forewarn", 0), 3);
	T_INT("nothing else was raised", rig_count(sink, RAISED, NULL, 0), TROUBLES + 3);
	T_INT("nothing else was over", rig_count(sink, RESOLVED, NULL, 0), TROUBLES + 3);
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

/* ---- what later questions are answered from */

static instant
hour(int h)
{
	return START + h * (SPAN_H / SPAN_US);
}

/* c03 was fine, then stop in its hours, then fine: with the moments the runs saw it. */
static void
states_are_recorded(struct arena *a)
{
	struct store_state *v;
	size_t n;

	T_INT("states of c03 are read",
	    store_states(rig.d.world.store, "lab/host/c03/c03/plugin.status", a, &v, &n, NULL), 0);
	T_INT("three: fine, stop, fine", n, 3);
	if (n != 3)
		return;
	T_TRUE("fine from its first look", v[0].level == LEVEL_OK && v[0].at < hour(2));
	T_INT("then stop", v[1].level, LEVEL_STOP);
	T_TRUE("since a run of its first hours", v[1].since >= hour(70) && v[1].since < hour(72));
	T_TRUE("and known when it was confirmed", v[1].at > v[1].since && v[1].at < hour(73));
	T_TRUE("then fine again", v[2].level == LEVEL_OK && v[2].at >= hour(76));
}

static span
blind_of(const char *thing, struct arena *a)
{
	struct store_blind *v;
	span sum = 0;
	size_t n;

	T_INT("blind spans are read", store_blinds(rig.d.world.store, thing, a, &v, &n, NULL), 0);
	for (size_t i = 0; i < n; i++)
		sum += instant_minus(v[i].until, v[i].since);
	return sum;
}

static span
covered_of(const char *thing, struct arena *a)
{
	struct store_week *v;
	int64_t seconds = 0;
	size_t n;

	T_INT("weeks are read", store_weeks(rig.d.world.store, thing, a, &v, &n, NULL), 0);
	T_INT("thirty days touch five weeks", n, 5);
	for (size_t i = 0; i < n; i++)
		seconds += v[i].covered;
	return seconds * SPAN_S;
}

/* c11 failed for five hours; all slept for eight, and for four the disk was full. */
static void
blindness_is_recorded(struct arena *a)
{
	span blind = blind_of("lab/host/c11/run/run", a),
	     slept = blind_of("lab/host/c00/run/run", a);

	/* less what the last results before were good for */
	T_TRUE("who slept and could not write was blind for about that time",
	    slept > (8 + 4 - 2 * 3) * SPAN_H && slept < (8 + 4) * SPAN_H);
	T_TRUE("who failed as well was so longer", blind >= slept + 3 * SPAN_H);
	T_TRUE("what is not blind is covered, and nothing is both",
	    covered_of("lab/host/c11/run/run", a) + blind > 30 * SPAN_DAY - 4 * SPAN_H &&
		covered_of("lab/host/c11/run/run", a) + blind <= 30 * SPAN_DAY);
}

static void
alerts_are_counted(struct arena *a)
{
	struct store_week *v;
	size_t n;

	store_weeks(rig.d.world.store, "lab/host/c07/c07/plugin.status", a, &v, &n, NULL);
	T_INT("c07 was raised in one week", n, 1);
	T_INT("once, as act", n == 1 ? v[0].alerts[LEVEL_ACT] : -1, 1);
	T_INT("in the week of its hours", n == 1 ? v[0].week : -1, store_week_of(hour(190)));
	store_weeks(rig.d.world.store, "lab/host/c00/c00/plugin.status", a, &v, &n, NULL);
	T_INT("and c00 in none", n, 0);
}

static void
month_is_recorded(void)
{
	struct arena *a = arena_new((size_t)8 << 20);

	states_are_recorded(a);
	blindness_is_recorded(a);
	alerts_are_counted(a);
	arena_free(a);
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
	    rig.heard, 2 * (TROUBLES + 3) + rig_count("a", "forewarn.digest", NULL, 0));
	month_is_recorded();
	rig_stop();
	rig_close();
	return t_end();
}
