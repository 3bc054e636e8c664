/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how a place is written. The command links this file beside spec.c.
 */
#include "reach.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define DNS_PORT 53

/* By their way. */
static const struct written_scheme schemes[] = {
	[REACH_TCP] = { "tcp://", 0, false },
	[REACH_HTTP] = { "http://", 80, true },
	[REACH_HTTPS] = { "https://", 443, true },
	[REACH_DNS] = { "dns://", DNS_PORT, false },
	{ NULL, 0, false },
};

int
reach_target_parse(const char *text, struct reach_target *out, struct err *e)
{
	memset(out, 0, sizeof(*out));
	if (written_parse(text, schemes, "a place starts with https:// http:// tcp:// or dns://",
		&out->at, e) < 0)
		return -1;
	out->way = (enum reach_way)out->at.scheme;
	return 0;
}

int
reach_resolver_parse(const char *text, struct reach_target *out, struct err *e)
{
	memset(out, 0, sizeof(*out));
	out->way = REACH_DNS;
	out->at.port = DNS_PORT;
	out->at.url = text;
	if (written_take_host(text, strlen(text), out->at.host, &out->at.port, e) < 0)
		return -1;
	for (const char *p = out->at.host; *p != '\0'; p++)
		if (!isxdigit((unsigned char)*p) && *p != '.' && *p != ':' && *p != '%')
			return err_set(e, ERR_RANGE,
			    "\"%.80s\": a resolver is an address, as 192.0.2.53 or [2001:db8::53]",
			    text);
	snprintf(out->at.name, sizeof(out->at.name), "%.*s", WRITTEN_NAME_MAX, out->at.host);
	return 0;
}
