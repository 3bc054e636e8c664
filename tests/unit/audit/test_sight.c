/* SPDX-License-Identifier: Apache-2.0
 *
 * How a log's file was, as lines of the head, each number at its limit and one past it; and what of
 * a change is found.
 */
#include "probes/audit/finding.h"
#include "probes/audit/surroundings.h"

#include "tests/t.h"

#include <fcntl.h>

static bool
reads(const char *line)
{
	char copy[256];
	struct statement st;
	struct sights s = { .known = false };
	bool ours;

	snprintf(copy, sizeof(copy), "%s", line);
	return statement_parse(copy, strlen(copy), &st) && sights_get(&s, &st, &ours) && ours &&
	       s.known;
}

static void
lines(void)
{
	T_TRUE("at every limit",
	    reads("fw1 first ino=18446744073709551615 btime=-1 mode=4095 uid=4294967295 append=1 "
		  "immutable=1"));
	T_TRUE("the other line", reads("fw1 last ino=0 btime=0 mode=0 uid=0 append=0 immutable=0"));
	T_TRUE("a mode past it",
	    !reads("fw1 last ino=0 btime=0 mode=4096 uid=0 append=0 immutable=0"));
	T_TRUE("a user past it",
	    !reads("fw1 last ino=0 btime=0 mode=0 uid=4294967296 append=0 immutable=0"));
	T_TRUE(
	    "a flag past it", !reads("fw1 last ino=0 btime=0 mode=0 uid=0 append=2 immutable=0"));
	T_TRUE(
	    "the other flag", !reads("fw1 last ino=0 btime=0 mode=0 uid=0 append=0 immutable=2"));
	T_TRUE("one that is missing", !reads("fw1 last ino=0 btime=0 mode=0 uid=0 append=0"));
}

static size_t
found(struct log *l, const struct sight *now)
{
	l->now++;
	surroundings_judge(l, now);
	return l->s.nfound;
}

static void
judged(void)
{
	struct arena *a = arena_new((size_t)64 << 20);
	struct err e;
	struct digester *d = digest_new(&e);
	struct log l = { .path = "/var/log/a.log", .now = 1 };
	struct sight v = { 7, 8, 0640, 0, 0, 0 };

	state_load(&l.s, AT_FDCWD, "/var/log/a.log", a, d, &e);
	T_INT("a first sight", found(&l, &v), 0);
	v.mode = 0660;
	T_INT("its group may write", found(&l, &v), 1);
	v.uid = 5;
	T_INT("another owner", found(&l, &v), 2);
	v.append = 1;
	T_INT("a flag more is none", found(&l, &v), 2);
	v.append = 0;
	T_INT("its loss is", found(&l, &v), 3);
	T_INT("each once", found(&l, &v), 3);
	v = (struct sight){ 7, 8, 0600, 0, 1, 0 };
	T_INT("all set back", found(&l, &v), 0);
	v = (struct sight){ 9, 8, 0660, 5, 0, 0 };
	T_INT("another file is its program's own", found(&l, &v), 0);
	v = (struct sight){ 10, 8, 0662, 5, 0, 0 };
	T_INT("but for what everybody may write to", found(&l, &v), 1);
	T_TEXT("by its class", l.s.found[0].key, "mode");
	state_fini(&l.s);
	digest_free(d);
	arena_free(a);
}

int
main(void)
{
	lines();
	judged();
	return t_end();
}
