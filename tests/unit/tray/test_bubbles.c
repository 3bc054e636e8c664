/* SPDX-License-Identifier: Apache-2.0 */
#include "tray/bubbles.h"

#include "tests/t.h"

#include <stdlib.h>

/* Mon 2 Nov 2026, 10:00 in UTC: bubbles begin their day at eight. */
#define MONDAY 1793613600

#define STORM 60

static struct clk_fake clk;
static struct bubbles *b;
static struct facts *f;
static struct bubbles_around around;
static const struct bubble_step *last; /* of the last plan */
static size_t nlast;

/* A thing that is not fine, in a letter: p l(ook: could not check) a s. */
static void
put(const char *id, char level, const char *title)
{
	static const enum level levels[] = {
		['p'] = LEVEL_PLAN, ['l'] = LEVEL_UNKNOWN, ['a'] = LEVEL_ACT, ['s'] = LEVEL_STOP
	};

	f->v = arena_grow(f->a, f->v, f->n, &f->cap, sizeof(*f->v));
	f->v[f->n++] = (struct fact){ .alert = id,
		.fingerprint = id,
		.check = "c",
		.check_title = title,
		.title = title,
		.body = "words",
		.acked_by = "",
		.level = levels[(unsigned char)level],
		.open = true,
		.since = 1,
		.start_by = INSTANT_NONE };
}

static void
fresh(void)
{
	facts_free(f);
	f = facts_new();
	f->reach = REACH_OK;
}

static void
begin(void)
{
	bubbles_free(b);
	b = bubbles_new();
	fresh();
	around = (struct bubbles_around){ .server = true };
	clk_fake_init(&clk, MONDAY * INSTANT_S);
}

/* The steps as text: "+a:stop!" shown and stays, "+b:act" shown, "-a" closed; "" nothing. */
static const char *
plan(void)
{
	static char out[1024];
	size_t at = 0;

	facts_done(f);
	last = bubbles_plan(b, f, &around, clk.wall_now, &nlast);
	out[0] = '\0';
	for (size_t i = 0; i < nlast; i++) {
		const struct bubble_step *s = &last[i];

		if (s->show)
			at += (size_t)snprintf(out + at, sizeof(out) - at, "%s+%s:%s%s",
			    i > 0 ? " " : "", s->key, level_name(s->level), s->stays ? "!" : "");
		else
			at += (size_t)snprintf(
			    out + at, sizeof(out) - at, "%s-%s", i > 0 ? " " : "", s->key);
	}
	return out;
}

/* Title and body of a bubble of the last plan. */
static const char *
words(const char *key)
{
	static char out[2 * SPEECH_MAX + 2];

	out[0] = '\0';
	for (size_t i = 0; i < nlast; i++)
		if (last[i].show && strcmp(last[i].key, key) == 0)
			snprintf(out, sizeof(out), "%s|%s", last[i].title, last[i].body);
	return out;
}

static void
pass(span d)
{
	clk_fake_pass(&clk, d);
}

static void
by_level(void)
{
	begin();
	T_TEXT("nothing is said of nothing", plan(), "");
	put("p", 'p', "order paper");
	put("l", 'l', "could not look");
	put("a", 'a', "paper is low");
	put("s", 's', "no paper");
	T_TEXT("each level its own way", plan(), "+s:stop! +a:act +l:unknown +plan:plan");
	T_TEXT("once", plan(), "");
	bubbles_gone(b, "a", clk.wall_now);
	bubbles_gone(b, "plan", clk.wall_now);
	pass(2 * SPAN_H);
	T_TEXT("what was closed is not said again that day", plan(), "");
	bubbles_gone(b, "s", clk.wall_now);
	pass(59 * SPAN_MIN);
	T_TEXT("stop stays away for an hour", plan(), "");
	T_TRUE("and is waited for", bubbles_next(b) <= instant_plus(clk.wall_now, 61 * SPAN_S));
	pass(2 * SPAN_MIN);
	T_TEXT("and comes back", plan(), "+s:stop!");
	pass(18 * SPAN_H);
	T_TEXT("before eight it is still the day before", plan(), "");
	pass(4 * SPAN_H);
	T_TEXT("a new day tells act and the plan again", plan(), "+a:act +plan:plan");
}

