/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what the name of a file tells: that it is packed, older, and which of two is the older one.
 */
#include "files.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define COUNT_MAX 1000 /* older files in a row that are numbered */

/* Bytes of a name without what packing has put behind it. */
static size_t
unpacked_length(const char *name)
{
	static const char *const endings[] = { ".gz", ".xz", ".zst", ".bz2" };
	size_t n = strlen(name);

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t k = strlen(endings[i]);

		if (n > k && strcmp(name + n - k, endings[i]) == 0)
			return n - k;
	}
	return n;
}

bool
files_packed_name(const char *name)
{
	return name[unpacked_length(name)] != '\0';
}

/* A number, a date, a week, or a word for what is old. */
static bool
is_generation(const char *p, size_t n)
{
	static const char *const words[] = { "old", "bak", "prev" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (n == strlen(words[i]) && memcmp(p, words[i], n) == 0)
			return true;
	if (n == 0 || !isdigit((unsigned char)p[0]))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!isdigit((unsigned char)p[i]) && strchr("-_.:TZW", p[i]) == NULL)
			return false;
	return true;
}

static bool
is_joint(char c)
{
	return c == '.' || c == '-' || c == '_';
}

size_t
files_stem(const char *base)
{
	const char *dot = strrchr(base, '.');

	return dot != NULL && dot > base ? (size_t)(dot - base) : strlen(base);
}

bool
files_rotated_name(const char *base, const char *name)
{
	size_t n = strlen(base), len = unpacked_length(name), stem = files_stem(base);
	size_t ending = n - stem;

	if (strncmp(name, base, stem) != 0 || !is_joint(name[stem]))
		return false;
	/* a.log.1 */
	if (len > n && memcmp(name, base, n) == 0 && is_joint(name[n]) &&
	    is_generation(name + n + 1, len - n - 1))
		return true;
	/* a.1.log */
	return ending > 0 && len > stem + 1 + ending &&
	       memcmp(name + len - ending, base + stem, ending) == 0 &&
	       is_generation(name + stem + 1, len - stem - 1 - ending);
}

/* The number that stands at a place of a name, or ends there: where it begins. */
static size_t
number_start(const char *name, size_t at)
{
	while (at > 0 && isdigit((unsigned char)name[at - 1]))
		at--;
	return at;
}

int
files_by_name(const char *a, const char *b)
{
	size_t at = 0, start;
	unsigned long na, nb;
	bool date;

	while (a[at] != '\0' && a[at] == b[at])
		at++;
	start = number_start(a, at);
	na = strtoul(a + start, NULL, 10);
	nb = strtoul(b + start, NULL, 10);
	/* a long number, or one that follows another one, is of a date: it grows with time */
	date = na >= COUNT_MAX || nb >= COUNT_MAX ||
	       (start >= 2 && isdigit((unsigned char)a[start - 2]));
	return na == nb ? 0 : (na < nb) == date ? -1 : 1;
}

bool
files_same_form(const char *a, const char *b)
{
	const char *a_end = a + unpacked_length(a), *b_end = b + unpacked_length(b);

	while (a < a_end && b < b_end) {
		if (isdigit((unsigned char)*a) && isdigit((unsigned char)*b)) {
			while (a < a_end && isdigit((unsigned char)*a))
				a++;
			while (b < b_end && isdigit((unsigned char)*b))
				b++;
		} else if (*a++ != *b++) {
			return false;
		}
	}
	return a == a_end && b == b_end;
}
