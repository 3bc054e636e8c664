/* SPDX-License-Identifier: Apache-2.0
 *
 * What a file is taken for, and which folders are opened for which files; the account's answers are
 * given by the test. The kernel's are in tests/sys/628-init-rights.
 */
#include "tests/t.h"

#include "init/ways.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CERTIFICATE "-----BEGIN CERTIFICATE-----\n"
#define KEY "-----BEGIN PRIVATE KEY-----\n"

static char root[] = "/tmp/forewarn-ways-XXXXXX";

static void
holds(void)
{
	static const struct {
		const char *row, *data;
		size_t len;
		enum holds want;
	} rows[] = {
		{ "nothing", "", 0, HOLDS_OTHER },
		{ "passwords", "root:$6$x:1:0:99999:7:::\n", 26, HOLDS_OTHER },
		{ "a certificate", CERTIFICATE, 28, HOLDS_CERTIFICATES },
		{ "a revocation list", "-----BEGIN X509 CRL-----\n", 25, HOLDS_CERTIFICATES },
		{ "a key", KEY, 28, HOLDS_KEY },
		{ "a key of an older form", "-----BEGIN RSA PRIVATE KEY-----", 31, HOLDS_KEY },
		{ "a key behind a certificate", CERTIFICATE KEY, 56, HOLDS_KEY },
		{ "a certificate as DER", "\x30\x82\x01\x00\x30\x82\x00\x10", 8,
		    HOLDS_CERTIFICATES },
		{ "a key as DER", "\x30\x82\x01\x00\x02\x01\x00\x30", 8, HOLDS_STORE },
		{ "a small one", "\x30\x06\x02\x01\x03\x30\x01\x00", 8, HOLDS_STORE },
		{ "another structure", "\x30\x06\x04\x01\x03\x30\x01\x00", 8, HOLDS_OTHER },
		{ "a length that leads out of it", "\x30\xff\x01\x00\x02\x01\x00\x30", 8,
		    HOLDS_OTHER },
		{ "a store of Java", "\xfe\xed\xfe\xed\x00\x00\x00\x02", 8, HOLDS_STORE },
		{ "one of its kin", "\xce\xce\xce\xce\x00\x00\x00\x02", 8, HOLDS_STORE },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		T_INT(rows[i].row, holds_of(rows[i].data, rows[i].len), rows[i].want);
		for (size_t n = 0; n < rows[i].len; n++) {
			char *exact = malloc(n + 1);

			memcpy(exact, rows[i].data, n);
			T_TRUE(rows[i].row, holds_of(exact, n) <= HOLDS_STORE);
			free(exact);
		}
	}
}

static void
put(struct arena *a, const char *path, const char *text)
{
	const char *full = arena_printf(a, "%s%s", root, path);
	int fd;

	for (const char *p = full + strlen(root) + 1; (p = strchr(p, '/')) != NULL; p++)
		mkdir(arena_textn(a, full, (size_t)(p - full)), 0700);
	fd = open(full, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		T_TRUE("a file is made", false);
	close(fd);
}

/* The ways to one certificate of which these folders are closed, decided. */
static struct ways
decided(struct arena *a, struct found *f, const char *path, const char *const *closed)
{
	struct ways w = { .f = f };

	*f = (struct found){ .arena = a, .root = root };
	found_add(f, &f->certs, path, "");
	ways_collect(&w);
	for (; *closed != NULL; closed++)
		if (ways_place(&w, *closed) != NULL)
			ways_place(&w, *closed)->denied = true;
	ways_decide(&w);
	return w;
}

static bool
wanted(struct ways *w, const char *path)
{
	return ways_place(w, path) != NULL && ways_place(w, path)->wanted;
}

static void
folders(struct arena *a)
{
	static const char *const tls[] = { "/tls", NULL };
	static const char *const home[] = { "/home/u", NULL };
	struct found f;
	struct ways w;

	put(a, "/tls/a.pem", CERTIFICATE);
	put(a, "/tls/key.pem", CERTIFICATE KEY);
	put(a, "/tls/other", "text");
	put(a, "/tls/below/b.key", KEY);
	put(a, "/home/u/a.pem", CERTIFICATE);
	w = decided(a, &f, "/tls/a.pem", tls);
	T_TRUE("for a certificate", wanted(&w, "/tls") && w.files[0].closed && !w.files[0].home);
	T_TRUE("the keys below are among the places",
	    ways_place(&w, "/tls/below/b.key") != NULL && ways_place(&w, "/tls/below/b.key")->key);
	T_TRUE("what is no key is not", ways_place(&w, "/tls/other") == NULL);
	T_TRUE("not for a key", (w = decided(a, &f, "/tls/key.pem", tls), !wanted(&w, "/tls")));
	T_TRUE("it is closed", w.files[0].closed);
	T_TRUE("not for text", (w = decided(a, &f, "/tls/other", tls), !wanted(&w, "/tls")));
	w = decided(a, &f, "/home/u/a.pem", home);
	T_TRUE("not a home", !wanted(&w, "/home/u") && w.files[0].home && w.files[0].closed);
	T_TRUE("what is open is left",
	    (w = decided(a, &f, "/tls/a.pem", tls + 1), !w.files[0].closed && !wanted(&w, "/tls")));
	T_TRUE("a folder of more than certificates", !ways_certificates_only(&w, "/tls"));
	T_TRUE("a folder of certificates", ways_certificates_only(&w, "/home/u"));
	w = decided(a, &f, "/tls", tls);
	T_TRUE("a folder of certificates is listed",
	    wanted(&w, "/tls") && ways_place(&w, "/tls")->need == REACH_LIST && w.nfiles == 3);
}

static void
limits(struct arena *a)
{
	static const char *const deep[] = { "/deep", NULL }, *const wide[] = { "/wide", NULL };
	struct found f;
	struct ways w;

	put(a, "/deep/a.pem", CERTIFICATE);
	put(a, "/deep/1/2/3/4/5/k", KEY);
	w = decided(a, &f, "/deep/a.pem", deep);
	T_TRUE("as deep as is looked", !w.too_many && ways_place(&w, "/deep/1/2/3/4/5/k") != NULL);
	put(a, "/deep/1/2/3/4/5/6/k", KEY);
	w = decided(a, &f, "/deep/a.pem", deep);
	T_TRUE("one deeper is said", w.too_many && ways_place(&w, "/deep/1/2/3/4/5/6/k") == NULL);
	for (int i = 0; i < WAYS_FILES_MAX - 1; i++)
		put(a, arena_printf(a, "/wide/%d.pem", i), CERTIFICATE);
	w = decided(a, &f, "/wide/1.pem", wide);
	T_TRUE("as many as are looked at", !w.too_many && w.looked == WAYS_FILES_MAX - 1);
	put(a, "/wide/more.pem", CERTIFICATE);
	w = decided(a, &f, "/wide/1.pem", wide);
	T_TRUE("one more is said", w.too_many);
	T_TRUE("and its folder is not opened for new files", !ways_certificates_only(&w, "/wide"));
}

int
main(void)
{
	struct arena *a = arena_new((size_t)256 << 20);
	char command[64];

	T_TRUE("a folder", mkdtemp(root) != NULL);
	holds();
	folders(a);
	limits(a);
	snprintf(command, sizeof(command), "rm -rf %s", root);
	T_INT("cleared away", system(command), 0);
	arena_free(a);
	return t_end();
}