static void
in_place(void)
{
	begin();
	put("a", 'a', "paper is low");
	plan();
	fresh();
	put("a", 's', "no paper");
	T_TEXT("worse: the same bubble", plan(), "+a:stop!");
	fresh();
	put("a", 's', "no paper at all");
	T_TEXT("other words: the same bubble", plan(), "+a:stop!");
	fresh();
	put("a", 'a', "paper is low");
	T_TEXT("eased: it need not stay", plan(), "+a:act");
	bubbles_gone(b, "a", clk.wall_now);
	fresh();
	put("a", 's', "no paper");
	T_TEXT("closed, then worse: said at once", plan(), "+a:stop!");
	f->v[0].acked = true;
	T_TEXT("taken by somebody: closed", plan(), "-a");
	f->v[0].acked = false;
	T_TEXT("taken no more: said", plan(), "+a:stop!");
	f->v[0].gate = GATE_SILENCED;
	T_TEXT("muted: closed", plan(), "-a");
	fresh();
	T_TEXT("over: nothing is left to close", plan(), "");
}

static void
over(void)
{
	begin();
	put("a", 'a', "paper is low");
	plan();
	bubbles_over(b, "a", LEVEL_OK, "There is paper", "again");
	fresh();
	T_TEXT("over: said once, and closed", plan(), "+over a:ok -a");
	T_TEXT("once", plan(), "");
	bubbles_over(b, "x", LEVEL_OK, "There is ink", "again");
	T_TEXT("who heard of no trouble hears of no end", plan(), "");
	put("a", 'a', "paper is low");
	plan();
	bubbles_over(b, "a", LEVEL_OK, "There is paper", "again");
	f->head.measuring = true;
	f->n = 0;
	T_TEXT("while it measures the end is no pop-up", plan(), "-a");
}

static void
cap(void)
{
	static const char *const ids[] = { "1", "2", "3" };
	static char storm[STORM][8];

	begin();
	for (size_t i = 0; i < 3; i++)
		put(ids[i], 'a', "broken");
	T_TEXT("three have a bubble each", plan(), "+1:act +2:act +3:act");
	put("4", 'a', "broken");
	T_TEXT("with one more all are one", plan(), "-1 -2 -3 +more:act");
	T_TEXT("how many", words("more"), "4 things need you|broken · broken · broken");
	put("5", 'a', "broken");
	T_TEXT("one more: counted there", plan(), "+more:act");
	put("7", 's', "gone");
	T_TEXT("stop has room of its own", plan(), "+7:stop!");
	pass(2 * SPAN_MIN);
	put("8", 'a', "broken");
	T_TEXT("a minute later there is room again", plan(), "+8:act");
	fresh();
	put("7", 's', "gone");
	T_TEXT("all over but one", plan(), "-more -8");

	begin();
	for (size_t i = 0; i < STORM; i++) {
		snprintf(storm[i], sizeof(storm[i]), "%zu", i);
		put(storm[i], 's', "gone");
	}
	T_TEXT("a storm is one bubble", plan(), "+more:stop!");
	T_HAS("with their number", words("more"), "60 things need you|");
}

static void
locked(void)
{
	begin();
	put("s", 's', "the secret");
	put("a", 'a', "paper");
	plan();
	around.locked = true;
	T_TEXT("locked: details go, a number stays", plan(), "-s -a +locked:stop!");
	T_TEXT("no word of it", words("locked"),
	    "2 things need you|Unlock the screen to see what it is.");
	put("x", 'a', "new");
	T_TEXT("more: the number", plan(), "+locked:stop!");
	around.locked = false;
	T_TEXT("unlocked: all of it", plan(), "-locked +s:stop! +a:act +x:act");
	around.locked = true;
	plan();
	bubbles_gone(b, "locked", clk.wall_now);
	T_TEXT("closed while locked: not again", plan(), "");
}

