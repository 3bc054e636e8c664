/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns dates of changelogs and of Release files.
 */
#include "dated.h"

#include "base/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

static int
month_of(const char *name)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	for (int i = 0; i < 12; i++)
		if (strncmp(months + 3 * i, name, 3) == 0 && name[3] == '\0')
			return i + 1;
	return 0;
}

/* Seconds that a zone is ahead of UTC; false when it is none. */
static bool
zone_of(const char *zone, int *ahead)
{
	int hours, minutes;

	*ahead = 0;
	if (strcmp(zone, "UTC") == 0 || strcmp(zone, "GMT") == 0)
		return true;
	if ((zone[0] != '+' && zone[0] != '-') || strspn(zone + 1, "0123456789") != 4 ||
	    zone[5] != '\0')
		return false;
	hours = (zone[1] - '0') * 10 + zone[2] - '0';
	minutes = (zone[3] - '0') * 10 + zone[4] - '0';
	*ahead = (hours * 60 + minutes) * (zone[0] == '-' ? -60 : 60);
	return hours <= 14 && minutes < 60;
}

instant
dated_mail(const char *text)
{
	char month[4], zone[6];
	struct civil c = { .micros = 0 }, back;
	int ahead;
	instant t;

	if (sscanf(text, "%*3s, %2d %3s %4d %2d:%2d:%2d %5s", &c.day, month, &c.year, &c.hour,
		&c.minute, &c.second, zone) != 7 ||
	    !zone_of(zone, &ahead))
		return INSTANT_NONE;
	c.month = month_of(month);
	if (c.month == 0 || c.year < 1990 || c.day < 1 || c.hour < 0 || c.hour > 23 ||
	    c.minute < 0 || c.minute > 59 || c.second < 0 || c.second > 59)
		return INSTANT_NONE;
	t = civil_instant(&c);
	instant_civil(t, &back);
	if (back.day != c.day || back.month != c.month)
		return INSTANT_NONE; /* 31 February */
	return t - ahead * INSTANT_S;
}

instant
dated_changelog(const char *text)
{
	const char *line = strncmp(text, " -- ", 4) == 0 ? text : strstr(text, "\n -- ");
	const char *end, *date;
	char buf[40];

	if (line == NULL)
		return INSTANT_NONE;
	line += line[0] == '\n';
	end = line + strcspn(line, "\n");
	date = memmem(line, (size_t)(end - line), ">  ", 3);
	if (date == NULL || (size_t)(end - date) - 3 >= sizeof(buf))
		return INSTANT_NONE;
	date += 3;
	memcpy(buf, date, (size_t)(end - date));
	buf[end - date] = '\0';
	return dated_mail(buf);
}

const char *
dated_unpack(const void *bytes, size_t n, struct arena *a)
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)n };
	char *text = arena_alloc(a, CHANGELOG_HEAD + 1);

	z.next_out = (Bytef *)text;
	z.avail_out = (uInt)CHANGELOG_HEAD;
	/* 16: a gzip header and nothing else */
	if (n == 0 || n > CHANGELOG_READ || inflateInit2(&z, 16 + MAX_WBITS) != Z_OK)
		return NULL;
	inflate(&z, Z_SYNC_FLUSH);
	inflateEnd(&z);
	return z.avail_out < CHANGELOG_HEAD ? text : NULL;
}

instant
dated_package(const char *root, const char *package, struct arena *a)
{
	static const char *const files[] = { "changelog.Debian.gz", "changelog.gz" };
	size_t n = strcspn(package, ":"), len;
	char *bytes;
	const char *text;

	if (strchr(package, '/') != NULL || package[0] == '.')
		return INSTANT_NONE;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		const char *path =
		    arena_printf(a, "%s/usr/share/doc/%.*s/%s", root, (int)n, package, files[i]);

		if (file_read(AT_FDCWD, path, FILE_FOLLOW, CHANGELOG_READ, a, &bytes, &len,
			&(struct err){ 0 }) < 0)
			continue;
		text = dated_unpack(bytes, len, a);
		return text != NULL ? dated_changelog(text) : INSTANT_NONE;
	}
	return INSTANT_NONE;
}

const char *
dated_field(const char *release, const char *name, struct arena *a)
{
	size_t n = strlen(name);

	for (const char *line = release; *line != '\0';) {
		size_t len = strcspn(line, "\n");

		if (len > n + 2 && strncmp(line, name, n) == 0 && line[n] == ':' &&
		    line[n + 1] == ' ')
			return arena_textn(a, line + n + 2, len - n - 2);
		if (strncmp(line, "SHA256:", 7) == 0 || strncmp(line, "MD5Sum:", 7) == 0)
			return NULL;
		line += len + (line[len] == '\n');
	}
	return NULL;
}
