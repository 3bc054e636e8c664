/* SPDX-License-Identifier: Apache-2.0
 *
 * Sidecars and what is read out of them: the block and its sum, where rows of records agree again,
 * and each limit, at the limit and one past it.
 */
#include "probes/audit/diff.h"
#include "probes/audit/elsewhere.h"
#include "probes/audit/logs.h"
#include "probes/audit/resync.h"
#include "probes/audit/side.h"

#include "tests/rig_audit.h"
#include "tests/t.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void
key(int dir)
{
	struct side_key a, b, c;

	T_INT("a key is made", side_key_load(&a, dir), SIDE_KEY_NEW);
	T_INT("and found again", side_key_load(&b, dir), SIDE_KEY_KNOWN);
	T_TRUE("the same", memcmp(&a, &b, sizeof(a)) == 0);
	unlinkat(dir, "side.key", 0);
	T_INT("gone: another one", side_key_load(&c, dir), SIDE_KEY_NEW);
	T_TRUE("not the same", memcmp(&a, &c, sizeof(a)) != 0);
	T_TRUE("which gives another hash", side_hash(&a, "x\n", 2) != side_hash(&c, "x\n", 2));
	T_INT("no folder, no key", side_key_load(&c, -1), SIDE_KEY_NONE);
}

/* The block of a chunk of 3 records, and all that can become of it. */
static void
block(int dir, const struct side_key *k)
{
	uint8_t sha[HASH_SIZE] = { 1 }, other[HASH_SIZE] = { 2 };
	struct side_place at = { 5, 70, 3, sha }, wrong = { 5, 70, 3, other };
	uint64_t v[4] = { 7, 8, 9 }, got[4];
	struct side f;
	unsigned char byte;
	size_t refused = 0;

	side_open(&f, k, dir, "x", 1, true);
	side_put(&f, &at, v);
	T_TRUE("what was put", side_get(&f, &at, got) && memcmp(v, got, 3 * sizeof(*v)) == 0);
	T_TRUE("is of this chunk only", !side_get(&f, &wrong, got));
	T_TRUE(
	    "nothing stands before it", !side_get(&f, &(struct side_place){ 0, 0, 3, sha }, got));
	T_TRUE("the file reaches so far", side_reaches(&f, 6, 73));
	T_TRUE("and no farther", !side_reaches(&f, 6, 74));
	for (off_t i = 0; i < 32; i++) {
		off_t o = (5 + 70) * 8 + i;

		if (pread(f.fd, &byte, 1, o) != 1)
			abort();
		byte ^= 1;
		if (pwrite(f.fd, &byte, 1, o) != 1)
			abort();
		refused += !side_get(&f, &at, got);
		byte ^= 1;
		if (pwrite(f.fd, &byte, 1, o) != 1)
			abort();
	}
	T_INT("each flipped byte is noticed", refused, 32);
	if (ftruncate(f.fd, (5 + 70 + 4) * 8 - 1) < 0)
		abort();
	T_TRUE("a byte is missing", !side_get(&f, &at, got));
	side_close(&f);
	side_remove(dir, "x", 1);
	side_open(&f, k, dir, "x", 1, false);
	T_TRUE("gone", f.fd < 0 && !side_get(&f, &at, got) && !side_reaches(&f, 0, 0));
	side_open(&f, NULL, dir, "x", 1, true);
	T_TRUE("no key, no sidecar", f.fd < 0);
	if (mkfifoat(dir, "x.2.side", 0600) < 0)
		abort();
	side_open(&f, k, dir, "x", 2, true);
	T_TRUE("a pipe is none", f.fd < 0);
}

/* The last block that fits into SIDE_MAX bytes, and one record more. */
static void
size_limit(int dir, const struct side_key *k)
{
	uint8_t sha[HASH_SIZE] = { 1 };
	struct side_place at = { 10, SIDE_MAX / 8 - 11 - 2, 2, sha };
	uint64_t v[3] = { 1, 2 }, got[3];
	struct side f;

	side_open(&f, k, dir, "x", 3, true);
	side_put(&f, &at, v);
	T_TRUE("at the limit", side_get(&f, &at, got));
	at.record++;
	v[0] = 3;
	side_put(&f, &at, v);
	T_TRUE("one past it", !side_get(&f, &at, got));
	at.record = UINT64_MAX - 1;
	side_put(&f, &at, v);
	T_TRUE("absurd", !side_get(&f, &at, got));
	side_close(&f);
}

