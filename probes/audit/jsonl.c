/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns finding members in a line of JSON.
 */
#include "record.h"

#include <string.h>

#define DEPTH_MAX 64

static const char *const time_names[] = { "time", "timestamp", "@timestamp", "ts", "date",
	"datetime", "eventTime", "EventTime", "CreationTime", "created_at", NULL };

static bool
is_name(struct slice s, const char *name, size_t n)
{
	return s.n == n && memcmp(s.p, name, n) == 0;
}

static bool
is_time_name(struct slice s)
{
	for (size_t i = 0; time_names[i] != NULL; i++)
		if (is_name(s, time_names[i], strlen(time_names[i])))
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
static struct slice
value(const char *p, const char *end)
{
	const char *q;

	if (p < end && *p == '"') {
		q = string_end(p + 1, end);
		return (struct slice){ p + 1, q == NULL ? 0 : (size_t)(q - p - 1) };
	}
	for (q = p; q < end && ((*q >= '0' && *q <= '9') || *q == '.'); q++)
		;
	return (struct slice){ p, (size_t)(q - p) };
}

/* What is looked for. Of a path "a.b", `left` is what comes within the object that was entered. */
struct wanted {
	const char *path, *left; /* path NULL: any of time_names */
	int depth;               /* of the objects whose members may be it: 1 is the top */
};

/* *found: this is it. Else, when it begins the path and is an object, the rest is looked for in it.
 */
static void
is_wanted(struct wanted *w, struct slice name, int depth, const char *behind, const char *end,
    bool *found)
{
	const char *dot;

	*found = false;
	if (depth != w->depth)
		return;
	*found = w->path == NULL ? is_time_name(name) : is_name(name, w->left, strlen(w->left));
	dot = w->path == NULL || *found ? NULL : strchr(w->left, '.');
	if (dot == NULL || !is_name(name, w->left, (size_t)(dot - w->left)) || behind == end ||
	    *behind != '{')
		return;
	w->left = dot + 1;
	w->depth++;
}

static struct slice
find(struct slice rec, struct wanted *w)
{
	const char *p = rec.p, *end = rec.p + rec.n, *close, *next;
	bool found;
	int depth = 0;

	for (; p < end; p++) {
		if (*p == '{' || *p == '[') {
			if (++depth > DEPTH_MAX)
				break;
		} else if (*p == '}' || *p == ']') {
			/* the object of a part of the path is left: it was not there */
			if (--depth < w->depth && w->depth > 1)
				break;
		} else if (*p == '"') {
			close = string_end(p + 1, end);
			if (close == NULL)
				break;
			next = blanks(close + 1, end);
			if (next < end && *next == ':') {
				next = blanks(next + 1, end);
				is_wanted(w, (struct slice){ p + 1, (size_t)(close - p - 1) },
				    depth, next, end, &found);
				if (found)
					return value(next, end);
			}
			p = close;
		}
	}
	return (struct slice){ rec.p, 0 };
}

struct slice
json_member(struct slice rec, const char *path)
{
	return find(rec, &(struct wanted){ path, path, 1 });
}

struct slice
json_time_member(struct slice rec)
{
	return find(rec, &(struct wanted){ NULL, NULL, 1 });
}
