/* SPDX-License-Identifier: Apache-2.0
 *
 * A site, a computer or a check gets another name: no alert is lost, none stays behind as a ghost,
 * and what people said about things holds on.
 */
#include "tests/daemon_rig.h"

#include <stdlib.h>

#define START (1790000000 * INSTANT_S)
#define RAISED "forewarn.alert.raised"
#define RESOLVED "forewarn.alert.resolved"

static bool quiet_is_bad;

static enum rig_find
find(void *self, const char *check, instant now)
{
	(void)self, (void)now;
	if (strcmp(check, "bad") == 0 || strcmp(check, "worse") == 0)
		return RIG_CRITICAL;
	return strcmp(check, "quiet") == 0 && quiet_is_bad ? RIG_WARNING : RIG_OK;
}

static const char *
site(const char *name, const char *bad)
{
	static char text[1024];

	snprintf(text, sizeof(text),
	    "site = \"%s\"; checks = ( "
	    "{ id = \"%s\"; probe = \"plugin\"; command = [ \"/bin/true\" ]; every = \"10min\"; "
	    "confirm = 1; }, "
	    "{ id = \"quiet\"; probe = \"plugin\"; command = [ \"/bin/true\" ]; every = \"10min\"; "
	    "confirm = 1; } );"
	    "sinks = ( { id = \"a\"; type = \"webhook\"; url = \"http://127.0.0.1:9/\"; } );",
	    name, bad);
	return text;
}

static void
reload(const char *text)
{
	rig_configure(text);
	daemon_reload(&rig.d);
	rig_pass(SPAN_MIN);
}

/* The newest letter of that type; NULL: there is none since then. */
static const struct rig_letter *
newest(const char *type, instant since)
{
	for (size_t i = rig.nletters; i-- > 0;)
		if (strcmp(rig.letters[i].type, type) == 0 && rig.letters[i].sent >= since)
			return &rig.letters[i];
	return NULL;
}

static void
silence_the_quiet_one(void)
{
	struct arena *a = arena_new(65536);
	struct store_silence v = { .pattern = generation_pattern(&rig.d.generation, "quiet", a),
		.silence = {
		    rig.clk.wall_now, rig.clk.wall_now + 86400 * INSTANT_S, false, "S", "r" } };
	struct err e;

	if (store_silence_put(rig.d.world.store, &v, &e) < 0)
		abort();
	arena_free(a);
}

/* The open alert of the check "bad" went from one source to the other, and nothing else. */
static void
went_over(const char *row, instant since, const char *from, const char *to)
{
	const struct rig_letter *end = newest(RESOLVED, since), *on = newest(RAISED, since);
	struct standing st;

	T_INT(row, rig_count("a", RESOLVED, NULL, since), 1);
	T_INT(row, rig_count("a", RAISED, NULL, since), 1);
	if (end != NULL && on != NULL) {
		T_TEXT("over under the old name", end->source, from);
		T_TEXT("raised under the new one", on->source, to);
		T_TRUE("two names are two tickets", strcmp(end->alert, on->alert) != 0);
	}
	T_TRUE("it is open", rig_standing("bad", &st) && st.open);
	T_INT("it is the same alert", st.alert, 1);
}

int
main(void)
{
	instant then;
	struct standing st;

	rig.find = find;
	rig_open(START);
	rig_configure(site("lab", "bad"));
	rig_start();
	rig_pass(30 * SPAN_MIN);
	T_INT("one is bad", rig_count("a", RAISED, "bad", 0), 1);
	silence_the_quiet_one();

	then = rig.clk.wall_now;
	reload(site("Karachi [QC]", "bad"));
	went_over("the site has another name", then, "/lab/host", "/Karachi%20%5BQC%5D/host");
	then = rig.clk.wall_now;
	rig_pass(3 * SPAN_H);
	T_INT("nothing of the old name comes back", rig_count("a", RAISED, NULL, then), 0);
	T_INT("nor ends again", rig_count("a", RESOLVED, NULL, then), 0);
	quiet_is_bad = true;
	rig_pass(SPAN_H);
	T_INT("the silence has moved along", rig_count("a", RAISED, "quiet", then), 0);
	T_TRUE("and holds", rig_standing("quiet", &st) && st.gate == GATE_SILENCED);

	rig_stop();
	rig_configure(site("lab", "bad"));
	then = rig.clk.wall_now;
	rig_start();
	rig_pass(SPAN_MIN);
	went_over("while it was not running", then, "/Karachi%20%5BQC%5D/host", "/lab/host");
	T_TRUE(
	    "the silence has moved back", rig_standing("quiet", &st) && st.gate == GATE_SILENCED);

	then = rig.clk.wall_now;
	reload(site("lab", "worse"));
	rig_pass(20 * SPAN_MIN);
	T_INT("a check that is gone has ended", rig_count("a", RESOLVED, "bad", then), 1);
	T_INT("the one in its place is raised", rig_count("a", RAISED, "worse", then), 1);
	T_TRUE("no row stays behind", !rig_standing("bad", &st));
	rig_stop();
	rig_close();
	return t_end();
}
