/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which line of a settings file counts.
 */
#include "says.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Without its mark; of UTF-16 what is not ASCII becomes "?". */
static char *
plain(const char *text, size_t n, struct arena *a)
{
	const unsigned char *p = (const unsigned char *)text;
	bool big = n >= 2 && p[0] == 0xfe && p[1] == 0xff;
	bool little = n >= 2 && p[0] == 0xff && p[1] == 0xfe;
	size_t at = 0;
	char *out;

	if (!big && !little)
		return n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0 ? arena_textn(a, text + 3, n - 3)
								   : arena_textn(a, text, n);
	out = arena_alloc(a, n / 2 + 1);
	for (size_t i = 2; i + 1 < n; i += 2) {
		unsigned char high = p[i + little], low = p[i + big];

		out[at++] = (char)(high == 0 && low < 0x80 && low != 0 ? low : '?');
	}
	out[at] = '\0';
	return out;
}

/* Without blanks at both ends and beside "=". In place. */
static char *
tight(char *line)
{
	char *out = line, *p = line + strspn(line, " \t\r");

	for (; *p != '\0'; p++) {
		if (isblank((unsigned char)*p) || *p == '\r') {
			const char *next = p + strspn(p, " \t\r");

			if (*next == '\0' || *next == '=' || (out > line && out[-1] == '='))
				continue;
		}
		*out++ = *p;
	}
	*out = '\0';
	return line;
}

static bool
is_comment(const char *line)
{
	static const char *const marks[] = { "#", ";", "//", "--", "<!", "REM ", "/*", "*", "!" };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strncasecmp(line, marks[i], strlen(marks[i])) == 0)
			return true;
	return false;
}

/* Another word would begin or go on there. */
static bool
is_part(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-' || c == '.' || (c & 0x80) != 0;
}

static bool
holds(const char *line, const char *words)
{
	size_t n = strlen(words);

	for (const char *p = line; (p = strstr(p, words)) != NULL; p++)
		if ((p == line || !is_part(p[-1]) || !is_part(words[0])) &&
		    (!is_part(p[n]) || !is_part(words[n - 1])))
			return true;
	return false;
}

bool
says(const char *text, size_t n, const char *words, struct arena *a)
{
	const char *wanted = tight(arena_text(a, words));
	char *rest = plain(text, n, a), *line;

	if (wanted[0] == '\0')
		return false;
	while ((line = strsep(&rest, "\n")) != NULL) {
		tight(line);
		if (!is_comment(line) && holds(line, wanted))
			return true;
	}
	return false;
}
