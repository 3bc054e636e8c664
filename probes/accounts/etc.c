/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading passwd, group, shadow and nsswitch.conf.
 */
#include "etc.h"

#include <string.h>

#define FIELDS_MAX 9

/* The next line in a copy of its own, without its end; NULL behind the last. */
static char *
next_line(const char **text, struct arena *a)
{
	size_t n = strcspn(*text, "\n");
	char *line;

	if (**text == '\0')
		return NULL;
	line = arena_textn(a, *text, n);
	*text += n + ((*text)[n] == '\n');
	return line;
}

/* Cuts a line at its colons; how many fields there are, FIELDS_MAX + 1 for more. */
static size_t
fields(char *line, char *field[FIELDS_MAX])
{
	size_t n = 0;

	for (char *p = line; p != NULL; n++) {
		char *colon = strchr(p, ':');

		if (n == FIELDS_MAX)
			return n + 1;
		field[n] = p;
		if (colon != NULL)
			*colon++ = '\0';
		p = colon;
	}
	return n;
}

static bool
number(const char *s, uint32_t *out)
{
	uint64_t v = 0;

	if (*s == '\0')
		return false;
	for (; *s >= '0' && *s <= '9' && v <= UINT32_MAX; s++)
		v = v * 10 + (uint64_t)(*s - '0');
	*out = (uint32_t)v;
	return *s == '\0' && v <= UINT32_MAX;
}

static enum etc_password
password_of(const char *field)
{
	if (field[0] == '\0')
		return ETC_EMPTY;
	return field[0] == '!' || field[0] == '*' ? ETC_LOCKED : ETC_SET;
}

static bool
is_name(const char *s)
{
	return s[0] != '\0' && strlen(s) <= ETC_NAME_MAX;
}

/* Lines that mean no account: empty ones, and those of NIS. */
static bool
is_none(struct etc *out, const char *line)
{
	if (line[0] == '+')
		out->directory = true;
	return line[0] == '\0' || line[0] == '#' || line[0] == '+' || line[0] == '-';
}

void
etc_passwd(const char *text, struct arena *a, struct etc *out)
{
	char *line, *f[FIELDS_MAX];
	size_t cap = 0;

	while ((line = next_line(&text, a)) != NULL) {
		struct etc_account it = { .expires = -1, .how = "" };

		if (is_none(out, line))
			continue;
		if (fields(line, f) != 7 || !is_name(f[0]) || !number(f[2], &it.uid) ||
		    !number(f[3], &it.gid) || out->naccounts == ETC_LINES_MAX) {
			out->bad++;
			continue;
		}
		it.name = f[0];
		it.home = f[5];
		it.shell = f[6][0] != '\0' ? f[6] : "/bin/sh"; /* passwd(5) */
		/* x: it stands in shadow */
		it.password = strcmp(f[1], "x") == 0 ? ETC_UNSEEN : password_of(f[1]);
		out->accounts =
		    arena_grow(a, out->accounts, out->naccounts, &cap, sizeof(*out->accounts));
		out->accounts[out->naccounts++] = it;
	}
}

static void
members(char *list, struct arena *a, struct texts *out)
{
	size_t cap = 0;
	char *name;

	while ((name = strsep(&list, ",")) != NULL) {
		name += strspn(name, " \t");
		name[strcspn(name, " \t")] = '\0';
		if (name[0] == '\0')
			continue;
		out->v = arena_grow(a, out->v, out->n, &cap, sizeof(*out->v));
		out->v[out->n++] = name;
	}
}

void
etc_group(const char *text, struct arena *a, struct etc *out)
{
	char *line, *f[FIELDS_MAX];
	size_t cap = 0;

	while ((line = next_line(&text, a)) != NULL) {
		struct etc_group it = { .name = NULL };

		if (is_none(out, line))
			continue;
		if (fields(line, f) != 4 || !is_name(f[0]) || !number(f[2], &it.gid) ||
		    out->ngroups == ETC_LINES_MAX) {
			out->bad++;
			continue;
		}
		it.name = f[0];
		members(f[3], a, &it.members);
		out->groups = arena_grow(a, out->groups, out->ngroups, &cap, sizeof(*out->groups));
		out->groups[out->ngroups++] = it;
	}
}

/* One line of shadow in place: name:password:changed:min:max:warn:inactive:expires:reserved. */
static void
shadow_line(const char *line, size_t n, struct etc *out)
{
	const char *at[FIELDS_MAX + 1];
	size_t found = 0;
	uint32_t days = 0;

	at[found++] = line;
	for (size_t i = 0; i < n && found <= FIELDS_MAX; i++)
		if (line[i] == ':')
			at[found++] = line + i + 1;
	if (found != FIELDS_MAX) {
		out->bad += n > 0;
		return;
	}
	for (const char *p = at[7]; p + 1 < at[8] && *p >= '0' && *p <= '9' && days < 100000000;
	     p++)
		days = days * 10 + (uint32_t)(*p - '0');
	for (size_t i = 0; i < out->naccounts; i++) {
		struct etc_account *it = &out->accounts[i];
		size_t len = (size_t)(at[1] - line) - 1;

		if (strlen(it->name) != len || memcmp(it->name, line, len) != 0 ||
		    it->password != ETC_UNSEEN)
			continue;
		it->password = at[1] + 1 == at[2] ? ETC_EMPTY : password_of(at[1]);
		it->expires = at[7] + 1 == at[8] ? -1 : (int64_t)days;
	}
}

void
etc_shadow(const char *text, struct etc *out)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");

		shadow_line(text, n, out);
		text += n + (text[n] == '\n');
	}
}

struct etc_account *
etc_find(const struct etc *e, const char *name)
{
	for (size_t i = 0; i < e->naccounts; i++)
		if (strcmp(e->accounts[i].name, name) == 0)
			return &e->accounts[i];
	return NULL;
}

bool
etc_is_member(const struct etc_account *a, const struct etc_group *g)
{
	if (a->gid == g->gid)
		return true;
	for (size_t i = 0; i < g->members.n; i++)
		if (strcmp(g->members.v[i], a->name) == 0)
			return true;
	return false;
}

const char *
etc_directory(const char *nsswitch, struct arena *a)
{
	static const char *const files[] = { "files", "compat", "systemd", "altfiles", "db",
		"cache" };
	char *line, *word;

	while ((line = next_line(&nsswitch, a)) != NULL) {
		line[strcspn(line, "#")] = '\0';
		if (strncmp(line, "passwd:", 7) != 0 && strncmp(line, "group:", 6) != 0)
			continue;
		line = strchr(line, ':') + 1;
		while ((word = strsep(&line, " \t")) != NULL) {
			bool known = word[0] == '\0' || strpbrk(word, "[]=") != NULL;

			for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
				known = known || strcmp(word, files[i]) == 0;
			if (!known)
				return word;
		}
	}
	return NULL;
}