static void
split(const struct side_key *k)
{
	static char text[2 * SIDE_RECORDS + 2];
	static uint64_t v[SIDE_RECORDS];

	for (size_t i = 0; i < SIDE_RECORDS + 1; i++)
		memcpy(text + 2 * i, "x\n", 2);
	T_INT("as many as there may be", side_split(k, text, 2 * SIDE_RECORDS, v, SIDE_RECORDS),
	    SIDE_RECORDS);
	T_INT("one more", side_split(k, text, 2 * SIDE_RECORDS + 2, v, SIDE_RECORDS),
	    SIDE_RECORDS + 1);
	T_INT("without a line end", side_split(k, "a\nb", 3, v, 4), 2);
	T_TRUE("it counts", side_hash(k, "b", 1) == v[1] && side_hash(k, "b\n", 2) != v[1]);
	T_INT("nothing", side_split(k, "", 0, v, 4), 0);
}

/* Letters are records: where do they agree again? */
static const struct {
	const char *name, *old, *now;
	bool ends, found;
	size_t a, b;
} rows[] = {
	{ "one gone", "abcd", "bcde", false, true, 1, 0 },
	{ "one put in", "abcd", "xabcd", false, true, 0, 1 },
	{ "one changed", "abcd", "xbcd", false, true, 1, 1 },
	{ "one became two", "abcd", "xybcd", false, true, 1, 2 },
	{ "two in a row are chance", "abcx", "ybcz", false, false, 0, 0 },
	{ "but not at the end", "abc", "ybcz", true, true, 1, 1 },
	{ "nothing in common", "abcd", "wxyz", true, false, 0, 0 },
	{ "the nearest of several", "aabbb", "bbbaabbb", false, true, 2, 0 },
	{ "nothing there", "abc", "", true, false, 0, 0 },
};

static size_t
letters(const char *text, uint64_t *v)
{
	size_t n = 0;

	for (; text[n] != '\0'; n++)
		v[n] = (uint64_t)text[n] << 32;
	return n;
}

static void
resync(void)
{
	uint64_t o[16], n[16];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct row old = { o, letters(rows[i].old, o), rows[i].ends };
		struct row now = { n, letters(rows[i].now, n), false };
		size_t a = 0, b = 0;

		T_INT(rows[i].name, resync_find(&old, &now, &a, &b), rows[i].found);
		T_INT(rows[i].name, a, rows[i].a);
		T_INT(rows[i].name, b, rows[i].b);
	}
}

static bool
put_stretch(void *self, const struct stretch *s)
{
	char *text = self;

	snprintf(
	    text + strlen(text), 64, "%zu+%zu>%zu+%zu ", s->old_at, s->old_n, s->now_at, s->now_n);
	return strlen(text) < 40;
}

static void
stretches(void)
{
	static const struct {
		const char *name, *old, *now, *want;
	} cases[] = {
		{ "the same", "abc", "abc", "" },
		{ "one in the middle", "abc", "axc", "1+1>1+1 " },
		{ "two apart", "abcde", "xbcdy", "0+1>0+1 4+1>4+1 " },
		{ "gone and put in", "abcd", "bcxd", "0+1>0+0 3+0>2+1 " },
		{ "all", "", "ab", "0+0>0+2 " },
		{ "no more are wanted", "abcdefghijkl", "1b2d3f4h5j6l",
		    "0+1>0+1 2+1>2+1 4+1>4+1 6+1>6+1 8+1>8+1 " },
	};
	uint64_t o[16], n[16];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char got[512] = "";

		resync_stretches(
		    o, letters(cases[i].old, o), n, letters(cases[i].now, n), put_stretch, got);
		T_TEXT(cases[i].name, got, cases[i].want);
	}
}

/* A log of n short records without those from `from` on, k of them; every `each`-th is changed. */
static void
write_log(struct rig *r, unsigned n, unsigned from, unsigned k, unsigned each)
{
	FILE *out = fopen(r->path, "w");

	if (out == NULL)
		abort();
	for (unsigned i = 1; i <= n; i++)
		if (i < from || i >= from + k)
			fprintf(out, each > 0 && i % each == 0 ? "%x changed\n" : "%x\n", i * 7);
	fclose(out);
}

