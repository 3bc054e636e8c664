/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/t.h"

#include "probes/hsm/work.h"

#include <stdlib.h>

static const struct {
	const char *row, *uri, *want; /* part of the message; NULL: taken */
} uris[] = {
	{ "all tokens", "pkcs11:", NULL },
	{ "one token", "pkcs11:token=customs", NULL },
	{ "two words", "pkcs11:token=a;serial=1%20b", NULL },
	{ "certificates", "pkcs11:type=cert", NULL },
	{ "keys", "pkcs11:type=private", "only be cert" },
	{ "another scheme", "http:", "does not begin" },
	{ "capitals", "PKCS11:token=a", "does not begin" },
	{ "an unknown word", "pkcs11:x-foo=1", "unknown" },
	{ "a word twice", "pkcs11:token=a;token=b", "twice" },
	{ "no value", "pkcs11:token", "no value" },
	{ "half a percent", "pkcs11:id=%1", "hexadecimal" },
	{ "a bare percent", "pkcs11:id=%", "hexadecimal" },
	{ "a space", "pkcs11:token=a b", "%20" },
	{ "a PIN", "pkcs11:token=a?pin-value=1", "PIN" },
	{ "a PIN's file", "pkcs11:?pin-source=/x", "PIN" },
	{ "a module", "pkcs11:?module-path=/x", "option" },
	{ "a slot number", "pkcs11:slot-id=1", "renumber" },
	{ "a semicolon too many", "pkcs11:token=a;", ";" },
	{ "an empty word", "pkcs11:;token=a", ";" },
};

static const struct {
	const char *row, *text;
	int want;
} pairs[] = {
	{ "a pair", "SOFTHSM2_CONF=/x", 0 },
	{ "an empty value", "A=", 0 },
	{ "no name", "=x", -1 },
	{ "no value", "A", -1 },
	{ "the loader", "LD_PRELOAD=x", -1 },
	{ "a name with a space", "A B=x", -1 },
	{ "a digit first", "1A=x", -1 },
};

static void
test_ck_date(void)
{
	static const struct {
		const char *row, *text;
		size_t len;
		bool want;
	} dates[] = {
		{ "a day", "20300102", 8, true },
		{ "one byte less", "20300102", 7, false },
		{ "one byte more", "203001020", 9, false },
		{ "a letter", "2030010x", 8, false },
		{ "the 30th of February", "20300230", 8, false },
		{ "none", "", 0, false },
	};
	instant at = 0;
	char buf[INSTANT_TEXT];

	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++)
		T_INT(dates[i].row,
		    ck_date((struct der){ (const uint8_t *)dates[i].text, dates[i].len }, &at),
		    dates[i].want);
	T_TEXT("its beginning in UTC", instant_text(at, buf), "2030-01-02T00:00:00Z");
}

int
main(void)
{
	static const uint8_t wrapped[] = { 4, 3, 4, 1, 2 }, bare[] = { 4, 9, 9, 9 };
	char buf[CKR_TEXT], *longest = malloc(HSM_URI_MAX + 2);
	struct err e;

	for (size_t i = 0; i < sizeof(uris) / sizeof(uris[0]); i++) {
		int rc = hsm_uri_check(uris[i].uri, &e);

		T_INT(uris[i].row, rc, uris[i].want != NULL ? -1 : 0);
		if (uris[i].want != NULL)
			T_HAS(uris[i].row, e.msg, uris[i].want);
	}
	memset(longest, 'a', HSM_URI_MAX + 1);
	memcpy(longest, "pkcs11:token=", 13);
	longest[HSM_URI_MAX] = '\0';
	T_INT("the longest", hsm_uri_check(longest, &e), 0);
	longest[HSM_URI_MAX] = 'a';
	longest[HSM_URI_MAX + 1] = '\0';
	T_INT("one past it", hsm_uri_check(longest, &e), -1);
	free(longest);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		T_INT(pairs[i].row, hsm_environment_check(pairs[i].text, &e), pairs[i].want);
	T_INT("a wrapped point", ec_point_bare((struct der){ wrapped, 5 }).len, 3);
	T_INT("a bare point", ec_point_bare((struct der){ bare, 4 }).len, 4);
	T_TEXT("a code's name", ckr_name(CKR_DEVICE_ERROR, buf), "CKR_DEVICE_ERROR");
	T_TEXT("a vendor's code", ckr_name(0x80000001, buf), "vendor error 0x80000001");
	test_ck_date();
	return t_end();
}
