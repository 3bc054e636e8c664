/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns finding how new the list of security updates is, by the date that its archive signed.
 */
#include "dated.h"
#include "look.h"
#include "support.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

#define FOLDER "/var/lib/apt/lists"
#define LISTS_MAX 1024              /* files in it that are looked at */
#define LIST_READ ((size_t)8 << 20) /* bytes of one Release file */

struct found {
	size_t files, security; /* Release files; those of a security archive */
	instant oldest;
	const char *fault; /* the first that is not understood */
};

static bool
ends(const char *name, const char *with)
{
	size_t n = strlen(name), m = strlen(with);

	return n >= m && strcmp(name + n - m, with) == 0;
}

/* bookworm-security of Debian, jammy-security of Ubuntu: of this release, not of one that was left.
 */
static bool
is_security(const char *text, const char *release, struct arena *a)
{
	const char *label = dated_field(text, "Label", a), *suite = dated_field(text, "Suite", a);
	const char *name = dated_field(text, "Codename", a);
	size_t n = release != NULL ? strlen(release) : 0;

	if (label == NULL || suite == NULL || name == NULL)
		return false;
	if (strcmp(label, "Debian-Security") != 0 &&
	    (strcmp(label, "Ubuntu") != 0 || !ends(suite, "-security")))
		return false;
	return n == 0 || (strncmp(name, release, n) == 0 &&
			     (name[n] == '\0' || name[n] == '-' || name[n] == '/'));
}

static void
one(const struct look *l, const char *file, const char *release, struct arena *a, struct found *f)
{
	const char *path = arena_printf(a, "%s/%s", FOLDER, file), *text, *date;
	struct err e = { 0 };
	instant t;

	text = look_file(l, path, a, LIST_READ, &e);
	f->files++;
	if (text == NULL) {
		f->fault = arena_printf(a, "%s: %s", file, e.msg);
		return;
	}
	if (!is_security(text, release, a))
		return;
	f->security++;
	date = dated_field(text, "Date", a);
	t = date != NULL ? dated_mail(date) : INSTANT_NONE;
	if (t == INSTANT_NONE)
		f->fault = arena_printf(a, "%s: it has no date", file);
	else if (f->oldest == INSTANT_NONE || t < f->oldest)
		f->oldest = t;
}

void
look_lists(const struct probe_ctx *ctx, struct look *l)
{
	struct arena *a = ctx->arena;
	const char *release = support_os(l->os, "VERSION_CODENAME", a);
	struct found f = { .oldest = INSTANT_NONE };
	DIR *d = opendir(arena_printf(a, "%s%s", l->root, FOLDER));
	struct dirent *entry;
	size_t left = LISTS_MAX;

	l->lists = INSTANT_NONE;
	while (d != NULL && left > 0 && (entry = readdir(d)) != NULL)
		if (ends(entry->d_name, "_InRelease") || ends(entry->d_name, "_Release")) {
			left--;
			one(l, entry->d_name, release, a, &f);
		}
	if (d != NULL)
		closedir(d);
	if (left == 0)
		l->no_lists = "there are too many lists";
	else if (f.fault != NULL)
		l->no_lists = f.fault;
	else if (f.security == 0)
		l->no_lists = d == NULL ? arena_printf(a, "%s cannot be read", FOLDER)
					: "there is no list of security updates of this release";
	else
		l->lists = f.oldest;
}
