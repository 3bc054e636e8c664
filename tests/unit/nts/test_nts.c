/* SPDX-License-Identifier: Apache-2.0 */
#include "probes/nts/packet.h"
#include "tests/t.h"

#include <openssl/evp.h>
#include <stdlib.h>

#define VECTORS "tests/data/nts/siv"

static size_t
hex(const char *text, uint8_t *out, size_t max)
{
	size_t n = 0;
	unsigned v;

	for (; n < max && sscanf(text + 2 * n, "%2x", &v) == 1; n++)
		out[n] = (uint8_t)v;
	return n;
}

/* The parts of "aa,bb,-". */
static size_t
parts_of(char *text, uint8_t bytes[SIV_PARTS_MAX][256], struct siv_part *parts)
{
	size_t n = 0;

	for (char *p; (p = strsep(&text, ",")) != NULL; n++) {
		parts[n].bytes = bytes[n];
		parts[n].n = *p == '-' ? 0 : hex(p, bytes[n], 256);
	}
	return n;
}

static void
one_vector(const char *row, char *field[4])
{
	uint8_t key[SIV_KEY], bytes[SIV_PARTS_MAX][256], plain[256], want[300], got[300], back[256];
	struct siv_part parts[SIV_PARTS_MAX];
	size_t n, nparts;

	T_INT(row, hex(field[0], key, SIV_KEY), SIV_KEY);
	nparts = parts_of(field[1], bytes, parts);
	n = hex(field[2], plain, sizeof(plain));
	T_INT(row, hex(field[3], want, sizeof(want)), n + SIV_TAG);
	T_TRUE(row, siv_seal(key, parts, nparts, plain, n, got));
	T_TRUE(row, memcmp(got, want, n + SIV_TAG) == 0);
	T_TRUE(row, siv_open(key, parts, nparts, want, n, back) && memcmp(back, plain, n) == 0);
	for (size_t i = 0; i < n + SIV_TAG; i++) {
		got[i] ^= 0x10;
		T_TRUE("one other bit is refused", !siv_open(key, parts, nparts, got, n, back));
		got[i] ^= 0x10;
	}
	key[0] ^= 1;
	T_TRUE("another key is refused", !siv_open(key, parts, nparts, want, n, back));
}

static void
test_vectors(void)
{
	FILE *f = fopen(VECTORS, "r");
	char line[2048];
	int lines = 0;

	T_TRUE("the vectors are there", f != NULL);
	while (f != NULL && fgets(line, sizeof(line), f) != NULL) {
		char *field[4], *at = line, row[32];

		if (line[0] == '#')
			continue;
		for (int i = 0; i < 4; i++)
			field[i] = strsep(&at, "|\n");
		snprintf(row, sizeof(row), "vector %d", ++lines);
		one_vector(row, field);
	}
	T_INT("all of them", lines, 14);
	if (f != NULL)
		fclose(f);
}

/* OpenSSL's own, which is right for all but an empty plaintext. */
static bool
theirs(const uint8_t *key, const struct siv_part *parts, size_t nparts, const uint8_t *plain,
    size_t n, uint8_t *out)
{
	EVP_CIPHER *c = EVP_CIPHER_fetch(NULL, "AES-128-SIV", NULL);
	EVP_CIPHER_CTX *x = EVP_CIPHER_CTX_new();
	int len;
	bool ok = c != NULL && EVP_EncryptInit_ex2(x, c, key, NULL, NULL) == 1;

	for (size_t i = 0; ok && i < nparts; i++)
		ok = EVP_EncryptUpdate(x, NULL, &len, parts[i].bytes, (int)parts[i].n) == 1;
	ok = ok && EVP_EncryptUpdate(x, out + SIV_TAG, &len, plain, (int)n) == 1 &&
	     EVP_EncryptFinal_ex(x, out + SIV_TAG + len, &len) == 1 &&
	     EVP_CIPHER_CTX_ctrl(x, EVP_CTRL_AEAD_GET_TAG, SIV_TAG, out) == 1;
	EVP_CIPHER_CTX_free(x);
	EVP_CIPHER_free(c);
	return ok;
}

