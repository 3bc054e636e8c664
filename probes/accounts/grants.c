/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what the rules of sudoers grant: "users hosts = (runas) NOPASSWD: commands : hosts = ...".
 */
#include "sudoers_private.h"

#include <ctype.h>
#include <string.h>

/* Programs that start others, or change any file: root for whoever may run them as root. Of shells
 * and editors; package managers run scripts of the package. */
static const char *const starters[] = { "apt", "apt-get", "aptitude", "awk", "bash", "busybox",
	"chmod", "chown", "chroot", "cp", "dash", "dd", "docker", "dpkg", "emacs", "env", "find",
	"gdb", "ksh", "less", "lua", "man", "mc", "more", "mount", "mv", "nano", "nsenter", "perl",
	"pip", "pip3", "pkexec", "python", "python3", "rsync", "ruby", "runuser", "screen",
	"script", "sed", "sh", "ssh", "su", "systemctl", "tar", "tee", "tmux", "unshare", "useradd",
	"usermod", "vi", "view", "vim", "vipw", "visudo", "zsh" };

struct right {
	bool all, starter, asks_nothing, unsure;
};

static bool
is_alias_name(const char *s)
{
	if (!isupper((unsigned char)s[0]))
		return false;
	for (; *s != '\0'; s++)
		if (!isupper((unsigned char)*s) && !isdigit((unsigned char)*s) && *s != '_')
			return false;
	return true;
}

/* Aliases that name each other many times over end here and not at the end of memory. */
static const char *
alias_of(struct sudoers *s, const char *name)
{
	if (++s->looks > SUDOERS_LOOKS_MAX) {
		sudoers_unsure(s, name);
		return NULL;
	}
	for (size_t i = 0; i < s->naliases; i++)
		if (strcmp(s->aliases[i].name, name) == 0)
			return s->aliases[i].list;
	return NULL;
}

static bool
is_starter(const char *command)
{
	const char *word = command, *end = command + strcspn(command, " \t"), *slash;

	slash = memrchr(word, '/', (size_t)(end - word));
	if (slash != NULL)
		word = slash + 1;
	for (size_t i = 0; i < sizeof(starters) / sizeof(starters[0]); i++)
		if (strlen(starters[i]) == (size_t)(end - word) &&
		    memcmp(starters[i], word, (size_t)(end - word)) == 0)
			return true;
	/* a pattern or a whole folder may hold any of them */
	return memchr(command, '*', (size_t)(end - command)) != NULL || word == end;
}

