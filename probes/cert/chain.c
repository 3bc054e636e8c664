/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the store of trusted authorities, and the verdict on a chain.
 */
#include "probes/cert/chain.h"

#include <dirent.h>
#include <errno.h>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* "0a1b2c3d.0" */
static bool
is_hashed(const char *name)
{
	return strlen(name) >= 10 && name[8] == '.' && strspn(name, "0123456789abcdef") == 8;
}

static bool
is_plain(const char *name)
{
	size_t len = strlen(name);

	return len > 4 &&
	       (strcmp(name + len - 4, ".pem") == 0 || strcmp(name + len - 4, ".crt") == 0);
}

/* Hashed names are looked up when they are needed; only a folder without any is read whole. */
static bool
load_folder(X509_STORE *store, const char *path)
{
	DIR *dir = opendir(path);
	bool hashed = false, any = false;
	struct dirent *d;
	char file[4096];

	if (dir == NULL)
		return false;
	while (!hashed && (d = readdir(dir)) != NULL)
		hashed = is_hashed(d->d_name);
	rewinddir(dir);
	while (!hashed && (d = readdir(dir)) != NULL)
		if (is_plain(d->d_name) &&
		    snprintf(file, sizeof(file), "%s/%s", path, d->d_name) < (int)sizeof(file))
			any |= X509_STORE_load_file(store, file) == 1;
	closedir(dir);
	return hashed ? X509_STORE_load_path(store, path) == 1 : any;
}

X509_STORE *
chain_store(const char *path, struct err *e)
{
	X509_STORE *store = X509_STORE_new();
	struct stat st;
	bool good;

	if (store == NULL) {
		err_set(e, ERR_SYS, "no memory");
		return NULL;
	}
	if (stat(path, &st) < 0) {
		err_sys(e, "%s", path);
		X509_STORE_free(store);
		return NULL;
	}
	good = S_ISDIR(st.st_mode) ? load_folder(store, path)
				   : S_ISREG(st.st_mode) && X509_STORE_load_file(store, path) == 1;
	ERR_clear_error();
	if (good)
		return store;
	err_set(e, ERR_PARSE, "%s: no authority could be read from it", path);
	X509_STORE_free(store);
	return NULL;
}

static const char *
finding_of(int error)
{
	switch (error) {
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
	case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
		return "incomplete";
	case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
	case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
	case X509_V_ERR_CERT_UNTRUSTED:
	case X509_V_ERR_CERT_REJECTED:
		return "untrusted";
	case X509_V_ERR_CERT_HAS_EXPIRED:
	case X509_V_ERR_CERT_NOT_YET_VALID:
		return "out-of-date";
	default:
		return "broken";
	}
}

void
chain_verify(struct talk *t, X509_STORE *store, instant now, struct arena *a)
{
	X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	X509_VERIFY_PARAM *param;
	int error;

	t->chain_state = CHAIN_UNKNOWN;
	if (ctx == NULL || t->chain == NULL || sk_X509_num(t->chain) == 0 ||
	    X509_STORE_CTX_init(ctx, store, sk_X509_value(t->chain, 0), t->chain) != 1) {
		X509_STORE_CTX_free(ctx);
		return;
	}
	param = X509_STORE_CTX_get0_param(ctx);
	X509_VERIFY_PARAM_set_time(param, (time_t)(now / INSTANT_S));
	X509_VERIFY_PARAM_set_depth(param, CERT_CHAIN_MAX);
	X509_VERIFY_PARAM_set_auth_level(param, 0);
	X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_SSL_SERVER);
	X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN);
	if (X509_verify_cert(ctx) == 1)
		t->chain_state = CHAIN_GOOD;
	else {
		error = X509_STORE_CTX_get_error(ctx);
		t->chain_state = CHAIN_BAD;
		t->chain_finding = finding_of(error);
		t->chain_why = arena_printf(a, "%s, at depth %d",
		    X509_verify_cert_error_string(error), X509_STORE_CTX_get_error_depth(ctx));
	}
	X509_STORE_CTX_free(ctx);
	ERR_clear_error();
}
