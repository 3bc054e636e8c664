/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns finding the files of a log, and the hash of how each begins.
 */
#include "files.h"

#include "folder.h"
#include "record.h"

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

/* Bytes of the log's name, without its ending, that the file's name begins with; 0: not. */
static size_t
likeness(const char *log, const char *path)
{
	const char *base = base_name(log);
	size_t n = files_stem(base);

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

static bool
is_log(const struct audit_conf *conf, const char *path)
{
	for (size_t i = 0; i < conf->paths.n; i++)
		if (strcmp(conf->paths.v[i], path) == 0)
			return true;
	return false;
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

static const char *
folder_of(const char *path, struct arena *a)
{
	const char *base = base_name(path);

	return base - path > 1 ? arena_textn(a, path, (size_t)(base - path) - 1) : "/";
}

/* One folder that is read name by name. */
struct shelf {
	struct files *f;
	const struct audit_conf *conf;
	const char *base, *folder; /* of the log; the one that is read */
	struct arena *a;
	struct err *e;
};

static int
add_beside(void *self, const char *name)
{
	const struct shelf *r = self;
	const char *path;

	if (!files_rotated_name(r->base, name))
		return 0;
	path = arena_printf(r->a, "%s/%s", r->folder, name);
	return is_log(r->conf, path) ? 0 : add(r->f, path, true, r->a, r->e);
}

/* The files of a folder that bear the name of an older file of the log. */
static int
beside(const struct shelf *shelf, const char *folder)
{
	struct folder_start only = { shelf->base, files_stem(shelf->base) };
	struct shelf r = *shelf;
	bool ok;
	int rc;

	r.folder = folder;
	rc = folder_each(folder, &only, add_beside, &r, &ok);
	if (!ok) {
		r.f->blind = errno != ENOENT && errno != ENOTDIR;
		err_sys(&r.f->why, "cannot look into its folder");
	}
	return rc;
}

/* What an entry of `rotated` names as a folder, without a / at its end; NULL: a pattern of files.
 */
static const char *
named_folder(const char *entry, struct arena *a)
{
	size_t n = strlen(entry);
	struct stat st;

	if (stat(entry, &st) < 0 || !S_ISDIR(st.st_mode))
		return NULL;
	return n > 1 && entry[n - 1] == '/' ? arena_textn(a, entry, n - 1) : entry;
}

static int
matching(const struct shelf *r, size_t log, const char *pattern)
{
	glob_t g;
	int rc = 0, how = glob(pattern, GLOB_NOSORT | GLOB_ERR, NULL, &g);

	if (how == GLOB_ABORTED) {
		r->f->blind = true;
		err_set(
		    &r->f->why, ERR_DENIED, "cannot look into all folders of \"%.200s\"", pattern);
	}
	for (size_t k = 0; how == 0 && k < g.gl_pathc && rc == 0; k++)
		if (!is_log(r->conf, g.gl_pathv[k]))
			rc = add(
			    r->f, g.gl_pathv[k], is_ours(r->conf, log, g.gl_pathv[k]), r->a, r->e);
	globfree(&g);
	return rc;
}

int
files_find(
    struct files *f, const struct audit_conf *conf, size_t log, struct arena *a, struct err *e)
{
	const char *path = conf->paths.v[log];
	struct shelf r = { f, conf, base_name(path), NULL, a, e };
	int rc;

	*f = (struct files){ .kind = OWN_ABSENT };
	look_at_own(f, path, a);
	rc = beside(&r, folder_of(path, a));
	for (size_t i = 0; i < conf->rotated.n && rc == 0; i++) {
		const char *folder = named_folder(conf->rotated.v[i], a);

		rc = folder != NULL ? beside(&r, folder) : matching(&r, log, conf->rotated.v[i]);
	}
	return rc;
}

int
files_add_known(struct files *f, const struct audit_conf *conf, const char *path, struct arena *a,
    struct err *e)
{
	return is_log(conf, path) ? 0 : add(f, path, true, a, e);
}

/* All that is in a folder; alike: only what is named like the log, or only what is not. */
static void
all_of(const struct shelf *r, const char *folder, const char *log, bool alike)
{
	const struct dirent *entry;
	DIR *d = opendir(folder);
	struct err full;

	while (d != NULL && (entry = readdir(d)) != NULL) {
		const char *path = arena_printf(r->a, "%s/%s", folder, entry->d_name);
		size_t before = r->f->n;

		if (entry->d_type != DT_REG && entry->d_type != DT_UNKNOWN)
			continue;
		if ((likeness(log, path) > 0) != alike || is_log(r->conf, path))
			continue;
		if (add(r->f, path, false, r->a, &full) < 0)
			r->f->passed++;
		else if (r->f->n > before)
			r->f->v[before].stranger = true;
	}
	if (d != NULL)
		closedir(d);
}

void
files_widen(struct files *f, const struct audit_conf *conf, size_t log, struct arena *a)
{
	const char *path = conf->paths.v[log];
	struct shelf r = { f, conf, base_name(path), NULL, a, NULL };

	f->wide = true;
	for (int alike = 1; alike >= 0; alike--) {
		all_of(&r, folder_of(path, a), path, alike);
		for (size_t i = 0; i < conf->rotated.n; i++) {
			const char *folder = named_folder(conf->rotated.v[i], a);

			all_of(&r, folder != NULL ? folder : folder_of(conf->rotated.v[i], a), path,
			    alike);
		}
	}
}

void
files_touch(struct file *f)
{
	struct source s;

	f->unreadable = source_open(&s, f->path, &f->why) < 0;
	if (f->unreadable)
		return;
	f->packed = s.packed;
	source_close(&s);
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
	f->damaged = n < 0 && f->why.code == ERR_PARSE;
	if (n <= 0 || format == FORMAT_REGEX)
		return;
	if (format == FORMAT_AUTO)
		format = format_guess(conf, buf, (size_t)n);
	nl = memchr(buf, '\n', (size_t)n);
	scanner_init(&sc, format, conf, PEEK_YEAR);
	scanner_take(&sc, buf, nl != NULL ? (size_t)(nl - buf) : (size_t)n, &info);
	if (info.has_time && !info.yearless)
		f->first = info.at;
}
