/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the files of a configuration: which ones, their includes, their syntax.
 */
#include "conf/files.h"

#include "base/file.h"
#include "base/text.h"
#include "conf/read.h"
#include "conf/trust.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *
folder_of(struct conf *c, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == path)
		return "/";
	return slash == NULL ? "." : arena_textn(c->arena, path, (size_t)(slash - path));
}

static unsigned
line_of(const char *data, const char *at)
{
	unsigned line = 1;

	for (; data < at; data++)
		line += *data == '\n';
	return line;
}

/* The first byte that no UTF-8 has there; NULL: there is none. */
static const char *
not_utf8(const char *data, size_t len)
{
	uint32_t letter;
	size_t n;

	for (size_t i = 0; i < len; i += n)
		if ((n = utf8_decode(data + i, len - i, &letter)) == 0)
			return data + i;
	return NULL;
}

/* One file and what it includes: how deep we are, and how many were looked at. */
struct trail {
	const char *folder; /* names are relative to it */
	int depth;
	size_t files;
};

static bool look(struct conf *c, const char *path, struct trail *t);

/* libconfig calls a missing @include file and a wildcard just "syntax error": look at each first.
 */
static bool
look_at_includes(struct conf *c, const char *path, const char *data, struct trail *t)
{
	for (const char *p = data; (p = strstr(p, "@include")) != NULL; p++) {
		const char *line = p, *open, *close, *name;
		size_t before = c->nfaults;

		while (line > data && (line[-1] == ' ' || line[-1] == '\t'))
			line--;
		open = p + 8 + strspn(p + 8, " \t");
		close = *open == '"' ? strchr(open + 1, '"') : NULL;
		if ((line > data && line[-1] != '\n') || close == NULL)
			continue;
		name = arena_textn(c->arena, open + 1, (size_t)(close - open) - 1);
		if (name[0] != '/')
			name = arena_printf(c->arena, "%s/%s", t->folder, name);
		if (strpbrk(name, "*?[") != NULL) {
			read_fault(c, NULL, NULL,
			    "%s:%u: @include: \"%s\" has a wildcard (one file by name; conf.d/ is "
			    "read by itself)",
			    path, line_of(data, p), name);
			return false;
		}
		t->depth++;
		if (!look(c, name, t)) {
			if (c->nfaults > before && c->nfaults <= CONF_FAULTS_MAX)
				c->faults[c->nfaults - 1] =
				    arena_printf(c->arena, "%s:%u: @include: %s", path,
					line_of(data, p), c->faults[c->nfaults - 1]);
			return false;
		}
		t->depth--;
	}
	return true;
}

/* Is this a text file we may read? libconfig itself has no cap and no words for what it is. */
static bool
look(struct conf *c, const char *path, struct trail *t)
{
	struct arena *a = arena_new(4 * CONF_FILE_MAX);
	struct err e;
	char *data, *nul;
	const char *odd;
	size_t len;
	bool fine = false;

	if (++t->files > CONF_FILES_MAX)
		read_fault(
		    c, NULL, NULL, "%s: @include: more than %d files in all", path, CONF_FILES_MAX);
	else if (t->depth > CONF_INCLUDE_DEPTH)
		read_fault(c, NULL, NULL, "%s: @include: nested more than %d deep", path,
		    CONF_INCLUDE_DEPTH);
	else if (file_read(AT_FDCWD, path, FILE_FOLLOW, CONF_FILE_MAX, a, &data, &len, &e) < 0)
		read_fault(c, NULL, NULL, "%s: %s", path, e.msg);
	else if ((nul = memchr(data, 0, len)) != NULL)
		read_fault(c, NULL, NULL, "%s:%u: is not a text file (a NUL at byte %td)", path,
		    line_of(data, nul), nul - data);
	else if ((odd = not_utf8(data, len)) != NULL)
		read_fault(c, NULL, NULL, "%s:%u: is not UTF-8 (byte 0x%02X)", path,
		    line_of(data, odd), (unsigned char)*odd);
	else
		fine = look_at_includes(c, path, data, t);
	if (fine && trust_check(path, &e) < 0)
		read_doubt(c, NULL, NULL, "%s: %s", path, e.msg);
	arena_free(a);
	return fine;
}

static void
use_file(struct conf *c, const char *path, void (*use)(void *, config_setting_t *), void *self)
{
	const char *folder = folder_of(c, path);
	struct trail t = { .folder = folder };
	config_t config;

	if (!look(c, path, &t))
		return;
	c->main = path;
	c->folder = folder;
	config_init(&config);
	config_set_include_dir(&config, folder);
	if (config_read_file(&config, path) == CONFIG_TRUE)
		use(self, config_root_setting(&config));
	else
		read_fault(c, NULL, NULL, "%s:%d: %s",
		    read_file_name(c, config_error_file(&config)), config_error_line(&config),
		    config_error_text(&config));
	config_destroy(&config);
}

static void
use_text(struct conf *c, const char *path, const char *text,
    void (*use)(void *, config_setting_t *), void *self)
{
	config_t config;

	c->main = path;
	c->folder = folder_of(c, path);
	config_init(&config);
	if (config_read_string(&config, text) == CONFIG_TRUE)
		use(self, config_root_setting(&config));
	else
		read_fault(c, NULL, NULL, "%s:%d: %s", path, config_error_line(&config),
		    config_error_text(&config));
	config_destroy(&config);
}

static int
is_conf(const struct dirent *d)
{
	const char *dot = strrchr(d->d_name, '.');

	return d->d_name[0] != '.' && dot != NULL && strcmp(dot, ".conf") == 0;
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

void
conf_each_file(struct conf *c, const char *path, const char *instead,
    void (*use)(void *, config_setting_t *), void *self)
{
	const char *folder = arena_printf(c->arena, "%s/conf.d", folder_of(c, path));
	bool absent = instead != NULL && access(path, F_OK) < 0 && errno == ENOENT;
	struct dirent **names;
	int n;

	if (!absent)
		use_file(c, path, use, self);
	n = scandir(folder, &names, is_conf, by_name);
	if (n < 0 && errno != ENOENT && errno != ENOTDIR)
		read_fault(c, NULL, NULL, "%s: %s", folder, strerror(errno));
	else if (n <= 0 && absent)
		use_text(c, path, instead, use, self);
	if (n < 0)
		return;
	if (n > CONF_FILES_MAX)
		read_fault(c, NULL, NULL, "%s: %d files (at most %d)", folder, n, CONF_FILES_MAX);
	for (int i = 0; i < n; i++) {
		if (n <= CONF_FILES_MAX)
			use_file(c, arena_printf(c->arena, "%s/%s", folder, names[i]->d_name), use,
			    self);
		free(names[i]);
	}
	free(names);
}
