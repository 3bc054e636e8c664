/* SPDX-License-Identifier: Apache-2.0 */
#include "probes/clock/vote.h"

#include "tests/t.h"

static const struct {
	const char *row;
	size_t n;
	struct interval v[5];
	bool majority;
	int64_t lo, hi;
	const char *agrees; /* one letter an interval */
} cases[] = {
	{ "nobody has no majority", 0, { { 0 } }, false, 0, 0, "" },
	{ "one alone is its own majority", 1, { { -3, 5, 0 } }, true, -3, 5, "y" },
	{ "two that meet: where both are", 2, { { 0, 10, 0 }, { 5, 20, 0 } }, true, 5, 10, "yy" },
	{ "two that touch in a point", 2, { { 0, 10, 0 }, { 10, 20, 0 } }, true, 10, 10, "yy" },
	{ "two that miss by one", 2, { { 0, 10, 0 }, { 11, 20, 0 } }, false, 0, 0, "nn" },
	{ "three, one lies", 3, { { 0, 10, 0 }, { 2500, 2510, 0 }, { 5, 15, 0 } }, true, 5, 10,
	    "yny" },
	{ "three that all miss", 3, { { 0, 1, 0 }, { 5, 6, 0 }, { 10, 11, 0 } }, false, 0, 0,
	    "nnn" },
	{ "four, two against two", 4,
	    { { 0, 10, 0 }, { 1, 9, 0 }, { 100, 110, 0 }, { 101, 109, 0 } }, false, 0, 0, "nnnn" },
	{ "Marzullo's 8..12, 11..13, 14..15: no more than two meet", 3,
	    { { 8, 12, 0 }, { 11, 13, 0 }, { 14, 15, 0 } }, true, 11, 12, "yyn" },
	{ "a wide one that meets two which miss each other accuses nobody", 3,
	    { { 0, 10, 0 }, { 0, 1, 0 }, { 9, 10, 0 } }, true, 0, 10, "yyy" },
	{ "three that agree: any one of them may be wrong", 3,
	    { { 0, 10, 0 }, { 2, 12, 0 }, { 5, 15, 0 } }, true, 2, 12, "yyy" },
	{ "four that agree: one of them may be wrong", 4,
	    { { 0, 10, 0 }, { 2, 12, 0 }, { 5, 15, 0 }, { 6, 16, 0 } }, true, 5, 12, "yyyy" },
	{ "five that agree: two of them may be wrong", 5,
	    { { 0, 10, 0 }, { 2, 12, 0 }, { 5, 15, 0 }, { 6, 16, 0 }, { 7, 17, 0 } }, true, 5, 15,
	    "yyyyy" },
	{ "all the same point", 3, { { 7, 7, 0 }, { 7, 7, 0 }, { 7, 7, 0 } }, true, 7, 7, "yyy" },
	{ "five, two liars apart", 5,
	    { { -900, -800, 0 }, { 0, 4, 0 }, { 1, 5, 0 }, { 2, 6, 0 }, { 800, 900, 0 } }, true, 2,
	    4, "nyyyn" },
};

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct interval v[5];
		struct vote got;
		char agrees[6] = "";

		memcpy(v, cases[i].v, sizeof(v));
		got = vote(v, cases[i].n);
		for (size_t k = 0; k < cases[i].n; k++)
			agrees[k] = v[k].agrees ? 'y' : 'n';
		T_INT(cases[i].row, got.majority, cases[i].majority);
		T_TEXT(cases[i].row, agrees, cases[i].agrees);
		if (!cases[i].majority)
			continue;
		T_INT(cases[i].row, got.lo, cases[i].lo);
		T_INT(cases[i].row, got.hi, cases[i].hi);
	}
	return t_end();
}
