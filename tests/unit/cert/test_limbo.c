/* SPDX-License-Identifier: Apache-2.0
 *
 * Replays path-validation cases. Each folder that is named as an argument holds chain.pem (the
 * certificate in question first), roots.pem, crl*.pem, and when (microseconds since 1970, UTC); one
 * line a folder says what the probe's judgement comes to: "fine", "bad RULE", or "said KEY" when
 * all is fine and a departure from RFC 5280 is named in the evidence. Without arguments it judges
 * what it made itself.
 */
#include "tests/probe_harness.h"
#include "tests/t.h"

#include "probes/cert/spec.h"

#include <glob.h>
#include <inttypes.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <unistd.h>

#define MADE 1800000000L /* when its own certificate begins */

static struct harness h;

/* What somebody would have to act on. */
static bool
is_bad(const struct item *it, instant now)
{
	const struct rule *r = rule_find(probe_self->rules, it->rule);
	const struct finding *f = it->state == ITEM_FOUND ? finding_find(r, it->finding) : NULL;

	if (it->state == ITEM_UNKNOWN || (f != NULL && f->level >= LEVEL_ACT))
		return true;
	return it->deadline.kind == DEADLINE_KNOWN && it->deadline.at / INSTANT_S < now / INSTANT_S;
}

static void
verdict(instant now, char out[128])
{
	static const char *const forms[] = { "form", "serial_form" };

	snprintf(out, 128, "fine");
	for (size_t i = 0; i < h.nitems; i++)
		for (size_t k = 0; k < 2; k++)
			if (harness_evidence(&h.items[i], forms[k]) != NULL)
				snprintf(out, 128, "said %s", forms[k]);
	for (size_t i = 0; i < h.nitems; i++)
		if (is_bad(&h.items[i], now))
			snprintf(out, 128, "bad %s %s", h.items[i].rule,
			    h.items[i].finding != NULL ? h.items[i].finding : "");
}

static instant
when(const char *folder)
{
	char path[4096], text[64] = "";
	FILE *f;

	snprintf(path, sizeof(path), "%s/when", folder);
	f = fopen(path, "re");
	if (f != NULL) {
		if (fgets(text, sizeof(text), f) == NULL)
			text[0] = '\0';
		fclose(f);
	}
	return strtoll(text, NULL, 10);
}

static void
judge(const char *folder, instant now, char out[128])
{
	char chain[4096], roots[4096], pattern[4096];
	const char *paths[2] = { chain, pattern };
	struct cert_conf conf = { .paths = { .n = 1 }, .trust = roots };
	struct clk_fake clk;
	struct err e = { 0 };
	glob_t g = { 0 };

	snprintf(chain, sizeof(chain), "%s/chain.pem", folder);
	snprintf(roots, sizeof(roots), "%s/roots.pem", folder);
	snprintf(pattern, sizeof(pattern), "%s/crl*.pem", folder);
	conf.paths.v = paths;
	if (glob(pattern, 0, NULL, &g) == 0)
		conf.paths.n = 2;
	globfree(&g);
	clk_fake_init(&clk, now);
	harness_init(&h);
	h.ctx.clk = &clk.clk;
	h.ctx.deadline = clk.clk.mono(&clk.clk) + 60 * SPAN_S;
	if (probe_run(&h.ctx, &conf, &e) < 0)
		snprintf(out, 128, "bad run");
	else
		verdict(now, out);
	harness_fini(&h);
}

/* An authority that is its own leaf, for a million seconds; serial as given. */
static void
make(const char *folder, long serial)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509 *x = X509_new();
	X509_NAME *n = X509_NAME_new();
	char path[4096];

	X509_NAME_add_entry_by_txt(n, "CN", MBSTRING_ASC, (const uint8_t *)"A", -1, -1, 0);
	X509_set_version(x, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(x), serial);
	X509_set_subject_name(x, n);
	X509_set_issuer_name(x, n);
	ASN1_TIME_set(X509_getm_notBefore(x), MADE);
	ASN1_TIME_set(X509_getm_notAfter(x), MADE + 1000000);
	X509_set_pubkey(x, key);
	X509_sign(x, key, EVP_sha256());
	for (int i = 0; i < 2; i++) {
		FILE *f;

		snprintf(path, sizeof(path), "%s/%s.pem", folder, i == 0 ? "chain" : "roots");
		f = fopen(path, "we");
		if (f == NULL || PEM_write_X509(f, x) != 1)
			abort();
		fclose(f);
	}
	X509_NAME_free(n);
	X509_free(x);
	EVP_PKEY_free(key);
}

static void
test_own(void)
{
	static const struct {
		const char *row;
		long serial, at;
		const char *want;
	} rows[] = {
		{ "a second before", 5, -1, "bad cert.validity not-yet-valid" },
		{ "its first second", 5, 0, "fine" },
		{ "its last second", 5, 1000000, "fine" },
		{ "over", 5, 1000001, "bad cert.expiry " },
		{ "serial 0", 0, 10, "said serial_form" },
		{ "a negative one", -5, 10, "said serial_form" },
	};
	char folder[] = "/tmp/test_limbo.XXXXXX", path[64], got[128];

	T_TRUE("a folder", mkdtemp(folder) != NULL);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		make(folder, rows[i].serial);
		judge(folder, (MADE + rows[i].at) * INSTANT_S, got);
		T_TEXT(rows[i].row, got, rows[i].want);
	}
	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/%s.pem", folder, i == 0 ? "chain" : "roots");
		unlink(path);
	}
	rmdir(folder);
}

int
main(int argc, char **argv)
{
	char got[128];

	for (int i = 1; i < argc; i++) {
		judge(argv[i], when(argv[i]), got);
		printf("%s\t%s\n", argv[i], got);
	}
	if (argc > 1)
		return 0;
	test_own();
	return t_end();
}
