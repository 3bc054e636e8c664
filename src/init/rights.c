/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is advised where the service's account may not read what was found: access lists for
 * the way to a certificate, never for a private key.
 */
#include "init/account.h"
#include "init/init.h"
#include "init/readers/tree.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COPIES "/etc/forewarn/certs" /* where certificates are copied to, without their keys */

struct ways {
	struct found *f;
	struct place *v;
	size_t n, cap;
	struct found_list folders; /* whose keys are among the places */
	struct found_list files;   /* each as it is reached, and its real path */
};

static struct place *
add_place(struct ways *w, const char *path, enum reach need)
{
	struct place *p;

	for (size_t i = 0; i < w->n; i++)
		if (strcmp(w->v[i].path, path) == 0) {
			if (need > w->v[i].need)
				w->v[i].need = need;
			return &w->v[i];
		}
	w->v = arena_grow(w->f->arena, w->v, w->n, &w->cap, sizeof(*w->v));
	p = &w->v[w->n++];
	*p = (struct place){ .path = arena_text(w->f->arena, path), .need = need };
	return p;
}

static void
pass(void *self, const char *folder)
{
	add_place(self, folder, REACH_PASS);
}

static const char *
full(const struct found *f, const char *path)
{
	return arena_printf(f->arena, "%s%s", f->root, path);
}

/* Whether these bytes are, or hold, a private key: PEM; PKCS#8 and PKCS#12, whose SEQUENCE begins
 * with a version, as a certificate's does not (RFC 5958, RFC 7292); a Java key store. */
static bool
is_key(const char *data, size_t len)
{
	const unsigned char *p = (const unsigned char *)data;
	size_t inside;

	if (memmem(data, len, "PRIVATE KEY-----", 16) != NULL)
		return true;
	if (len < 4)
		return false;
	if (memcmp(p, "\xfe\xed\xfe\xed", 4) == 0 || memcmp(p, "\xce\xce\xce\xce", 4) == 0)
		return true;
	inside = p[1] < 0x80 ? 2 : 2 + (p[1] & 0x7fu);
	return p[0] == 0x30 && inside < len && p[inside] == 0x02;
}

/* Whether the file holds a private key. One that cannot be read to its end is taken for one. */
static bool
holds_key(const struct found *f, const char *path)
{
	struct arena *a = arena_new(4 * INIT_FILE_MAX);
	struct err e = { 0 };
	bool key;
	char *data;
	size_t len;

	if (file_read(AT_FDCWD, full(f, path), FILE_FOLLOW, INIT_FILE_MAX, a, &data, &len, &e) == 0)
		key = is_key(data, len);
	else
		key = e.code != ERR_ABSENT;
	arena_free(a);
	return key;
}

/* The private keys of a folder, once for each: what opens the folder must not open them. */
static void
keys_of(struct ways *w, const char *folder)
{
	size_t n, known = w->folders.n;
	const char **names;
	struct stat st;

	found_add(w->f, &w->folders, folder, "");
	if (w->folders.n == known)
		return;
	names = tree_names(w->f->root, folder, NULL, INIT_FOUND_MAX, w->f->arena, &n);
	for (size_t i = 0; i < n; i++) {
		const char *path = tree_join(folder, names[i], w->f->arena);

		if (lstat(full(w->f, path), &st) == 0 && S_ISREG(st.st_mode) &&
		    holds_key(w->f, path))
			add_place(w, path, REACH_READ)->key = true;
	}
}

static void
way_to_file(struct ways *w, const char *path, const char *real)
{
	found_add(w->f, &w->files, path, real);
	add_place(w, real, REACH_READ)->asked = true;
	keys_of(w, tree_folder(real, w->f->arena));
}

/* All that lies on the way to one certificate, and in a folder of them. */
static void
way_to(struct ways *w, const char *path)
{
	struct arena *a = w->f->arena;
	const char *real = tree_real(w->f->root, path, a, pass, w), **names;
	struct stat st;
	size_t n;

	if (real == NULL || stat(full(w->f, real), &st) < 0)
		return;
	if (!S_ISDIR(st.st_mode)) {
		way_to_file(w, path, real);
		return;
	}
	add_place(w, real, REACH_LIST);
	names = tree_names(w->f->root, real, NULL, INIT_FOUND_MAX, a, &n);
	for (size_t i = 0; i < n; i++) {
		const char *name = tree_join(path, names[i], a);
		const char *file = tree_real(w->f->root, name, a, pass, w);

		if (file != NULL && stat(full(w->f, file), &st) == 0 && S_ISREG(st.st_mode))
			way_to_file(w, name, file);
	}
}

static bool
lies_in(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	return strcmp(folder, "/") == 0 || (strncmp(path, folder, n) == 0 && path[n] == '/');
}

