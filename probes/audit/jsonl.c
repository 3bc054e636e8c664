/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns finding the member with the time in a line of JSON.
 */
#include "record.h"

#include <string.h>

#define DEPTH_MAX 64

static const char *const time_names[] = { "time", "timestamp", "@timestamp", "ts", "date",
	"datetime", "eventTime", "EventTime", "CreationTime", "created_at", NULL };

static bool
is_time_name(const char *s, size_t n)
{
	for (size_t i = 0; time_names[i] != NULL; i++)
		if (strlen(time_names[i]) == n && memcmp(time_names[i], s, n) == 0)
			return true;
	return false;
}

/* From behind the opening quote to the closing one; NULL when it never comes. */
static const char *
string_end(const char *p, const char *end)
{
	for (; p < end; p++) {
		if (*p == '\\')
			p++;
		else if (*p == '"')
			return p;
	}
	return NULL;
}

static const char *
blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	return p;
}

/* The value behind a colon: a string or a number. */
static const char *
value(const char *p, const char *end, size_t *len)
{
	const char *q;

	if (p >= end)
		return NULL;
	if (*p == '"') {
		q = string_end(p + 1, end);
		*len = q == NULL ? 0 : (size_t)(q - p - 1);
		return q == NULL ? NULL : p + 1;
	}
	for (q = p; q < end && ((*q >= '0' && *q <= '9') || *q == '.'); q++)
		;
	*len = (size_t)(q - p);
	return q > p ? p : NULL;
}

const char *
json_time_member(const char *s, size_t n, size_t *len)
{
	const char *p = s, *end = s + n, *close;
	int depth = 0;

	while (p < end) {
		if (*p == '{' || *p == '[') {
			if (++depth > DEPTH_MAX)
				return NULL;
		} else if (*p == '}' || *p == ']') {
			depth--;
		} else if (*p == '"') {
			close = string_end(p + 1, end);
			if (close == NULL)
				return NULL;
			const char *next = blanks(close + 1, end);
			bool name = next < end && *next == ':';

			if (name && depth == 1 && is_time_name(p + 1, (size_t)(close - p - 1)))
				return value(blanks(next + 1, end), end, len);
			p = close;
		}
		p++;
	}
	return NULL;
}
