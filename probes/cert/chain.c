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

static X509_STORE *
open_store(const char *path, struct err *e)
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

/* What programs of this computer trust. */
static X509_STORE *
system_store(struct err *e)
{
	X509_STORE *store = X509_STORE_new();

	if (store != NULL && X509_STORE_set_default_paths(store) == 1) {
		ERR_clear_error();
		return store;
	}
	err_set(e, ERR_ABSENT, "this computer has no list of them");
	X509_STORE_free(store);
	return NULL;
}

void
chain_trust_open(struct chain_trust *t, const struct cert_run *run)
{
	const char *path = run->conf->trust;
	struct err e = { 0 };

	*t = (struct chain_trust){ .given = path != NULL };
	if (path != NULL && strcmp(path, CERT_TRUST_NONE) == 0)
		return;
	if (path == NULL && run->conf->endpoints.n == 0)
		return;
	t->store = path != NULL ? open_store(path, &e) : system_store(&e);
	if (t->store == NULL)
		cert_unknown(run, "cert.chain",
		    path != NULL ? path : "authorities of this computer",
		    "The list of authorities could not be read; whether chains are trusted is "
		    "unknown",
		    e.msg);
}

void
chain_trust_close(struct chain_trust *t)
{
	X509_STORE_free(t->store);
	t->store = NULL;
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

static const char *
name_of(X509_NAME *name, struct arena *a)
{
	char *text = X509_NAME_oneline(name, NULL, 0);
	const char *cn, *out;
	int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
	const ASN1_STRING *value =
	    at >= 0 ? X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)) : NULL;
	unsigned char *utf8 = NULL;
	int n = value != NULL ? ASN1_STRING_to_UTF8(&utf8, value) : -1;

	cn = n > 0 ? arena_textn(a, (char *)utf8, (size_t)n) : NULL;
	out = cn != NULL ? cn : arena_text(a, text != NULL && text[0] != '\0' ? text : "nobody");
	OPENSSL_free(utf8);
	OPENSSL_free(text);
	return out;
}

/* The last second belongs to the certificate (RFC 5280 4.1.2.5), which the library says is over. */
static int
in_last_second(int good, X509_STORE_CTX *ctx)
{
	const X509 *x = X509_STORE_CTX_get_current_cert(ctx);
	time_t now = X509_VERIFY_PARAM_get_time(X509_STORE_CTX_get0_param(ctx));

	if (good || X509_STORE_CTX_get_error(ctx) != X509_V_ERR_CERT_HAS_EXPIRED || x == NULL ||
	    ASN1_TIME_cmp_time_t(X509_get0_notAfter(x), now) != 0)
		return good;
	X509_STORE_CTX_set_error(ctx, X509_V_OK);
	return 1;
}

static X509_STORE_CTX *
prepare(STACK_OF(X509) * shown, X509_STORE *store, bool server, instant now, unsigned long flags)
{
	X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	X509_VERIFY_PARAM *param;

	if (ctx == NULL || X509_STORE_CTX_init(ctx, store, sk_X509_value(shown, 0), shown) != 1) {
		X509_STORE_CTX_free(ctx);
		return NULL;
	}
	X509_STORE_CTX_set_verify_cb(ctx, in_last_second);
	param = X509_STORE_CTX_get0_param(ctx);
	X509_VERIFY_PARAM_set_time(param, (time_t)(now / INSTANT_S));
	X509_VERIFY_PARAM_set_depth(param, CERT_CHAIN_MAX);
	X509_VERIFY_PARAM_set_auth_level(param, 0);
	if (server)
		X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_SSL_SERVER);
	X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN | flags);
	return ctx;
}

/* What was shown and is not on the path is of no use; a copy is as good as the one that is. */
static void
mark_extra(struct chain *c, STACK_OF(X509) * shown, X509_STORE_CTX *ctx)
{
	STACK_OF(X509) *path = X509_STORE_CTX_get0_chain(ctx);

	for (size_t i = 0; i < c->n; i++) {
		c->extra[i] = true;
		for (int k = 0; k < sk_X509_num(path) && c->extra[i]; k++)
			c->extra[i] =
			    X509_cmp(sk_X509_value(shown, (int)i), sk_X509_value(path, k)) != 0;
	}
}

/* Which path a client follows is known even when a date on it is over. */
static void
find_extra(struct chain *c, STACK_OF(X509) * shown, X509_STORE *store, bool server, instant now)
{
	X509_STORE_CTX *ctx = prepare(shown, store, server, now, X509_V_FLAG_NO_CHECK_TIME);

	if (ctx != NULL && X509_verify_cert(ctx) == 1)
		mark_extra(c, shown, ctx);
	X509_STORE_CTX_free(ctx);
}

