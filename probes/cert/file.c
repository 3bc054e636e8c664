/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns one file: what is in it, and what is said when that is nothing, or not all.
 */
#include "probes/cert/files.h"

#include "base/file.h"
#include "probes/cert/crl.h"
#include "probes/cert/key.h"
#include "probes/cert/line.h"
#include "probes/x509/x509.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>

#define HIDES "certificates in it would end unseen"

/* What one file turned out to hold. */
struct reading {
	struct files_run *f;
	struct cert_place place;
	size_t good, broken, others;
	size_t lists;     /* of revoked certificates */
	enum unread what; /* of the first trouble */
	const char *why;  /* it is in the file's arena, or constant */
	char other[64];
	bool troubled, full;
	struct line line; /* its certificates as a chain */
	struct key key;   /* in it, or beside it */
	bool fits;        /* one of its certificates belongs to the key */
};

static bool
ends_with(const char *name, const char *ending)
{
	size_t n = strlen(name), k = strlen(ending);

	return n > k && strcasecmp(name + n - k, ending) == 0;
}

/* Called as files of certificates are: then it is said when there is none in it. */
bool
file_is_called_so(const char *path)
{
	static const char *const endings[] = { ".pem", ".crt", ".cer", ".der", ".cert", ".p7b",
		".p7c", ".p12", ".pfx", ".jks", ".keystore", NULL };

	for (size_t i = 0; endings[i] != NULL; i++)
		if (ends_with(path, endings[i]))
			return true;
	return false;
}

/* A key that only its owner may read is as it should be. */
static bool
is_called_key(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;

	return strcasestr(name, "key") != NULL && !ends_with(name, ".keystore");
}

void
file_unreadable(struct files_run *f, const char *path, const char *what, const char *reason)
{
	const char *summary = reason != NULL
				  ? arena_printf(f->arena, "%s: %s: %s; " HIDES, path, what, reason)
				  : arena_printf(f->arena, "%s: %s; " HIDES, path, what);

	cert_unknown(f->run, "cert.read", path, summary, reason);
}

/* One more that was not read: of an entry with many files it is only counted and listed. */
static void
unread(struct files_run *f, const char *path, enum unread what, const char *words, const char *why)
{
	if (f->named) {
		file_unreadable(f, path, words, why);
		return;
	}
	f->unread[what]++;
	if (f->list.len + strlen(path) + (why != NULL ? strlen(why) : strlen(words)) + 8 >
	    UNREAD_TEXT_MAX)
		f->unlisted++;
	else
		str_addf(&f->list, "%s%s: %s", f->list.len > 0 ? "; " : "", path,
		    why != NULL ? why : words);
}

static void
note(struct reading *r, enum unread what, unsigned long line, const char *why)
{
	if (r->troubled)
		return;
	r->troubled = true;
	r->what = what;
	r->why = line > 0 ? arena_printf(r->f->arena, "block at line %lu: %s", line, why)
			  : arena_text(r->f->arena, why);
}

static bool
belongs(const struct key *key, struct der der)
{
	struct x509 x;
	struct err e;

	return key->pub.len > 0 && x509_parse(der.p, der.len, &x, &e) == 0 &&
	       der_same(x.spki, key->pub);
}

static void
take(void *self, struct der der, unsigned long line)
{
	struct reading *r = self;
	struct err e = { 0 };

	if (r->good + r->broken >= CERT_PER_FILE_MAX)
		r->full = true;
	else if (cert_place_show(r->f->run, &r->place, der, NULL, &e) < 0) {
		r->broken++;
		note(r, (enum unread)FORM_BROKEN, line, e.msg);
	} else {
		r->good++;
		line_add(&r->line, der, r->f->run->trust->given && r->f->run->trust->store != NULL);
		r->fits = r->fits || belongs(&r->key, der);
	}
}

static void
trouble(void *self, enum form_trouble what, unsigned long line, const char *why)
{
	struct reading *r = self;

	r->broken += what == FORM_BROKEN;
	note(r, (enum unread)what, line, why);
}

static void
take_list(void *self, struct der der, unsigned long line)
{
	struct reading *r = self;
	struct err e = { 0 };

	if (crls_add(r->f->run->crls, der, r->place.name, &e) == 0)
		r->lists++;
	else
		note(r, (enum unread)FORM_CUT, line, e.msg);
}

static void
other(void *self, const char *label)
{
	struct reading *r = self;

	if (r->others++ == 0)
		snprintf(r->other, sizeof(r->other), "%s", label);
}

static const char *
trouble_words(const struct reading *r)
{
	switch ((int)r->what) {
	case FORM_BROKEN:
		return arena_printf(r->f->arena,
		    "%zu of %zu certificates in this file cannot be read", r->broken,
		    r->broken + r->good);
	case FORM_PASSWORD:
	case FORM_WRONG:
	case FORM_CIPHER:
		return "this PKCS #12 file could not be opened";
	default:
		return "this file was not read to its end";
	}
}

/* What the file leaves unsaid. A file that only holds a key was asked for if it was named itself,
 * not if it lies beside certificates. */