static const struct {
	const char *name;
	unsigned n, from, k, each;
	const char *want;
} limits[] = {
	{ "as many places as are told apart", 3 * DIFF_PLACES, 0, 0, 3,
	    "app.log: 64 records, in 64 places from record 3 on, are not what they were" },
	{ "one more", 3 * DIFF_PLACES + 3, 0, 0, 3,
	    "app.log: 64 records, in 64 places from record 3 on, are not what they were; there are "
	    "more places, which were not looked at" },
	{ "as many gone in a row as can be seen", 2 * RESYNC_MAX, 11, RESYNC_MAX - RESYNC_RUN, 0,
	    "app.log: records 11 to 65543 are not there any more" },
	{ "one more", 2 * RESYNC_MAX, 11, RESYNC_MAX - RESYNC_RUN + 1, 0,
	    "app.log was changed between record 11 and 131072; which of them is not known" },
};

static void
limit(size_t i)
{
	struct rig r;
	const struct item *it;

	rig_init(&r, 1);
	write_log(&r, limits[i].n, 0, 0, 0);
	rig_look(&r);
	write_log(&r, limits[i].n, limits[i].from, limits[i].k, limits[i].each);
	rig_look(&r);
	it = rig_alarm(&r);
	T_TEXT(limits[i].name, it == NULL ? NULL : it->summary, limits[i].want);
	rig_fini(&r);
}

/* Everything of the log stands in another file, behind a line of its own. */
static void
elsewhere(unsigned n, const char *name, const char *want)
{
	struct rig r;
	const struct item *it;
	char command[256];

	rig_init(&r, 1);
	write_log(&r, n, 0, 0, 0);
	rig_look(&r);
	snprintf(command, sizeof(command), "cd %s && { echo all; cat app.log; } >all && rm app.log",
	    r.folder);
	if (system(command) != 0)
		abort();
	rig_look(&r);
	it = rig_alarm(&r);
	T_TEXT(name, it == NULL ? NULL : it->summary, want);
	rig_fini(&r);
}

/* As many logs in a folder as a check may have, and one more. */
static void
logs_limit(int dir)
{
	char folder[] = "/tmp/forewarn-logs.XXXXXX", name[64], command[64], entry[64];
	const char *path = entry;
	struct texts paths = { &path, 1 };
	struct arena *a = arena_new((size_t)1 << 28);
	struct logs l;
	struct err e;

	if (mkdtemp(folder) == NULL)
		abort();
	snprintf(entry, sizeof(entry), "%s/", folder);
	for (unsigned i = 0; i <= LOGS_MAX; i++) {
		snprintf(name, sizeof(name), "%s/log%ux", folder, i);
		close(open(name, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
		if (i + 1 == LOGS_MAX) {
			T_INT("as many logs as there may be", logs_find(&l, &paths, dir, a, &e), 0);
			T_INT("all of them", l.v.n, LOGS_MAX);
		}
	}
	T_INT("one more", logs_find(&l, &paths, dir, a, &e), -1);
	T_HAS("is said", e.msg, "more than 4096 logs");
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	if (system(command) != 0)
		abort();
	arena_free(a);
}

int
main(void)
{
	char folder[] = "/tmp/forewarn-side.XXXXXX", command[128];
	struct side_key k;
	int dir;

	if (mkdtemp(folder) == NULL || (dir = open(folder, O_RDONLY | O_DIRECTORY)) < 0)
		abort();
	key(dir);
	side_key_load(&k, dir);
	block(dir, &k);
	size_limit(dir, &k);
	split(&k);
	resync();
	stretches();
	logs_limit(dir);
	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
		limit(i);
	elsewhere(ELSEWHERE_RECORDS, "as many as are looked for",
	    "app.log is gone; its 262144 records now stand in all");
	elsewhere(ELSEWHERE_RECORDS + 1, "one more",
	    "app.log is gone; the 262145 records that stood there are in no file of its folder as "
	    "they were");
	close(dir);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command) != 0 || t_end();
}