/* Nobody said which authorities count: an own one is no fault, and one that is missing may be. */
static bool
is_own(struct chain *c, X509_STORE_CTX *ctx, int error, struct arena *a)
{
	STACK_OF(X509) *path = X509_STORE_CTX_get0_chain(ctx);
	int n = sk_X509_num(path);
	X509 *last = n > 0 ? sk_X509_value(path, n - 1) : NULL;
	bool missing = error == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY ||
		       error == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT ||
		       error == X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE;

	if (last == NULL || (!missing && error != X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT &&
				error != X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN))
		return false;
	c->state = missing && n == 1 ? CHAIN_ALONE : CHAIN_OWN;
	c->authority = name_of(X509_get_issuer_name(last), a);
	return true;
}

static void
judge_fault(struct chain *c, X509_STORE_CTX *ctx, bool given, struct arena *a)
{
	int error = X509_STORE_CTX_get_error(ctx);

	if (!given && is_own(c, ctx, error, a))
		return;
	c->state = CHAIN_BAD;
	c->finding = finding_of(error);
	c->why = arena_printf(a, "%s, at depth %d", X509_verify_cert_error_string(error),
	    X509_STORE_CTX_get_error_depth(ctx));
}

void
chain_judge(struct chain *c, STACK_OF(X509) * shown, const struct chain_trust *trust, bool server,
    instant now, struct arena *a)
{
	X509_STORE_CTX *ctx;

	*c = (struct chain){ .state = CHAIN_UNASKED };
	if (trust->store == NULL || sk_X509_num(shown) <= 0)
		return;
	c->n = (size_t)sk_X509_num(shown) < CERT_CHAIN_MAX ? (size_t)sk_X509_num(shown)
							   : CERT_CHAIN_MAX;
	ctx = prepare(shown, trust->store, server, now, 0);
	c->state = CHAIN_UNKNOWN;
	if (ctx == NULL)
		return;
	if (X509_verify_cert(ctx) == 1) {
		c->state = CHAIN_GOOD;
		mark_extra(c, shown, ctx);
	} else {
		judge_fault(c, ctx, trust->given, a);
		find_extra(c, shown, trust->store, server, now);
	}
	X509_STORE_CTX_free(ctx);
	ERR_clear_error();
}

/* --- what is said of it --- */

static const char *
fault_words(const char *finding)
{
	static const char *const words[][2] = {
		{ "incomplete", "The chain misses a link to an authority of the list" },
		{ "untrusted", "The chain ends at an authority that is not on the list" },
		{ "out-of-date", "The chain holds a certificate whose dates do not cover today" },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(finding, words[i][0]) == 0)
			return words[i][1];
	return "The chain does not hold together";
}

void
chain_tell(const struct cert_run *run, const struct chain *c, const char *target, struct arena *a)
{
	struct evidence ev = { "reason", c->why };
	struct item it = {
		.target = target, .rule = "cert.chain", .evidence = &ev, .nevidence = c->why != NULL
	};

	switch (c->state) {
	case CHAIN_UNASKED:
	case CHAIN_OWN:
		return;
	case CHAIN_UNKNOWN:
		cert_unknown(run, "cert.chain", target,
		    "The chain could not be followed; whether programs trust it is unknown", NULL);
		return;
	case CHAIN_ALONE:
		cert_unknown(run, "cert.chain", target,
		    arena_printf(a,
			"It is shown without its issuer (%s), which this computer does not know; "
			"whether programs trust it is unknown",
			c->authority),
		    NULL);
		return;
	case CHAIN_GOOD:
		it.summary = arena_printf(a,
		    "The chain of %zu certificate%s leads to an authority of the list", c->n,
		    c->n == 1 ? "" : "s");
		break;
	case CHAIN_BAD:
		it.state = ITEM_FOUND;
		it.finding = c->finding;
		it.summary = fault_words(c->finding);
		break;
	}
	probe_emit(run->ctx, &it);
}

void
chain_own(const struct cert_run *run, size_t places, const char *place, const char *authority,
    struct arena *a)
{
	struct evidence ev[] = { { "endpoint", place }, { "authority", authority } };
	struct item it = { .target = "authorities of this check",
		.rule = "cert.chain",
		.state = ITEM_FOUND,
		.finding = "own-authority",
		.summary = arena_printf(a,
		    "%zu server%s show%s certificates of an authority that this computer does not "
		    "trust (%s: %s), and this check does not say which it should. Write either "
		    "trust = \"FILE\" with that authority, or trust = \"none\"",
		    places, places == 1 ? "" : "s", places == 1 ? "s" : "", place, authority),
		.evidence = ev,
		.nevidence = 2 };

	probe_emit(run->ctx, &it);
}
