/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the search for backups: settings of tools that make them, and lines of cron and systemd that
 * start one. Of such a line only the tool's name, the file it stands in and two paths are kept: the
 * rest may hold a password.
 */
#include "init/init.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PASSWORD "its repository has a password: name the file that holds it"
#define FOLDER "where its files lie has to be said"
#define SAME_DISK "snapshots on the same disk are no backup"

/* What a tool's backups need to be watched. example: NULL where they are none. */
static const struct tool {
	const char *name, *settings[3], *why, *example;
} tools[] = {
	{ "restic", { NULL }, PASSWORD, NULL }, /* its example has the paths that were seen */
	{ "borg", { NULL }, PASSWORD,
	    "jobs = [ \"borg:/srv/borg\" ]; password_file = \"/etc/forewarn/borg.password\";" },
	{ "borgmatic", { "/etc/borgmatic/config.yaml", "/etc/borgmatic.d/*.yaml" }, PASSWORD,
	    "jobs = [ \"borg:/srv/borg\" ]; password_file = \"/etc/forewarn/borg.password\";" },
	{ "pgbackrest",
	    { "/etc/pgbackrest.conf", "/etc/pgbackrest/pgbackrest.conf",
		"/etc/pgbackrest/conf.d/*.conf" },
	    "its settings are closed to others: let its job leave what pgbackrest info says in a "
	    "file",
	    "jobs = [ \"pgbackrest-json:/var/lib/backup/pgbackrest.json\" ];" },
	{ "rsnapshot", { NULL }, "it names no log that is there: no run was seen",
	    "jobs = [ \"rsnapshot:/var/log/rsnapshot.log\" ];" },
	{ "automysqlbackup", { "/etc/default/automysqlbackup" }, FOLDER,
	    "jobs = [ \"files:/var/lib/automysqlbackup/daily/lims/*.sql.gz\" ];" },
	{ "backupninja", { "/etc/backup.d/*.[a-z]*" }, FOLDER,
	    "jobs = [ \"files:/var/backups/*.sql.gz\" ];" },
	{ "pg_dump", { NULL }, FOLDER, "jobs = [ \"files:/srv/dumps/*.dump\" ];" },
	{ "pg_dumpall", { NULL }, FOLDER, "jobs = [ \"files:/srv/dumps/*.sql.gz\" ];" },
	{ "mysqldump", { NULL }, FOLDER, "jobs = [ \"files:/srv/dumps/*.sql.gz\" ];" },
	{ "mariadb-dump", { NULL }, FOLDER, "jobs = [ \"files:/srv/dumps/*.sql.gz\" ];" },
	{ "etckeeper", { "/etc/.git" }, "a history of /etc on the same disk is no backup", NULL },
	{ "timeshift", { "/etc/timeshift/timeshift.json" }, SAME_DISK, NULL },
	{ "snapper", { "/etc/snapper/configs/*" }, SAME_DISK, NULL },
	{ "btrbk", { "/etc/btrbk/btrbk.conf" }, SAME_DISK, NULL },
	{ "sanoid", { "/etc/sanoid/sanoid.conf" }, SAME_DISK, NULL },
};
#define TOOLS (sizeof(tools) / sizeof(tools[0]))

/* One example for each tool and way to fill it; ids differ, so that all may be taken in. */
static void
add_example(struct found *f, const struct tool *t, const char *options)
{
	struct found_list *l = &f->backup_examples;
	const char *key = arena_printf(f->arena, "%s %s", t->name, options), *number = "";

	for (size_t i = 0; i < l->n; i++) {
		if (strcmp(l->at[i], key) == 0)
			return;
		if (strncmp(l->at[i], key, strlen(t->name) + 1) == 0)
			number = arena_printf(f->arena, "-%zu", l->n + 1);
	}
	found_add(f, l,
	    arena_printf(f->arena,
		"id = \"backup-%s%s\"; title = \"Backups by %s\"; probe = \"backup\"; %s", t->name,
		number, t->name, options),
	    key);
}

static void
leave(struct found *f, const struct tool *t, const char *path, const char *example)
{
	found_add(f, &f->backups_left, arena_printf(f->arena, "%s, %s", t->name, path), t->why);
	if (example != NULL)
		add_example(f, t, example);
}

/* at: the name of a tool. What a package switches off or ships as an example sets nothing. */
static void
take_settings(struct found *f, const char *path, const char *at)
{
	const char *end = strrchr(path, '.');

	if (end != NULL && (strcmp(end, ".disabled") == 0 || strcmp(end, ".example") == 0))
		return;
	for (size_t i = 0; i < TOOLS; i++)
		if (strcmp(tools[i].name, at) == 0)
			leave(f, &tools[i], path, tools[i].example);
}

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '-' || c == '_' || c == '.';
}

