/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading the tables of releases and of sources.
 */
#include "support.h"

#include <string.h>

const char *
support_os(const char *os, const char *key, struct arena *a)
{
	size_t n = strlen(key);

	for (const char *line = os; *line != '\0';) {
		size_t len = strcspn(line, "\n");

		if (len > n && strncmp(line, key, n) == 0 && line[n] == '=') {
			const char *v = line + n + 1;
			size_t size = len - n - 1;

			if (size >= 2 && (v[0] == '"' || v[0] == '\'') && v[size - 1] == v[0])
				return arena_textn(a, v + 1, size - 2);
			return arena_textn(a, v, size);
		}
		line += len + (line[len] == '\n');
	}
	return NULL;
}

instant
support_day(const char *text)
{
	struct err e = { 0 };
	instant t;

	if (text == NULL || strlen(text) != 10 || instant_parse(text, &t, &e) < 0)
		return INSTANT_NONE;
	return instant_plus(t, SPAN_DAY);
}

/* Cuts a line at its commas. */
static size_t
columns(char *line, const char *out[SUPPORT_COLUMNS_MAX])
{
	size_t n = 0;
	char *field;

	while ((field = strsep(&line, ",")) != NULL && n < SUPPORT_COLUMNS_MAX)
		out[n++] = field;
	return n;
}

/* The field of a row under a heading; NULL when the row ends before it, or there is none. */
static const char *
under(const char *const *head, size_t nhead, const char *const *row, size_t nrow, const char *name)
{
	for (size_t i = 0; i < nhead && i < nrow; i++)
		if (strcmp(head[i], name) == 0)
			return row[i];
	return NULL;
}

/* "12" and "24.04 LTS" are meant by VERSION_ID 12 and 24.04. */
static bool
is_version(const char *field, const char *version)
{
	size_t n = version != NULL ? strlen(version) : 0;

	return n > 0 && field != NULL && strncmp(field, version, n) == 0 &&
	       (field[n] == '\0' || field[n] == ' ');
}

void
support_table(const char *csv, const char *codename, const char *version, struct arena *a,
    struct support_release *out)
{
	const char *head[SUPPORT_COLUMNS_MAX], *row[SUPPORT_COLUMNS_MAX];
	char *all = arena_text(a, csv), *line = strsep(&all, "\n");
	size_t nhead = columns(line, head), n;

	*out = (struct support_release){ .eol = INSTANT_NONE, .lts = INSTANT_NONE };
	while (!out->listed && (line = strsep(&all, "\n")) != NULL) {
		const char *series, *number;

		line[strcspn(line, "\r")] = '\0';
		n = columns(line, row);
		series = under(head, nhead, row, n, "series");
		number = under(head, nhead, row, n, "version");
		if ((codename == NULL || series == NULL || strcmp(series, codename) != 0) &&
		    !is_version(number, version))
			continue;
		out->listed = true;
		out->name = arena_printf(
		    a, "%s %s", number != NULL ? number : "", series != NULL ? series : "");
		out->eol = support_day(under(head, nhead, row, n, "eol"));
		out->lts = support_day(under(head, nhead, row, n, "eol-lts"));
	}
}

/* The next word of a line; NULL behind the last. */
static const char *
word(char **line)
{
	char *w;

	do
		w = strsep(line, " \t");
	while (w != NULL && w[0] == '\0');
	return w;
}

static void
add(struct support_list *out, const struct support_entry *e, struct arena *a)
{
	if (out->n == SUPPORT_ENTRIES_MAX) {
		out->surplus++;
		return;
	}
	out->v = arena_grow(a, out->v, out->n, &out->cap, sizeof(*out->v));
	out->v[out->n++] = *e;
}

/* Any other sign of regex(7) is not followed, and neither are many patterns in one. */
static bool
is_source(const char *s)
{
	size_t any = 0;

	if (s == NULL || strlen(s) > SUPPORT_NAME_MAX || strpbrk(s, "?[](){}|^$\\") != NULL)
		return false;
	for (const char *p = strchr(s, '*'); p != NULL; p = strchr(p + 1, '*'), any++)
		if (p == s || p[-1] != '.')
			return false;
	return any <= SUPPORT_ANY_MAX;
}

static bool
take_line(char *line, enum support_form form, struct support_entry *e)
{
	const char *second = NULL;

	*e = (struct support_entry){ word(&line), form == SUPPORT_ENDED, INSTANT_NONE, "" };
	if (!is_source(e->source))
		return false;
	if (form == SUPPORT_ENDED) {
		const char *date;

		second = word(&line);
		date = word(&line);
		/* support ends with that day's beginning */
		e->at = support_day(date);
		if (e->at == INSTANT_NONE)
			return false;
		e->at = instant_plus(e->at, -SPAN_DAY);
	} else if (form == SUPPORT_BOTH) {
		second = word(&line);
		if (second == NULL)
			return false;
		e->ended = strcmp(second, "non-supported") == 0;
		if (!e->ended && strcmp(second, "limited") != 0)
			return false;
	}
	if (line != NULL)
		e->why = line + strspn(line, " \t");
	return true;
}

void
support_sources(const char *text, enum support_form form, struct arena *a, struct support_list *out)
{
	char *all = arena_text(a, text), *line;

	while ((line = strsep(&all, "\n")) != NULL) {
		struct support_entry e;

		line += strspn(line, " \t");
		if (line[0] == '\0' || line[0] == '#')
			continue;
		if (take_line(line, form, &e))
			add(out, &e, a);
		else
			out->bad++;
	}
}

/* The names and the patterns that the list has: a point is itself, ".*" is any rest or none. */
static bool
is_match(const char *pattern, const char *source)
{
	while (*pattern != '\0') {
		if (pattern[0] == '.' && pattern[1] == '*') {
			pattern += 2;
			if (*pattern == '\0')
				return true;
			for (; *source != '\0'; source++)
				if (is_match(pattern, source))
					return true;
			return false;
		}
		if (*pattern++ != *source++)
			return false;
	}
	return *source == '\0';
}

const struct support_entry *
support_find(const struct support_list *l, const char *source)
{
	const struct support_entry *limited = NULL;

	for (size_t i = 0; i < l->n; i++) {
		if (!is_match(l->v[i].source, source))
			continue;
		if (l->v[i].ended)
			return &l->v[i];
		limited = &l->v[i];
	}
	return limited;
}
