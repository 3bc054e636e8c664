/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how a machine is written. The command links this file beside spec.c.
 */
#include "clocks.h"

#include <stdio.h>
#include <string.h>

/* By their source. */
static const struct written_scheme schemes[] = {
	[SOURCE_NTP] = { "ntp://", 123, false },
	[SOURCE_HTTP] = { "http://", 80, true },
	[SOURCE_HTTPS] = { "https://", 443, true },
	[SOURCE_SMB] = { "smb://", 445, false },
	{ NULL, 0, false },
};

int
clocks_share_parse(const char *text, struct clocks_target *out, struct err *e)
{
	memset(out, 0, sizeof(*out));
	out->source = SOURCE_SHARE;
	if (written_take_name(&text, out->at.name, e) < 0)
		return -1;
	out->at.url = text;
	if (text[0] != '/' || text[1] == '\0')
		return err_set(e, ERR_RANGE,
		    "\"%.80s\": the folder of a share starts with / and is not the root", text);
	if (strlen(text) > WRITTEN_PATH_MAX)
		return err_set(e, ERR_LIMIT, "a folder of %zu characters (at most %d)",
		    strlen(text), WRITTEN_PATH_MAX);
	if (out->at.name[0] == '\0')
		snprintf(out->at.name, sizeof(out->at.name), "%.*s", WRITTEN_NAME_MAX, text);
	return 0;
}

int
clocks_target_parse(const char *text, struct clocks_target *out, struct err *e)
{
	memset(out, 0, sizeof(*out));
	if (written_parse(text, schemes, "a machine starts with smb:// http:// https:// or ntp://",
		&out->at, e) < 0)
		return -1;
	out->source = (enum clocks_source)out->at.scheme;
	return 0;
}
