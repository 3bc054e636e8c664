/* SPDX-License-Identifier: Apache-2.0 */
#include "sinks/webhook/sign.h"
#include "tests/t.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>

/* All vectors of tests/data/webhook/sign.tsv, their bodies in base64. */
static void
vectors(void)
{
	static char line[65536], body[49152];
	FILE *f = fopen("tests/data/webhook/sign.tsv", "re");
	int hmac = 0, ed = 0;

	while (f != NULL && fgets(line, sizeof(line), f) != NULL) {
		char *field[7], out[SIGN_HEADER_MAX], *rest = line;
		struct sign_keys k = { 0 };
		struct err e = { 0 };
		size_t n;
		int len, rc;

		for (int i = 0; i < 7; i++)
			field[i] = strsep(&rest, "\t\n");
		n = strlen(field[5]);
		len = EVP_DecodeBlock((unsigned char *)body, (unsigned char *)field[5], (int)n);
		for (size_t i = n; i > 0 && field[5][i - 1] == '='; i--)
			len--;
		if (strcmp(field[1], "v1") == 0) {
			rc = sign_add_secrets(&k, field[2], &e);
			hmac++;
		} else {
			rc = sign_set_key(&k, field[2], &e);
			ed++;
		}
		T_TEXT(field[0], rc == 0 ? "" : e.msg, "");
		T_INT(field[0],
		    sign_header(&k, field[3], atoll(field[4]), body, (size_t)len, out, &e), 0);
		T_TEXT(field[0], out, field[6]);
		sign_fini(&k);
	}
	T_INT("HMAC vectors", hmac, 9);
	T_INT("Ed25519 vectors", ed, 2);
	if (f != NULL)
		fclose(f);
}

/* What is written is read as it was, at every length that base64 pads otherwise. */
static void
texts(void)
{
	static const size_t lengths[] = { 24, 25, 26, 32, SIGN_SECRET_LONGEST };
	uint8_t bytes[SIGN_SECRET_LONGEST], back[SIGN_SECRET_LONGEST];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * 37 + 200);
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		char text[SECRETS_TEXT_MAX];
		size_t len = 0;
		struct err e;

		secrets_text("whsec_", bytes, lengths[i], text);
		T_INT("padded", (strlen(text) - strlen("whsec_")) % 4, 0);
		T_INT("read", secrets_hmac(text, strlen(text), back, &len, &e), 0);
		T_TRUE("as it was", len == lengths[i] && memcmp(bytes, back, len) == 0);
	}
}

#define S24 "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
#define S64                                                                                        \
	"whsec_xDvK12wAipsKa1/"                                                                    \
	"JMxVKbeKEBKiXxSUmLmp8B7y+6EH3RcVdTp90f2FRZMb3KNcYNTcTgnrIg9f7llkjQHT1JQ=="
#define KEY                                                                                        \
	"6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=="

static const struct {
	const char *row, *text, *fault; /* NULL: taken */
	size_t n;
} secrets[] = {
	{ "with its prefix", "whsec_" S24, NULL, 1 },
	{ "without it", S24, NULL, 1 },
	{ "64 bytes", S64, NULL, 1 },
	{ "no padding", "whsec_CABtaxrwwMvWJWWKrCyfqgfRPER+MwUe7vlaYOVhQ9Y", NULL, 1 },
	{ "two while it is changed", "whsec_" S24 "\n" S64 "\n", NULL, 2 },
	{ "empty lines between, spaces and CR behind", "\n" S24 " \r\n\n" S64 "\r\n", NULL, 2 },
	{ "four", S24 "\n" S24 "\n" S24 "\n" S24, NULL, 4 },
	{ "five", S24 "\n" S24 "\n" S24 "\n" S24 "\n" S24, "line 5: more than 4 secrets", 4 },
	{ "none", "\n \n", "holds no secret", 0 },
	{ "an empty one", "whsec_", "line 1: is not whsec_ and the base64 of 24 to 64 bytes", 0 },
	{ "not base64", "whsec_%%%", "line 1: is not whsec_", 0 },
	{ "23 bytes", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaQ=", "line 1: is not whsec_", 0 },
	{ "65 bytes",
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	    "A=",
	    "line 1: is not whsec_", 0 },
	{ "an Ed25519 key in its place", "whsk_" KEY, "line 1: is not whsec_", 0 },
};

static void
test_secrets(void)
{
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
		struct sign_keys k = { 0 };
		struct err e = { 0 };
		int rc = sign_add_secrets(&k, secrets[i].text, &e);

		if (secrets[i].fault == NULL)
			T_TEXT(secrets[i].row, rc == 0 ? "" : e.msg, "");
		else
			T_HAS(secrets[i].row, rc < 0 ? e.msg : "taken", secrets[i].fault);
		T_INT(secrets[i].row, k.nhmac, secrets[i].n);
		sign_fini(&k);
	}
}

static const struct {
	const char *row, *text, *fault;
} keys[] = {
	{ "seed and public key", "whsk_" KEY, NULL },
	{ "a line end behind it", "whsk_" KEY "\n", NULL },
	{ "the seed alone", "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbc=", NULL },
	{ "no prefix", KEY, "is not whsk_" },
	{ "a public key", "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=", "is not whsk_" },
	{ "too short", "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMQ==", "is not whsk_" },
	{ "another's public key",
	    "whsk_6Xb/dCcHpPea21PS1N9VY/"
	    "NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvw==",
	    "a public key that is not of its seed" },
};

static void
test_keys(void)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct sign_keys k = { 0 };
		struct err e = { 0 };
		int rc = sign_set_key(&k, keys[i].text, &e);

		if (keys[i].fault == NULL)
			T_TEXT(keys[i].row, rc == 0 ? "" : e.msg, "");
		else
			T_HAS(keys[i].row, rc < 0 ? e.msg : "taken", keys[i].fault);
		T_INT(keys[i].row, k.ed25519 != NULL, keys[i].fault == NULL);
		sign_fini(&k);
	}
}

static void
test_headers(void)
{
	static char big[65536];
	struct sign_keys k = { 0 };
	char out[SIGN_HEADER_MAX];
	struct err e = { 0 };

	T_INT("without keys", sign_header(&k, "id", 1, "{}", 2, out, &e), 0);
	T_TEXT("nothing is signed", out, "");
	sign_add_secrets(&k, S24 "\n" S24 "\n" S24 "\n" S24, &e);
	sign_set_key(&k, "whsk_" KEY, &e);
	T_INT("all that can be", sign_header(&k, "id", 1, "{}", 2, out, &e), 0);
	T_INT("fills its room to the last byte", strlen(out), SIGN_HEADER_MAX - 1);
	T_HAS("both kinds, a space between", out, "= v1a,");
	memset(big, 'b', sizeof(big));
	T_INT("the longest body", sign_header(&k, "id", 1, big, sizeof(big), out, &e), 0);
	sign_fini(&k);
}

int
main(void)
{
	vectors();
	texts();
	test_secrets();
	test_keys();
	test_headers();
	return t_end();
}
