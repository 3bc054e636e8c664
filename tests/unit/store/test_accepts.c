/* SPDX-License-Identifier: Apache-2.0
 *
 * Findings that people accepted, and what probes have kept: as put, by their limits, and a changed
 * row is not believed.
 */
#include "tests/store_life.h"
#include "tests/t.h"

static struct arena *a;
static struct err e;

static struct store_accept
good(const char *target, instant at, instant ended)
{
	return (struct store_accept){ 0, "trail",
		{ target, "audit.edited", "00ff", at, "Lee", "meant" }, "root", "it was changed",
		ended };
}

static void
accepts(void)
{
	struct store_accept v = good("/a", 10, 0), other = good("/b", 11, 12), *list, one;
	struct store *s;
	bool there;
	size_t n;

	make_folder();
	s = store_open(dir, &e);
	T_INT("put", store_accept_put(s, &v, &e), 0);
	T_INT("one that has ended", store_accept_put(s, &other, &e), 0);
	store_accepts(s, a, &list, &n, &e);
	T_INT("both are listed", n, 2);
	T_TEXT("as put", list[0].accept.reason, "meant");
	T_TEXT("with who entered it", list[0].login, "root");
	store_accepts_pending(s, "trail", a, &list, &n, &e);
	T_INT("one is to be handed over", n, 1);
	T_TEXT("that", list[0].accept.target, "/a");
	store_accept_of(s, "trail", "/a", "audit.edited", 0, a, &one, &there, &e);
	T_TRUE("what has not ended ended nothing", !there);
	list[0].ended = 20;
	store_accept_put(s, &list[0], &e);
	store_accepts_pending(s, "trail", a, &list, &n, &e);
	T_INT("then none is", n, 0);
	store_accept_of(s, "trail", "/a", "audit.edited", 10, a, &one, &there, &e);
	T_TRUE("it ended that", there && one.ended == 20);
	store_accept_of(s, "trail", "/a", "audit.edited", 11, a, &one, &there, &e);
	T_TRUE("nothing that began later", !there);
	store_accept_of(s, "trail", "/a", "audit.time", 0, a, &one, &there, &e);
	T_TRUE("nor another rule's", !there);
	store_close(s);
	sql("UPDATE accepts SET by = 'me' WHERE target = '/a'");
	s = store_open(dir, &e);
	store_accepts(s, a, &list, &n, &e);
	T_INT("a changed one is not believed", n, 1);
	T_INT("and counted", store_damage(s)->rows_lost, 1);
	store_close(s);
	drop_folder();
}

static void
fill_with(struct store *s, size_t n, instant ended)
{
	for (size_t i = 0; i < n; i++) {
		struct store_accept v = good("/a", 1, ended);

		store_accept_put(s, &v, &e);
	}
}

static void
room(void)
{
	uint64_t pending, all;
	struct store *s;

	make_folder();
	s = store_open(dir, &e);
	store_begin(s, &e);
	fill_with(s, STORE_ACCEPTS_MAX - 1, 30);
	fill_with(s, 1, 0);
	store_accepts_prune(s, 30, 0, &e);
	store_accepts_count(s, &pending, &all, &e);
	T_INT("at the limit all stay", (int64_t)all, STORE_ACCEPTS_MAX);
	T_INT("one waits", (int64_t)pending, 1);
	store_accepts_prune(s, 30, 1, &e);
	store_accepts_count(s, &pending, &all, &e);
	T_INT("one that ended makes room for one", (int64_t)all, STORE_ACCEPTS_MAX - 1);
	store_accepts_prune(s, 31, 0, &e);
	store_accepts_count(s, &pending, &all, &e);
	T_INT("those that ended before go", (int64_t)all, 1);
	T_INT("what waits does not", (int64_t)pending, 1);
	store_commit(s, &e);
	store_close(s);
	drop_folder();
}

static void
keeps(void)
{
	struct store_keep *list;
	struct store *s;
	size_t n;

	make_folder();
	s = store_open(dir, &e);
	T_INT("put", store_keep_put(s, "trail", &(struct keep){ "/a", "1", 0 }, 10, a, &e), 0);
	store_keep_put(s, "trail", &(struct keep){ "/b", "2", 0 }, 20, a, &e);
	store_keep_put(s, "other", &(struct keep){ "/a", "3", 0 }, 20, a, &e);
	T_INT("one went out", store_keeps_outside(s, 10, a, &e), 0);
	store_keep_put(s, "trail", &(struct keep){ "/a", "4", 9 }, 30, a, &e);
	store_keeps(s, "trail", a, &list, &n, &e);
	T_INT("those of the check", n, 2);
	T_TEXT("the newest text", list[0].keep.text, "4");
	T_INT("its first moment stays", list[0].since, 10);
	T_INT("and how often it went out", (int64_t)list[0].keep.outside, 1);
	T_INT("one that came later did not", (int64_t)list[1].keep.outside, 0);
	store_keeps(s, NULL, a, &list, &n, &e);
	T_INT("of all checks", n, 3);
	store_keeps_drop(s, "trail", "/a", &e);
	store_keeps(s, "trail", a, &list, &n, &e);
	T_INT("one goes", n, 1);
	store_keeps_drop(s, "trail", NULL, &e);
	store_keeps(s, NULL, a, &list, &n, &e);
	T_INT("all of a check go", n, 1);
	store_close(s);
	sql("UPDATE keeps SET text = 'x'");
	s = store_open(dir, &e);
	store_keeps(s, NULL, a, &list, &n, &e);
	T_INT("a changed one is not believed", n, 0);
	store_close(s);
	drop_folder();
}

int
main(void)
{
	a = arena_new((size_t)16 << 20);
	accepts();
	room();
	keeps();
	arena_free(a);
	return t_end();
}
