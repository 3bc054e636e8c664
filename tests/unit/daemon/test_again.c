/* SPDX-License-Identifier: Apache-2.0
 *
 * A receiver that keeps alerts in memory only hears of what is open again before it would expire,
 * in the newest state, without a pile while it is dead; the others hear nothing of it.
 */
#include "tests/daemon_rig.h"

#define START (1790000000 * INSTANT_S)
#define FIVE_MINUTES (300 * INSTANT_S) /* resolve_timeout of Alertmanager, unless it is set */
#define CONF                                                                                       \
	"site = \"lab\"; checks = ( { id = \"a\"; probe = \"plugin\"; command = [ \"/bin/true\" "  \
	"]; "                                                                                      \
	"every = \"1min\"; confirm = 1; remind = \"30d\"; }, { id = \"b\"; probe = \"plugin\"; "   \
	"command = [ \"/bin/true\" ]; every = \"1min\"; confirm = 1; remind = \"30d\"; } );"       \
	"sinks = ( { id = \"am\"; type = \"webhook\"; url = \"http://127.0.0.1:9/\"; format = "    \
	"\"alertmanager\"; levels = [ \"act\", \"stop\" ]; },"                                     \
	"{ id = \"msp\"; type = \"webhook\"; url = \"http://127.0.0.1:10/\"; } );"

static enum rig_find a_is, b_is;
static bool am_takes = true;

static enum rig_find
find(void *self, const char *check, instant now)
{
	(void)self, (void)now;
	return check[0] == 'a' ? a_is : b_is;
}

static bool
receiver(void *self, const char *sink)
{
	(void)self;
	return strcmp(sink, "msp") == 0 || am_takes;
}

/* Letters of Alertmanager since then with that text; *longest: the longest time between two. */
static size_t
heard(const char *text, instant from, instant *longest)
{
	instant last = from;
	size_t n = 0;

	*longest = 0;
	for (size_t i = 0; i < rig.nletters; i++) {
		const struct rig_letter *l = &rig.letters[i];

		if (strcmp(l->sink, "am") != 0 || !l->taken || l->sent < from ||
		    strstr(l->start, text) == NULL)
			continue;
		if (l->sent - last > *longest)
			*longest = l->sent - last;
		last = l->sent;
		n++;
	}
	if (rig.clk.wall_now - last > *longest)
		*longest = rig.clk.wall_now - last;
	return n;
}

int
main(void)
{
	struct store_outbox o;
	struct err e;
	instant from, longest;
	size_t numbered;

	rig.find = find;
	rig.receiver = receiver;
	rig_open(START);
	rig_configure(CONF);
	rig_start();
	rig_pass(10 * SPAN_MIN);
	a_is = RIG_CRITICAL;
	b_is = RIG_FAILS; /* unknown, which that sink does not want */
	rig_pass(5 * SPAN_MIN);
	from = rig.clk.wall_now;
	numbered = rig_count("msp", NULL, NULL, 0);
	rig_pass(2 * SPAN_H);
	T_TRUE("an open alert is put again and again",
	    heard("\"severity\":\"stop\"", from, &longest) >= 30);
	T_TRUE("never five minutes apart", longest < FIVE_MINUTES);
	T_TRUE("so is the heartbeat", heard("ForewarnHeartbeat", from, &longest) >= 30);
	T_TRUE("as often", longest < FIVE_MINUTES);
	T_INT("not what it does not want", heard("\"severity\":\"unknown\"", from, &longest), 0);
	T_INT("nobody else hears more than its heartbeat",
	    rig_count("msp", NULL, NULL, 0) - numbered,
	    rig_count("msp", "forewarn.heartbeat", NULL, from));

	am_takes = false;
	rig_pass(24 * SPAN_H);
	T_INT("its outbox can be asked", store_outbox(rig.d.world.store, "am", &o, &e), 0);
	T_TRUE("nothing piles up while it is dead", o.letters <= 6);
	a_is = RIG_WARNING;
	rig_pass(10 * SPAN_MIN);
	am_takes = true;
	from = rig.clk.wall_now;
	rig_pass(30 * SPAN_MIN);
	T_TRUE(
	    "the newest state when it is back", heard("\"severity\":\"act\"", from, &longest) >= 5);
	a_is = RIG_OK;
	rig_pass(10 * SPAN_MIN);
	from = rig.clk.wall_now;
	rig_pass(SPAN_H);
	T_INT("what is over is not told again", heard("\"check\":\"a\"", from, &longest), 0);
	rig_stop();
	rig_close();
	return t_end();
}
