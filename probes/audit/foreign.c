/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns telling files that are no text from those that are, by their first bytes.
 */
#include "foreign.h"

#include <string.h>

static const struct mark {
	enum format format;
	size_t n;
	const char *bytes;
} marks[] = {
	{ FORMAT_SQLITE, 16, "SQLite format 3" }, /* with its NUL */
	{ FORMAT_JOURNAL, 8, "LPKSHHRH" },
	{ FORMAT_EVTX, 8, "ElfFile" }, /* with its NUL */
	{ FORMAT_XZ, 6,
	    "\xfd"
	    "7zXZ" }, /* with its NUL */
	{ FORMAT_ZSTD, 4, "\x28\xb5\x2f\xfd" },
	{ FORMAT_ZIP, 4, "PK\3\4" },
};

/* "BZh", the size of its blocks from 1 to 9, and the mark of a block (pi) or of the end. */
static bool
is_bzip2(const char *s, size_t n)
{
	return n >= 10 && memcmp(s, "BZh", 3) == 0 && s[3] >= '1' && s[3] <= '9' &&
	       (memcmp(s + 4, "1AY&SY", 6) == 0 || memcmp(s + 4, "\x17rE8P\x90", 6) == 0);
}

static bool
is_binary(const char *s, size_t n)
{
	size_t bytes = 0, control = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		bytes += c != 0;
		/* line ends, tab, form feed, bell, backspace, and the escape of a terminal's
		 * colours stand in texts */
		control += (c > 0 && c < 7) || (c > 13 && c < 27) || (c > 27 && c < 32) || c == 127;
	}
	return bytes >= BINARY_MIN && control * 100 > bytes * BINARY_SHARE;
}

enum format
format_foreign(const char *s, size_t n)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (n >= marks[i].n && memcmp(s, marks[i].bytes, marks[i].n) == 0)
			return marks[i].format;
	if (is_bzip2(s, n))
		return FORMAT_BZIP2;
	/* a text in UTF-16 has bytes in it that are no characters */
	if (wide_find(s, n) != WIDE_NO)
		return FORMAT_AUTO;
	return is_binary(s, n) ? FORMAT_BINARY : FORMAT_AUTO;
}

const char *
foreign_words(enum format f)
{
	static const char *const words[] = { "an SQLite database", "a journal of systemd",
		"an event log of Windows", "a text in UTF-16", "packed with xz", "packed with zstd",
		"packed with bzip2", "an archive (zip)", "no text (binary)" };

	return words[f - FORMAT_FOREIGN];
}