static void
server(void)
{
	begin();
	around.server = false;
	put("s", 's', "no paper");
	T_TEXT("no server: nothing is lost", plan(), "");
	around.server = true;
	T_TEXT("it comes: said", plan(), "+s:stop!");
	put("a", 'a', "lamp");
	plan();
	bubbles_lost(b);
	around.server = false;
	plan();
	around.server = true;
	T_TEXT("another one: what was on the screen", plan(), "+s:stop! +a:act");
	around.no_icon = true;
	T_TEXT("nobody shows the icon: what calls stays", plan(), "+a:act!");
}

static void
measuring(void)
{
	begin();
	f->head.measuring = true;
	put("s", 's', "no paper");
	put("a", 'a', "lamp");
	put("p", 'p', "order");
	T_TEXT("while it measures only stop", plan(), "+s:stop!");
	f->head.measuring = false;
	T_TEXT("afterwards the rest", plan(), "+a:act +plan:plan");
}

static void
daemon_lost(void)
{
	struct facts *lost;

	begin();
	put("s", 's', "no paper");
	plan();
	lost = facts_lost(f, REACH_SILENT, clk.wall_now);
	facts_free(f);
	f = lost;
	T_TEXT("it may be restarting; what must stay stays", plan(), "");
	T_TRUE("it is waited for", bubbles_next(b) == instant_plus(clk.wall_now, BUBBLES_GRACE));
	pass(BUBBLES_GRACE);
	T_TEXT("it does not come back", plan(), "+s:stop! +daemon:unknown");
	T_TEXT("what stays says so", last[0].body,
	    "forewarnd does not answer since 10:00; nothing is known of this since.");
	T_TEXT("once a day", plan(), "");
	fresh();
	put("s", 's', "no paper");
	T_TEXT("it is back", plan(), "+s:stop! -daemon");
	T_TEXT("with its own words", last[0].body, "words");
}

static void
tests_of_it(void)
{
	begin();
	f->head.tested = clk.wall_now;
	bubbles_test(b, "This is a test", "Press it", clk.wall_now);
	T_TEXT("a test alert", plan(), "+test:ok!");
	T_TEXT("once", plan(), "");
	pass(SPAN_MIN);
	f->head.confirmed = clk.wall_now;
	T_TEXT("confirmed by somebody", plan(), "-test");
	bubbles_test(b, "This is a test", "Press it", clk.wall_now);
	f->head.confirmed = INSTANT_NONE;
	plan();
	pass(61 * SPAN_MIN);
	T_TEXT("nobody there for an hour", plan(), "-test");
}

static void
memory(void)
{
	struct str out;

	begin();
	put("aa", 'a', "lamp");
	put("s", 's', "paper");
	put("p", 'p', "order");
	plan();
	T_TRUE("to be saved", bubbles_changed(b));
	T_TRUE("once", !bubbles_changed(b));
	str_init(&out, 65536);
	bubbles_save(b, &out);
	bubbles_free(b);
	b = bubbles_new();
	bubbles_load(b, out.s);
	T_TEXT("a new login: only what stays", plan(), "+s:stop!");
	bubbles_free(b);
	b = bubbles_new();
	bubbles_load(b, "alert x 99 5\nalert\nnonsense\nplan x\n\n\nalert aa 3");
	T_TEXT("nonsense is nothing", plan(), "+s:stop! +aa:act +plan:plan");
	for (size_t n = 0; n < out.len; n++) {
		out.s[out.len - 1 - n] = '\0';
		bubbles_load(b, out.s);
	}
	str_fini(&out);
}

int
main(void)
{
	setenv("TZ", "UTC", 1);
	by_level();
	in_place();
	over();
	cap();
	locked();
	server();
	measuring();
	daemon_lost();
	tests_of_it();
	memory();
	facts_free(f);
	bubbles_free(b);
	return t_end();
}
