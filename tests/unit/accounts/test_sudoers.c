/* SPDX-License-Identifier: Apache-2.0
 *
 * What is read of sudoers: whom it makes an administrator, and where it is not followed.
 */
#include "tests/t.h"

#include "probes/accounts/sudoers.h"

#include <stdlib.h>

static struct arena *a;

/* "anna=all lab=some!" (!: no password), with "?n" for what was not followed. */
static const char *
grants(const char *text)
{
	struct sudoers s = { .unsure = 0 };
	const char *out = "";

	sudoers_read(text, a, &s);
	sudoers_end(a, &s);
	for (size_t i = 0; i < s.ngrants; i++)
		out = arena_printf(a, "%s%s%s=%s%s", out, i > 0 ? " " : "", s.grants[i].whom,
		    s.grants[i].all ? "all" : "some", s.grants[i].asks_nothing ? "!" : "");
	for (size_t i = 0; i < s.includes.n; i++)
		out = arena_printf(a, "%s <%s", out, s.includes.v[i]);
	for (size_t i = 0; i < s.folders.n; i++)
		out = arena_printf(a, "%s <%s/", out, s.folders.v[i]);
	return s.unsure > 0 ? arena_printf(a, "%s ?%zu", out, s.unsure) : out;
}

static const struct {
	const char *row, *text, *want;
} rows[] = {
	{ "as Debian installs it",
	    "Defaults\tenv_reset\nDefaults\tsecure_path=\"/usr/sbin:/bin\"\nroot\tALL=(ALL:ALL) "
	    "ALL\n"
	    "%sudo\tALL=(ALL:ALL) ALL\n@includedir /etc/sudoers.d\n",
	    "root=all %sudo=all </etc/sudoers.d/" },
	{ "a person", "anna ALL=(ALL) ALL\n", "anna=all" },
	{ "without the last newline", "anna ALL=(ALL) ALL", "anna=all" },
	{ "without a password", "carla ALL=(ALL:ALL) NOPASSWD: ALL\n", "carla=all!" },
	{ "two tags", "carla ALL=(ALL) SETENV: NOPASSWD: ALL\n", "carla=all!" },
	{ "as root when nothing is said", "anna ALL = ALL\n", "anna=all" },
	{ "without spaces", "anna ALL=ALL\n", "anna=all" },
	{ "as another user only", "anna ALL=(postgres) ALL\n", "" },
	{ "with another group only", "anna ALL=(:adm) ALL\n", "" },
	{ "as root by number", "anna ALL=(#0) ALL\n", "anna=all" },
	{ "two people", "anna, bert ALL=(ALL) ALL\n", "anna=all bert=all" },
	{ "with spaces round the comma", "anna , bert ALL=(ALL) ALL\n", "anna=all bert=all" },
	{ "a quoted name", "\"anna b\" ALL=(ALL) ALL\n", "anna b=all" },
	{ "numbers", "#1000, %#27 ALL=(ALL) ALL\n", "#1000=all %#27=all" },
	{ "an alias of people", "User_Alias STAFF = anna, bert\nSTAFF ALL=(ALL) ALL\n",
	    "anna=all bert=all" },
	{ "an alias behind its use", "STAFF ALL=(ALL) ALL\nUser_Alias STAFF = anna\n", "anna=all" },
	{ "two aliases in a line", "User_Alias A1 = anna : B1 = bert\nB1 ALL=(ALL) ALL\n",
	    "bert=all" },
	{ "an alias of commands", "Cmnd_Alias ANY = ALL\nanna ALL = ANY\n", "anna=all" },
	{ "one that nobody made", "anna ALL = NONE_SUCH\n", " ?1" },
	{ "an alias of whom it runs as", "Runas_Alias TOP = root\nanna ALL = (TOP) ALL\n",
	    "anna=all" },
	{ "everything but one", "anna ALL=(ALL) ALL, !/bin/su\n", "anna=all" },
	{ "a program that starts none", "lab ALL=(root) /usr/sbin/service lims restart\n", "" },
	{ "an editor", "lab ALL=(root) /usr/bin/vim\n", "lab=some" },
	{ "a pager without a password", "lab ALL=(root) NOPASSWD: /usr/bin/less /var/log/x\n",
	    "lab=some!" },
	{ "the password is asked again behind it",
	    "lab ALL=(root) NOPASSWD: /bin/true, PASSWD: /bin/su\n", "lab=some!" },
	{ "a pattern", "lab ALL=(root) /opt/*\n", "lab=some" },
	{ "a folder", "lab ALL=(root) /opt/bin/\n", "lab=some" },
	{ "the second of two commands", "lab ALL=(root) /bin/true, (root) /bin/bash\n",
	    "lab=some" },
	{ "on another computer only", "anna other = (ALL) ALL\n", " ?1" },
	{ "a second list of computers", "anna ALL = /bin/ls : other = ALL\n", " ?1" },
	{ "a group of a directory", "%:admins ALL=(ALL) ALL\n", " ?1" },
	{ "a netgroup", "+admins ALL=(ALL) ALL\n", " ?1" },
	{ "all but one", "ALL, !anna ALL=(ALL) ALL\n", "ALL=all ?1" },
	{ "a line that goes on", "anna ALL = (ALL) \\\n  ALL\n", "anna=all" },
	{ "a comment", "# anna ALL=(ALL) ALL\nbert ALL=(ALL) ALL # who\n", "bert=all" },
	{ "the older word for a folder", "#includedir /etc/sudoers.d\n", " </etc/sudoers.d/" },
	{ "a file of our name", "@include /etc/sudoers.%h\n", " ?1" },
	{ "a file in quotes", "@include \"/etc/my sudo\"\n", " </etc/my sudo" },
	{ "no rule", "anna\n", " ?1" },
	{ "a rule without a computer", "anna = ALL\n", " ?1" },
	{ "a parenthesis that stays open", "anna ALL = (ALL ALL\n", " ?1" },
	{ "an alias of itself", "User_Alias A1 = A1\nA1 ALL = ALL\n", " ?1" },
	{ "nothing", "", "" },
};

