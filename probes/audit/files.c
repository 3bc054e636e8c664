/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns finding the files of a log, and the hash of how each begins.
 */
#include "files.h"

#include "record.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#define PEEK ((size_t)65536)
#define PEEK_YEAR 2000 /* a stamp without its year says nothing here */

static const char *
base_name(const char *path)
{
	return strrchr(path, '/') + 1;
}

bool
files_rotated_name(const char *base, const char *name)
{
	size_t n = strlen(base), len = strlen(name);

	if (strncmp(name, base, n) != 0 || (name[n] != '.' && name[n] != '-'))
		return false;
	name += n + 1;
	len -= n + 1;
	if (len > 3 && strcmp(name + len - 3, ".gz") == 0)
		len -= 3;
	if (len == 3 && memcmp(name, "old", 3) == 0)
		return true;
	if (len == 0 || !isdigit((unsigned char)name[0]))
		return false;
	for (size_t i = 0; i < len; i++)
		if (!isdigit((unsigned char)name[i]) && strchr("-_.:TZ", name[i]) == NULL)
			return false;
	return true;
}

/* Bytes of the log's name, without its ending, that the file's name begins with; 0: not. */
static size_t
likeness(const char *log, const char *path)
{
	const char *base = base_name(log), *dot = strrchr(base, '.');
	size_t n = dot != NULL && dot > base ? (size_t)(dot - base) : strlen(base);

	return strncmp(base_name(path), base, n) == 0 ? n : 0;
}

/* Patterns are of all logs of a check; a file none of them knows yet goes to the log whose name it
 * bears. */
static bool
is_ours(const struct audit_conf *conf, size_t log, const char *path)
{
	size_t own = likeness(conf->paths.v[log], path);

	if (conf->paths.n == 1)
		return true;
	for (size_t i = 0; i < conf->paths.n; i++)
		if (i != log && likeness(conf->paths.v[i], path) >= own)
			return false;
	return own > 0;
}

static int
add(struct files *f, const char *path, bool ours, struct arena *a, struct err *e)
{
	struct hints h;
	mode_t mode;

	if (hints_look(path, &h, &mode) < 0 || !S_ISREG(mode))
		return 0;
	for (size_t i = 0; i < f->n; i++) /* two patterns, or two names of one file */
		if (hints_same_file(&f->v[i].hints, &h))
			return 0;
	if (f->n == AUDIT_CANDIDATES_MAX)
		return err_set(
		    e, ERR_LIMIT, "more than %d files match its patterns", AUDIT_CANDIDATES_MAX);
	f->v = arena_grow(a, f->v, f->n, &f->cap, sizeof(*f->v));
	f->v[f->n++] = (struct file){
		.path = arena_text(a, path), .hints = h, .ours = ours, .first = h.mtime
	};
	return 0;
}

static void
look_at_own(struct files *f, const char *path, struct arena *a)
{
	struct hints h;
	mode_t mode;

	if (hints_look(path, &h, &mode) < 0) {
		f->kind = errno == ENOENT || errno == ENOTDIR ? OWN_ABSENT : OWN_DENIED;
		err_sys(&f->why, "cannot look at it");
	} else if (S_ISLNK(mode)) {
		f->kind = OWN_LINK;
	} else if (!S_ISREG(mode)) {
		f->kind = OWN_OTHER;
	} else {
		f->kind = OWN_FILE;
		f->v = arena_grow(a, f->v, f->n, &f->cap, sizeof(*f->v));
		f->v[f->n++] = (struct file){
			.path = path, .hints = h, .own = true, .ours = true, .first = h.mtime
		};
	}
}

static int
beside(struct files *f, const char *path, struct arena *a, struct err *e)
{
	const char *base = base_name(path);
	const char *folder =
	    base - path > 1 ? arena_textn(a, path, (size_t)(base - path) - 1) : "/";
	const struct dirent *entry;
	DIR *d = opendir(folder);
	int rc = 0;

	if (d == NULL) {
		f->blind = errno != ENOENT && errno != ENOTDIR;
		err_sys(&f->why, "cannot look into its folder");
		return 0;
	}
	while (rc == 0 && (entry = readdir(d)) != NULL)
		if (files_rotated_name(base, entry->d_name))
			rc = add(f, arena_printf(a, "%s/%s", folder, entry->d_name), true, a, e);
	closedir(d);
	return rc;
}

static int
matching(struct files *f, const struct audit_conf *conf, size_t log, struct arena *a, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; i < conf->rotated.n && rc == 0; i++) {
		glob_t g;
		int how = glob(conf->rotated.v[i], GLOB_NOSORT | GLOB_ERR, NULL, &g);

		if (how == GLOB_ABORTED) {
			f->blind = true;
			err_set(&f->why, ERR_DENIED, "cannot look into all folders of \"%.200s\"",
			    conf->rotated.v[i]);
		}
		for (size_t k = 0; how == 0 && k < g.gl_pathc && rc == 0; k++)
			rc = add(f, g.gl_pathv[k], is_ours(conf, log, g.gl_pathv[k]), a, e);
		globfree(&g);
	}
	return rc;
}

int
files_find(
    struct files *f, const struct audit_conf *conf, size_t log, struct arena *a, struct err *e)
{
	const char *path = conf->paths.v[log];

	*f = (struct files){ .kind = OWN_ABSENT };
	look_at_own(f, path, a);
	return conf->rotated.n > 0 ? matching(f, conf, log, a, e) : beside(f, path, a, e);
}

void
files_peek(struct file *f, const struct audit_conf *conf)
{
	static char buf[PEEK];
	enum format format = format_find(conf->format);
	struct record_info info;
	struct scanner sc;
	struct source s;
	const char *nl;
	ssize_t n;

	if (source_open(&s, f->path, &f->why) < 0) {
		f->unreadable = true;
		return;
	}
	f->packed = s.packed;
	n = source_read(&s, buf, sizeof(buf), &f->why);
	source_close(&s);
	f->unreadable = n < 0;
	if (n <= 0 || format == FORMAT_REGEX)
		return;
	if (format == FORMAT_AUTO)
		format = format_guess(buf, (size_t)n);
	nl = memchr(buf, '\n', (size_t)n);
	scanner_init(&sc, format, conf->time_format, PEEK_YEAR);
	scanner_take(&sc, buf, nl != NULL ? (size_t)(nl - buf) : (size_t)n, &info);
	if (info.has_time && !info.yearless)
		f->first = info.at;
}
