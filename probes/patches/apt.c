/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading what a simulation of apt-get says.
 */
#include "apt.h"

#include <string.h>

/* The lines that begin its lists; apt 2 and 3. */
static const char kept_head[] = "The following packages have been kept back:";
static const char kept_head_3[] = "Not upgrading:";
static const char phased_head[] = "The following upgrades have been deferred due to phasing:";
static const char phased_head_3[] = "Not upgrading yet due to phasing:";

static bool
starts(const char *line, const char *with)
{
	return strncmp(line, with, strlen(with)) == 0;
}

/* One word that ends with a space or `end`; NULL when it is empty or too long. */
static const char *
word(const char **s, char end, struct arena *a)
{
	const char *from = *s;
	size_t n = 0;

	while (from[n] != '\0' && from[n] != ' ' && from[n] != end)
		n++;
	*s = from + n;
	return n > 0 && n <= APT_NAME_MAX ? arena_textn(a, from, n) : NULL;
}

/* Debian names its archive by a label, Ubuntu by the pocket. The suite (oldstable-security) says
 * how old the release is and not what the archive holds. */
static bool
is_security(const char *origins)
{
	const char *ubuntu = strstr(origins, "Ubuntu:");

	return strstr(origins, "Debian-Security:") != NULL ||
	       (ubuntu != NULL && strstr(ubuntu, "-security") != NULL);
}

/* "Inst NAME [OLD] (NEW ORIGIN:VERSION/SUITE [ARCH])" */
static bool
take_inst(const char *line, struct arena *a, struct apt_package *p)
{
	const char *s = line + strlen("Inst ");

	*p = (struct apt_package){ .name = word(&s, ' ', a) };
	if (p->name == NULL || *s++ != ' ')
		return false;
	if (*s == '[') {
		s++;
		p->old = word(&s, ']', a);
		if (p->old == NULL || *s++ != ']' || *s++ != ' ')
			return false;
	}
	if (*s++ != '(')
		return false;
	p->candidate = word(&s, ')', a);
	p->security = is_security(s);
	return p->candidate != NULL && *s == ' ' && strchr(s, ')') != NULL;
}

static void
add(const char *line, struct arena *a, struct apt_output *out, size_t *cap)
{
	struct apt_package p;

	if (!take_inst(line, a, &p)) {
		out->bad++;
		return;
	}
	if (out->npackages == APT_PACKAGES_MAX) {
		out->surplus++;
		return;
	}
	out->packages = arena_grow(a, out->packages, out->npackages, cap, sizeof(*out->packages));
	out->packages[out->npackages++] = p;
}

/* The names of an indented line. */
static void
add_names(const char *line, struct arena *a, struct texts *list, size_t *cap, size_t *surplus)
{
	while (*line != '\0') {
		const char *name;

		line += strspn(line, " ");
		name = word(&line, ' ', a);
		if (name == NULL)
			continue;
		if (list->n == APT_PACKAGES_MAX) {
			(*surplus)++;
			continue;
		}
		list->v = arena_grow(a, list->v, list->n, cap, sizeof(*list->v));
		list->v[list->n++] = name;
	}
}

/* "3 upgraded, 0 newly installed, 0 to remove and 1 not upgraded." or, of apt 3,
 * "Summary:" with "  Upgrading: 3, Installing: 0, Removing: 0, Not Upgrading: 1" */
static bool
is_counts(const char *line)
{
	size_t digits = strspn(line, "0123456789");

	if (digits > 0 && starts(line + digits, " upgraded, ") &&
	    strstr(line, " not upgraded.") != NULL)
		return true;
	return starts(line, "  Upgrading: ") && strstr(line, ", Not Upgrading: ") != NULL;
}

void
apt_parse(const char *text, struct arena *a, struct apt_output *out)
{
	size_t cap = 0, cap_kept = 0, cap_phased = 0;
	struct texts *list = NULL;
	char *all = arena_text(a, text), *line;

	*out = (struct apt_output){ .whole = false };
	while ((line = strsep(&all, "\n")) != NULL) {
		if (is_counts(line))
			out->whole = true;
		if (line[0] == ' ' && list != NULL) {
			add_names(line, a, list, list == &out->phased ? &cap_phased : &cap_kept,
			    &out->surplus);
			continue;
		}
		list = starts(line, kept_head) || starts(line, kept_head_3)       ? &out->kept_back
		       : starts(line, phased_head) || starts(line, phased_head_3) ? &out->phased
										  : NULL;
		if (starts(line, "Inst "))
			add(line, a, out, &cap);
		else if (starts(line, "E: ") && out->error == NULL)
			out->error = line + 3;
	}
}

const struct apt_package *
apt_find(const struct apt_output *o, const char *name)
{
	for (size_t i = 0; i < o->npackages; i++)
		if (strcmp(o->packages[i].name, name) == 0)
			return &o->packages[i];
	return NULL;
}

bool
apt_listed(const struct texts *list, const char *name)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->v[i], name) == 0)
			return true;
	return false;
}
