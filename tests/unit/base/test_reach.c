/* SPDX-License-Identifier: Apache-2.0 */
#include "base/reach.h"
#include "tests/t.h"

static const struct {
	const char *map;
	bool people;
} maps[] = {
	{ "         0          0 4294967295\n", true },
	/* PrivateUsers=yes: root, and the user of the service */
	{ "0 0 1\n990 990 1\n", false },
	/* PrivateUsers=identity */
	{ "0 0 65536\n", true },
	/* the range, and one less at either end */
	{ "1000 1000 59000\n", true },
	{ "1001 1001 58999\n", false },
	{ "1000 1000 58999\n", false },
	/* in two pieces, in any order; with a hole */
	{ "30000 30000 35536\n0 0 30000\n", true },
	{ "30001 30001 35536\n0 0 30000\n", false },
	{ "", false },
	{ "0 0 0\n", false },
	{ "no map\n", false },
	{ "0 0", false },
};

static void
people(void)
{
	for (size_t i = 0; i < sizeof(maps) / sizeof(maps[0]); i++)
		T_INT(maps[i].map, reach_maps_people(maps[i].map), maps[i].people);
}

int
main(void)
{
	people();
	return t_end();
}
