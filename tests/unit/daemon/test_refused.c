/* SPDX-License-Identifier: Apache-2.0
 *
 * What a sink does with its letters, and what becomes of them: refused, put off, asked to wait,
 * taken for some. Decided by the daemon as it is, on a clock of the test.
 */
#include "tests/daemon_rig.h"

#define START (1790000000 * INSTANT_S)
#define DEGRADED "forewarn.delivery.degraded"
#define RESOLVED "forewarn.alert.resolved"
#define RAISED "forewarn.alert.raised"
#define CONF                                                                                       \
	"site = \"lab\"; checks = ( { id = \"a\"; probe = \"plugin\"; command = [ \"/bin/true\" "  \
	"]; "                                                                                      \
	"every = \"1min\"; confirm = 1; }, { id = \"b\"; probe = \"plugin\"; command = [ "         \
	"\"/bin/true\" ]; every = \"1min\"; confirm = 1; } );"                                     \
	"sinks = ( { id = \"odd\"; type = \"webhook\"; url = \"http://127.0.0.1:9/\"; },"          \
	"{ id = \"good\"; type = \"webhook\"; url = \"http://127.0.0.1:10/\"; } );"

static struct {
	enum rig_find a, b;
	enum post_outcome odd; /* what the sink of that name says to all */
	enum event_kind only;  /* but to this kind alone, if not EVENT_KINDS */
	span asked;
	const char *reason;
} world;

static enum rig_find
find(void *self, const char *check, instant now)
{
	(void)self, (void)now;
	return check[0] == 'a' ? world.a : world.b;
}

static struct answer
answer(void *self, const char *sink, const struct letter *l)
{
	bool meant = world.only == EVENT_KINDS || strstr(l->body, event_type(world.only)) != NULL;

	(void)self;
	if (strcmp(sink, "odd") != 0 || !meant)
		return (struct answer){ .outcome = POST_DELIVERED, .reason = "taken" };
	return (struct answer){
		.outcome = world.odd, .retry_after = world.asked, .reason = world.reason
	};
}

static void
begin(void)
{
	memset(&world, 0, sizeof(world));
	world.only = EVENT_KINDS;
	world.reason = "taken";
	rig.find = find;
	rig.answer = answer;
	rig_open(START);
	rig_configure(CONF);
	rig_start();
	rig_pass(10 * SPAN_MIN); /* the first look is over */
	rig.nletters = 0;
}

static void
end(void)
{
	rig_stop();
	rig_close();
	rig.nletters = 0;
}

/* Of all letters of the type and check that the sink was sent, taken or not. */
static size_t
tries(const char *type, const char *check)
{
	size_t n = 0;

	for (size_t i = 0; i < rig.nletters; i++)
		n += strcmp(rig.letters[i].sink, "odd") == 0 &&
		     strcmp(rig.letters[i].type, type) == 0 &&
		     strcmp(rig.letters[i].subject, check) == 0;
	return n;
}

/* Letters that the sink was sent, of any kind, taken or not. */
static size_t
all_tries(void)
{
	size_t n = 0;

	for (size_t i = 0; i < rig.nletters; i++)
		n += strcmp(rig.letters[i].sink, "odd") == 0;
	return n;
}

static struct sink_state
state(void)
{
	struct sink_state s;

	T_INT("its state can be read", posts_state(&rig.d.posts, 0, &s), 0);
	return s;
}

static void
refuses_all(void)
{
	begin();
	world.odd = POST_REFUSED;
	world.reason = "answered 400: refused";
	world.a = RIG_CRITICAL;
	rig_pass(3 * SPAN_MIN);
	T_INT("tried once more, then given up", tries(RAISED, "a"), 2);
	T_INT("the others hear of it", rig_count("good", DEGRADED, NULL, 0), 1);
	T_INT("once it has refused two", state().health, SINK_REFUSING);
	T_TEXT("why", state().reason, "answered 400: refused");
	T_TRUE("counted", state().dropped >= 1);
	T_INT("the other sink has lost none", rig.d.posts.v[1].refusals, 0);
	rig_pass(3 * SPAN_H);
	T_INT("told once", rig_count("good", DEGRADED, NULL, 0), 1);
	T_INT("and not tried again", tries(RAISED, "a"), 2);

	world.odd = POST_DELIVERED;
	world.reason = "taken";
	rig_pass(6 * SPAN_MIN);
	T_INT("when it takes letters again, the newest state too", rig_count("odd", RAISED, "a", 0),
	    1);
	T_INT("the others hear that as well", rig_count("good", RESOLVED, "forewarn", 0), 1);
	T_INT("and it is fine", state().health, SINK_FINE);
	T_TRUE("it has taken one just now", state().last_taken > START + 180 * 60 * INSTANT_S);
	end();
}

