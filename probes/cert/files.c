/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the half of a run that reads files, folders and patterns.
 */
#include "probes/cert/cert.h"

#include "base/file.h"
#include "probes/cert/seen.h"
#include "probes/x509/pem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define CERT_FILE_MAX ((size_t)8 << 20) /* bytes of one file */
#define FILE_ARENA_MAX (4 * CERT_FILE_MAX)
#define PATH_ARENA_MAX ((size_t)512 << 20) /* names of one folder */
#define MARGIN (200 * SPAN_MS)             /* kept for handing over what there is */

#define HIDES "certificates in it would end unseen"

struct files_run {
	struct cert_run *run;
	uint32_t entry;      /* the one that is read, in the census */
	struct arena *arena; /* of one file, reset after each */
	struct seen paths;   /* only kept when two entries may name one file */
};

/* What one file turned out to hold. */
struct file_tally {
	size_t good, broken, others;
	const char *why; /* of the first broken one; in the file's arena */
	char other[PEM_LABEL_MAX];
	bool full;
};

static bool
in_time(const struct files_run *f)
{
	return probe_left(f->run->ctx) > MARGIN;
}

static void
unreadable(struct files_run *f, const char *path, const char *what, const char *reason)
{
	const char *summary = reason != NULL
				  ? arena_printf(f->arena, "%s: %s: %s; " HIDES, path, what, reason)
				  : arena_printf(f->arena, "%s: %s; " HIDES, path, what);

	cert_unknown(f->run, "cert.read", path, summary, reason);
}

static void
note_broken(struct files_run *f, struct file_tally *t, unsigned long line, const char *why)
{
	if (t->broken++ > 0)
		return;
	t->why = line > 0 ? arena_printf(f->arena, "block at line %lu: %s", line, why)
			  : arena_text(f->arena, why);
}

static void
show(struct files_run *f, struct cert_place *place, struct file_tally *t, struct der der,
    unsigned long line)
{
	struct err e = { 0 };

	if (t->good + t->broken >= CERT_PER_FILE_MAX) {
		t->full = true;
		return;
	}
	if (cert_place_show(f->run, place, der, &e) < 0)
		note_broken(f, t, line, e.msg);
	else
		t->good++;
}

static void
read_pem(
    struct files_run *f, struct cert_place *place, struct file_tally *t, char *data, size_t len)
{
	struct pem_block b;
	struct pem p;

	pem_init(&p, data, len);
	while (!t->full && pem_next(&p, &b) != PEM_END) {
		switch (b.kind) {
		case PEM_CERTIFICATE:
			show(f, place, t, b.der, b.line);
			break;
		case PEM_BROKEN:
			note_broken(f, t, b.line, b.why);
			break;
		case PEM_OTHER:
			if (t->others++ == 0)
				memcpy(t->other, b.label, sizeof(t->other));
			break;
		case PEM_END:
			break;
		}
	}
}

/* What the file leaves unsaid. A file that only holds a key was asked for if it was named itself,
 * not if it lies beside certificates. */
static bool
conclude(struct files_run *f, const char *path, const struct file_tally *t, bool named)
{
	if (t->full) {
		unreadable(f, path,
		    arena_printf(f->arena,
			"this file holds more than %d certificates, the rest "
			"was not read",
			CERT_PER_FILE_MAX),
		    NULL);
		return true;
	}
	if (t->broken > 0) {
		unreadable(f, path,
		    arena_printf(f->arena, "%zu of %zu certificates in this file cannot be read",
			t->broken, t->broken + t->good),
		    t->why);
		return true;
	}
	if (t->good > 0)
		return true;
	if (t->others > 0 && !named)
		return false;
	if (t->others > 0)
		unreadable(f, path,
		    arena_printf(f->arena, "this file holds no certificate, only a block named %s",
			t->other),
		    NULL);
	else
		unreadable(f, path, "this file holds no certificate", "neither PEM nor DER");
	return true;
}

static bool
met_before(struct files_run *f, const char *path)
{
	struct der name = { (const uint8_t *)path, strlen(path) };

	return f->run->conf->paths.n > 1 && !seen_add(&f->paths, name);
}

/* true when that was said: a folder's file that holds nothing but a key is none of its
 * certificates. */
static bool
could_not_read(struct files_run *f, const char *path, bool named, const char *why)
{
	enum probe_kept kept = probe_kept(f->run->ctx, path);

	if (kept == PROBE_SECRET && !named)
		return false;
	if (kept == PROBE_FREE)
		unreadable(f, path, "this file could not be read", why);
	else
		unreadable(f, path, "this file is kept from checks, it is a secret of a sink",
		    "put its certificate in a file of its own");
	return true;
}

/* There is no such file in a folder that is there, as far as anybody may see. */
static bool
is_gone(const char *path)
{
	char folder[PATH_MAX];
	struct stat st;
	char *slash;

	if (stat(path, &st) == 0 || errno != ENOENT || strlen(path) >= sizeof(folder))
		return false;
	memcpy(folder, path, strlen(path) + 1);
	slash = strrchr(folder, '/');
	if (slash != NULL)
		slash[slash == folder] = '\0';
	return slash == NULL || stat(folder, &st) == 0;
}

