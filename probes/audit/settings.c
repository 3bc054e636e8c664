/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns where the configuration of the programs that set logs aside lies.
 */
#include "settings.h"

#include "rotate_load.h"
#include "rotate_status.h"

#include "base/file.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#define LOGROTATE_CONF "/etc/logrotate.conf"

/* Debian's place, and that of the others. */
static const char *const statuses[] = { "/var/lib/logrotate/status",
	"/var/lib/logrotate/logrotate.status" };

struct settings
settings_of(const struct audit_conf *conf, struct arena *a)
{
	return (struct settings){ .conf = conf, .arena = a };
}

static void
read_status(struct settings *s, const char *path)
{
	struct err e;
	struct stat st;
	char *text;
	size_t n;

	if (s->status != NULL ||
	    file_read(AT_FDCWD, path, FILE_FOLLOW, ROTATE_STATUS_MAX, s->arena, &text, &n, &e) < 0)
		return;
	if (!rotate_status_is(text, n) || stat(path, &st) < 0)
		return;
	s->status = text;
	s->nstatus = n;
	s->ran = st.st_mtim.tv_sec * INSTANT_S;
}

static void
read_conf(struct settings *s, const char *path)
{
	struct err why = { 0 };

	rotate_load(&s->logrotate, path, &why);
	if (s->why.code == ERR_NONE && (why.code != ERR_ABSENT || s->conf->settings.n > 0))
		s->why = why;
}

void
settings_logrotate(struct settings *s)
{
	const struct texts *named = &s->conf->settings;

	if (s->read)
		return;
	s->read = true;
	rotate_begin(&s->logrotate, s->arena);
	for (size_t i = 0; i < named->n; i++)
		read_conf(s, named->v[i]);
	if (named->n == 0)
		read_conf(s, LOGROTATE_CONF);
	if (s->conf->settings_status != NULL)
		read_status(s, s->conf->settings_status);
	for (size_t i = 0; s->conf->settings_status == NULL && i < 2; i++)
		read_status(s, statuses[i]);
}

const char *
settings_line(const struct settings *s, const struct rotate_line *at)
{
	return at->file != NULL ? arena_printf(s->arena, "%s:%u", at->file, at->line) : NULL;
}