/* What was bad and is mended while it refuses: it hears the end, not the beginning. */
static void
newest_state_only(void)
{
	begin();
	world.odd = POST_REFUSED;
	world.reason = "answered 422: refused";
	world.a = RIG_CRITICAL;
	rig_pass(10 * SPAN_MIN);
	world.a = RIG_OK;
	rig_pass(10 * SPAN_MIN);
	world.odd = POST_DELIVERED;
	rig_pass(6 * SPAN_MIN);
	T_INT("not that it began", rig_count("odd", RAISED, "a", 0), 0);
	T_INT("that it is over", rig_count("odd", RESOLVED, "a", 0), 1);
	end();
}

/* One letter that its receiver cannot take is no trouble of the receiver's. */
static void
refuses_one(void)
{
	begin();
	world.odd = POST_REFUSED;
	world.only = EVENT_RAISED;
	world.reason = "answered 413: too large for it";
	world.a = RIG_CRITICAL;
	rig_pass(30 * SPAN_MIN);
	T_INT("three tries: at once, again, and when it took others", tries(RAISED, "a"), 3);
	T_INT("counted once; so is what is told of it itself", state().dropped, 2);
	T_INT("none waits", state().waiting, 0);
	T_INT("it is fine", state().health, SINK_FINE);
	end();
}

static void
puts_off(void)
{
	instant at[3] = { 0 };
	size_t n = 0;

	begin();
	world.odd = POST_AUTH;
	world.reason = "answered 404: there is nothing at this URL";
	world.a = RIG_CRITICAL;
	rig_pass(40 * SPAN_MIN);
	T_INT("told at once", rig_count("good", DEGRADED, NULL, 0), 1);
	for (size_t i = 0; i < rig.nletters && n < 3; i++)
		if (strcmp(rig.letters[i].sink, "odd") == 0 &&
		    (n == 0 || rig.letters[i].sent > at[n - 1]))
			at[n++] = rig.letters[i].sent;
	T_INT("tried again and again", n, 3);
	T_TRUE("within a minute", at[1] - at[0] <= 60 * INSTANT_S);
	T_TRUE("within five", at[2] - at[1] <= 300 * INSTANT_S);
	world.odd = POST_DELIVERED;
	world.b = RIG_CRITICAL;
	rig_pass(15 * SPAN_MIN);
	T_INT("when it is right again, within a quarter of an hour",
	    rig_count("odd", RAISED, "a", 0), 1);
	T_INT("what came meanwhile too", rig_count("odd", RAISED, "b", 0), 1);
	end();
}

static void
asks_to_wait(void)
{
	size_t asked;

	begin();
	world.odd = POST_LATER;
	world.asked = 6 * SPAN_H;
	world.reason = "answered 429: too many for it";
	world.a = RIG_WARNING;
	rig_pass(5 * SPAN_MIN);
	T_TRUE("the hour is named", strstr(state().reason, "next try ") == state().reason);
	T_TRUE("with what it said", strstr(state().reason, "answered 429") != NULL);
	T_TRUE(
	    "an act waits as long as it asked", state().next_try >= START + 6 * 3600 * INSTANT_S);
	asked = all_tries();
	rig_pass(2 * SPAN_H);
	T_INT("so long", all_tries(), asked);
	world.odd = POST_DELIVERED;
	world.b = RIG_CRITICAL;
	rig_pass(5 * SPAN_MIN);
	T_INT("a stop goes, an hour after the last try at the latest",
	    rig_count("odd", RAISED, "b", 0), 1);
	end();

	begin();
	world.odd = POST_LATER;
	world.only = EVENT_RAISED;
	world.asked = 6 * SPAN_H;
	world.reason = "answered 429: too many for it";
	world.a = RIG_CRITICAL;
	rig_pass(5 * SPAN_MIN);
	T_INT("a stop that was put off itself", tries(RAISED, "a"), 1);
	T_TRUE("waits an hour", state().next_try <= rig.clk.wall_now + 3600 * INSTANT_S);
	world.odd = POST_DELIVERED;
	rig_pass(60 * SPAN_MIN);
	T_INT("and arrives", rig_count("odd", RAISED, "a", 0), 1);
	end();
}