/* One file; true when something was said about it, now or before. */
static bool
read_one(struct files_run *f, const char *path, bool named)
{
	struct file_tally t = { 0 };
	struct cert_place place;
	struct err e = { 0 };
	char *data;
	size_t len;
	bool said;

	if (met_before(f, path))
		return true;
	cert_place_init(&place, f->run, f->entry, CENSUS_FILE, path, f->arena);
	if (file_read(AT_FDCWD, path, FILE_FOLLOW, CERT_FILE_MAX, f->arena, &data, &len, &e) < 0) {
		if (is_gone(path))
			census_place_whole(f->run->census, place.number);
		said = could_not_read(f, path, named, e.msg);
		arena_reset(f->arena);
		return said;
	}
	if (pem_likely(data, len))
		read_pem(f, &place, &t, data, len);
	else if (len > 0 && data[0] == DER_SEQUENCE)
		show(f, &place, &t, (struct der){ (const uint8_t *)data, len }, 0);
	if (!t.full && t.broken == 0)
		census_place_whole(f->run->census, place.number);
	said = conclude(f, path, &t, named);
	arena_reset(f->arena);
	return said;
}

static void
out_of_time(struct files_run *f, const char *path, size_t left)
{
	char what[96];

	snprintf(what, sizeof(what), "The time for this check ended before %zu file%s here %s read",
	    left, left == 1 ? "" : "s", left == 1 ? "was" : "were");
	unreadable(f, path, what, "a longer timeout helps");
	arena_reset(f->arena);
}

/* complete: nothing else belongs to the entry. */
static void
read_list(struct files_run *f, const char *entry, char **list, size_t n, bool complete)
{
	bool said = false;

	for (size_t i = 0; i < n; i++) {
		if (!in_time(f)) {
			out_of_time(f, entry, n - i);
			return;
		}
		said |= read_one(f, list[i], false);
	}
	if (complete)
		census_entry_whole(f->run->census, f->entry);
	if (said)
		return;
	unreadable(f, entry,
	    n == 0 ? "nothing was found here" : "files were found here, but no certificate in them",
	    NULL);
	arena_reset(f->arena);
}

static bool
has_suffix(const char *name)
{
	static const char *const suffixes[] = { ".pem", ".crt", ".cer", ".der" };
	size_t len = strlen(name);

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (len > 4 && strcasecmp(name + len - 4, suffixes[i]) == 0)
			return true;
	return false;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
read_folder(struct files_run *f, const char *path)
{
	struct arena *names = arena_new(PATH_ARENA_MAX);
	const char *slash = path[strlen(path) - 1] == '/' ? "" : "/";
	size_t n = 0, cap = 0;
	char **list = NULL;
	struct dirent *d;
	DIR *dir = opendir(path);
	bool complete;
	struct err e;

	if (dir == NULL) {
		err_sys(&e, "cannot open it");
		unreadable(f, path, "this folder could not be read", e.msg);
		arena_reset(f->arena);
		arena_free(names);
		return;
	}
	while (errno = 0, (d = readdir(dir)) != NULL) {
		if (!has_suffix(d->d_name))
			continue;
		list = arena_grow(names, list, n, &cap, sizeof(*list));
		list[n++] = arena_printf(names, "%s%s%s", path, slash, d->d_name);
	}
	complete = errno == 0;
	if (!complete) {
		err_sys(&e, "cannot list it");
		unreadable(f, path, "this folder could not be read to its end", e.msg);
		arena_reset(f->arena);
	}
	closedir(dir);
	if (n > 0)
		qsort(list, n, sizeof(*list), by_name);
	read_list(f, path, list, n, complete);
	arena_free(names);
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
read_pattern(struct files_run *f, const char *pattern)
{
	struct err e;
	glob_t g = { 0 };
	int rc = glob(pattern, 0, glob_failed, &g);

	if (rc == 0 || rc == GLOB_NOMATCH)
		read_list(f, pattern, g.gl_pathv, g.gl_pathc, true);
	else {
		errno = rc == GLOB_ABORTED ? glob_errno : ENOMEM;
		err_sys(&e, "%s", rc == GLOB_ABORTED ? glob_at : "the pattern");
		unreadable(f, pattern, "The files of this pattern could not be listed", e.msg);
		arena_reset(f->arena);
	}
	globfree(&g);
}

static void
read_entry(struct files_run *f, const char *path)
{
	struct stat st;

	f->entry = census_entry(f->run->census, path);
	if (!in_time(f))
		out_of_time(f, path, 1);
	else if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		read_folder(f, path);
	else if (lstat(path, &st) < 0 && strpbrk(path, "*?[") != NULL)
		read_pattern(f, path);
	else
		read_one(f, path, true);
}

void
cert_files(struct cert_run *run)
{
	struct files_run f = { .run = run, .arena = arena_new(FILE_ARENA_MAX) };

	for (size_t i = 0; i < run->conf->paths.n; i++)
		read_entry(&f, run->conf->paths.v[i]);
	seen_fini(&f.paths);
	arena_free(f.arena);
}
