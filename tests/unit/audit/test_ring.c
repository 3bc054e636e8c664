/* SPDX-License-Identifier: Apache-2.0
 *
 * Logs whose program keeps only its newest records. Random lives of them raise nothing; a record
 * that was changed, taken out or put in is found, with its number. RINGS=N: that many of each.
 */
#include "probes/audit/ring_fit.h"

#include "tests/rig_audit.h"
#include "tests/t.h"

#include <stdlib.h>

/* ---- rows, each letter a record */

static struct ring_row
row_of(const char *text, uint64_t v[64])
{
	size_t n = strlen(text);

	for (size_t i = 0; i < n; i++)
		v[i] = (unsigned char)text[i];
	return (struct ring_row){ v, n };
}

static void
fits(void)
{
	static const struct {
		const char *old, *now;
		bool strange;
		size_t left;
		enum ring_change change;
		size_t at, count, others;
	} t[] = {
		{ "abcdef", "abcdef", false, 0, RING_SAME, 0, 0, 0 },
		{ "abcdef", "abcdefgh", false, 0, RING_SAME, 0, 0, 0 },
		{ "abcdef", "defgh", false, 3, RING_SAME, 0, 0, 0 },
		{ "abcdef", "fgh", false, 5, RING_SAME, 0, 0, 0 },
		{ "abcdef", "ghi", true, 0, RING_SAME, 0, 0, 0 },
		{ "", "abc", false, 0, RING_SAME, 0, 0, 0 },
		{ "abcdef", "", false, 0, RING_DELETED, 0, 6, 0 },
		/* equal records: what repeats is no loss */
		{ "aaaaaa", "aaaaaaaa", false, 0, RING_SAME, 0, 0, 0 },
		{ "aaabaaabc", "aaabcde", false, 4, RING_SAME, 0, 0, 0 },
		{ "abababab", "ababcd", false, 4, RING_SAME, 0, 0, 0 },
		/* not as it was */
		{ "abcdefgh", "abXdefgh", false, 0, RING_CHANGED, 2, 1, 0 },
		{ "abcdefgh", "cdXfghij", false, 2, RING_CHANGED, 4, 1, 0 },
		{ "abcdefgh", "Xdefghij", false, 2, RING_CHANGED, 2, 1, 0 },
		{ "abcdefgh", "dfghij", false, 3, RING_DELETED, 4, 1, 0 },
		{ "abcdefgh", "deXYfghij", false, 3, RING_INSERTED, 5, 2, 0 },
		{ "abcdefgh", "cdfghij", false, 2, RING_DELETED, 4, 1, 0 },
		{ "abcdefgh", "cdeXfghij", false, 2, RING_INSERTED, 5, 1, 0 },
		{ "abcdefgh", "Xabcdefgh", false, 0, RING_INSERTED, 0, 1, 0 },
		{ "abcdefgh", "abcdef", false, 0, RING_DELETED, 6, 2, 0 },
		{ "abcdefghijkl", "cXefghijYlm", false, 2, RING_CHANGED, 3, 1, 1 },
	};
	struct arena *a = arena_new((size_t)1 << 20);

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		uint64_t o[64], n[64];
		struct ring_row old = row_of(t[i].old, o), now = row_of(t[i].now, n);
		char row[96];
		struct ring_fit f;

		snprintf(row, sizeof(row), "%s to %s", t[i].old, t[i].now);
		ring_fit(&old, &now, a, &f);
		T_INT(row, f.strange, t[i].strange);
		T_INT(row, (int)f.left, (int)t[i].left);
		T_INT(row, (int)f.change, (int)t[i].change);
		T_INT(row, (int)f.at, (int)t[i].at);
		T_INT(row, (int)f.count, (int)t[i].count);
		T_INT(row, (int)f.others, (int)t[i].others);
	}
	arena_free(a);
}

/* ---- lives */

static void
begin(struct rig *r, uint64_t seed)
{
	rig_init(r, seed);
	r->conf.trimmed = "records";
	rig_append(r, 5 + rig_below(r, rig_below(r, 2) ? 20 : 500));
	rig_look(r);
}

