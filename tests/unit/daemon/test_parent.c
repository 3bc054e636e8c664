/* SPDX-License-Identifier: Apache-2.0
 *
 * A switch and what hangs on it turn bad together. The switch is looked at seldom: it is run once
 * before a person is told of what hangs on it, and that wait has an end.
 */
#include "tests/daemon_rig.h"

#include <string.h>

#define START (1790000000 * INSTANT_S)
#define CONF_OF(confirm)                                                                           \
	"site = \"lab\"; checks = ("                                                               \
	"{ id = \"switch\"; probe = \"plugin\"; command = [ \"/bin/true\" ]; every = \"1h\"; "     \
	"confirm = " confirm "; timeout = \"20s\"; },"                                             \
	"{ id = \"printer\"; probe = \"plugin\"; command = [ \"/bin/true\" ]; every = \"1min\"; "  \
	"confirm = 1; parent = \"switch\"; } );"                                                   \
	"sinks = ( { id = \"msp\"; type = \"webhook\"; url = \"http://127.0.0.1:10/\"; } );"

static enum rig_find switch_is, printer_is;
static bool strict; /* the switch needs two looks */

static enum rig_find
find(void *self, const char *check, instant now)
{
	(void)self, (void)now;
	return check[0] == 's' ? switch_is : printer_is;
}

static size_t
raised(const char *check, instant from)
{
	return rig_count("msp", "forewarn.alert.raised", check, from);
}

/* When the first alert of the check was told since then; 0: it was not. */
static instant
raised_at(const char *check, instant from)
{
	for (size_t i = 0; i < rig.nletters; i++)
		if (rig.letters[i].sent >= from && strcmp(rig.letters[i].subject, check) == 0 &&
		    strcmp(rig.letters[i].type, "forewarn.alert.raised") == 0)
			return rig.letters[i].sent;
	return 0;
}

static void
begin(enum rig_find of_switch, enum rig_find of_printer, span wait)
{
	switch_is = printer_is = RIG_OK;
	rig_open(START);
	rig.nletters = 0;
	rig_configure(strict ? CONF_OF("2") : CONF_OF("1"));
	rig_start();
	rig_pass(10 * SPAN_MIN);
	switch_is = of_switch;
	printer_is = of_printer;
	rig_pass(wait);
}

static void
end(void)
{
	rig.stuck = NULL;
	rig_stop();
	rig_close();
}

static void
both(void)
{
	size_t runs;

	begin(RIG_CRITICAL, RIG_CRITICAL, 5 * SPAN_MIN);
	T_INT("the switch is told", raised("switch", 0), 1);
	T_INT("not what hangs on it", raised("printer", 0), 0);
	runs = rig.runs;
	rig_pass(10 * SPAN_MIN);
	T_TRUE("the switch is not run over and over", rig.runs - runs <= 11);
	printer_is = RIG_OK;
	switch_is = RIG_OK;
	rig_pass(2 * SPAN_H);
	T_INT("nor later", raised("printer", 0), 0);
	end();
}

static void
alone(void)
{
	struct standing st;
	instant bad;

	begin(RIG_OK, RIG_CRITICAL, 5 * SPAN_MIN);
	T_INT("the switch is fine", raised("switch", 0), 0);
	T_INT("what hangs on it is told", raised("printer", 0), 1);
	T_TRUE("it is open", rig_standing("printer", &st) && st.open);
	bad = raised_at("printer", 0);
	T_TRUE("the wait was no minute", bad - st.held_since < 5 * INSTANT_S);
	end();
}

/* The switch's own run hangs: what hangs on it is told after its timeout. */
static void
no_answer(void)
{
	struct standing st;

	begin(RIG_OK, RIG_OK, 0);
	rig.stuck = "switch";
	printer_is = RIG_CRITICAL;
	rig_pass(3 * SPAN_MIN);
	T_INT("it is told all the same", raised("printer", 0), 1);
	T_TRUE("it is open", rig_standing("printer", &st) && st.open);
	T_TRUE("it has waited for the answer", st.opened - st.held_since >= 19 * INSTANT_S);
	T_TRUE("as long as the switch has time, no longer",
	    st.opened - st.held_since <= 21 * INSTANT_S);
	end();
}

/* A cause that needs two looks an hour apart, and looked bad in one: nobody is told of it yet, so
 * it hides nothing. */
static void
seen_once(void)
{
	struct standing st;

	strict = true;
	begin(RIG_CRITICAL, RIG_CRITICAL, 5 * SPAN_MIN);
	strict = false;
	T_INT("the switch is not confirmed", raised("switch", 0), 0);
	T_TRUE("though it looks bad", rig_standing("switch", &st) && st.seen == LEVEL_STOP);
	T_INT("what hangs on it is told", raised("printer", 0), 1);
	rig_pass(2 * SPAN_H);
	T_INT("the switch, when it is confirmed", raised("switch", 0), 1);
	end();
}

int
main(void)
{
	rig.find = find;
	both();
	alone();
	no_answer();
	seen_once();
	return t_end();
}
