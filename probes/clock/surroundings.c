/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading what lies outside of the cell.
 */
#include "surroundings.h"

#include "ticks.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ZONES "/zoneinfo/"

static struct surroundings seen;

/* The bytes of a file that the system keeps; -1: it is not there. */
static ssize_t
slurp(const char *root, const char *path, char *buf, size_t size)
{
	char full[4096];
	ssize_t n;
	int fd;

	snprintf(full, sizeof(full), "%s%s", root, path);
	fd = open(full, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return -1;
	n = read(fd, buf, size - 1);
	close(fd);
	if (n >= 0)
		buf[n] = '\0';
	return n;
}

static void
read_boot_id(const char *root, struct surroundings *s)
{
	char buf[MEMORY_BOOT_ID + 2];

	if (slurp(root, "/proc/sys/kernel/random/boot_id", buf, sizeof(buf)) < 0)
		return;
	buf[strcspn(buf, "\n")] = '\0';
	snprintf(s->boot_id, sizeof(s->boot_id), "%.*s", MEMORY_BOOT_ID, buf);
}

static void
read_zone(const char *root, struct surroundings *s)
{
	static char rules[SURROUNDINGS_RULES_MAX];
	char full[4096], to[4096];
	const char *name;
	ssize_t n;

	snprintf(full, sizeof(full), "%s/etc/localtime", root);
	n = readlink(full, to, sizeof(to) - 1);
	to[n > 0 ? n : 0] = '\0';
	name = strstr(to, ZONES);
	if (name != NULL)
		snprintf(s->zone, sizeof(s->zone), "%.*s", MEMORY_ZONE_MAX, name + strlen(ZONES));
	n = slurp(root, "/etc/localtime", rules, sizeof(rules));
	if (n <= 0)
		return;
	s->rules = UINT64_C(14695981039346656037);
	for (ssize_t i = 0; i < n; i++)
		s->rules = (s->rules ^ (uint8_t)rules[i]) * UINT64_C(1099511628211);
}

static void
read_rtc(const char *root, struct surroundings *s)
{
	char buf[4096], *end;
	long long v;

	s->rtc_wall = ticks_wall();
	if (slurp(root, "/sys/class/rtc/rtc0/since_epoch", buf, 32) <= 0)
		return;
	errno = 0;
	v = strtoll(buf, &end, 10);
	s->rtc = errno == 0 && end != buf && (*end == '\n' || *end == '\0') && v > 0 &&
		 v < INT64_MAX / NS_S;
	s->rtc_s = s->rtc ? v : 0;
	if (slurp(root, "/etc/adjtime", buf, sizeof(buf)) > 0)
		s->rtc_local = strstr(buf, "\nLOCAL") != NULL;
}

void
surroundings_read(const char *root, struct surroundings *s)
{
	*s = (struct surroundings){ .rules = 0 };
	read_boot_id(root, s);
	read_zone(root, s);
	read_rtc(root, s);
}

const struct surroundings *
surroundings_seen(void)
{
	return &seen;
}

void
surroundings_look(void)
{
	surroundings_read("", &seen);
}
