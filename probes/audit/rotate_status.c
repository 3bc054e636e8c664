/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the form of logrotate's own notes.
 */
#include "rotate_status.h"

#include <string.h>

#define NUMBER_MAX 9999 /* of a part of a date */

static const char head[] = "logrotate state -- version ";

bool
rotate_status_is(const char *text, size_t n)
{
	return n > sizeof(head) && memcmp(text, head, sizeof(head) - 1) == 0 &&
	       (text[sizeof(head) - 1] == '1' || text[sizeof(head) - 1] == '2');
}

/* The name at the start of a line against the path; bytes of it in the line, 0: another one. */
static size_t
name_length(const char *line, size_t n, const char *path)
{
	bool quoted = n > 0 && line[0] == '"';
	size_t i = quoted;

	for (; *path != '\0'; path++, i++) {
		if (quoted && i + 1 < n && line[i] == '\\')
			i++;
		if (i >= n || line[i] != *path)
			return 0;
	}
	if (quoted && (i >= n || line[i++] != '"'))
		return 0;
	return i < n && line[i] == ' ' ? i : 0;
}

/* A number and the one character behind it. */
static bool
part(const char **p, const char *end, int *out)
{
	const char *start = *p;

	*out = 0;
	while (*p < end && **p >= '0' && **p <= '9' && *out <= NUMBER_MAX)
		*out = 10 * *out + (*(*p)++ - '0');
	return *p > start && *out <= NUMBER_MAX;
}

static bool
date(const char *p, const char *end, instant *at)
{
	struct civil c = { .year = 0 };
	int *const parts[] = { &c.year, &c.month, &c.day, &c.hour, &c.minute, &c.second };
	static const char behind[] = "---::";
	size_t i = 0;

	for (; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (!part(&p, end, parts[i]))
			return false;
		if (p == end || *p != behind[i])
			break;
		p++;
	}
	if (i < 2 || c.month < 1 || c.month > 12 || c.day < 1 || c.day > 31 || c.hour > 23 ||
	    c.minute > 59 || c.second > 60)
		return false;
	*at = civil_instant(&c);
	return true;
}

bool
rotate_status_find(const char *text, size_t n, const char *path, instant *at)
{
	if (!rotate_status_is(text, n))
		return false;
	while (n > 0) {
		const char *nl = memchr(text, '\n', n);
		size_t len = nl != NULL ? (size_t)(nl - text) : n;
		size_t name = name_length(text, len, path);

		if (name > 0)
			return date(text + name + 1, text + len, at);
		text += nl != NULL ? len + 1 : len;
		n -= nl != NULL ? len + 1 : len;
	}
	return false;
}