static bool
conclude(struct reading *r, const char *path)
{
	struct files_run *f = r->f;

	if (r->full) {
		unread(f, path, (enum unread)FORM_CUT,
		    arena_printf(f->arena,
			"this file holds more than %d certificates, the rest was not read",
			CERT_PER_FILE_MAX),
		    NULL);
		return true;
	}
	if (r->troubled) {
		unread(f, path, r->what, trouble_words(r), r->why);
		return true;
	}
	f->read += r->good + r->lists > 0;
	if (r->good + r->lists > 0 || (!f->named && (r->others > 0 || !file_is_called_so(path))))
		return r->good + r->lists > 0;
	if (r->others > 0)
		unread(f, path, UNREAD_EMPTY,
		    arena_printf(f->arena, "this file holds no certificate, only %s%s",
			strncmp(r->other, "PKCS", 4) == 0 || strncmp(r->other, "an", 2) == 0
			    ? ""
			    : "a block named ",
			r->other),
		    NULL);
	else
		unread(f, path, UNREAD_EMPTY, "this file holds no certificate",
		    "its form is none that is known");
	return true;
}

/* true when that was said: a folder's file that holds nothing but a key is none of its
 * certificates, and what is no file at all is none of its files. */
static bool
could_not_read(struct files_run *f, const char *path, const struct err *e)
{
	enum probe_kept kept = probe_kept(f->run->ctx, path);

	if (kept == PROBE_SECRET && !f->named)
		return false;
	if (!f->named && is_called_key(path) && e->code == ERR_DENIED)
		return false;
	if (!f->named && !file_is_called_so(path) && e->code != ERR_DENIED)
		return false;
	if (kept == PROBE_FREE)
		unread(f, path, UNREAD_DENIED, "this file could not be read", e->msg);
	else
		unread(f, path, UNREAD_SECRET,
		    "this file is kept from checks, it is a secret of a sink",
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

static bool
met_before(struct files_run *f, const char *path)
{
	struct der name = { (const uint8_t *)path, strlen(path) };

	return f->run->conf->paths.n > 1 && !seen_add(&f->paths, name);
}

static void
tell_key(struct files_run *f, const char *path, const char *finding, const char *summary)
{
	struct evidence ev = { "path", path };
	struct item it = { .target = path,
		.rule = "cert.key",
		.state = ITEM_FOUND,
		.finding = finding,
		.summary = summary,
		.evidence = &ev,
		.nevidence = 1 };

	probe_emit(f->run->ctx, &it);
}

/* One file under several names. */
static bool
told_before(struct files_run *f, const char *path)
{
	struct {
		dev_t dev;
		ino_t ino;
	} id = { 0 };
	struct stat st;

	if (stat(path, &st) < 0)
		return true;
	id.dev = st.st_dev;
	id.ino = st.st_ino;
	return !seen_add(&f->keys, (struct der){ (const uint8_t *)&id, sizeof(id) });
}

static void
judge_key(struct reading *r, const char *path)
{
	const struct key *k = &r->key;
	enum key_reach reach;

	if (k->pub.len > 0 && r->good > 0 && !r->fits)
		tell_key(r->f, path, "other-key",
		    arena_printf(r->f->arena,
			"The private key in %s belongs to none of the certificates here", k->path));
	/* of a file beside it is said when that file is read, or not asked for */
	if (!k->plain || k->path != path || (reach = key_reach(path)) == KEY_KEPT)
		return;
	/* a file of nothing but a key lies where its folder was made for it */
	if ((reach == KEY_OPEN_INSIDE && r->good == 0) || told_before(r->f, path))
		return;
	tell_key(r->f, path, reach == KEY_OPEN ? "readable" : "readable-inside",
	    reach == KEY_OPEN ? "Every user of this computer may read the private key in this file"
			      : "Every user may read the private key in this file once a folder "
				"above lets them in");
}

/* Both in it and beside it; what is read of a key is wiped. */
static void
read_file(struct reading *r, const char *path, char *data, size_t len)
{
	const struct form_taker taker = { r, take, trouble, take_list, other };

	key_in(data, len, path, r->f->arena, &r->key);
	if (!r->key.there)
		key_beside(path, r->f->arena, &r->key);
	form_read(data, len, &r->f->passwords, r->f->arena, &taker);
	if (r->key.there)
		explicit_bzero(data, len);
	judge_key(r, path);
	line_judge(&r->line, r->f->run, r->place.number, path, r->f->arena);
}

bool
file_show(struct files_run *f, const char *path)
{
	struct reading r = { .f = f };
	struct err e = { 0 };
	char *data;
	size_t len;
	bool said;

	if (met_before(f, path))
		return true;
	cert_place_init(&r.place, f->run, f->entry, CENSUS_FILE, path, f->arena);
	if (file_read(AT_FDCWD, path, FILE_FOLLOW, CERT_FILE_MAX, f->arena, &data, &len, &e) < 0) {
		if (is_gone(path))
			census_place_whole(f->run->census, r.place.number);
		said = could_not_read(f, path, &e);
	} else {
		read_file(&r, path, data, len);
		if (!r.full && !r.troubled)
			census_place_whole(f->run->census, r.place.number);
		said = conclude(&r, path);
	}
	arena_reset(f->arena);
	return said;
}