/* Whether a folder above is closed to the account; wanted: one that is to be opened. */
static bool
closed_above(const struct ways *w, const char *path, bool wanted)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct place *p = &w->v[i];

		if (p->need != REACH_READ && p->denied && (p->wanted || !wanted) &&
		    lies_in(path, p->path))
			return true;
	}
	return false;
}

/* Whether a private key lies beside it: new files of that folder must not be opened then. */
static bool
key_beside(const struct ways *w, const char *folder)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->v[i].key && strcmp(tree_folder(w->v[i].path, w->f->arena), folder) == 0)
			return true;
	return false;
}

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

static void
advise_copy(struct found *f, const char *path)
{
	const char *from = for_shell(f, path), *to = for_shell(f, copy_name(f, path));

	say(f, arena_printf(f->arena, "%s holds a private key, or may: do not open it.", path));
	if (from == NULL || to == NULL)
		return;
	say(f, "Whenever it is renewed, copy its certificates alone (the renewal's deploy hook):");
	say(f, "  install -d -m 755 " COPIES);
	say(f, arena_printf(f->arena,
		   "  openssl crl2pkcs7 -nocrl -certfile %s | openssl pkcs7 -print_certs -out %s",
		   from, to));
	say(f, arena_printf(f->arena, "  chmod 644 %s", to));
	say(f, arena_printf(f->arena, "Then name %s in the place of %s.", to, path));
}

static void
advise_file(const struct ways *w, const struct place *p)
{
	struct found *f = w->f;
	const char *folder = tree_folder(p->path, f->arena), *text = for_shell(f, p->path);

	if (p->key) {
		advise_copy(f, p->path);
		return;
	}
	if (text == NULL)
		return;
	say(f, arena_printf(f->arena, "  setfacl -m u:" FILE_SERVICE ":r %s", text));
	if (key_beside(w, folder))
		say(f,
		    arena_printf(f->arena,
			"A private key lies beside %s: run that line again after each renewal (its "
			"deploy hook).",
			p->path));
	else if ((text = for_shell(f, folder)) != NULL)
		say(f, arena_printf(f->arena, "  setfacl -d -m u:" FILE_SERVICE ":r %s", text));
}

/* Keys that only a closed folder kept from the account are closed themselves before it is opened.
 */
static void
advise_keys(const struct ways *w)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct place *p = &w->v[i];
		const char *path = for_shell(w->f, p->path);

		if (p->key && !p->denied && path != NULL && closed_above(w, p->path, true))
			say(w->f, arena_printf(w->f->arena, "  chmod go-rwx %s", path));
	}
}

static void
want(void *self, const char *folder)
{
	add_place(self, folder, REACH_PASS)->wanted = true;
}

/* Only folders on the way to a file that may be opened are opened. */
static void
want_folders(struct ways *w)
{
	for (size_t i = 0; i < w->files.n; i++)
		if (!add_place(w, w->files.at[i], REACH_READ)->key)
			tree_real(w->f->root, w->files.v[i], w->f->arena, want, w);
}

static void
advise(const struct ways *w)
{
	struct found *f = w->f;

	advise_keys(w);
	for (size_t i = 0; i < w->n; i++) {
		const struct place *p = &w->v[i];
		const char *path = p->denied ? for_shell(f, p->path) : NULL;

		if (path != NULL && p->wanted)
			say(f, arena_printf(f->arena, "  setfacl -m u:" FILE_SERVICE ":%s %s",
				   p->need == REACH_LIST ? "rx" : "x", path));
	}
	for (size_t i = 0; i < w->n; i++)
		if (w->v[i].asked &&
		    (w->v[i].denied || (w->v[i].key && closed_above(w, w->v[i].path, false))))
			advise_file(w, &w->v[i]);
}

static bool
is_denied(const struct ways *w, const char *path)
{
	for (size_t i = 0; i < w->n; i++)
		if (strcmp(w->v[i].path, path) == 0)
			return w->v[i].denied;
	return false;
}

/* How many of the certificates named have something denied on their way. */
static size_t
count_closed(struct found *f, const struct ways *all)
{
	size_t closed = 0;

	for (size_t i = 0; i < f->certs.n; i++) {
		struct ways own = { .f = f };
		bool denied = false;

		way_to(&own, f->certs.v[i]);
		for (size_t k = 0; k < own.n; k++)
			denied |=
			    (!own.v[k].key || own.v[k].asked) && is_denied(all, own.v[k].path);
		closed += denied;
	}
	return closed;
}

void
init_rights(struct found *f)
{
	struct ways w = { .f = f };

	for (size_t i = 0; i < f->certs.n; i++)
		way_to(&w, f->certs.v[i]);
	if (w.n == 0 || account_ask(FILE_SERVICE, f->root, w.v, w.n, f->arena) < 0)
		return;
	f->closed = count_closed(f, &w);
	want_folders(&w);
	advise(&w);
}
