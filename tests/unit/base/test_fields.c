/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables of fields: every kind there and back, each limit at it and one past it, and what cannot be
 * read. The bytes of the real messages are tests/unit/tell/test_bytes.
 */
#include "base/fields.h"

#include "tests/t.h"

#include <math.h>

enum colour { RED, GREEN, COLOURS };

struct leaf {
	const char *word;
	uint32_t n;
};

struct all {
	const char *text, *maybe, *words;
	bool flag, known;
	uint32_t small;
	enum colour colour;
	uint64_t big[3];
	int64_t moment, wait;
	double value, guess;
	struct leaf leaf;
	struct leaf *leaves, *others;
	size_t nleaves;
	uint32_t nothers;
};

static bool
no_blank(const void *text)
{
	return strchr(text, ' ') == NULL;
}

static bool
is_odd(const void *leaf)
{
	return ((const struct leaf *)leaf)->n % 2 == 1;
}

static bool
at_most_one(const void *guess)
{
	return *(const double *)guess <= 1;
}

static const struct field leaf_fields[] = {
	FIELD_TEXT(struct leaf, word, .hi = 4),
	FIELD_U32(struct leaf, n),
	FIELDS_END,
};

static const struct field all_fields[] = {
	FIELD_TEXT(struct all, text, .called = "the text", .lo = 2, .hi = 4, .fits = no_blank),
	FIELD_MAYBE(struct all, maybe, .hi = 4),
	FIELD_WORDS(struct all, words),
	FIELD_FLAG(struct all, flag),
	FIELD_U32(struct all, small, .hi = 9),
	FIELD_ENUM(struct all, colour, enum colour, COLOURS),
	FIELD_U64(struct all, big[0], .times = 3),
	FIELD_I64(struct all, moment),
	FIELD_I64(struct all, wait, .lo = -1, .hi = 6),
	FIELD_F64(struct all, value),
	FIELD_FLAG(struct all, known),
	FIELD_IF(struct all, guess, known, .fits = at_most_one),
	FIELD_PART(struct all, leaf, struct leaf, leaf_fields, .fits = is_odd),
	FIELD_LIST(struct all, leaves, nleaves, struct leaf, leaf_fields, 2),
	FIELD_LIST(struct all, others, nothers, struct leaf, leaf_fields, 3),
	FIELDS_END,
};

static struct leaf two[] = { { "a", 1 }, { "bb", 2 }, { "c", 3 }, { "d", 4 } };

static struct all
good(void)
{
	return (struct all){ "abc", NULL, NULL, true, true, 9, GREEN, { 1, UINT64_MAX, 3 },
		INT64_MIN, 6, -0.5, 1, { "leaf", 7 }, two, two, 2, 3 };
}

static void
there_and_back(struct arena *a)
{
	struct all in = good(), out;
	struct frame f, again;

	frame_init(&f, 1);
	frame_init(&again, 1);
	fields_put(&f, all_fields, &in);
	memset(&out, 0x55, sizeof(out));
	fields_get(&f, all_fields, &out, a);
	T_TRUE("all of it is read", frame_ok(&f));
	T_TEXT("nothing is wrong with it", fields_fault(all_fields, &out), NULL);
	T_TEXT("text", out.text, "abc");
	T_TEXT("NULL stays NULL", out.maybe, NULL);
	T_TEXT("NULL becomes words", out.words, "");
	T_TRUE("flags", out.flag && out.known);
	T_INT("a number", out.small, 9);
	T_INT("an enum", out.colour, GREEN);
	T_TRUE("side by side", out.big[0] == 1 && out.big[1] == UINT64_MAX && out.big[2] == 3);
	T_INT("signed", out.moment, INT64_MIN);
	T_TRUE("doubles", out.value == -0.5 && out.guess == 1);
	T_TEXT("a part", out.leaf.word, "leaf");
	T_INT("a list counted in size_t", out.nleaves, 2);
	T_TEXT("its last", out.leaves[1].word, "bb");
	T_INT("a list counted in uint32_t", out.nothers, 3);
	T_INT("its last", out.others[2].n, 3);
	out.words = NULL;
	fields_put(&again, all_fields, &out);
	T_TRUE("the same bytes", again.len == f.len && memcmp(again.data, f.data, f.len) == 0);
	for (size_t n = 0; n < f.len; n++) {
		struct frame cut = { .data = f.data, .len = n };

		fields_get(&cut, all_fields, &out, a);
		T_TRUE("cut short", !frame_ok(&cut));
	}
	frame_fini(&again);
	frame_fini(&f);
}

/* What is not known has no limit and travels as 0. */
static void
unknown(struct arena *a)
{
	struct all in = good(), out;
	struct frame f;

	in.known = false;
	in.guess = NAN;
	in.nleaves = in.nothers = 0;
	T_TEXT("not known", fields_fault(all_fields, &in), NULL);
	frame_init(&f, 1);
	fields_put(&f, all_fields, &in);
	fields_get(&f, all_fields, &out, a);
	T_TRUE("comes out as 0", frame_ok(&f) && out.guess == 0);
	T_TRUE("an empty list", out.leaves == NULL && out.nleaves == 0);
	frame_fini(&f);
}

#define FAULT(row, change, want)                                                                   \
	do {                                                                                       \
		struct all x = good();                                                             \
		change;                                                                            \
		T_TEXT(row, fields_fault(all_fields, &x), want);                                   \
	} while (0)

static void
limits(void)
{
	struct leaf long_word[] = { { "abcde", 1 } };

	FAULT("the shortest text", x.text = "ab", NULL);
	FAULT("too short", x.text = "a", "the text");
	FAULT("the longest text", x.text = "abcd", NULL);
	FAULT("too long", x.text = "abcde", "the text");
	FAULT("not there", x.text = NULL, "the text");
	FAULT("refused by its own rule", x.text = "a b", "the text");
	FAULT("the longest that may be missing", x.maybe = "abcd", NULL);
	FAULT("too long, though it may be missing", x.maybe = "abcde", "maybe");
	FAULT("words without a limit", x.words = "as long as it may be", NULL);
	FAULT("a number past its limit", x.small = 10, "small");
	FAULT("an enum past its last", x.colour = COLOURS, "colour");
	FAULT("the least wait", x.wait = -1, NULL);
	FAULT("less", x.wait = -2, "wait");
	FAULT("more than the longest wait", x.wait = 7, "wait");
	FAULT("known and past its limit", x.guess = 1.5, "guess");
	FAULT("known and no number", x.guess = NAN, "guess");
	FAULT("a part against its own rule", x.leaf.n = 8, "leaf");
	FAULT("a part with a bad field", x.leaf.word = "abcde", "leaf");
	FAULT("a list that is too long", x.nleaves = 3, "leaves");
	FAULT("the other one", x.nothers = 4, "others");
	FAULT("a list with a bad field", (x.leaves = long_word, x.nleaves = 1), "leaves");
	FAULT("the first fault is named", (x.small = 10, x.wait = 7), "small");
}

/* Past a limit that costs memory nothing is read. */
static void
too_many(struct arena *a)
{
	struct all in = good(), out;
	struct frame f;

	in.nleaves = 3;
	frame_init(&f, 1);
	fields_put(&f, all_fields, &in);
	fields_get(&f, all_fields, &out, a);
	T_TRUE("a list of more than its limit", f.bad && out.leaves == NULL && out.nleaves == 0);
	frame_fini(&f);
}

int
main(void)
{
	struct arena *a = arena_new((size_t)16 << 20);

	there_and_back(a);
	unknown(a);
	limits();
	too_many(a);
	arena_free(a);
	return t_end();
}
