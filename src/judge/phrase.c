/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns lines of limited length.
 */
#include "judge/phrase.h"

#include "base/text.h"

#include <ctype.h>
#include <string.h>

#define ELLIPSIS "\xe2\x80\xa6" /* U+2026 */

size_t
phrase_chars(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

/* Bytes of the first `chars` characters. */
static size_t
bytes_of(const char *s, size_t chars)
{
	size_t i = 0;

	for (; s[i] != '\0'; i++)
		if (((unsigned char)s[i] & 0xc0) != 0x80 && chars-- == 0)
			break;
	return i;
}

static void
trim(char *s)
{
	size_t n = strlen(s);

	while (n > 0 && strchr(" ,;:", s[n - 1]) != NULL)
		n--;
	s[n] = '\0';
}

void
phrase_cut(char *s, size_t chars)
{
	size_t end, word;

	if (phrase_chars(s) <= chars)
		return;
	if (chars == 0) {
		s[0] = '\0';
		return;
	}
	/* what is cut away is longer than a byte, but perhaps not than the ellipsis: the text had
	 * at least one more character than stays, so two bytes may be missing */
	end = bytes_of(s, chars - 1);
	for (word = end; word > 0 && s[word] != ' '; word--)
		;
	if (word > end / 2)
		end = word;
	s[end] = '\0';
	trim(s);
	end = strlen(s);
	if (chars > 1)
		memcpy(s + end, ELLIPSIS, sizeof(ELLIPSIS));
}

static void
one_space(char *s)
{
	char *to = s;

	for (const char *p = s; *p != '\0'; p++)
		if (*p != ' ' || (to != s && to[-1] != ' '))
			*to++ = *p;
	while (to > s && to[-1] == ' ')
		to--;
	*to = '\0';
}

void
phrase_clean(char *buf, size_t size, const char *text, size_t chars)
{
	buf[0] = '\0';
	if (text == NULL || size < 8)
		return;
	/* room for the ellipsis that a cut may add */
	text_clean_buf(buf, size - 4, text, strnlen(text, size * 4));
	one_space(buf);
	phrase_cut(buf, chars);
}

void
phrase_stop(char *s, size_t size)
{
	size_t n;

	trim(s);
	n = strlen(s);
	if (n == 0 || strchr(".?!", s[n - 1]) != NULL || n + 2 > size)
		return;
	if (n >= 3 && memcmp(s + n - 3, ELLIPSIS, 3) == 0)
		return;
	s[n] = '.';
	s[n + 1] = '\0';
}

void
phrase_clause(char *s)
{
	static const char *const ends[] = { "; ", ": ", " (", ", says" };
	char *said = strstr(s, ": ");

	/* one word before a colon names the thing, as "a.log: record 77 is gone" does */
	if (said != NULL && strcspn(s, " ") > (size_t)(said - s) && said[2] != '\0')
		memmove(s, said + 2, strlen(said + 2) + 1);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		char *end = strstr(s, ends[i]);

		if (end != NULL && end > s)
			*end = '\0';
	}
	trim(s);
}

void
phrase_lower(char *s)
{
	static const char *const words[] = { "A", "An", "All", "By", "Certificate", "It", "Its",
		"No", "None", "Nothing", "One", "That", "The", "This", "Two" };
	size_t n = strcspn(s, " ");

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == n && memcmp(words[i], s, n) == 0)
			s[0] = (char)tolower((unsigned char)s[0]);
}