/* The oldest k leave; the log is written anew, in place or beside. */
static void
trim(struct rig *r, size_t k)
{
	struct rig_file *f = &r->file[0];

	memmove(&f->record[0], &f->record[k], (f->n - k) * sizeof(f->record[0]));
	f->n -= k;
	rig_write(r, f, rig_below(r, 2));
}

static void
legitimate(uint64_t seed)
{
	static struct rig r;

	begin(&r, seed);
	for (int look = 0; look < 8; look++) {
		size_t noted = r.file[0].n;
		char row[96];

		for (unsigned i = 1 + rig_below(&r, 4); i > 0; i--) {
			size_t k = rig_below(&r, (unsigned)noted);

			rig_append(&r, rig_below(&r, 60));
			trim(&r, k);
			noted -= k; /* at least one of them stays */
		}
		rig_look(&r);
		snprintf(row, sizeof(row), "life %llu, look %d", (unsigned long long)seed, look);
		T_TEXT(row, rig_alarm(&r) == NULL ? NULL : rig_alarm(&r)->summary, NULL);
	}
	rig_fini(&r);
}

struct crime {
	const char *class;
	size_t at, count; /* in the file */
};

static struct crime
commit(struct rig *r, struct rig_file *f, size_t noted)
{
	size_t k = 1 + rig_below(r, 3), at = rig_below(r, (unsigned)(noted - k));
	unsigned *v = f->record;

	switch (rig_below(r, 3)) {
	case 0:
		for (size_t i = 0; i < k; i++)
			v[at + i] = r->next++;
		return (struct crime){ "edited", at, k };
	case 1:
		at += at == 0; /* else the oldest have left, as they may */
		memmove(&v[at], &v[at + k], (f->n - at - k) * sizeof(v[0]));
		f->n -= k;
		return (struct crime){ "deleted", at, k };
	default:
		at += at == 0; /* else it stands where the last one that left may have stood */
		memmove(&v[at + k], &v[at], (f->n - at) * sizeof(v[0]));
		f->n += k;
		for (size_t i = 0; i < k; i++)
			v[at + i] = r->next++;
		return (struct crime){ "inserted", at, k };
	}
}

static bool
tampered(uint64_t seed)
{
	static struct rig r;
	struct rig_file *f = &r.file[0];
	const struct item *it;
	const char *class, *where;
	char want[64], row[128];
	size_t left, noted;
	struct crime c;
	bool right;

	begin(&r, seed);
	f = &r.file[0];
	noted = f->n;
	left = noted > 20 ? rig_below(&r, (unsigned)noted - 12) : 0;
	rig_append(&r, rig_below(&r, 60));
	trim(&r, left);
	c = commit(&r, f, noted - left);
	rig_write(&r, f, rig_below(&r, 2));
	rig_look(&r);
	it = harness_item(&r.h, "audit.edited", NULL);
	snprintf(row, sizeof(row), "crime %llu: %zu %s at %zu, behind %zu that left",
	    (unsigned long long)seed, c.count, c.class, c.at, left);
	T_TRUE(row, rig_alarm(&r) != NULL);
	snprintf(want, sizeof(want), c.count == 1 ? "%zu" : "%zu-%zu", left + c.at + 1,
	    left + c.at + c.count);
	class = it != NULL ? harness_evidence(it, "class") : NULL;
	where = it != NULL ? harness_evidence(it, c.count == 1 ? "record" : "records") : NULL;
	right = class != NULL && strcmp(class, c.class) == 0 && where != NULL &&
		strcmp(where, want) == 0;
	if (!right)
		printf("%s, but told: %s\n", row,
		    rig_alarm(&r) == NULL ? "nothing" : rig_alarm(&r)->summary);
	rig_fini(&r);
	return right;
}

int
main(void)
{
	const char *text = getenv("RINGS");
	unsigned n = text != NULL ? (unsigned)atoi(text) : 100, right = 0;

	fits();
	for (uint64_t seed = 1; seed <= n; seed++)
		legitimate(seed);
	for (uint64_t seed = 1; seed <= n; seed++)
		right += tampered(seed);
	printf("class and record right in %u of %u\n", right, n);
	T_TRUE("class and record are right in 99 of 100", right * 100 >= n * 99);
	return t_end();
}