static void
names(void)
{
	T_TRUE("a plain name is read", sudoers_is_read("carla"));
	T_TRUE("one with a point is not", !sudoers_is_read("old.bak"));
	T_TRUE("nor what an editor left", !sudoers_is_read("x~"));
	T_TRUE("nor none", !sudoers_is_read(""));
}

/* n lines of a pattern with their number. */
static const char *
many(const char *pattern, size_t n)
{
	size_t each = strlen(pattern) + 16;
	char *text = arena_alloc(a, n * each + 1), *to = text;

	for (size_t i = 0; i < n; i++) {
		int len = snprintf(to, each, "%.*s%zu%s", (int)strcspn(pattern, "@"), pattern, i,
		    strchr(pattern, '@') + 1);

		to += len;
	}
	return text;
}

static void
limits(void)
{
	struct sudoers s = { .unsure = 0 };
	const char *deep = "A0 ALL = ALL\n";

	sudoers_read(many("u@ ALL = ALL\n", SUDOERS_GRANTS_MAX), a, &s);
	sudoers_end(a, &s);
	T_INT("as many rules as there may be", s.ngrants, SUDOERS_GRANTS_MAX);
	T_INT("are all followed", s.unsure, 0);
	sudoers_read("one ALL = ALL\n", a, &s);
	sudoers_end(a, &s);
	T_INT("one more is counted", s.unsure, 1);

	s = (struct sudoers){ .unsure = 0 };
	sudoers_read(many("User_Alias A@ = x\n", SUDOERS_ALIASES_MAX), a, &s);
	T_INT("as many aliases", s.unsure, 0);
	sudoers_read("User_Alias B = x\n", a, &s);
	T_INT("one more alias is counted", s.unsure, 1);

	s = (struct sudoers){ .unsure = 0 };
	for (size_t i = 0; i < SUDOERS_FILES_MAX; i++)
		sudoers_read("@include f\n", a, &s);
	T_INT("as many files", s.unsure, 0);
	sudoers_read("@includedir d\n", a, &s);
	T_INT("one more file is counted", s.unsure, 1);

	/* A0 = A1, A1 = A2 ... */
	for (int i = 0; i < SUDOERS_DEPTH_MAX - 1; i++)
		deep = arena_printf(a, "%sUser_Alias A%d = A%d\n", deep, i, i + 1);
	T_TEXT("an alias as deep as it may be",
	    grants(arena_printf(a, "%sUser_Alias A%d = anna\n", deep, SUDOERS_DEPTH_MAX - 1)),
	    "anna=all");
	deep = arena_printf(
	    a, "%sUser_Alias A%d = A%d\n", deep, SUDOERS_DEPTH_MAX - 1, SUDOERS_DEPTH_MAX);
	T_TEXT("one deeper",
	    grants(arena_printf(a, "%sUser_Alias A%d = anna\n", deep, SUDOERS_DEPTH_MAX)), " ?1");
}

/* Aliases that name each other ten times over end by their number. */
static void
wide(void)
{
	const char *text = "A0 ALL = ALL\n";
	struct sudoers s = { .unsure = 0 };

	for (int i = 0; i < 7; i++) {
		text = arena_printf(a, "%sUser_Alias A%d = A%d", text, i, i + 1);
		for (int k = 0; k < 11; k++)
			text = arena_printf(a, "%s, A%d", text, i + 1);
		text = arena_printf(a, "%s\n", text);
	}
	sudoers_read(arena_printf(a, "%sUser_Alias A7 = anna\n", text), a, &s);
	sudoers_end(a, &s);
	T_TRUE("not all are followed, and it is counted", s.unsure > 0);
	T_TRUE("and there was an end", s.ngrants <= SUDOERS_GRANTS_MAX);
}

int
main(void)
{
	a = arena_new((size_t)256 << 20);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		T_TEXT(rows[i].row, grants(rows[i].text), rows[i].want);
	names();
	limits();
	wide();
	arena_free(a);
	return t_end();
}
