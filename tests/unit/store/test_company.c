/* SPDX-License-Identifier: Apache-2.0
 *
 * Letters to people: which may go into one, and what waits behind that one.
 */
#include "store/store.h"
#include "tests/t.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
put_titled(struct store *s, const char *key, enum event_kind kind, span due)
{
	struct store_letter l = { .sink = "m",
		.event = "e",
		.key = key,
		.type = "t",
		.kind = kind,
		.due = due,
		.body = key,
		.len = strlen(key),
		.title = kind == EVENT_SUMMARY ? "" : "a title" };
	struct err e = { 0 };

	T_INT("a letter to people", store_letter_put(s, &l, &e), 0);
}

/* What may be in a summary, and what waits behind one. */
static void
company(struct store *s, struct arena *a)
{
	struct err e = { 0 };
	struct store_letter *v;
	size_t n;
	span due;

	put_titled(s, "k1", EVENT_RAISED, 10);
	put_titled(s, "k2", EVENT_RAISED, 20);
	put_titled(s, "k3", EVENT_RAISED, 30);
	put_titled(s, "k1", EVENT_ESCALATED, 40);
	store_letters_company(s, "m", false, 3, a, &v, &n, &e);
	T_INT("the first of each key, due or not", n, 3);
	store_letters_company(s, "m", false, 2, a, &v, &n, &e);
	T_INT("as many as are asked for", n, 2);
	T_TEXT("with their titles", v[0].title, "a title");
	store_letters_put_off(s, "m", 25, &e);
	store_letters_next(s, "m", false, &due, &e);
	T_INT("put off", due, 25);
	store_letter_later(s, v[1].row, 1, 0, "tried", &e);
	put_titled(s, "summary/1", EVENT_SUMMARY, 0);
	store_letters_company(s, "m", false, 3, a, &v, &n, &e);
	T_INT("none while a summary waits", n, 0);
	store_letters_due(s, "m", false, 100, 10, a, &v, &n, &e);
	T_INT("what was tried before goes, and the summary", n, 2);
	T_TEXT("nothing overtakes the summary", v[1].body, "summary/1");
	store_letter_refused(s, &v[1], SPAN_MAX, "no", &e);
	store_letters_due(s, "m", false, 100, 10, a, &v, &n, &e);
	T_INT("one that is parked holds up nobody", n, 3);
	for (size_t i = 0; i < n; i++)
		store_letters_forget(s, "m", v[i].key, &e);
	store_letters_forget(s, "m", "summary/1", &e);
}

int
main(void)
{
	char dir[] = "/tmp/forewarn-company.XXXXXX", command[64];
	struct arena *a = arena_new((size_t)1 << 20);
	struct err e = { 0 };
	struct store *s;

	if (mkdtemp(dir) == NULL)
		abort();
	s = store_open(dir, &e);
	if (s == NULL)
		abort();
	company(s, a);
	store_close(s);
	arena_free(a);
	snprintf(command, sizeof(command), "rm -rf %s", dir);
	return system(command) == 0 ? t_end() : 1;
}
