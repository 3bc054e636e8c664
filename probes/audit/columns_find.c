/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns finding out which columns a file has, and in which of them the time stands.
 */
#include "columns.h"
#include "stamp.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define SAME_SHARE 90 /* percent of the records that must have as many columns as the first */
#define RAGGED_MIN 3  /* columns that all records must have when some have more */
#define JOINED 96     /* bytes of a date and a time of day together */

static struct slice
trimmed(struct slice s)
{
	while (s.n > 0 && (*s.p == ' ' || *s.p == '\t' || *s.p == '"'))
		s = slice_behind(s, 1);
	while (s.n > 0 && strchr(" \t\"\r", s.p[s.n - 1]) != NULL)
		s.n--;
	return s;
}

/* The next line of *rest, without its line end; false: there is no whole one. */
static bool
next_line(struct slice *rest, struct slice *line)
{
	const char *nl = rest->n > 0 ? memchr(rest->p, '\n', rest->n) : NULL;

	if (nl == NULL)
		return false;
	*line = (struct slice){ rest->p, (size_t)(nl - rest->p) };
	*rest = slice_behind(*rest, line->n + 1);
	if (line->n > 0 && line->p[line->n - 1] == '\r')
		line->n--;
	return true;
}

/* How many columns all of the first records have, or nearly all; *ragged: some have more, as a last
 * column of free text has when it is not put in quotes. 0: these are none. */
static uint16_t
count(struct slice block, char sep, bool *ragged)
{
	struct columns c = { .sep = sep };
	unsigned same = 0, records = 0;
	uint16_t n = 0, least = COLUMNS_MAX;
	struct columns_line l;
	struct slice line;

	while (records < COLUMNS_LOOK && next_line(&block, &line)) {
		if (line.n == 0 && !c.open)
			continue;
		columns_take(&c, line, &l);
		if (!l.ends)
			continue;
		n = records++ == 0 ? l.n : n;
		same += l.n == n;
		least = l.n < least ? l.n : least;
	}
	*ragged = same * 100 < records * SAME_SHARE;
	if (records < 2)
		return 0;
	return !*ragged ? n : least >= RAGGED_MIN ? least : 0;
}

/* Columns of one length come before those that are ragged. */
static bool
find_separator(struct columns *c, struct slice block, bool *ragged)
{
	static const char seps[] = ",;\t|";

	*c = (struct columns){ 0 };
	*ragged = true;
	for (size_t i = 0; seps[i] != '\0'; i++) {
		bool rag;
		uint16_t n = count(block, seps[i], &rag);

		if (n < 2 || rag > *ragged || (rag == *ragged && n <= c->n))
			continue;
		c->n = n;
		c->sep = seps[i];
		*ragged = rag;
	}
	return c->n > 1;
}

/* Whether what stands in the column of the time, or in the two, is all a time. */
static bool
is_time(const struct columns *c, const struct columns_line *l)
{
	struct slice v = trimmed(l->time), hour = trimmed(l->clock);
	enum stamp_kind kind;
	struct stamp st;
	char both[JOINED];

	if (c->clock != 0) {
		if (v.n == 0 || hour.n == 0 || v.n + hour.n + 1 > sizeof(both))
			return false;
		memcpy(both, v.p, v.n);
		both[v.n] = ' ';
		memcpy(both + v.n + 1, hour.p, hour.n);
		v = (struct slice){ both, v.n + 1 + hour.n };
	}
	return v.n > 0 && stamp_any(v.p, v.n, 2000, &kind, &st) == v.n;
}

/* Half of the first records have a time in the columns that c names. */
static bool
holds_times(struct columns c, struct slice block)
{
	unsigned records = 0, times = 0;
	struct columns_line l;
	struct slice line;

	while (records < COLUMNS_LOOK && next_line(&block, &line)) {
		if (line.n == 0 && !c.open)
			continue;
		columns_take(&c, line, &l);
		records += l.ends;
		times += is_time(&c, &l);
	}
	return times > 0 && times * 2 >= records;
}

/* The first column, or two beside each other, with times in them. */
static void
find_time(struct columns *c, struct slice block)
{
	for (uint16_t pair = 0; pair < 2; pair++)
		for (uint16_t k = 1; k + pair <= c->n; k++) {
			c->time = k;
			c->clock = pair != 0 ? (uint16_t)(k + 1) : 0;
			if (holds_times(*c, block))
				return;
		}
	c->time = c->clock = 0;
}

/* The column of this name in the line that names them, or of this number; 0: there is none. */
static uint16_t
named(const struct columns *like, struct slice header, const char *name, size_t n)
{
	char *end;
	unsigned long number;
	struct columns_line l;

	for (uint16_t k = 1; k <= like->n; k++) {
		struct columns c = { .sep = like->sep, .time = k };
		struct slice v;

		columns_take(&c, header, &l);
		v = trimmed(l.time);
		if (v.n == n && strncasecmp(v.p, name, n) == 0)
			return k;
	}
	number = strtoul(name, &end, 10);
	return end == name + n && number >= 1 && number <= like->n ? (uint16_t)number : 0;
}

static void
find_named_time(struct columns *c, struct slice header, const char *name)
{
	const char *plus = strchr(name, '+');

	c->clock = 0;
	c->time = named(c, header, name, strlen(name));
	if (c->time != 0 || plus == NULL)
		return;
	c->time = named(c, header, name, (size_t)(plus - name));
	c->clock = named(c, header, plus + 1, strlen(plus + 1));
}

static void
find_names(struct columns *c, struct slice header, const struct columns_names *names)
{
	if (names->time != NULL)
		find_named_time(c, header, names->time);
	c->number =
	    names->number != NULL ? named(c, header, names->number, strlen(names->number)) : 0;
	c->user = names->user != NULL ? named(c, header, names->user, strlen(names->user)) : 0;
}

bool
columns_find(struct columns *c, struct slice block, const struct columns_names *names)
{
	struct slice rest = block, header;
	struct columns_line l;
	bool ragged;

	if (!find_separator(c, block, &ragged) || !next_line(&rest, &header))
		return false;
	if (names->time == NULL)
		find_time(c, block);
	find_names(c, header, names);
	columns_take(
	    &(struct columns){ .sep = c->sep, .time = c->time, .clock = c->clock }, header, &l);
	c->header = c->time != 0 && !ragged && !is_time(c, &l);
	return c->time + c->number + c->user > 0;
}

void
columns_w3c(struct columns *c, struct slice line, const struct columns_names *names)
{
	static const char mark[] = "#Fields:";
	struct slice header = slice_behind(line, sizeof(mark) - 1);
	struct columns_line l;

	*c = (struct columns){ .sep = ' ', .w3c = true };
	while (header.n > 0 && (*header.p == ' ' || *header.p == '\t'))
		header = slice_behind(header, 1);
	if (memchr(header.p, '\t', header.n) != NULL)
		c->sep = '\t';
	columns_take(&(struct columns){ .sep = c->sep }, header, &l);
	c->n = l.n;
	c->time = named(c, header, "date", 4);
	c->clock = named(c, header, "time", 4);
	if (c->time == 0 || c->clock == 0)
		c->time = c->clock = 0;
	find_names(c, header, names);
}
