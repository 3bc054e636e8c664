/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what makes foreign text safe, and how far two words are apart.
 */
#include "base/text.h"

#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */
#define ELLIPSIS "\xe2\x80\xa6"    /* U+2026 */
#define WORD_MAX 64

size_t
utf8_decode(const char *s, size_t n, uint32_t *out)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *u = (const unsigned char *)s;
	uint32_t c = u[0];
	size_t len = 1;

	if (c >= 0xf0 && c < 0xf8)
		len = 4;
	else if (c >= 0xe0 && c < 0xf0)
		len = 3;
	else if (c >= 0xc0 && c < 0xe0)
		len = 2;
	else if (c >= 0x80)
		return 0;
	if (len > n)
		return 0;
	if (len > 1)
		c &= 0x7fu >> len;
	for (size_t i = 1; i < len; i++) {
		if ((u[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (u[i] & 0x3fu);
	}
	if (c < least[len] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return 0;
	*out = c;
	return len;
}

static const struct {
	uint32_t first, last;
	enum text_kind kind;
} kinds[] = {
	{ 0x0000, 0x001f, TEXT_BLANK },    /* C0 */
	{ 0x007f, 0x009f, TEXT_BLANK },    /* DEL, C1 */
	{ 0x061c, 0x061c, TEXT_HIDDEN },   /* Arabic letter mark */
	{ 0x200b, 0x200f, TEXT_HIDDEN },   /* of no width: space, joiners; direction marks */
	{ 0x2028, 0x2029, TEXT_BLANK },    /* ends of a line and a paragraph */
	{ 0x202a, 0x202e, TEXT_HIDDEN },   /* embeddings and overrides of direction */
	{ 0x2060, 0x2064, TEXT_HIDDEN },   /* word joiner, invisible operators */
	{ 0x2066, 0x206f, TEXT_HIDDEN },   /* isolates; deprecated format characters */
	{ 0xfeff, 0xfeff, TEXT_HIDDEN },   /* byte order mark */
	{ 0xe0001, 0xe0001, TEXT_HIDDEN }, /* tags: a whole alphabet that nobody sees */
	{ 0xe0020, 0xe007f, TEXT_HIDDEN },
};

enum text_kind
text_kind(uint32_t c)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]) && c >= kinds[i].first; i++)
		if (c <= kinds[i].last)
			return kinds[i].kind;
	return TEXT_SHOWN;
}

void
text_clean(struct str *out, const char *bytes, size_t n, size_t max_chars)
{
	size_t chars = 0;

	for (size_t at = 0; at < n;) {
		uint32_t c = 0;
		size_t len = utf8_decode(bytes + at, n - at, &c);

		if (len > 0 && text_kind(c) == TEXT_HIDDEN) {
			at += len;
			continue;
		}
		if (chars++ == max_chars) {
			str_add(out, ELLIPSIS);
			return;
		}
		if (len == 0)
			str_add(out, REPLACEMENT);
		else if (text_kind(c) == TEXT_BLANK)
			str_addc(out, ' ');
		else
			str_addn(out, bytes + at, len);
		at += len == 0 ? 1 : len;
	}
}

const char *
text_clean_buf(char *buf, size_t size, const char *bytes, size_t n)
{
	struct str s;
	size_t len;

	str_init(&s, n * 3 + 8);
	text_clean(&s, bytes, n, n);
	len = s.len < size ? s.len : size - 1;
	while (len > 0 && len < s.len && ((unsigned char)s.s[len] & 0xc0) == 0x80)
		len--;
	memcpy(buf, s.s, len);
	buf[len] = '\0';
	str_fini(&s);
	return buf;
}

size_t
text_distance(const char *a, const char *b, size_t limit)
{
	size_t la = strlen(a), lb = strlen(b), row[WORD_MAX + 1];

	if (la > WORD_MAX || lb > WORD_MAX)
		return limit;
	for (size_t j = 0; j <= lb; j++)
		row[j] = j;
	for (size_t i = 1; i <= la; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= lb; j++) {
			size_t best = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[lb] < limit ? row[lb] : limit;
}
