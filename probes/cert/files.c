/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns entries of many files: folders with what is below them, and patterns.
 */
#include "probes/cert/files.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_ARENA_MAX (3 * CERT_FILE_MAX)
#define PATH_ARENA_MAX ((size_t)512 << 20) /* names of one entry */
#define MARGIN (200 * SPAN_MS)             /* kept for handing over what there is */

/* The files of an entry, and what of it could not be listed. */
struct listing {
	struct arena *a;
	char **v;
	size_t n, cap;
	size_t denied, deep;  /* folders that may not be listed; that lie too deep */
	bool more;            /* there are more files than are read */
	char first[PATH_MAX]; /* of the folders that were not listed */
	int error;
};

static bool
in_time(const struct files_run *f)
{
	return probe_left(f->run->ctx) > MARGIN;
}

static void
out_of_time(struct files_run *f, const char *path, size_t left)
{
	char what[96];

	snprintf(what, sizeof(what), "The time for this check ended before %zu file%s here %s read",
	    left, left == 1 ? "" : "s", left == 1 ? "was" : "were");
	file_unreadable(f, path, what, "a longer timeout helps");
	arena_reset(f->arena);
}

/* --- what was not read, in one line --- */

static const struct {
	const char *one, *many; /* behind the number */
} counted[UNREAD_N] = {
	[FORM_BROKEN] = { "holds a certificate that cannot be read",
	    "hold a certificate that cannot be read" },
	[FORM_PASSWORD] = { "PKCS #12 needs a password", "PKCS #12 need a password" },
	[FORM_WRONG] = { "PKCS #12 opens with none of the passwords",
	    "PKCS #12 open with none of the passwords" },
	[FORM_CIPHER] = { "PKCS #12 cannot be opened here", "PKCS #12 cannot be opened here" },
	[FORM_CUT] = { "was not read to its end", "were not read to their ends" },
	[UNREAD_DENIED] = { "could not be opened", "could not be opened" },
	[UNREAD_EMPTY] = { "is called as a certificate is, and holds none",
	    "are called as certificates are, and hold none" },
	[UNREAD_SECRET] = { "is a secret of a sink", "are secrets of sinks" },
};

static void
part(struct str *s, size_t n, const char *one, const char *many)
{
	if (n > 0)
		str_addf(s, "; %zu %s", n, n == 1 ? one : many);
}

static void
tell_unread(struct files_run *f, const char *entry, const struct listing *l)
{
	struct evidence ev[] = { { "unread", NULL } };
	struct item it = {
		.target = entry, .rule = "cert.read", .state = ITEM_UNKNOWN, .evidence = ev
	};
	size_t unread = 0;
	struct str s;

	for (size_t i = 0; i < UNREAD_N; i++)
		unread += f->unread[i];
	if (unread + l->denied + l->deep == 0 && !l->more)
		return;
	str_init(&s, UNREAD_TEXT_MAX);
	str_addf(&s, "%zu file%s, %zu read", f->read + unread, f->read + unread == 1 ? "" : "s",
	    f->read);
	for (size_t i = 0; i < UNREAD_N; i++)
		part(&s, f->unread[i], counted[i].one, counted[i].many);
	part(&s, l->denied, "folder could not be listed", "folders could not be listed");
	part(&s, l->deep, "folder lies too deep", "folders lie too deep");
	if (l->more)
		str_addf(&s, "; more than %u files, the rest was not looked at", FOLDER_FILES_MAX);
	str_add(&s, "; certificates in them would end unseen");
	if (l->first[0] != '\0')
		str_addf(&f->list, "%s%s: %s", f->list.len > 0 ? "; " : "", l->first,
		    l->error != 0 ? strerror(l->error) : "too deep");
	if (f->unlisted > 0)
		str_addf(&f->list, "; and %zu more", f->unlisted);
	it.summary = s.s;
	ev[0].value = f->list.s;
	it.nevidence = f->list.len > 0;
	probe_emit(f->run->ctx, &it);
	str_fini(&s);
}

/* --- listing --- */

static void
add(struct listing *l, char *path)
{
	if (l->n >= FOLDER_FILES_MAX) {
		l->more = true;
		return;
	}
	l->v = arena_grow(l->a, l->v, l->n, &l->cap, sizeof(*l->v));
	l->v[l->n++] = path;
}

static void
not_listed(struct listing *l, const char *path, size_t *count, int error)
{
	if (l->first[0] == '\0') {
		snprintf(l->first, sizeof(l->first), "%s", path);
		l->error = error;
	}
	(*count)++;
}

