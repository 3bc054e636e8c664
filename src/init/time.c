/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the search for time servers, in the configurations of chrony, ntpd, NTPsec and
 * systemd-timesyncd.
 */
#include "init/init.h"

#include <stdlib.h>
#include <string.h>

/* "server HOST [port N] …"; also pool and peer. ntpd's 127.127.x.y are hardware clocks. */
static void
server_line(struct found *f, const char *path, char *line)
{
	static const char *const words[] = { "server", "pool", "peer", NULL };
	char rest[512], *port;
	long n;

	strncpy(rest, line, sizeof(rest) - 1);
	rest[sizeof(rest) - 1] = '\0';
	for (size_t i = 0; words[i] != NULL; i++) {
		char *host = found_value(line, words[i]);

		if (host == NULL || strncmp(host, "127.127.", 8) == 0)
			continue;
		port = strstr(rest, " port ");
		n = port != NULL ? strtol(port + 6, NULL, 10) : 0;
		if (n > 0 && n <= 65535 && n != 123)
			host = arena_printf(
			    f->arena, strchr(host, ':') != NULL ? "[%s]:%ld" : "%s:%ld", host, n);
		found_add(f, &f->servers, host, path);
		return;
	}
}

static void
names(struct found *f, const char *path, char *list)
{
	char *save = NULL;

	for (char *w = strtok_r(list, " \t", &save); w != NULL; w = strtok_r(NULL, " \t", &save))
		found_add(f, &f->servers, w, path);
}

static void
timesyncd_line(struct found *f, const char *path, char *line)
{
	if (strncmp(line, "NTP=", 4) == 0)
		names(f, path, line + 4);
}

/* What it falls back to stands in its own file as a comment; it is in force when nothing else is.
 */
static void
fallback_line(struct found *f, const char *path, char *line)
{
	line += *line == '#';
	if (strncmp(line, "FallbackNTP=", 12) == 0)
		names(f, path, line + 12);
}

void
init_time(struct found *f)
{
	static const char *const files[] = { "/etc/chrony/chrony.conf", "/etc/chrony.conf",
		"/etc/ntp.conf", "/etc/ntpsec/ntp.conf", "/etc/ntpd.conf",
		"/etc/openntpd/ntpd.conf", NULL };
	static const char *const timesyncd[] = { "/etc/systemd/timesyncd.conf.d",
		"/run/systemd/timesyncd.conf.d", "/usr/lib/systemd/timesyncd.conf.d", NULL };

	for (size_t i = 0; files[i] != NULL; i++)
		found_lines(f, files[i], server_line, false);
	found_folder(f, "/etc/chrony/conf.d", ".conf", 0, server_line);
	found_folder(f, "/etc/chrony/sources.d", ".sources", 0, server_line);
	found_folder(f, "/run/chrony-dhcp", ".sources", 0, server_line);
	found_folder(f, "/etc/ntpsec/ntp.d", ".conf", 0, server_line);
	if (!found_exists(f, "/usr/lib/systemd/systemd-timesyncd") &&
	    !found_exists(f, "/lib/systemd/systemd-timesyncd"))
		return;
	found_lines(f, "/etc/systemd/timesyncd.conf", timesyncd_line, false);
	for (size_t i = 0; timesyncd[i] != NULL; i++)
		found_folder(f, timesyncd[i], ".conf", 0, timesyncd_line);
	if (f->servers.n == 0)
		found_lines(f, "/etc/systemd/timesyncd.conf", fallback_line, true);
}
