/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading a file of sudoers: its lines, aliases and includes. What a rule grants: grants.c.
 */
#include "sudoers.h"

#include "sudoers_private.h"

#include <ctype.h>
#include <string.h>

void
sudoers_unsure(struct sudoers *s, const char *rule)
{
	s->unsure++;
	if (s->first_unsure == NULL)
		s->first_unsure = rule;
}

static void
add_text(struct texts *list, size_t *cap, const char *text, struct arena *a)
{
	list->v = arena_grow(a, list->v, list->n, cap, sizeof(*list->v));
	list->v[list->n++] = text;
}

/* The text up to the end of its line, where a backslash does not join the next one to it. */
static char *
joined_line(const char **text, struct arena *a)
{
	const char *end = *text;
	char *line, *out;

	if (**text == '\0')
		return NULL;
	while (*end != '\0' && (*end != '\n' || (end > *text && end[-1] == '\\')))
		end++;
	out = line = arena_textn(a, *text, (size_t)(end - *text));
	for (const char *p = line; *p != '\0'; p++) {
		if (p[0] == '\\' && p[1] == '\n')
			*out++ = ' ', p++;
		else
			*out++ = *p;
	}
	*out = '\0';
	*text = end + (*end == '\n');
	return line;
}

/* Cuts what stands behind a # that begins a comment: not one before a number (#1000, %#27), nor in
 * quotes. */
static void
cut_comment(char *line)
{
	bool quoted = false;

	for (char *p = line; *p != '\0'; p++) {
		if (*p == '\\' && p[1] != '\0')
			p++;
		else if (*p == '"')
			quoted = !quoted;
		else if (*p == '#' && !quoted && !isdigit((unsigned char)p[1]))
			*p = '\0';
		if (*p == '\0')
			return;
	}
}

char *
sudoers_trim(char *s)
{
	size_t n;

	s += strspn(s, " \t\r");
	for (n = strlen(s); n > 0 && strchr(" \t\r", s[n - 1]) != NULL; n--)
		s[n - 1] = '\0';
	return s;
}

/* "NAME = a, b : OTHER = c" */
static void
take_aliases(char *rest, struct arena *a, struct sudoers *s)
{
	char *part;

	while ((part = strsep(&rest, ":")) != NULL) {
		char *list = strchr(part, '=');

		if (list == NULL || s->naliases == SUDOERS_ALIASES_MAX) {
			sudoers_unsure(s, part);
			continue;
		}
		*list++ = '\0';
		list += *list == '=';
		s->aliases =
		    arena_grow(a, s->aliases, s->naliases, &s->cap_aliases, sizeof(*s->aliases));
		s->aliases[s->naliases++] =
		    (struct sudoers_alias){ sudoers_trim(part), sudoers_trim(list) };
	}
}

/* @include FILE, #includedir FOLDER. False when the line is neither. */
static bool
take_include(char *line, struct arena *a, struct sudoers *s)
{
	static const char folder[] = "includedir", file[] = "include";
	char *word = line + 1, *path = word + strcspn(word, " \t");
	size_t n = (size_t)(path - word);
	bool is_folder = n == strlen(folder) && memcmp(word, folder, n) == 0;

	if (!is_folder && (n != strlen(file) || memcmp(word, file, n) != 0))
		return false;
	path = sudoers_trim(path);
	n = strlen(path);
	if (n > 1 && path[0] == '"' && path[n - 1] == '"') {
		path[n - 1] = '\0';
		path++;
	}
	if (path[0] == '\0' || strchr(path, '%') != NULL || strchr(path, '\\') != NULL ||
	    s->includes.n + s->folders.n >= SUDOERS_FILES_MAX)
		sudoers_unsure(s, line);
	else if (is_folder)
		add_text(&s->folders, &s->cap_folders, path, a);
	else
		add_text(&s->includes, &s->cap_includes, path, a);
	return true;
}

/* The word at the beginning of a line, when it is this one and no part of another. */
static bool
begins(const char *line, const char *word)
{
	size_t n = strlen(word);

	return strncmp(line, word, n) == 0 && (line[n] == ' ' || line[n] == '\t');
}

void
sudoers_read(const char *text, struct arena *a, struct sudoers *s)
{
	static const char *const aliases[] = { "User_Alias", "Runas_Alias", "Cmnd_Alias",
		"Cmd_Alias", "Host_Alias" };
	char *line;

	while ((line = joined_line(&text, a)) != NULL) {
		bool taken = false;

		line = sudoers_trim(line);
		if ((line[0] == '@' || line[0] == '#') && take_include(line, a, s))
			continue;
		cut_comment(line);
		line = sudoers_trim(line);
		for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]) && !taken; i++)
			if ((taken = begins(line, aliases[i])))
				take_aliases(line + strlen(aliases[i]), a, s);
		/* settings: who asks for which password; they give nobody a right */
		if (taken || line[0] == '\0' || strncmp(line, "Defaults", 8) == 0)
			continue;
		add_text(&s->rules, &s->cap_rules, line, a);
	}
}

bool
sudoers_is_read(const char *name)
{
	size_t n = strlen(name);

	return n > 0 && strchr(name, '.') == NULL && name[n - 1] != '~';
}