static bool
is_folder(const char *path, const struct dirent *d, bool *link)
{
	struct stat st;

	*link = d->d_type == DT_LNK;
	if (d->d_type != DT_UNKNOWN && d->d_type != DT_LNK)
		return d->d_type == DT_DIR;
	if (d->d_type == DT_UNKNOWN && lstat(path, &st) == 0)
		*link = S_ISLNK(st.st_mode);
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* A socket, a pipe or a device that is not called as certificates are: nobody keeps one there. */
static bool
keeps_nothing(const struct dirent *d, const char *path)
{
	struct stat st;

	if (file_is_called_so(path))
		return false;
	if (d->d_type != DT_UNKNOWN)
		return d->d_type != DT_REG && d->d_type != DT_LNK && d->d_type != DT_DIR;
	return lstat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISLNK(st.st_mode) &&
	       !S_ISDIR(st.st_mode);
}

static int
list_folder(struct listing *l, const char *path, int depth)
{
	const char *slash = path[strlen(path) - 1] == '/' ? "" : "/";
	DIR *dir = opendir(path);
	struct dirent *d;

	if (dir == NULL)
		return -1;
	while (errno = 0, (d = readdir(dir)) != NULL) {
		char *name;
		bool link;

		if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
			continue;
		name = arena_printf(l->a, "%s%s%s", path, slash, d->d_name);
		if (keeps_nothing(d, name))
			continue;
		if (!is_folder(name, d, &link))
			add(l, name);
		/* a link to a folder leads out of this one, or back into it */
		else if (!link && depth >= FOLDER_DEPTH_MAX)
			not_listed(l, name, &l->deep, 0);
		else if (!link && list_folder(l, name, depth + 1) < 0)
			not_listed(l, name, &l->denied, errno);
	}
	if (errno != 0)
		not_listed(l, path, &l->denied, errno);
	closedir(dir);
	return 0;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The entry is whole in the census when nothing else can belong to it. */
static void
read_listing(struct files_run *f, const char *entry, const struct listing *l)
{
	bool said = false;

	for (size_t i = 0; i < l->n; i++) {
		if (!in_time(f)) {
			out_of_time(f, entry, l->n - i);
			return;
		}
		said |= file_show(f, l->v[i]);
	}
	if (l->denied + l->deep == 0 && !l->more)
		census_entry_whole(f->run->census, f->entry);
	tell_unread(f, entry, l);
	if (!said && l->denied + l->deep == 0)
		file_unreadable(f, entry,
		    l->n == 0 ? "nothing was found here"
			      : "files were found here, but no certificate in them",
		    NULL);
	arena_reset(f->arena);
}

static void
read_folder(struct files_run *f, const char *path)
{
	struct listing l = { .a = arena_new(PATH_ARENA_MAX) };
	struct err e;

	if (list_folder(&l, path, 0) < 0) {
		err_sys(&e, "cannot open it");
		file_unreadable(f, path, "this folder could not be read", e.msg);
		arena_reset(f->arena);
	} else {
		if (l.n > 0)
			qsort(l.v, l.n, sizeof(*l.v), by_name);
		read_listing(f, path, &l);
	}
	arena_free(l.a);
}

/* glob(3) keeps silent about folders it may not list: ask it to stop there. */
static char glob_at[PATH_MAX];
static int glob_errno;

static int
glob_failed(const char *path, int error)
{
	if (error == ENOENT || error == ENOTDIR)
		return 0;
	snprintf(glob_at, sizeof(glob_at), "%s", path);
	glob_errno = error;
	return 1;
}

static void
read_matches(struct files_run *f, const char *pattern, const glob_t *g)
{
	struct listing l = { .a = arena_new(PATH_ARENA_MAX) };
	struct stat st;

	for (size_t i = 0; i < g->gl_pathc; i++)
		if (stat(g->gl_pathv[i], &st) < 0 || !S_ISDIR(st.st_mode))
			add(&l, g->gl_pathv[i]);
		else if (list_folder(&l, g->gl_pathv[i], 1) < 0)
			not_listed(&l, g->gl_pathv[i], &l.denied, errno);
	read_listing(f, pattern, &l);
	arena_free(l.a);
}

static void
read_pattern(struct files_run *f, const char *pattern)
{
	struct err e;
	glob_t g = { 0 };
	int rc = glob(pattern, 0, glob_failed, &g);

	if (rc == 0 || rc == GLOB_NOMATCH)
		read_matches(f, pattern, &g);
	else {
		errno = rc == GLOB_ABORTED ? glob_errno : ENOMEM;
		err_sys(&e, "%s", rc == GLOB_ABORTED ? glob_at : "the pattern");
		file_unreadable(f, pattern, "The files of this pattern could not be listed", e.msg);
		arena_reset(f->arena);
	}
	globfree(&g);
}

static void
read_entry(struct files_run *f, const char *path)
{
	struct stat st;

	f->entry = census_entry(f->run->census, path);
	f->named = false;
	f->read = f->unlisted = 0;
	memset(f->unread, 0, sizeof(f->unread));
	str_clear(&f->list);
	if (!in_time(f))
		out_of_time(f, path, 1);
	else if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		read_folder(f, path);
	else if (lstat(path, &st) < 0 && strpbrk(path, "*?[") != NULL)
		read_pattern(f, path);
	else {
		f->named = true;
		file_show(f, path);
	}
}

void
cert_files(struct cert_run *run)
{
	struct files_run f = { .run = run, .arena = arena_new(FILE_ARENA_MAX) };

	str_init(&f.list, UNREAD_TEXT_MAX + PATH_MAX);
	passwords_read(&f);
	for (size_t i = 0; i < run->conf->paths.n; i++)
		read_entry(&f, run->conf->paths.v[i]);
	passwords_wipe(&f);
	str_fini(&f.list);
	seen_fini(&f.paths);
	seen_fini(&f.keys);
	arena_free(f.arena);
}