/* Takes tags ("NOPASSWD:", "SETENV:") and options ("ROLE=x") off the front of a command. */
static char *
without_tags(char *command, bool *asks_nothing)
{
	for (;;) {
		size_t n = strspn(command, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_");

		if (n == 0 || command[n] != ':')
			return command;
		if (n == 8 && memcmp(command, "NOPASSWD", n) == 0)
			*asks_nothing = true;
		if (n == 6 && memcmp(command, "PASSWD", n) == 0)
			*asks_nothing = false;
		command = sudoers_trim(command + n + 1);
	}
}

static void commands(
    struct sudoers *s, char *list, bool as_root, int depth, struct arena *a, struct right *r);

static void
command(struct sudoers *s, char *word, int depth, struct arena *a, struct right *r)
{
	const char *list;

	if (word[0] == '!' || word[0] == '\0')
		return;
	if (strcmp(word, "ALL") == 0) {
		r->all = true;
		return;
	}
	if (!is_alias_name(word)) {
		r->starter = r->starter || is_starter(word);
		return;
	}
	list = alias_of(s, word);
	if (list == NULL || depth == SUDOERS_DEPTH_MAX)
		r->unsure = true;
	else
		commands(s, arena_text(a, list), true, depth + 1, a, r);
}

/* "(root)", "(ALL : ALL)": whether root is among those that it may run as. */
static bool
runs_as_root(struct sudoers *s, char *list, struct arena *a, struct right *r, int depth)
{
	char *name;
	bool root = false;

	list[strcspn(list, ":")] = '\0';
	while ((name = strsep(&list, ",")) != NULL) {
		name = sudoers_trim(name);
		if (strcmp(name, "ALL") == 0 || strcmp(name, "root") == 0 ||
		    strcmp(name, "#0") == 0)
			root = true;
		else if (is_alias_name(name)) {
			const char *more = alias_of(s, name);

			if (more == NULL || depth == SUDOERS_DEPTH_MAX)
				r->unsure = true;
			else if (runs_as_root(s, arena_text(a, more), a, r, depth + 1))
				root = true;
		} else if (name[0] == '%' || name[0] == '+')
			r->unsure = true;
	}
	return root;
}

/* A list of commands. Whom it runs as and the tags hold until the next ones. */
static void
commands(struct sudoers *s, char *list, bool as_root, int depth, struct arena *a, struct right *r)
{
	bool asks_nothing = r->asks_nothing;

	while (list != NULL && *list != '\0') {
		char *word = list;

		list += strspn(list, " \t");
		if (*list == '(') {
			char *end = strchr(list, ')');

			if (end == NULL) {
				r->unsure = true;
				return;
			}
			*end = '\0';
			as_root = runs_as_root(s, list + 1, a, r, 0);
			list = end + 1;
		}
		word = strsep(&list, ",");
		word = without_tags(sudoers_trim(word), &asks_nothing);
		if (!as_root)
			continue;
		command(s, word, depth, a, r);
		r->asks_nothing = r->asks_nothing || asks_nothing;
	}
}

static void
grant(struct sudoers *s, const char *whom, const struct right *r, struct arena *a)
{
	if (s->ngrants == SUDOERS_GRANTS_MAX) {
		sudoers_unsure(s, whom);
		return;
	}
	s->grants = arena_grow(a, s->grants, s->ngrants, &s->cap_grants, sizeof(*s->grants));
	s->grants[s->ngrants++] = (struct sudoers_grant){ whom, r->all, r->asks_nothing };
}

static void
grant_users(struct sudoers *s, char *list, const struct right *r, const char *rule, int depth,
    struct arena *a)
{
	char *name;

	while ((name = strsep(&list, ",")) != NULL) {
		size_t n;

		name = sudoers_trim(name);
		n = strlen(name);
		if (n > 1 && name[0] == '"' && name[n - 1] == '"') {
			name[n - 1] = '\0';
			name++;
		}
		if (strcmp(name, "ALL") != 0 && is_alias_name(name)) {
			const char *more = alias_of(s, name);

			if (more != NULL && depth < SUDOERS_DEPTH_MAX)
				grant_users(s, arena_text(a, more), r, rule, depth + 1, a);
			else if (more == NULL) /* a name in capitals */
				grant(s, name, r, a);
			else
				sudoers_unsure(s, rule);
		} else if (name[0] == '!' || name[0] == '+' || name[0] == '\0' ||
			   strncmp(name, "%:", 2) == 0)
			sudoers_unsure(s, rule); /* exceptions, and groups of a directory */
		else
			grant(s, name, r, a);
	}
}

/* The end of a list that begins at s: words with commas between them, spaces around these. */
static char *
list_end(char *s)
{
	bool comma = true;

	for (;;) {
		char *word = s + strspn(s, " \t");
		bool quoted = false;

		if (*word == '\0' || (!comma && *word != ','))
			return s;
		if (*word == ',') {
			comma = true;
			s = word + 1;
			continue;
		}
		for (s = word; *s != '\0' && (quoted || strchr(" \t,", *s) == NULL); s++)
			quoted = quoted != (*s == '"');
		comma = false;
	}
}

/* Whether a list of hosts holds for this one as for any other. */
static bool
is_everywhere(char *hosts)
{
	char *name;

	while ((name = strsep(&hosts, ",")) != NULL)
		if (strcmp(sudoers_trim(name), "ALL") == 0)
			return true;
	return false;
}

/* "host = a : other = b", or an option with a value: what stands behind is not followed. */
static bool
has_more(const char *cmds)
{
	for (; *cmds != '\0'; cmds++)
		if (*cmds == '\\' && cmds[1] != '\0')
			cmds++;
		else if (*cmds == '=')
			return true;
	return false;
}

static void
one_rule(struct sudoers *s, const char *rule, struct arena *a)
{
	char *users = arena_text(a, rule), *hosts, *cmds = strchr(users, '=');
	struct right r = { .all = false };

	if (cmds == NULL) {
		sudoers_unsure(s, rule);
		return;
	}
	*cmds++ = '\0';
	hosts = list_end(users);
	if (*hosts == '\0') {
		sudoers_unsure(s, rule);
		return;
	}
	*hosts++ = '\0';
	r.unsure = has_more(cmds);
	commands(s, cmds, true, 0, a, &r);
	/* which computer a rule for certain ones means is not looked up */
	if (r.unsure || ((r.all || r.starter) && !is_everywhere(hosts)))
		sudoers_unsure(s, rule);
	else if (r.all || r.starter)
		grant_users(s, users, &r, rule, 0, a);
}

void
sudoers_end(struct arena *a, struct sudoers *s)
{
	for (size_t i = 0; i < s->rules.n; i++)
		one_rule(s, s->rules.v[i], a);
	s->rules.n = 0;
}
