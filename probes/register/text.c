/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how the bytes of a list become text, and which names are the same to people.
 */
#include "text.h"

#include "base/text.h"

#include <stdint.h>
#include <string.h>

/* Windows-1252, 0x80 to 0x9f (the rest is Latin 1); 0: not in use. */
static const uint16_t high[32] = { 0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d,
	0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178 };

static char *
put_utf8(char *to, uint32_t c)
{
	if (c < 0x80) {
		*to++ = (char)c;
	} else if (c < 0x800) {
		*to++ = (char)(0xc0 | (c >> 6));
		*to++ = (char)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		*to++ = (char)(0xe0 | (c >> 12));
		*to++ = (char)(0x80 | ((c >> 6) & 0x3f));
		*to++ = (char)(0x80 | (c & 0x3f));
	} else {
		*to++ = (char)(0xf0 | (c >> 18));
		*to++ = (char)(0x80 | ((c >> 12) & 0x3f));
		*to++ = (char)(0x80 | ((c >> 6) & 0x3f));
		*to++ = (char)(0x80 | (c & 0x3f));
	}
	return to;
}

static uint32_t
unit_at(const char *bytes, bool big)
{
	uint32_t a = (unsigned char)bytes[0], b = (unsigned char)bytes[1];

	return big ? a << 8 | b : b << 8 | a;
}

/* UTF-16 (RFC 2781) behind its mark. */
static int
from_utf16(const char *bytes, size_t n, bool big, char *out, size_t *len, struct err *e)
{
	char *to = out;

	if (n % 2 != 0)
		return err_set(e, ERR_PARSE, "UTF-16 that ends in the middle of a character");
	for (size_t i = 0; i < n; i += 2) {
		uint32_t c = unit_at(bytes + i, big), low;

		if (c >= 0xd800 && c < 0xdc00 && i + 3 < n) {
			low = unit_at(bytes + i + 2, big);
			if (low >= 0xdc00 && low < 0xe000) {
				c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
				i += 2;
			}
		}
		if (c == 0 || (c >= 0xd800 && c < 0xe000))
			return err_set(e, ERR_PARSE, "UTF-16 with a character that is none");
		to = put_utf8(to, c);
	}
	*len = (size_t)(to - out);
	return 0;
}

static int
from_windows(const char *bytes, size_t n, char *out, size_t *len, struct err *e)
{
	char *to = out;

	for (size_t i = 0; i < n; i++) {
		uint32_t c = (unsigned char)bytes[i];

		if (c >= 0x80 && c < 0xa0 && high[c - 0x80] == 0)
			return err_set(e, ERR_PARSE,
			    "neither UTF-8 nor Windows-1252 (byte %zu); save it as UTF-8", i + 1);
		to = put_utf8(to, c >= 0x80 && c < 0xa0 ? high[c - 0x80] : c);
	}
	*len = (size_t)(to - out);
	return 0;
}

static bool
is_utf8(const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		uint32_t c;
		size_t len = utf8_decode(s + i, n - i, &c);

		if (len == 0)
			return false;
		i += len;
	}
	return true;
}

/* Files that people take for a table, and that are something else. */
static int
refuse_others(const char *bytes, size_t n, struct err *e)
{
	if (n >= 4 && memcmp(bytes, "PK\003\004", 4) == 0)
		return err_set(e, ERR_PARSE, "a workbook (.xlsx, .ods); save the sheet as CSV");
	if (n >= 4 && memcmp(bytes, "\xd0\xcf\x11\xe0", 4) == 0)
		return err_set(e, ERR_PARSE, "an old workbook (.xls); save the sheet as CSV");
	if (n >= 4 && memcmp(bytes, "%PDF", 4) == 0)
		return err_set(e, ERR_PARSE, "a PDF; export the list as CSV");
	return 0;
}

int
text_from_bytes(const char *bytes, size_t n, struct arena *a, char **out, size_t *len,
    const char **encoding, struct err *e)
{
	if (refuse_others(bytes, n, e) < 0)
		return -1;
	*out = arena_alloc(a, 3 * n + 1); /* of UTF-16 and Windows-1252 three bytes a character */
	if (n >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0)) {
		*encoding = "UTF-16";
		return from_utf16(bytes + 2, n - 2, bytes[0] == '\xfe', *out, len, e);
	}
	if (memchr(bytes, '\0', n) != NULL)
		return err_set(
		    e, ERR_PARSE, "holds zero bytes, so it is no text; save it as UTF-8");
	*encoding = "UTF-8";
	if (n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		bytes += 3;
		n -= 3;
	}
	if (!is_utf8(bytes, n)) {
		*encoding = "Windows-1252";
		return from_windows(bytes, n, *out, len, e);
	}
	memcpy(*out, bytes, n);
	*len = n;
	return 0;
}

/* Letters with accents that the languages of our lists have; NULL: another character. */
static const char *
plain(uint32_t c)
{
	static const struct {
		uint32_t from, to;
		const char *is;
	} table[] = { { 0xc0, 0xc5, "a" }, { 0xc6, 0xc6, "ae" }, { 0xc7, 0xc7, "c" },
		{ 0xc8, 0xcb, "e" }, { 0xcc, 0xcf, "i" }, { 0xd1, 0xd1, "n" }, { 0xd2, 0xd6, "o" },
		{ 0xd9, 0xdc, "u" }, { 0xdf, 0xdf, "ss" }, { 0xe0, 0xe5, "a" },
		{ 0xe6, 0xe6, "ae" }, { 0xe7, 0xe7, "c" }, { 0xe8, 0xeb, "e" }, { 0xec, 0xef, "i" },
		{ 0xf1, 0xf1, "n" }, { 0xf2, 0xf6, "o" }, { 0xf9, 0xfc, "u" },
		{ 0x152, 0x153, "oe" } };

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (c >= table[i].from && c <= table[i].to)
			return table[i].is;
	return NULL;
}

const char *
text_fold(const char *s, char buf[FOLDED_MAX])
{
	size_t n = strlen(s), at = 0;

	for (size_t i = 0; i < n && at < FOLDED_MAX - 3;) {
		uint32_t c;
		size_t len = utf8_decode(s + i, n - i, &c);
		const char *is = len > 0 ? plain(c) : NULL;

		i += len > 0 ? len : 1;
		if (len == 1 && c >= 'A' && c <= 'Z')
			buf[at++] = (char)(c - 'A' + 'a');
		else if (len == 1 && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
			buf[at++] = (char)c;
		for (; is != NULL && *is != '\0' && at < FOLDED_MAX - 1; is++)
			buf[at++] = *is;
	}
	buf[at] = '\0';
	return buf;
}

bool
text_is_one_of(const char *folded, const char *words)
{
	size_t n = strlen(folded);

	for (const char *p = words; n > 0 && *p != '\0';) {
		size_t len = strcspn(p, " ");

		if (len == n && memcmp(p, folded, n) == 0)
			return true;
		p += len + (p[len] == ' ');
	}
	return false;
}
