/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns taking lines apart into columns.
 */
#include "columns.h"

#include <string.h>

/* From behind an opening quote: to the closing one, or NULL. Two quotes are one that is meant. */
static const char *
closing(const char *p, const char *end)
{
	while (p < end && (p = memchr(p, '"', (size_t)(end - p))) != NULL) {
		if (p + 1 == end || p[1] != '"')
			return p;
		p += 2;
	}
	return NULL;
}

static struct slice
between(const char *p, const char *end)
{
	return (struct slice){ p, (size_t)(end - p) };
}

static void
put(const struct columns *c, uint16_t at, struct slice v, struct columns_line *out)
{
	if (at == c->time)
		out->time = v;
	else if (at == c->clock)
		out->clock = v;
	else if (at == c->number)
		out->number = v;
	else if (at == c->user)
		out->user = v;
}

/* One column from *p on: its value, and *p behind it. false: its quote is still open. */
static bool
one(const struct columns *c, const char **p, const char *end, bool open, struct slice *v)
{
	const char *from = *p, *stop;

	if (open || (from < end && *from == '"')) {
		from += !open;
		stop = closing(from, end);
		*v = between(from, stop != NULL ? stop : end);
		if (stop == NULL) {
			*p = end;
			return false;
		}
		from = stop + 1;
		stop = memchr(from, c->sep, (size_t)(end - from));
		*p = stop != NULL ? stop : end;
		return true;
	}
	stop = memchr(from, c->sep, (size_t)(end - from));
	*p = stop != NULL ? stop : end;
	*v = between(from, *p);
	return true;
}

static void
begin_line(struct columns *c, struct columns_line *out)
{
	if (c->open && c->lines >= COLUMNS_LINES_MAX)
		c->open = false;
	*out = (struct columns_line){ .begins = !c->open };
	if (c->open) {
		c->lines++;
		return;
	}
	c->at = 1;
	c->lines = 1;
	c->told = c->held = false;
}

void
columns_take(struct columns *c, struct slice line, struct columns_line *out)
{
	const char *p = line.p, *end = line.p + line.n;
	bool open;

	begin_line(c, out);
	open = c->open;
	c->open = false;
	for (;; c->at++) {
		struct slice v;
		bool goes_on = open;

		open = !one(c, &p, end, open, &v);
		/* a part of a value is none */
		if (!open && !goes_on)
			put(c, c->at, v, out);
		out->n = c->at;
		if (open || p == end || c->at == COLUMNS_MAX)
			break;
		p++;
	}
	c->open = open;
	out->ends = !open;
}