static void
test_against_theirs(void)
{
	uint8_t key[SIV_KEY], ad[80], nonce[16], plain[70], a[100], b[100];
	int same = 0, all = 0;

	for (size_t i = 0; i < sizeof(ad); i++)
		ad[i] = (uint8_t)(i * 7 + 3);
	for (size_t i = 0; i < SIV_KEY; i++)
		key[i] = (uint8_t)(i * 31 + 5);
	memcpy(nonce, ad + 11, sizeof(nonce));
	memcpy(plain, ad, sizeof(plain));
	for (size_t n = 1; n <= sizeof(plain); n++) {
		struct siv_part parts[2] = { { ad, n % 79 + 1 }, { nonce, sizeof(nonce) } };

		all++;
		same += siv_seal(key, parts, 2, plain, n, a) &&
			theirs(key, parts, 2, plain, n, b) && memcmp(a, b, n + SIV_TAG) == 0;
	}
	T_INT("the same as OpenSSL for every length but none", same, all);
}

static void
test_parts(void)
{
	uint8_t key[SIV_KEY] = { 1 }, byte = 0, out[SIV_TAG];
	struct siv_part parts[SIV_PARTS_MAX + 1];

	for (size_t i = 0; i <= SIV_PARTS_MAX; i++)
		parts[i] = (struct siv_part){ &byte, 1 };
	T_TRUE("as many parts as there may be", siv_seal(key, parts, SIV_PARTS_MAX, NULL, 0, out));
	T_TRUE("one more", !siv_seal(key, parts, SIV_PARTS_MAX + 1, NULL, 0, out));
}

#define PROTOCOL "\x80\1\0\2\0\0"
#define CIPHER "\x80\4\0\2\0\x0f"
#define COOKIE "\0\5\0\4abcd"
#define ENDING "\x80\0\0\0"
#define ROW(row, text, want)                                                                       \
	{                                                                                          \
		row, text, sizeof(text) - 1, want                                                  \
	}

static void
test_records(void)
{
	static const struct {
		const char *row, *text;
		size_t n;
		enum ke_fault want;
	} k[] = {
		ROW("what a server says", PROTOCOL CIPHER COOKIE ENDING, KE_OK),
		ROW("in another order", COOKIE CIPHER PROTOCOL ENDING, KE_OK),
		ROW("without its end", PROTOCOL CIPHER COOKIE, KE_MORE),
		ROW("nothing", "", KE_MORE),
		ROW("a record that is not whole", PROTOCOL "\0\5\0\4abc", KE_MORE),
		ROW("an end with a body", PROTOCOL CIPHER COOKIE "\x80\0\0\1x", KE_RECORD),
		ROW("more behind the end", PROTOCOL CIPHER COOKIE ENDING "x", KE_RECORD),
		ROW("an error (RFC 8915, 4.1.3)", "\x80\2\0\2\0\1" ENDING, KE_ERROR),
		ROW("a warning (4.1.4)", "\x80\3\0\2\0\1" ENDING, KE_WARNING),
		ROW("no protocol", CIPHER COOKIE ENDING, KE_PROTOCOL),
		ROW("an empty list of protocols", "\x80\1\0\0" CIPHER COOKIE ENDING, KE_PROTOCOL),
		ROW("another protocol", "\x80\1\0\2\0\1" CIPHER COOKIE ENDING, KE_PROTOCOL),
		ROW("the protocol twice", PROTOCOL PROTOCOL CIPHER COOKIE ENDING, KE_RECORD),
		ROW("no cipher", PROTOCOL COOKIE ENDING, KE_AEAD),
		ROW("another cipher", PROTOCOL "\x80\4\0\2\0\x10" COOKIE ENDING, KE_AEAD),
		ROW("no cookie", PROTOCOL CIPHER ENDING, KE_COOKIES),
		ROW("an empty cookie", PROTOCOL CIPHER "\0\5\0\0" ENDING, KE_COOKIES),
		ROW("a cookie that fits into no field", PROTOCOL CIPHER "\0\5\0\3abc" ENDING,
		    KE_COOKIES),
		ROW("an unknown record", PROTOCOL CIPHER COOKIE "\x40\0\0\1x" ENDING, KE_OK),
		ROW("one that is critical", PROTOCOL CIPHER COOKIE "\xc0\0\0\1x" ENDING,
		    KE_CRITICAL),
		ROW("another server and port",
		    PROTOCOL CIPHER COOKIE "\x80\6\0\3a.b\x80\7\0\2\1\2" ENDING, KE_OK),
		ROW("a server with a blank", PROTOCOL CIPHER COOKIE "\x80\6\0\3a b" ENDING,
		    KE_RECORD),
		ROW("a server with a zero", PROTOCOL CIPHER COOKIE "\x80\6\0\3a\0b" ENDING,
		    KE_RECORD),
		ROW("port 0", PROTOCOL CIPHER COOKIE "\x80\7\0\2\0\0" ENDING, KE_RECORD),
		ROW("two ports", PROTOCOL CIPHER COOKIE "\x80\7\0\2\0\1\x80\7\0\2\0\2" ENDING,
		    KE_RECORD),
	};
	struct ke got;

	for (size_t i = 0; i < sizeof(k) / sizeof(k[0]); i++)
		T_INT(k[i].row, ke_parse((const uint8_t *)k[i].text, k[i].n, &got), k[i].want);
	ke_parse((const uint8_t *)k[20].text, k[20].n, &got);
	T_TEXT("its name", got.server, "a.b");
	T_INT("its port", got.port, 258);
	T_INT("the cookie", got.cookies.v[0].n, 4);
}

