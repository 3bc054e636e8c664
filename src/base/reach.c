/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the questions by which a process finds out how much of its computer it is shown.
 */
#include "base/reach.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MAP_MAX 16384 /* bytes: 340 lines at most (user_namespaces(7)), 34 bytes each */

/* Lines may lie in any order, and none overlaps another: what they map of the range adds up. */
bool
reach_maps_people(const char *map)
{
	unsigned long first, outside, n, mapped = 0;

	for (const char *p = map; sscanf(p, "%lu %lu %lu", &first, &outside, &n) == 3;) {
		unsigned long last = n > 0 ? first + n - 1 : 0;
		unsigned long low = first > REACH_PEOPLE_FIRST ? first : REACH_PEOPLE_FIRST;
		unsigned long high = last < REACH_PEOPLE_LAST ? last : REACH_PEOPLE_LAST;

		if (n > 0 && low <= high)
			mapped += high - low + 1;
		p = strchr(p, '\n');
		if (p == NULL)
			break;
		p++;
	}
	return mapped == REACH_PEOPLE_LAST - REACH_PEOPLE_FIRST + 1;
}

bool
reach_people(void)
{
	int fd = open("/proc/self/uid_map", O_RDONLY | O_CLOEXEC);
	char map[MAP_MAX];
	size_t have = 0;
	ssize_t n = 0;

	if (fd < 0)
		return true;
	while (have < sizeof(map) - 1 && (n = read(fd, map + have, sizeof(map) - 1 - have)) > 0)
		have += (size_t)n;
	close(fd);
	map[have] = '\0';
	return n < 0 || reach_maps_people(map);
}

/* The first process is another user's, or this process may see all. */
bool
reach_programs(void)
{
	return access("/proc/1", F_OK) == 0;
}
