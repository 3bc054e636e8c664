/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is advised where the service's account may not read what was found: access lists for
 * the way to a certificate, never for a private key.
 */
#include "init/init.h"
#include "init/readers/tree.h"
#include "init/ways.h"

#include "base/file.h"

#include <string.h>

#define COPIES "/etc/forewarn/certs" /* where certificates are copied to, without their keys */

/* A path as a shell takes it; NULL for one with characters that no line can hold. */
static const char *
for_shell(const struct found *f, const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789/._-+=:@%,";

	for (const char *p = path; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == '\'' || (unsigned char)*p >= 0x7f)
			return NULL;
	if (path[strspn(path, plain)] == '\0')
		return path;
	return arena_printf(f->arena, "'%s'", path);
}

static void
say(struct found *f, const char *line)
{
	found_add(f, &f->advice, line, "");
}

/* The file's own name for its copy: its path without the slashes. */
static const char *
copy_name(struct found *f, const char *path)
{
	char *name = arena_text(f->arena, path + 1);

	for (char *p = name; *p != '\0'; p++)
		if (*p == '/' || *p == ' ')
			*p = '-';
	return arena_printf(f->arena, COPIES "/%s", name);
}

/* The certificates of a file that is not to be opened, in one that is. */
static void
advise_copy(struct found *f, const struct reached *file)
{
	const char *path = file->real, *from = for_shell(f, path);
	const char *to = for_shell(f, copy_name(f, path));

	say(f, arena_printf(f->arena, "%s %s: do not open it.", path,
		   file->holds == HOLDS_KEY ? "holds a private key" : "lies in a home"));
	if (from == NULL || to == NULL)
		return;
	say(f, "Whenever it is renewed, copy its certificates alone (the renewal's deploy hook):");
	say(f, "  install -d -m 755 " COPIES);
	if (file->holds == HOLDS_CERTIFICATES) {
		say(f, arena_printf(f->arena, "  install -m 644 %s %s", from, to));
	} else {
		say(f, arena_printf(f->arena,
			   "  openssl crl2pkcs7 -nocrl -certfile %s | openssl pkcs7 -print_certs "
			   "-out %s",
			   from, to));
		say(f, arena_printf(f->arena, "  chmod 644 %s", to));
	}
	say(f, arena_printf(f->arena, "Then name %s in the place of %s.", to, path));
}

static void
advise_open(struct ways *w, const char *path)
{
	struct found *f = w->f;
	const char *folder = tree_folder(path, f->arena), *text = for_shell(f, path);

	if (text == NULL || !ways_place(w, path)->denied)
		return;
	say(f, arena_printf(f->arena, "  setfacl -m u:" FILE_SERVICE ":r %s", text));
	text = for_shell(f, folder);
	if (text != NULL && ways_certificates_only(w, folder))
		say(f, arena_printf(f->arena, "  setfacl -d -m u:" FILE_SERVICE ":r %s", text));
	else
		say(f, arena_printf(f->arena,
			   "Not only certificates lie beside %s: run that line again after each "
			   "renewal (its deploy hook).",
			   path));
}

static void
advise_file(struct ways *w, const struct reached *file)
{
	if (file->holds == HOLDS_OTHER)
		say(w->f,
		    arena_printf(w->f->arena,
			"%s holds no certificate that can be seen: it stays closed.", file->real));
	else if (file->holds == HOLDS_STORE)
		say(w->f, arena_printf(w->f->arena,
			      "%s holds a private key: do not open it. Put its certificates into a "
			      "file of their own, and name that in its place.",
			      file->real));
	else if (file->holds == HOLDS_KEY || file->home)
		advise_copy(w->f, file);
	else
		advise_open(w, file->real);
}

/* Keys that only a closed folder kept from the account are closed themselves, before it is opened;
 * then the folders. */
static void
advise_folders(const struct ways *w)
{
	struct found *f = w->f;

	for (size_t i = 0; i < w->n; i++) {
		const char *path = for_shell(f, w->v[i].path);

		if (w->v[i].key && !w->v[i].denied && path != NULL)
			say(f, arena_printf(f->arena, "  chmod go-rwx %s", path));
	}
	if (w->too_many)
		say(f, "There are too many files to have looked at each: see that no private key "
		       "below these folders may be read by all, before you open them:");
	for (size_t i = 0; i < w->n; i++) {
		const struct place *p = &w->v[i];
		const char *path = for_shell(f, p->path);

		if (p->wanted && path != NULL)
			say(f, arena_printf(f->arena, "  setfacl -m u:" FILE_SERVICE ":%s %s",
				   p->need == REACH_LIST ? "rx" : "x", path));
	}
}

/* Certificates of the list that are closed, each once. */
static size_t
count_closed(const struct ways *w)
{
	size_t closed = 0, last = (size_t)-1;

	for (size_t i = 0; i < w->nfiles; i++)
		if (w->files[i].closed && w->files[i].cert != last) {
			last = w->files[i].cert;
			closed++;
		}
	return closed;
}

void
init_rights(struct found *f)
{
	struct ways w = { .f = f };

	ways_collect(&w);
	if (w.n == 0 || account_ask(FILE_SERVICE, f->root, w.v, w.n, f->arena) < 0)
		return;
	ways_decide(&w);
	f->closed = count_closed(&w);
	if (f->closed == 0 || account_ask(FILE_SERVICE, f->root, w.v, w.n, f->arena) < 0)
		return;
	advise_folders(&w);
	for (size_t i = 0; i < w.nfiles; i++)
		if (w.files[i].closed)
			advise_file(&w, &w.files[i]);
}
