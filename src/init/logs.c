/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the search for audit logs.
 */
#include "init/init.h"

void
init_logs(struct found *f)
{
	static const struct {
		const char *path, *what;
	} logs[] = {
		{ "/var/log/audit/audit.log", "the audit daemon's log" },
		{ "/var/log/auth.log", "logins and rights (Debian, Ubuntu)" },
		{ "/var/log/secure", "logins and rights (Fedora, Red Hat)" },
	};
	static const struct {
		const char *path, *what;
	} journals[] = {
		{ "/var/log/journal", "the journal, kept on disk" },
		{ "/run/log/journal", "the journal, in memory: lost at every restart" },
	};

	for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++)
		if (found_exists(f, logs[i].path))
			found_add(f, &f->logs, logs[i].path, logs[i].what);
	for (size_t i = 0; i < sizeof(journals) / sizeof(journals[0]); i++)
		if (found_exists(f, journals[i].path))
			found_add(f, &f->journals, journals[i].path, journals[i].what);
}
