/* SPDX-License-Identifier: Apache-2.0
 *
 * What a probe is handed and hands back: each limit at its end and one past it.
 */
#include "base/str.h"
#include "model/wire.h"
#include "tests/t.h"

#include <stdlib.h>

/* n letters, in the arena. */
static const char *
letters(struct arena *a, size_t n)
{
	char *s = arena_alloc(a, n + 1);

	memset(s, 'x', n);
	s[n] = '\0';
	return s;
}

static struct accept
good(void)
{
	return (struct accept){ "/var/log/a b.log", "audit.edited", "0123456789abcdef", 5, "QM Lee",
		"the vendor repaired it" };
}

static bool
passes(const struct accept *v, struct arena *a)
{
	struct accept list[1] = { *v };
	struct handed in = { .accepts = list, .naccepts = 1 }, out = { 0 };
	struct frame f;
	bool ok;

	frame_init(&f, 1);
	fields_put(&f, handed_fields, &in);
	fields_get(&f, handed_fields, &out, a);
	ok = frame_ok(&f) && fields_fault(handed_fields, &out) == NULL && out.naccepts == 1 &&
	     strcmp(out.accepts[0].reason, v->reason) == 0;
	frame_fini(&f);
	return ok;
}

static void
accepts(struct arena *a)
{
	struct accept v = good();

	T_TRUE("one passes", passes(&v, a));
	v.by = letters(a, ACCEPT_BY_MAX);
	T_TRUE("the longest name", passes(&v, a));
	v.by = letters(a, ACCEPT_BY_MAX + 1);
	T_TRUE("one longer", !passes(&v, a));
	v = good();
	v.reason = letters(a, ACCEPT_REASON_MAX);
	T_TRUE("the longest reason", passes(&v, a));
	v.reason = letters(a, ACCEPT_REASON_MAX + 1);
	T_TRUE("one longer", !passes(&v, a));
	v = good();
	v.finding = letters(a, FINDING_ID_MAX);
	T_TRUE("the longest identity", passes(&v, a));
	v.finding = letters(a, FINDING_ID_MAX + 1);
	T_TRUE("one longer", !passes(&v, a));
	v = good();
	v.target = letters(a, HANDED_TARGET_MAX);
	T_TRUE("the longest target", passes(&v, a));
	v.target = letters(a, HANDED_TARGET_MAX + 1);
	T_TRUE("one longer", !passes(&v, a));
	v = good();
	v.rule = letters(a, HANDED_RULE_MAX);
	T_TRUE("the longest rule", passes(&v, a));
	v.rule = letters(a, HANDED_RULE_MAX + 1);
	T_TRUE("one longer", !passes(&v, a));
	v.rule = "";
	T_TRUE("none", !passes(&v, a));
}

static bool
so_many(size_t naccepts, size_t nkeeps, struct arena *a)
{
	struct handed in = { arena_array(a, naccepts + 1, sizeof(struct accept)), naccepts,
		arena_array(a, nkeeps + 1, sizeof(struct keep)), nkeeps, 0, NULL, true };
	struct handed out = { 0 };
	struct frame f;
	bool ok;

	for (size_t i = 0; i < naccepts; i++)
		in.accepts[i] = good();
	for (size_t i = 0; i < nkeeps; i++)
		in.keeps[i] = (struct keep){ "t", "x", i };
	frame_init(&f, 1);
	fields_put(&f, handed_fields, &in);
	fields_get(&f, handed_fields, &out, a);
	ok = frame_ok(&f) && out.naccepts == naccepts && out.nkeeps == nkeeps && out.gentle;
	frame_fini(&f);
	return ok;
}

static void
keeps(struct arena *a)
{
	struct keep list[2] = { { "a", "1", 3 }, { "b", "2", UINT64_MAX } }, out;
	const struct handed h = { .keeps = list, .nkeeps = 2 };
	struct err e = { 0 };
	struct frame f;

	T_TRUE("as many as there may be", so_many(HANDED_ACCEPTS_MAX, HANDED_KEEPS_MAX, a));
	T_TRUE("an accept more", !so_many(HANDED_ACCEPTS_MAX + 1, 0, a));
	T_TRUE("a text more", !so_many(0, HANDED_KEEPS_MAX + 1, a));
	T_TEXT("by its target", handed_keep(&h, "b")->text, "2");
	T_TRUE("of another there is none", handed_keep(&h, "c") == NULL);
	frame_init(&f, 0);
	wire_put_keep(&f, &list[1]);
	T_INT("it comes back", wire_get_keep(&f, a, &out, &e), 0);
	T_TRUE("with its number", out.outside == UINT64_MAX);
	wire_put_keep(&f, &(struct keep){ "t", letters(a, HANDED_KEEP_TEXT_MAX), 0 });
	T_INT("the longest text", wire_get_keep(&f, a, &out, &e), 0);
	wire_put_keep(&f, &(struct keep){ "t", letters(a, HANDED_KEEP_TEXT_MAX + 1), 0 });
	T_INT("one longer", wire_get_keep(&f, a, &out, &e), -1);
	frame_fini(&f);
}

static void
words(struct arena *a)
{
	struct err e = { 0 };

	T_INT("a name and a reason", accept_check("QM Lee", "moved on purpose", &e), 0);
	T_INT("as long as they may be",
	    accept_check(letters(a, ACCEPT_BY_MAX), letters(a, ACCEPT_REASON_MAX), &e), 0);
	T_INT("a longer name", accept_check(letters(a, ACCEPT_BY_MAX + 1), "x", &e), -1);
	T_HAS("says the limit", e.msg, "the name: 81 bytes (at most 80)");
	T_INT("a longer reason", accept_check("x", letters(a, ACCEPT_REASON_MAX + 1), &e), -1);
	T_HAS("says the limit", e.msg, "the reason: 241 bytes (at most 240)");
	T_INT("no name", accept_check("  ", "x", &e), -1);
	T_INT("no reason", accept_check("x", "", &e), -1);
	T_INT("two lines", accept_check("x", "a\nb", &e), -1);
	T_INT("a terminal's controls", accept_check("\033[2J", "x", &e), -1);
}

int
main(void)
{
	struct arena *a = arena_new((size_t)64 << 20);

	accepts(a);
	keeps(a);
	words(a);
	arena_free(a);
	return t_end();
}
