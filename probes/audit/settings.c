/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns where the configuration of the programs that set logs aside lies.
 */
#include "settings.h"

#include "rotate_load.h"
#include "rotate_status.h"

#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOGROTATE_CONF "/etc/logrotate.conf"
#define AUDITD_CONF "/etc/audit/auditd.conf"
#define JOURNALD_CONF "journald.conf"
#define DROP_INS_MAX 64 /* of journald, that are read */

/* Debian's place, and that of the others. */
static const char *const statuses[] = { "/var/lib/logrotate/status",
	"/var/lib/logrotate/logrotate.status" };

struct settings
settings_of(const struct audit_conf *conf, struct arena *a)
{
	return (struct settings){ .conf = conf, .arena = a };
}

/* Whose configuration a file is, is told by its name: auditd.conf, journald.conf, else it is
 * logrotate's. */
static bool
is_of(const char *path, const char *name)
{
	return strcmp(strrchr(path, '/') + 1, name) == 0;
}

static bool
is_logrotates(const char *path)
{
	return !is_of(path, "auditd.conf") && !is_of(path, JOURNALD_CONF);
}

/* The one in `settings` by that name, else the system's. */
static const char *
named(const struct settings *s, const char *name, const char *dflt)
{
	for (size_t i = 0; i < s->conf->settings.n; i++)
		if (is_of(s->conf->settings.v[i], name))
			return s->conf->settings.v[i];
	return dflt;
}

static void
read_status(struct settings *s, const char *path, bool given)
{
	struct err e = { 0 };
	struct stat st;
	char *text;
	size_t n;

	if (s->status != NULL)
		return;
	if (file_read(AT_FDCWD, path, FILE_FOLLOW, ROTATE_STATUS_MAX, s->arena, &text, &n, &e) ==
		0 &&
	    stat(path, &st) == 0) {
		if (rotate_status_is(text, n)) {
			s->status = text;
			s->nstatus = n;
			s->ran = st.st_mtim.tv_sec * INSTANT_S;
			return;
		}
		err_set(&e, ERR_PARSE, "these are no notes of logrotate");
	}
	if (e.code == ERR_ABSENT && !given)
		return;
	s->status_why = e;
	err_wrap(&s->status_why, "%.300s", path);
}

static void
read_conf(struct settings *s, const char *path, bool given)
{
	struct err why = { 0 };

	rotate_load(&s->logrotate, path, &why);
	if (s->why.code == ERR_NONE && (why.code != ERR_ABSENT || given))
		s->why = why;
}

void
settings_logrotate(struct settings *s)
{
	const struct texts *given = &s->conf->settings;
	bool any = false;

	if (s->read)
		return;
	s->read = true;
	rotate_begin(&s->logrotate, s->arena);
	for (size_t i = 0; i < given->n; i++)
		if (is_logrotates(given->v[i])) {
			any = true;
			read_conf(s, given->v[i], true);
		}
	if (!any)
		read_conf(s, LOGROTATE_CONF, false);
	if (s->conf->settings_status != NULL)
		read_status(s, s->conf->settings_status, true);
	for (size_t i = 0; s->conf->settings_status == NULL && i < 2; i++)
		read_status(s, statuses[i], false);
}

void
settings_auditd(struct settings *s)
{
	const char *path = named(s, "auditd.conf", AUDITD_CONF);
	struct err e;
	char *text;
	size_t n;

	if (s->auditd_read)
		return;
	s->auditd_read = true;
	if (file_read(AT_FDCWD, path, FILE_FOLLOW, KEPT_CONF_MAX, s->arena, &text, &n, &e) == 0) {
		s->auditd_file = path;
		kept_auditd_read(&s->auditd, text, n);
	} else if (e.code != ERR_ABSENT) {
		s->auditd_why = e;
		err_wrap(&s->auditd_why, "%.300s", path);
	}
}

const struct kept_auditd *
settings_auditd_of(struct settings *s, const char *path)
{
	settings_auditd(s);
	return s->auditd_file != NULL && strcmp(s->auditd.log_file, path) == 0 ? &s->auditd : NULL;
}

static void
read_journald(struct settings *s, struct kept_journald *j, const char *path, struct err *why)
{
	struct err e;
	char *text;
	size_t n;

	if (file_read(AT_FDCWD, path, FILE_FOLLOW, KEPT_CONF_MAX, s->arena, &text, &n, &e) == 0) {
		kept_journald_read(j, arena_text(s->arena, path), text, n);
	} else if (e.code != ERR_ABSENT && why->code == ERR_NONE) {
		*why = e;
		err_wrap(why, "%.300s", path);
	}
}

/* A drop-in's name counts once: what stands in /etc hides what stands in /run, and that what stands
 * in /usr. */
static void
add_drop_ins(struct settings *s, const char **paths, size_t *n, const char *folder)
{
	DIR *d = opendir(folder);
	const struct dirent *entry;

	while (d != NULL && (entry = readdir(d)) != NULL && *n < DROP_INS_MAX) {
		const char *end = strrchr(entry->d_name, '.');
		size_t k = 0;

		if (end == NULL || strcmp(end, ".conf") != 0)
			continue;
		while (k < *n && !is_of(paths[k], entry->d_name))
			k++;
		if (k == *n)
			paths[(*n)++] = arena_printf(s->arena, "%s/%s", folder, entry->d_name);
	}
	if (d != NULL)
		closedir(d);
}

static int
by_last_name(const void *a, const void *b)
{
	return strcmp(strrchr(*(const char *const *)a, '/'), strrchr(*(const char *const *)b, '/'));
}

void
settings_journald(struct settings *s, struct kept_journald *j, struct err *why)
{
	static const char *const folders[] = { "/etc/systemd/", "/run/systemd/",
		"/usr/lib/systemd/" };
	const char *main = named(s, JOURNALD_CONF, NULL), *paths[DROP_INS_MAX];
	size_t n = 0;

	*j = (struct kept_journald){ .files = 0 };
	*why = (struct err){ 0 };
	if (main != NULL)
		add_drop_ins(s, paths, &n, arena_printf(s->arena, "%s.d", main));
	for (size_t i = 0; i < 3 && main == NULL; i++)
		add_drop_ins(
		    s, paths, &n, arena_printf(s->arena, "%s" JOURNALD_CONF ".d", folders[i]));
	for (size_t i = 0; i < 3 && main == NULL; i++) {
		const char *path = arena_printf(s->arena, "%s" JOURNALD_CONF, folders[i]);

		main = access(path, F_OK) == 0 ? path : NULL;
	}
	if (main != NULL)
		read_journald(s, j, main, why);
	qsort(paths, n, sizeof(*paths), by_last_name);
	for (size_t i = 0; i < n; i++)
		read_journald(s, j, paths[i], why);
}

const char *
settings_line(const struct settings *s, const struct rotate_line *at)
{
	return at->file != NULL ? arena_printf(s->arena, "%s:%u", at->file, at->line) : NULL;
}