static void
test_record_limits(void)
{
	static uint8_t d[KE_ANSWER_MAX + 1];
	struct ke_cookies c = { .n = 0 };
	uint8_t request[KE_REQUEST];
	struct ke got;

	T_TRUE("a cookie as long as it may be", ke_keep(&c, d, KE_COOKIE_MAX));
	T_TRUE("four bytes more", !ke_keep(&c, d, KE_COOKIE_MAX + 4));
	for (int i = 0; i < KE_COOKIES_MAX + 3; i++)
		T_TRUE("more than eight are let go", ke_keep(&c, d, 4));
	T_INT("eight are kept", c.n, KE_COOKIES_MAX);
	for (size_t i = 0; i + 4 <= sizeof(d); i += 4)
		memcpy(d + i, "\x40\0\0\0", 4);
	T_INT("a byte less than the most may go on", ke_parse(d, KE_ANSWER_MAX - 1, &got), KE_MORE);
	T_INT("the most without an end", ke_parse(d, KE_ANSWER_MAX, &got), KE_LONG);
	ke_request(request);
	T_INT("our request has no cookie, else it would do", ke_parse(request, KE_REQUEST, &got),
	    KE_COOKIES);
}

#define ORIGIN 0x1122334455667788ULL

/* An answer with the identifier, and a proof around one new cookie. Its length. */
static size_t
answer(uint8_t d[512], const uint8_t id[PACKET_ID], const uint8_t key[SIV_KEY])
{
	static const uint8_t cookie[12] = { 2, 4, 0, 12, 'n', 'e', 'w', 'c', 'o', 'o', 'k', 'e' };
	uint8_t *p = d + NTP_PACKET;
	struct siv_part parts[2];

	memset(d, 0, 512);
	d[0] = 4 << 3 | 4;
	d[1] = 1;
	memcpy(p, "\1\4\0\x24", 4);
	memcpy(p + 4, id, PACKET_ID);
	p += 4 + PACKET_ID;
	memcpy(p, "\4\4\0\x34\0\x10\0\x1c", 8); /* 4 + 4 + 16 + 28 */
	memset(p + 8, 'N', 16);
	parts[0] = (struct siv_part){ d, (size_t)(p - d) };
	parts[1] = (struct siv_part){ p + 8, 16 };
	siv_seal(key, parts, 2, cookie, sizeof(cookie), p + 24);
	return (size_t)(p - d) + 52;
}

