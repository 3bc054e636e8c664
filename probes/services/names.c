/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what the entries of the options mean.
 */
#include "services.h"

#include <string.h>

/* Whoever keeps the clock of a computer: one of them is enough. */
#define TIME                                                                                       \
	"chrony.service|chronyd.service|systemd-timesyncd.service|ntpsec.service|ntp.service|"     \
	"ntpd.service|openntpd.service|ntpd-rs.service"
#define AUDIT "auditd.service"

int
services_job(const char *text, struct arena *a, struct services_job *out, struct err *e)
{
	char *rest = arena_text(a, text);

	out->name = strsep(&rest, " ");
	if (rest == NULL || out->name[0] == '\0' || strlen(out->name) > SERVICES_NAME_MAX)
		return err_set(e, ERR_PARSE, "\"%.100s\" is not \"NAME SPAN\"", text);
	if (span_parse(rest, &out->most, e) < 0)
		return err_wrap(e, "\"%.100s\"", text);
	return out->most <= 0 ? err_set(e, ERR_RANGE, "\"%.100s\" allows no time", text) : 0;
}

struct texts
services_units(const char *entry, struct arena *a)
{
	struct texts out = { NULL, 0 };
	size_t cap = 0;
	char *rest = arena_text(a, strcmp(entry, "time") == 0    ? TIME
				   : strcmp(entry, "audit") == 0 ? AUDIT
								 : entry);
	const char *name;

	while ((name = strsep(&rest, "|")) != NULL) {
		if (name[0] == '\0')
			continue;
		out.v = arena_grow(a, out.v, out.n, &cap, sizeof(*out.v));
		out.v[out.n++] =
		    strchr(name, '.') != NULL ? name : arena_printf(a, "%s.service", name);
	}
	return out;
}
