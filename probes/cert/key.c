/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns finding the private key of a file's certificates.
 */
#include "probes/cert/key.h"

#include "base/file.h"

#include <fcntl.h>
#include <limits.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define MARK "PRIVATE KEY-----"

/* A key with a password is none that anybody could take. */
static int
no_password(char *buf, int size, int writing, void *arg)
{
	(void)buf;
	(void)size;
	(void)writing;
	(void)arg;
	return -1;
}

void
key_in(const char *data, size_t len, const char *path, struct arena *a, struct key *out)
{
	uint8_t *der = NULL;
	EVP_PKEY *key;
	BIO *in;
	int n;

	*out = (struct key){ .path = path };
	if (memmem(data, len, MARK, sizeof(MARK) - 1) == NULL || len > INT_MAX)
		return;
	out->there = true;
	in = BIO_new_mem_buf(data, (int)len);
	key = in != NULL ? PEM_read_bio_PrivateKey(in, NULL, no_password, NULL) : NULL;
	BIO_free(in);
	n = key != NULL ? i2d_PUBKEY(key, &der) : 0;
	if (n > 0) {
		out->plain = true;
		out->pub =
		    (struct der){ memcpy(arena_alloc(a, (size_t)n), der, (size_t)n), (size_t)n };
	}
	OPENSSL_free(der);
	EVP_PKEY_free(key);
	ERR_clear_error();
}

/* site.crt: site.key; fullchain3.pem and cert3.pem: privkey3.pem. false: it has no such name. */
static bool
name_beside(const char *path, char out[PATH_MAX])
{
	static const char *const chains[] = { "fullchain", "cert" };
	const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
	const char *dot = strrchr(name, '.');
	int folder = (int)(name - path);

	for (size_t i = 0; i < 2; i++)
		if (strncmp(name, chains[i], strlen(chains[i])) == 0 && dot != NULL &&
		    strcmp(dot, ".pem") == 0)
			return snprintf(out, PATH_MAX, "%.*sprivkey%s", folder, path,
				   name + strlen(chains[i])) < PATH_MAX;
	if (dot == NULL || dot == name)
		return false;
	return snprintf(out, PATH_MAX, "%.*s.key", (int)(dot - path), path) < PATH_MAX;
}

void
key_beside(const char *path, struct arena *a, struct key *out)
{
	char beside[PATH_MAX];
	struct err e;
	char *data;
	size_t len;

	*out = (struct key){ .there = false };
	if (!name_beside(path, beside) || strcmp(beside, path) == 0 ||
	    file_read(AT_FDCWD, beside, FILE_FOLLOW, KEY_FILE_MAX, a, &data, &len, &e) < 0)
		return;
	key_in(data, len, arena_text(a, beside), a, out);
	explicit_bzero(data, len);
}

enum key_reach
key_reach(const char *path)
{
	char folder[PATH_MAX];
	struct stat st;

	if (stat(path, &st) < 0 || (st.st_mode & S_IROTH) == 0 || strlen(path) >= sizeof(folder))
		return KEY_KEPT;
	memcpy(folder, path, strlen(path) + 1);
	for (char *slash; (slash = strrchr(folder, '/')) != NULL && slash != folder;) {
		*slash = '\0';
		if (stat(folder, &st) == 0 && (st.st_mode & S_IXOTH) == 0)
			return KEY_OPEN_INSIDE;
	}
	return KEY_OPEN;
}