static void
test_answers(void)
{
	static const struct {
		const char *row;
		size_t at;
		uint8_t xor ;
		enum packet_fault want;
	} c[] = {
		{ "a good answer", 511, 0, PACKET_OK },
		{ "another time in it", 43, 1, PACKET_FORGED },
		{ "another identifier", 60, 1, PACKET_ID_BAD },
		{ "no identifier", 48, 0x40, PACKET_ID_BAD },
		{ "another nonce", 92, 1, PACKET_FORGED },
		{ "another tag", 108, 1, PACKET_FORGED },
		{ "another ciphertext", 135, 1, PACKET_FORGED },
		{ "no proof", 84, 0x40, PACKET_PLAIN },
		{ "a field of no length", 87, 0x34, PACKET_FIELDS },
		{ "a field that goes on past the end", 86, 1, PACKET_FIELDS },
		{ "a field of 53 bytes", 87, 1, PACKET_FIELDS },
		{ "a nonce that goes on past the field", 89, 0x20, PACKET_FIELDS },
		{ "no nonce", 89, 0x10, PACKET_FIELDS },
		{ "a ciphertext shorter than its tag", 91, 0x10, PACKET_FIELDS },
	};
	uint8_t d[512], id[PACKET_ID], key[SIV_KEY] = { 7 };
	struct ke_cookies fresh;
	size_t n;

	memset(id, 0xaa, sizeof(id));
	for (size_t i = 0; i < sizeof(c) / sizeof(c[0]); i++) {
		fresh.n = 0;
		n = answer(d, id, key);
		d[c[i].at] ^= c[i].xor ;
		T_INT(c[i].row, packet_answer(d, n, id, key, &fresh), c[i].want);
		T_INT(c[i].row, fresh.n, c[i].want == PACKET_OK);
	}
	n = answer(d, id, key);
	T_INT(
	    "an answer of NTP alone", packet_answer(d, NTP_PACKET, id, key, &fresh), PACKET_PLAIN);
	memmove(d + NTP_PACKET + 36, d + NTP_PACKET, n - NTP_PACKET);
	T_INT("two identifiers", packet_answer(d, n + 36, id, key, &fresh), PACKET_ID_BAD);
	n = answer(d, id, key);
	fresh.n = 0;
	T_INT("what is behind the proof is not read", packet_answer(d, n + 16, id, key, &fresh),
	    PACKET_OK);
	T_TRUE("the new cookie", fresh.n == 1 && memcmp(fresh.v[0].bytes, "newcooke", 8) == 0);
	T_TRUE("a refusal repeats the identifier", packet_has_id(d, n, id));
	id[3] ^= 1;
	T_TRUE("or is nobody's", !packet_has_id(d, n, id));
}

static void
test_request(void)
{
	uint8_t out[PACKET_REQUEST_MAX], id[PACKET_ID] = { 1 }, cookie[KE_COOKIE_MAX + 4] = { 2 };
	uint8_t nonce[16] = { 3 }, key[SIV_KEY] = { 4 };
	struct ke_cookies fresh = { .n = 0 };
	size_t n = packet_request(out, ORIGIN, id, cookie, KE_COOKIE_MAX, nonce, key);

	T_INT("the longest request", n, PACKET_REQUEST_MAX);
	T_INT("a cookie too long",
	    packet_request(out, ORIGIN, id, cookie, KE_COOKIE_MAX + 4, nonce, key), 0);
	n = packet_request(out, ORIGIN, id, cookie, 100, nonce, key);
	T_INT("its proof proves it", packet_answer(out, n, id, key, &fresh), PACKET_OK);
	T_INT("and takes no cookie from outside of it", fresh.n, 0);
	out[48 + 36 + 10] ^= 1;
	T_INT("with its cookie", packet_answer(out, n, id, key, &fresh), PACKET_FORGED);
}

int
main(void)
{
	test_vectors();
	test_against_theirs();
	test_parts();
	test_records();
	test_record_limits();
	test_answers();
	test_request();
	return t_end();
}