static void
partly(void)
{
	begin();
	world.odd = POST_PARTLY;
	world.reason = "taken, but not for left@lab.example (550 gone)";
	world.a = RIG_CRITICAL;
	rig_pass(2 * SPAN_MIN);
	T_INT("those it knows have it, at once", rig_count("odd", RAISED, "a", 0), 1);
	T_INT("it is told", rig_count("good", DEGRADED, NULL, 0), 1);
	T_INT("to it as well", rig_count("odd", DEGRADED, NULL, 0), 1);
	T_TRUE("who", strstr(rig.d.posts.v[0].reason, "left@lab.example") != NULL);
	rig_stop();
	rig_start();
	world.a = RIG_OK;
	world.b = RIG_CRITICAL;
	rig_pass(3 * SPAN_MIN);
	end();
}

static void
tested(void)
{
	size_t asked;

	begin();
	world.odd = POST_PAUSED;
	world.reason = "answered 410: it wants nothing any more";
	world.a = RIG_CRITICAL;
	rig_pass(30 * SPAN_MIN);
	T_INT("it wants nothing", state().health, SINK_PAUSED);
	asked = all_tries();
	rig_pass(SPAN_H);
	T_INT("nor is it asked", all_tries(), asked);
	posts_test(&rig.d.posts);
	T_INT("a test waits", state().test, SINK_TEST_WAITS);
	rig_pass(SPAN_MIN);
	T_TRUE("it is asked again", all_tries() > asked);
	T_INT("which it does not take", state().test, SINK_TEST_NOT_TAKEN);
	T_TEXT("with its words", state().test_answer, world.reason);
	end();
}

/* Counters over a reload. */
static void
reloaded(void)
{
	uint64_t before;

	begin();
	world.odd = POST_REFUSED;
	world.a = RIG_CRITICAL;
	rig_pass(10 * SPAN_MIN);
	before = rig.d.posts.v[1].delivered;
	T_TRUE("some were taken", before > 3);
	daemon_reload(&rig.d);
	T_TRUE("counted on over a reload", rig.d.posts.v[1].delivered == before);
	T_TRUE("dropped ones too", state().dropped > 0);
	T_INT("it is as bad as it was", state().health, SINK_REFUSING);
	end();
}

/* What a cell is told of a clock that nobody knows any more. */
static void
clock_of_letters(void)
{
	struct result r = { .host_clock = { .measured = true, .offset = 3, .bound = 0.5 } };
	const struct letter *l;

	begin();
	world.a = RIG_CRITICAL;
	rig_pass(2 * SPAN_MIN);
	l = &rig.letters[rig.nletters - 1].as_sent;
	T_TRUE("never known", !l->clock_known && !l->clock_was_known);
	r.taken = rig.clk.wall_now;
	hostclock_keep(&rig.d.hostclock, &r);
	rig_pass(10 * SPAN_MIN);
	l = &rig.letters[rig.nletters - 1].as_sent;
	T_TRUE("known", l->clock_known && !l->clock_was_known);
	rig_jump(SPAN_H);
	rig_pass(10 * SPAN_MIN);
	l = &rig.letters[rig.nletters - 1].as_sent;
	T_TRUE("after a jump it was known", !l->clock_known && l->clock_was_known);
	T_TRUE("the jump is in it", l->last_offset > 3602 && l->last_offset < 3604);
	T_TRUE("it drifts little in some minutes", l->drift >= 0.5 && l->drift < 2);
	rig_pass(240 * SPAN_H);
	l = &rig.letters[rig.nletters - 1].as_sent;
	T_TRUE("and more in ten days", l->drift > 400 && l->drift < 500);
	end();
}

int
main(void)
{
	refuses_all();
	newest_state_only();
	refuses_one();
	puts_off();
	asks_to_wait();
	partly();
	tested();
	reloaded();
	clock_of_letters();
	return t_end();
}