/* Whether the line runs the tool: its name as a word, or as the end of a path. */
static bool
runs(const char *line, const char *name)
{
	size_t n = strlen(name);

	for (const char *p = line; (p = strstr(p, name)) != NULL; p += n)
		if ((p == line || !is_word(p[-1])) && !is_word(p[n]) && p[n] != '/' && p[n] != '=')
			return true;
	return false;
}

/* The path behind the word, "" where there is none: from / on, of plain characters. */
static const char *
path_behind(struct found *f, const char *line, const char *word)
{
	const char *p = strstr(line, word);
	size_t n;

	if (p == NULL)
		return "";
	p += strlen(word);
	p += strspn(p, " \t=\"'");
	for (n = 0; is_word(p[n]) || p[n] == '/';)
		n++;
	if (p[0] != '/' || (p[n] != '\0' && strchr(" \t\"';", p[n]) == NULL))
		return "";
	return arena_textn(f->arena, p, n);
}

/* Options stand behind the program's name: another program's before it mean something else. */
static const char *
restic_example(struct found *f, const char *line)
{
	const char *behind = strstr(line, "restic"), *place, *password;

	place = path_behind(f, line, "RESTIC_REPOSITORY=");
	if (*place == '\0')
		place = path_behind(f, behind, " --repo");
	if (*place == '\0')
		place = path_behind(f, behind, " -r ");
	password = path_behind(f, line, "RESTIC_PASSWORD_FILE=");
	if (*password == '\0')
		password = path_behind(f, behind, " --password-file");
	if (*password == '\0')
		password = path_behind(f, behind, " -p ");
	return arena_printf(f->arena, "jobs = [ \"restic:%s\" ]; password_file = \"%s\";",
	    *place != '\0' ? place : "/srv/restic",
	    *password != '\0' ? password : "/etc/forewarn/restic.password");
}

static void
job_line(struct found *f, const char *path, char *line)
{
	for (size_t i = 0; i < TOOLS; i++) {
		if (!runs(line, tools[i].name))
			continue;
		if (strcmp(tools[i].name, "rsnapshot") == 0 && f->backups.n > 0)
			continue; /* its log is watched */
		leave(f, &tools[i], path, i == 0 ? restic_example(f, line) : tools[i].example);
	}
}

/* Of a unit only what it starts (systemd.service(5)). */
static void
unit_line(struct found *f, const char *path, char *line)
{
	if (strncmp(line, "ExecStart", 9) == 0)
		job_line(f, path, line);
}

/* at: "unit" or "cron". A masked unit is a link to /dev/null: no file. */
static void
job_file(struct found *f, const char *path, const char *at)
{
	struct stat st;

	if (stat(arena_printf(f->arena, "%s%s", f->root, path), &st) == 0 && S_ISREG(st.st_mode))
		found_lines(f, path, strcmp(at, "unit") == 0 ? unit_line : job_line, false);
}

/* "logfile<TAB>/var/log/rsnapshot.log" (rsnapshot(1)): a log that is there tells every run. */
static void
rsnapshot_line(struct found *f, const char *path, char *line)
{
	const char *log = found_value(line, "logfile");

	if (log != NULL && log[0] == '/' && found_exists(f, log))
		found_add(f, &f->backups, arena_printf(f->arena, "rsnapshot:%s", log), path);
}

/* The tables of people are closed to all but root (crontab(1)): that is said. */
static void
closed_tables(struct found *f, const char *folder)
{
	if (access(arena_printf(f->arena, "%s%s", f->root, folder), R_OK) < 0 && errno == EACCES)
		f->unreadable++;
}

void
init_backups(struct found *f)
{
	static const char *const folders[] = { "/etc/cron.d/*", "/etc/cron.hourly/*",
		"/etc/cron.daily/*", "/etc/cron.weekly/*", "/etc/cron.monthly/*",
		"/var/spool/cron/crontabs/*" };

	found_lines(f, "/etc/rsnapshot.conf", rsnapshot_line, false);
	found_lines(f, "/etc/crontab", job_line, false);
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		found_matches(f, folders[i], "cron", job_file);
	closed_tables(f, "/var/spool/cron/crontabs");
	found_matches(f, "/etc/systemd/system/*.service", "unit", job_file);
	for (size_t i = 0; i < TOOLS; i++)
		for (int k = 0; k < 3 && tools[i].settings[k] != NULL; k++)
			found_matches(f, tools[i].settings[k], tools[i].name, take_settings);
}
