/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns "KIND:WHERE".
 */
#include "backup.h"

#include <string.h>

static const struct {
	const char *kind;
	enum backup_tool tool;
	bool saved, any; /* any: WHERE need not be from / on */
} places[] = {
	{ "files", TOOL_FILES, false, false },
	{ "restic", TOOL_RESTIC, false, true },
	{ "restic-json", TOOL_RESTIC, true, false },
	{ "borg", TOOL_BORG, false, true },
	{ "borg-json", TOOL_BORG, true, false },
	{ "pgbackrest", TOOL_PGBACKREST, false, true },
	{ "pgbackrest-json", TOOL_PGBACKREST, true, false },
	{ "rsnapshot", TOOL_RSNAPSHOT, true, false },
	{ "job", TOOL_PUSHED, true, false },
	{ "duplicati", TOOL_DUPLICATI, true, false },
	{ "proxmox", TOOL_PROXMOX, true, false },
	{ "veeam", TOOL_VEEAM, true, false },
};

#define KINDS                                                                                      \
	"files, restic, restic-json, borg, borg-json, pgbackrest, pgbackrest-json, rsnapshot, "    \
	"job, duplicati, proxmox, veeam"

int
backup_place_parse(const char *text, struct backup_place *out, struct err *e)
{
	const char *colon = strchr(text, ':'), *slash;
	size_t n = colon != NULL ? (size_t)(colon - text) : 0;

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]) && colon != NULL; i++) {
		if (strlen(places[i].kind) != n || memcmp(places[i].kind, text, n) != 0)
			continue;
		*out = (struct backup_place){ places[i].tool, places[i].saved, colon + 1 };
		slash = strrchr(out->where, '/');
		if (out->where[0] == '\0' || out->where[0] == '-')
			return err_set(e, ERR_PARSE, "\"%.200s\" names nothing", text);
		if (!places[i].any && out->where[0] != '/')
			return err_set(e, ERR_PARSE, "\"%.200s\" is not from / on", text);
		if (out->tool == TOOL_FILES &&
		    (slash[1] == '\0' || strcspn(out->where, "*?[") < (size_t)(slash - out->where)))
			return err_set(e, ERR_PARSE,
			    "\"%.200s\": the pattern stands in the last part only, as "
			    "/srv/dumps/lims-*.sql.gz",
			    text);
		return 0;
	}
	return err_set(
	    e, ERR_PARSE, "\"%.200s\" is not KIND:WHERE (KIND is one of " KINDS ")", text);
}
