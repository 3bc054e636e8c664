/* SPDX-License-Identifier: Apache-2.0
 *
 * Which findings a person means who accepts, and what is said when none is.
 */
#include "model/accepting.h"
#include "tests/t.h"

#include <stdlib.h>

#define AT 1795508040123456 /* 2026-11-24T08:14:00.123Z and 456 us */

static struct evidence first[] = { { "finding", "aaaa" },
	{ "noticed", "2026-11-24T08:14:00.122Z" } };
static struct evidence second[] = { { "finding", "bbbb" },
	{ "noticed", "2026-11-24T08:14:00.123Z" } };
static struct evidence third[] = { { "finding", "cccc" } };
static struct evidence longest[] = { { "finding",
    "0123456789012345678901234567890123456789012345678901234567890123" } };
static struct evidence longer[] = { { "finding",
    "01234567890123456789012345678901234567890123456789012345678901234" } };

#define FOUND(t, r, v)                                                                             \
	{                                                                                          \
		.target = (t), .rule = (r), .state = ITEM_FOUND, .finding = "k", .summary = "s",   \
		.evidence = (v), .nevidence = sizeof(v) / sizeof((v)[0])                           \
	}

static struct item items[] = {
	FOUND("/a", "audit.edited", first),
	FOUND("/a", "audit.edited", second),
	FOUND("/b", "audit.edited", third),
	FOUND("/b", "audit.sequence", third),
	{ .target = "/c",
	    .rule = "audit.kind",
	    .state = ITEM_FOUND,
	    .finding = "k",
	    .summary = "" },
	{ .target = "/d",
	    .rule = "audit.edited",
	    .state = ITEM_FINE,
	    .summary = "",
	    .evidence = third,
	    .nevidence = 1 },
	FOUND("/e", "audit.time", longest),
	FOUND("/f", "audit.time", longer),
	FOUND("/g", "cert.gone", third),
	FOUND("/h", "cert.gone", third),
};
static const struct result all = { .items = items, .nitems = sizeof(items) / sizeof(items[0]) };

static struct accept *out;
static size_t n;
static struct err e;

static int
choose(const char *target, const char *rule, instant before, struct arena *a)
{
	const struct accept_words w = { target, rule, AT, before, "Lee", "moved" };

	e.msg[0] = '\0';
	return accepting_choose(&all, &w, a, &out, &n, &e);
}

static void
chosen(struct arena *a)
{
	T_INT("the only rule there", choose("/a", NULL, INSTANT_NONE, a), 0);
	T_INT("all its findings", n, 2);
	T_TEXT("by their identity", out[1].finding, "bbbb");
	T_TEXT("for that reason", out[1].reason, "moved");
	T_INT("by its whole name", choose("/b", "audit.edited", INSTANT_NONE, a), 0);
	T_INT("it alone", n, 1);
	T_INT("by its short name", choose("/b", "sequence", INSTANT_NONE, a), 0);
	T_TEXT("the other", out[0].rule, "audit.sequence");
	T_INT("what was seen", choose("/a", "", AT, a), 0);
	T_INT("and not what came with this look", n, 1);
	T_TEXT("that", out[0].finding, "aaaa");
	T_INT("the longest identity", choose("/e", NULL, INSTANT_NONE, a), 0);
}

static void
refused(struct arena *a)
{
	T_INT("a longer one is none", choose("/f", NULL, INSTANT_NONE, a), -1);
	T_INT("two rules", choose("/b", NULL, INSTANT_NONE, a), -1);
	T_TEXT("are named", e.msg,
	    "2 rules are open there: audit.edited, audit.sequence; say which with --rule");
	T_INT("another rule", choose("/a", "audit.time", INSTANT_NONE, a), -1);
	T_TEXT("says what is open of it", e.msg,
	    "nothing of rule audit.time is open of /a, but audit.edited");
	T_INT("what ends by being mended", choose("/c", NULL, INSTANT_NONE, a), -1);
	T_HAS("says so", e.msg, "ends by being mended");
	T_INT("what is fine", choose("/d", NULL, INSTANT_NONE, a), -1);
	T_TEXT("what is not there says what is", e.msg,
	    "nothing is open of /d; open in this check: /a (audit.edited), /b (audit.edited), /b "
	    "(audit.sequence), /e (audit.time) and 2 more");
	T_INT("hostile words", choose("\033[2J/x\n", NULL, INSTANT_NONE, a), -1);
	T_TRUE("are made safe", strchr(e.msg, '\033') == NULL && strchr(e.msg, '\n') == NULL);
	T_INT("found by this look alone", choose("/a", NULL, AT - 1000, a), -1);
	T_HAS("is to be looked at first", e.msg, "a moment ago");
}

/* As many as one job takes, and one more. */
static void
many(struct arena *a)
{
	static struct item same[HANDED_ACCEPTS_MAX + 1];
	const struct accept_words w = { "/a", NULL, AT, INSTANT_NONE, "Lee", "moved" };
	const struct result r = { .items = same, .nitems = HANDED_ACCEPTS_MAX + 1 };

	for (size_t i = 0; i <= HANDED_ACCEPTS_MAX; i++)
		same[i] = items[0];
	T_INT("too many for one job", accepting_choose(&r, &w, a, &out, &n, &e), 0);
	T_INT("as many as it takes", n, HANDED_ACCEPTS_MAX);
}

int
main(void)
{
	struct arena *a = arena_new((size_t)16 << 20);

	chosen(a);
	refused(a);
	many(a);
	arena_free(a);
	return t_end();
}
