/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the files of ntpd.
 */
#include "init/clocks/ntp.h"

#include "init/clocks/files.h"
#include "init/clocks/service.h"

/* What a DHCP server names is written into a copy of the main file, without the servers of that,
 * and ntpd is started with the copy in its place (Debian: dhclient-exit-hooks.d/ntp, init.d/ntp).
 */
static const char *const mains[] = { "/run/ntp.conf.dhcp", "/var/lib/ntp/ntp.conf.dhcp",
	"/etc/ntp.conf", NULL };

static void
find(struct clocks *c)
{
	const char *in_use = c->why_not;
	char *data;
	size_t len;
	bool found = false;

	for (size_t i = 0; mains[i] != NULL; i++) {
		if (!files_read(c, mains[i], &data, &len))
			continue;
		if (found && in_use == NULL)
			c->why_not =
			    "ntpd reads the file of the DHCP server in the place of this one";
		ntp_text(c, mains[i], data, len);
		found = true;
	}
}

static const char *const programs[] = { "/usr/sbin/ntpd", "/usr/local/sbin/ntpd", NULL };
/* NTPsec and OpenNTPD have a program of that name too. */
static const char *const not_with[] = { "/usr/libexec/ntpsec", "/usr/sbin/ntpctl", NULL };
static const char *const units[] = { "ntp.service", "ntpd.service", "ntpd", NULL };

const struct service service_ntp = { .name = "ntpd",
	.programs = programs,
	.not_with = not_with,
	.units = units,
	.files = mains,
	.find = find,
	.text = ntp_text };
