/* SPDX-License-Identifier: Apache-2.0
 *
 * Sixty checks that turn bad together: people get one letter or two, programs get sixty, and
 * whatever becomes of the letters, each alert's newest state reaches both.
 */
#include "base/str.h"
#include "tests/daemon_rig.h"

#include <stdlib.h>
#include <string.h>

#define START (1790000000 * INSTANT_S)
#define CHECKS 60

static struct {
	bool bad[CHECKS];
	bool mail_down;
	unsigned refuse; /* letters that the mail server refuses for good */
	/* what people know: of each check the newest state that a letter has told */
	char known[CHECKS][16];
} world;

static enum rig_find
find(void *self, const char *check, instant now)
{
	(void)self, (void)now;
	return world.bad[atoi(check + 1)] ? RIG_CRITICAL : RIG_OK;
}

/* Each line "  stop: c12: ..." of a summary, or the subject "[stop] c12: ..." of one alert. */
static void
read_letter(const char *body)
{
	for (const char *at = body; at != NULL; at = strchr(at, '\n')) {
		char state[16];
		int check;

		at += at[0] == '\n';
		if (sscanf(at, " %15[a-z]: c%d", state, &check) != 2 &&
		    sscanf(at, "[%15[a-z]] c%d", state, &check) != 2)
			continue;
		if (check >= 0 && check < CHECKS)
			snprintf(world.known[check], sizeof(world.known[check]), "%s", state);
	}
}

static struct answer
answer(void *self, const char *sink, const struct letter *l)
{
	(void)self;
	if (strcmp(sink, "mail") != 0)
		return (struct answer){ .outcome = POST_DELIVERED, .reason = "" };
	if (world.mail_down)
		return (struct answer){ .outcome = POST_LATER, .reason = "nobody answers" };
	if (world.refuse > 0 && strstr(l->body, "alerts: ") != NULL) {
		world.refuse--;
		return (struct answer){ .outcome = POST_REFUSED, .reason = "550 no" };
	}
	read_letter(l->body);
	return (struct answer){ .outcome = POST_DELIVERED, .reason = "" };
}

static void
configure(void)
{
	struct str s;

	str_init(&s, 1 << 16);
	str_add(&s, "site = \"lab\"; checks = (");
	for (int i = 0; i < CHECKS; i++)
		str_addf(&s,
		    "%s{ id = \"c%d\"; probe = \"plugin\"; command = [ \"/bin/true\" ]; "
		    "every = \"1min\"; remind = \"30d\"; }",
		    i > 0 ? "," : "", i);
	str_add(&s, "); sinks = ( { id = \"mail\"; type = \"mail\"; server = \"127.0.0.1\"; "
		    "tls = \"none\"; from = \"fw@lab.test\"; to = [ \"sana@lab.test\" ]; "
		    "levels = [ \"act\", \"stop\" ]; },"
		    "{ id = \"msp\"; type = \"webhook\"; url = \"http://127.0.0.1:10/\"; } );");
	rig_configure(s.s);
	str_fini(&s);
}

static void
turn(bool bad, int from, int to)
{
	for (int i = from; i < to; i++)
		world.bad[i] = bad;
}

static size_t
mails(instant from)
{
	return rig_count("mail", NULL, NULL, from);
}

/* Whether people know of each check from..to that it is in that state. */
static bool
know(const char *state, int from, int to)
{
	for (int i = from; i < to; i++)
		if (strcmp(world.known[i], state) != 0)
			return false;
	return true;
}

static void
one_storm(void)
{
	instant from = rig.clk.wall_now;

	turn(true, 0, CHECKS);
	rig_pass(10 * SPAN_MIN);
	T_INT("programs get an event each", rig_count("msp", "forewarn.alert.raised", NULL, from),
	    CHECKS);
	T_TRUE("people get a letter or two", mails(from) >= 1 && mails(from) <= 2);
	T_TRUE("which name them all", know("stop", 0, CHECKS));

	from = rig.clk.wall_now;
	turn(false, 0, CHECKS);
	rig_pass(10 * SPAN_MIN);
	T_INT("the end is told to programs one by one",
	    rig_count("msp", "forewarn.alert.resolved", NULL, from), CHECKS);
	T_TRUE("and to people in a letter or two", mails(from) >= 1 && mails(from) <= 2);
	T_TRUE("which names them all too", know("over", 0, CHECKS));
}

static void
one_alone(void)
{
	instant from = rig.clk.wall_now, told, heard = 0;

	turn(true, 7, 8);
	rig_pass(5 * SPAN_MIN);
	T_INT("one alert is one letter", mails(from), 1);
	for (size_t i = 0; i < rig.nletters; i++)
		if (rig.letters[i].sent >= from && strcmp(rig.letters[i].sink, "mail") == 0) {
			heard = rig.letters[i].sent;
			T_HAS("as it is", rig.letters[i].start, "[stop] c7: ");
		}
	told = from;
	for (size_t i = 0; i < rig.nletters; i++)
		if (rig.letters[i].sent >= from &&
		    strcmp(rig.letters[i].type, "forewarn.alert.raised") == 0)
			told = rig.letters[i].sent;
	T_TRUE("it waited ten seconds for company", heard - told > 9 * INSTANT_S);
	T_TRUE("and no longer", heard - told < 12 * INSTANT_S);
	turn(false, 7, 8);
	rig_pass(10 * SPAN_MIN);
	T_TRUE("its end too", know("over", 7, 8));
}

/* What has waited for a dead server is one letter, and newer states come after it, never before. */
static void
dead_server(void)
{
	instant from;

	world.mail_down = true;
	turn(true, 0, 30);
	rig_pass(20 * SPAN_MIN);
	turn(false, 0, 15);
	turn(true, 30, 40);
	rig_pass(20 * SPAN_MIN);
	rig_stop();
	rig_start(); /* the summary survives */
	rig_pass(20 * SPAN_MIN);
	from = rig.clk.wall_now;
	world.mail_down = false;
	rig_pass(2 * SPAN_H);
	T_TRUE("few letters", mails(from) <= 5);
	T_TRUE("the newest state came last", know("over", 0, 15));
	T_TRUE("what was told before stays", know("stop", 15, 40));
	turn(false, 0, CHECKS);
	rig_pass(20 * SPAN_MIN);
	T_TRUE("and all is told to be over", know("over", 0, 40));
}

/* A summary that is refused for good is tried again once the server takes letters. */
static void
refused(void)
{
	world.refuse = 2;
	turn(true, 0, 20);
	rig_pass(20 * SPAN_MIN);
	T_INT("it was refused twice", (int)world.refuse, 0);
	turn(true, 20, 21);
	rig_pass(20 * SPAN_MIN);
	T_TRUE("a letter that is taken brings the other", know("stop", 0, 21));
}

static void
on_a_new_machine(void (*phase)(void))
{
	memset(&world, 0, sizeof(world));
	rig_open(START);
	rig.nletters = 0;
	configure();
	rig_start();
	rig_pass(10 * SPAN_MIN);
	phase();
	rig_stop();
	rig_close();
}

int
main(void)
{
	rig.find = find;
	rig.answer = answer;
	on_a_new_machine(one_storm);
	on_a_new_machine(one_alone);
	on_a_new_machine(dead_server);
	on_a_new_machine(refused);
	return t_end();
}
