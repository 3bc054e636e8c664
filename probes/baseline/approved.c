/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the form of an approved list.
 */
#include "approved.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* NULL: none of a file in the folder. */
static const char *
take_name(const char *name, const struct folder *f, struct arena *a)
{
	size_t n = strlen(f->path);

	while (n > 1 && f->path[n - 1] == '/')
		n--;
	if (strncmp(name, f->path, n) == 0 && name[n] == '/')
		name += n + 1;
	while (strncmp(name, "./", 2) == 0)
		name += 2;
	return name[0] == '\0' || name[0] == '/' ? NULL : name_of("", name, a);
}

static bool
take_line(char *line, const struct folder *f, struct arena *a, struct known *out)
{
	for (size_t i = 0; i < SHA_TEXT - 1; i++) {
		if (!isxdigit((unsigned char)line[i]))
			return false;
		out->base[i] = (char)tolower((unsigned char)line[i]);
	}
	line += SHA_TEXT - 1;
	if (line[0] != ' ' || (line[1] != ' ' && line[1] != '*'))
		return false;
	out->name = take_name(line + 2, f, a);
	return out->name != NULL;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct known *)a)->name, ((const struct known *)b)->name);
}

static int
read_list(char *text, const struct folder *f, struct arena *a, struct folder *list, struct err *e)
{
	char *line;

	for (size_t at = 1; (line = strsep(&text, "\n")) != NULL; at++) {
		struct known one = { 0 };

		line[strcspn(line, "\r")] = '\0';
		if (line[0] == '\0' || line[0] == '#')
			continue;
		if (!take_line(line, f, a, &one))
			return err_set(e, ERR_PARSE,
			    "line %zu is not a SHA-256 and the name of a file in the folder", at);
		if (list->n == BASELINE_FILES_MAX)
			return err_set(
			    e, ERR_LIMIT, "it has more than %d files", BASELINE_FILES_MAX);
		memcpy(files_add(list, one.name, a)->base, one.base, sizeof(one.base));
	}
	if (list->n == 0)
		return err_set(e, ERR_PARSE, "no file stands in it");
	qsort(list->v, list->n, sizeof(*list->v), by_name);
	for (size_t i = 1; i < list->n; i++)
		if (strcmp(list->v[i - 1].name, list->v[i].name) == 0)
			return err_set(
			    e, ERR_PARSE, "\"%.200s\" stands in it twice", list->v[i].name);
	return 0;
}

int
approved_take(char *text, struct folder *f, struct arena *a, instant now, struct err *e)
{
	struct folder list = { .path = f->path };

	if (read_list(text, f, a, &list, e) < 0)
		return -1;
	for (size_t i = 0; i < f->n; i++)
		memcpy(f->v[i].base, SHA_NONE, sizeof(SHA_NONE));
	for (size_t i = 0; i < list.n; i++) {
		struct known *k = files_find(f, list.v[i].name);

		if (k == NULL) {
			k = files_add(f, list.v[i].name, a);
			memcpy(k->now, SHA_NONE, sizeof(SHA_NONE));
		}
		memcpy(k->base, list.v[i].base, sizeof(k->base));
	}
	for (size_t i = 0; i < f->n; i++)
		f->v[i].since = files_changed(&f->v[i]) ? now : INSTANT_NONE;
	files_sort(f);
	return 0;
}
