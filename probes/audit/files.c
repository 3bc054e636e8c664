/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns finding the files of a log, and the hash of how each begins.
 */
#include "files.h"

#include "folder.h"
#include "record.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#define PEEK ((size_t)65536)
#define COUNT_MAX 1000 /* older files in a row that are numbered */
#define PEEK_YEAR 2000 /* a stamp without its year says nothing here */

static const char *
base_name(const char *path)
{
	return strrchr(path, '/') + 1;
}

/* Bytes of a name without what packing has put behind it. */
static size_t
unpacked_length(const char *name)
{
	static const char *const endings[] = { ".gz", ".xz", ".zst", ".bz2" };
	size_t n = strlen(name);

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t k = strlen(endings[i]);

		if (n > k && strcmp(name + n - k, endings[i]) == 0)
			return n - k;
	}
	return n;
}

bool
files_packed_name(const char *name)
{
	return name[unpacked_length(name)] != '\0';
}

/* A number, a date, a week, or a word for what is old. */
static bool
is_generation(const char *p, size_t n)
{
	static const char *const words[] = { "old", "bak", "prev" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (n == strlen(words[i]) && memcmp(p, words[i], n) == 0)
			return true;
	if (n == 0 || !isdigit((unsigned char)p[0]))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!isdigit((unsigned char)p[i]) && strchr("-_.:TZW", p[i]) == NULL)
			return false;
	return true;
}

static bool
is_joint(char c)
{
	return c == '.' || c == '-' || c == '_';
}

bool
files_rotated_name(const char *base, const char *name)
{
	const char *dot = strrchr(base, '.');
	size_t n = strlen(base), len = unpacked_length(name), ending;

	/* a.log.1 */
	if (len > n && memcmp(name, base, n) == 0 && is_joint(name[n]) &&
	    is_generation(name + n + 1, len - n - 1))
		return true;
	/* a.1.log */
	if (dot == NULL || dot == base)
		return false;
	ending = strlen(dot);
	n = (size_t)(dot - base);
	return len > n + 1 + ending && memcmp(name, base, n) == 0 && is_joint(name[n]) &&
	       memcmp(name + len - ending, dot, ending) == 0 &&
	       is_generation(name + n + 1, len - n - 1 - ending);
}

/* The number that stands at a place of a name, or ends there: where it begins. */
static size_t
number_start(const char *name, size_t at)
{
	while (at > 0 && isdigit((unsigned char)name[at - 1]))
		at--;
	return at;
}

int
files_by_name(const char *a, const char *b)
{
	size_t at = 0, start;
	unsigned long na, nb;
	bool date;

	while (a[at] != '\0' && a[at] == b[at])
		at++;
	start = number_start(a, at);
	na = strtoul(a + start, NULL, 10);
	nb = strtoul(b + start, NULL, 10);
	/* a long number, or one that follows another one, is of a date: it grows with time */
	date = na >= COUNT_MAX || nb >= COUNT_MAX ||
	       (start >= 2 && isdigit((unsigned char)a[start - 2]));
	return na == nb ? 0 : (na < nb) == date ? -1 : 1;
}

bool
files_same_form(const char *a, const char *b)
{
	const char *a_end = a + unpacked_length(a), *b_end = b + unpacked_length(b);

	while (a < a_end && b < b_end) {
		if (isdigit((unsigned char)*a) && isdigit((unsigned char)*b)) {
			while (a < a_end && isdigit((unsigned char)*a))
				a++;
			while (b < b_end && isdigit((unsigned char)*b))
				b++;
		} else if (*a++ != *b++) {
			return false;
		}
	}
	return a == a_end && b == b_end;
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
	struct shelf r = *shelf;
	bool ok;
	int rc;

	r.folder = folder;
	rc = folder_each(folder, add_beside, &r, &ok);
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
