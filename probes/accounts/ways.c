/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns deciding who is an administrator, and whose account still opens.
 */
#include "ways.h"

#include "base/reach.h"

#include <stdlib.h>
#include <string.h>

/* Groups whose members reach root's files or start what does, by design. */
static const char *const reaching[] = { "docker", "lxd", "incus-admin", "libvirt", "disk",
	"shadow" };

/* What Debian's own sudoers and polkit name. */
#define USUAL_GROUP "sudo"

static const struct etc_group *
group_of(const struct etc *e, const char *name)
{
	for (size_t i = 0; i < e->ngroups; i++)
		if (strcmp(e->groups[i].name, name) == 0)
			return &e->groups[i];
	return NULL;
}

static void
give(struct etc *e, const struct etc_group *g, unsigned way, bool asks_nothing)
{
	for (size_t i = 0; g != NULL && i < e->naccounts; i++)
		if (etc_is_member(&e->accounts[i], g)) {
			e->accounts[i].ways |= way;
			e->accounts[i].asks_nothing |= asks_nothing;
		}
}

/* "%#27" and "#1000" name by number; a text that is no number matches nobody. */
static bool
is_number(const char *text, uint32_t n)
{
	char *end;
	unsigned long v = strtoul(text, &end, 10);

	return *text != '\0' && *end == '\0' && v == n;
}

static void
give_one(struct etc *e, const struct sudoers_grant *g)
{
	unsigned way = g->all ? BY_SUDO : BY_COMMAND;

	if (g->whom[0] == '%') {
		for (size_t i = 0; i < e->ngroups; i++)
			if (g->whom[1] == '#' ? is_number(g->whom + 2, e->groups[i].gid)
					      : strcmp(g->whom + 1, e->groups[i].name) == 0)
				give(e, &e->groups[i], way, g->asks_nothing);
		return;
	}
	for (size_t i = 0; i < e->naccounts; i++) {
		struct etc_account *a = &e->accounts[i];

		if (strcmp(g->whom, "ALL") != 0 && strcmp(g->whom, a->name) != 0 &&
		    !(g->whom[0] == '#' && is_number(g->whom + 1, a->uid)))
			continue;
		a->ways |= way;
		a->asks_nothing |= g->asks_nothing;
	}
}

void
ways_of_accounts(struct etc *e, const struct ways *w)
{
	for (size_t i = 0; i < e->naccounts; i++)
		if (e->accounts[i].uid == 0)
			e->accounts[i].ways |= BY_ROOT;
	for (size_t i = 0; i < sizeof(reaching) / sizeof(reaching[0]); i++)
		give(e, group_of(e, reaching[i]), BY_GROUP, true);
	if (w->polkit)
		give(e, group_of(e, USUAL_GROUP), BY_POLKIT, false);
	/* as it is installed, where what it says cannot be read */
	if (w->sudo && !w->read)
		give(e, group_of(e, USUAL_GROUP), BY_SUDO, false);
	for (size_t i = 0; i < w->sudoers->ngrants; i++)
		give_one(e, &w->sudoers->grants[i]);
}

/* Whether it stands among the lines of shells(5). Without that file any program but those that
 * refuse is one. */
static bool
is_shell(const char *shell, const char *shells)
{
	size_t n = strlen(shell);
	const char *slash = strrchr(shell, '/');
	const char *name = slash != NULL ? slash + 1 : shell;

	if (strcmp(name, "nologin") == 0 || strcmp(name, "false") == 0)
		return false;
	if (shells == NULL)
		return true;
	for (const char *line = shells; *line != '\0';) {
		size_t len = strcspn(line, "\n");

		if (len == n && memcmp(line, shell, n) == 0)
			return true;
		line += len + (line[len] == '\n');
	}
	return false;
}

void
ways_usable(struct etc_account *a, const struct ways *w, int64_t day, int keys)
{
	bool opens = a->password == ETC_SET || a->password == ETC_EMPTY ||
		     a->password == ETC_UNSEEN || keys == 1;

	a->usable = false;
	a->unsure = false;
	if (!is_shell(a->shell, w->shells) || (a->expires >= 0 && a->expires <= day))
		return;
	a->usable = opens;
	/* root without a password is how Debian leaves it; of a person it may be a key that is
	 * kept from us */
	a->unsure = !opens && keys < 0 && a->uid != 0;
}

bool
ways_is_service(const struct etc_account *a, const struct texts *named)
{
	for (size_t i = 0; i < named->n; i++)
		if (strcmp(named->v[i], a->name) == 0)
			return true;
	return a->uid != 0 && (a->uid < REACH_PEOPLE_FIRST || a->uid > REACH_PEOPLE_LAST);
}

const char *
ways_text(const struct etc_account *a, struct arena *arena)
{
	static const struct {
		unsigned way;
		const char *name;
	} names[] = { { BY_ROOT, "number 0" }, { BY_SUDO, "sudo" }, { BY_POLKIT, "polkit" },
		{ BY_GROUP, "a group that reaches root's files" },
		{ BY_COMMAND, "a program that sudo lets it run as root" } };
	const char *text = "";

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (a->ways & names[i].way)
			text = arena_printf(
			    arena, "%s%s%s", text, text[0] != '\0' ? ", " : "", names[i].name);
	return text;
}
