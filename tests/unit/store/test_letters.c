/* SPDX-License-Identifier: Apache-2.0
 *
 * Letters that are refused, parked, urgent, overtaken; what was dropped, by sink.
 */
#include "store/store.h"
#include "tests/t.h"

#include <stdlib.h>

static struct store *s;
static struct arena *a;
static struct err e;

static void
put(const char *sink, const char *key, const char *body, enum level level, enum event_kind kind)
{
	struct store_letter l = { .sink = sink,
		.event = body,
		.key = key,
		.type = "t",
		.kind = kind,
		.level = level,
		.body = body,
		.len = strlen(body) };

	T_INT("put", store_letter_put(s, &l, &e), 0);
}

/* The bodies of what may go now, each with a space behind it. */
static const char *
due(const char *sink, bool urgent, struct store_letter **first)
{
	struct store_letter *v;
	const char *all = "";
	size_t n;

	T_INT("due", store_letters_due(s, sink, urgent, 1000, 10, a, &v, &n, &e), 0);
	for (size_t i = 0; i < n; i++)
		all = arena_printf(a, "%s%s ", all, v[i].body);
	*first = n > 0 ? v : NULL;
	return all;
}

static void
refused(void)
{
	struct store_letter *l;
	uint64_t folded;
	bool behind;
	span next;

	put("x", "k", "one", LEVEL_ACT, EVENT_RAISED);
	due("x", false, &l);
	T_INT("its level is kept", l->level, LEVEL_ACT);
	T_INT("never refused", l->refusals, 0);
	store_letter_refused(s, l, 500, "answered 400", &e);
	due("x", false, &l);
	T_INT("once", l->refusals, 1);
	T_INT("which was a try", l->tries, 1);
	T_TEXT("why", l->reason, "answered 400");
	store_letters_behind(s, l, &behind, &e);
	T_TRUE("nothing newer waits", !behind);
	store_letter_refused(s, l, SPAN_MAX, "answered 400", &e);
	T_TEXT("parked: it does not go", due("x", false, &l), "");
	store_letters_next(s, "x", false, &next, &e);
	T_TRUE("nor is it waited for", next == SPAN_MAX);
	store_letters_restart(s, &e);
	T_TEXT("nor after another boot", due("x", false, &l), "");
	store_letters_wake(s, "x", true, &e);
	T_TEXT("woken it goes", due("x", false, &l), "one ");
	store_letter_refused(s, l, SPAN_MAX, "answered 400", &e);
	store_letters_fold(s, "x", "k", false, &folded, &e);
	T_INT("a newer state takes its place", folded, 1);
	put("x", "k", "two", LEVEL_STOP, EVENT_ESCALATED);
	put("x", "k", "three", LEVEL_STOP, EVENT_REMINDER);
	T_TEXT("and is not kept behind it", due("x", false, &l), "two ");
	store_letters_behind(s, l, &behind, &e);
	T_TRUE("now something newer waits", behind);
	store_letter_later(s, l->row, 1, 900000, "away", &e);
	store_letters_wake(s, "x", true, &e);
	T_TEXT("what only waits is not parked", due("x", false, &l), "");
	store_letters_wake(s, "x", false, &e);
	T_TEXT("all can be woken", due("x", false, &l), "two ");
	store_letters_forget(s, "x", "k", &e);
	T_TEXT("or forgotten", due("x", false, &l), "");
}

static void
urgent(void)
{
	struct store_letter *l;
	uint64_t folded;

	put("x", "k", "act", LEVEL_ACT, EVENT_RAISED);
	put("x", "k", "stop", LEVEL_STOP, EVENT_ESCALATED);
	put("x", "k", "again", LEVEL_STOP, EVENT_REMINDER);
	put("x", "other", "plan", LEVEL_PLAN, EVENT_RAISED);
	put("x", "test", "test", LEVEL_OK, EVENT_TEST);
	T_TEXT("in order", due("x", false, &l), "act plan test ");
	T_TEXT("stops and tests alone, past what is older", due("x", true, &l), "stop test ");
	store_letter_delivered(s, l, &e);
	T_TEXT(
	    "what it has overtaken is not sent after it", due("x", false, &l), "again plan test ");
	store_letters_fold(s, "x", "other", false, &folded, &e);
	T_INT("the oldest may be on its way", folded, 0);
	store_letters_fold(s, "x", "other", true, &folded, &e);
	T_INT("unless it is known that it is not", folded, 1);
}

static void
dropped(void)
{
	struct store_outbox o;

	store_letters_dropped(s, "x", 3, &e);
	store_letters_dropped(s, "y", 1, &e);
	store_outbox(s, "x", &o, &e);
	T_INT("of one sink", o.dropped, 3);
	store_outbox(s, "y", &o, &e);
	T_INT("of another", o.dropped, 1);
	store_outbox(s, "z", &o, &e);
	T_INT("of one that takes all", o.dropped, 0);
	store_outbox(s, NULL, &o, &e);
	T_INT("of all", o.dropped, 4);
}

/* The outbox is full: each that had to go is counted for its own sink. */
static void
bounded(void)
{
	struct store_outbox all, x, y;

	store_begin(s, &e);
	for (int i = 0; i <= STORE_LETTERS_MAX; i++) {
		struct store_letter l = { .sink = i % 4 == 0 ? "a" : "b",
			.event = "e",
			.key = "k",
			.type = "t",
			.kind = EVENT_HEARTBEAT,
			.body = "x",
			.len = 1 };

		store_letter_put(s, &l, &e);
	}
	T_INT("kept in its bounds", store_outbox_bound(s, &e), 0);
	store_commit(s, &e);
	store_outbox(s, NULL, &all, &e);
	store_outbox(s, "a", &x, &e);
	store_outbox(s, "b", &y, &e);
	T_TRUE("both have lost some", x.dropped > 0 && y.dropped > x.dropped);
	T_INT("together all that were lost", x.dropped + y.dropped + 4, all.dropped);
}

int
main(void)
{
	char dir[] = "/tmp/forewarn-letters.XXXXXX", command[64];

	if (mkdtemp(dir) == NULL)
		return 1;
	a = arena_new((size_t)64 << 20);
	s = store_open(dir, &e);
	if (s == NULL)
		return 1;
	refused();
	urgent();
	dropped();
	bounded();
	store_close(s);
	arena_free(a);
	snprintf(command, sizeof(command), "rm -rf %s", dir);
	return system(command) != 0 || t_end() != 0;
}
