/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which checks of the running computer itself are written, and why others are not.
 */
#include "cli/init_self.h"

#include "base/text.h"
#include "kinds/kinds.h"
#include "probes/specs.h"

#include <stdlib.h>
#include <string.h>

#define PERSON_FIRST 1000 /* numbers of people's accounts: login.defs(5) as Debian ships it */
#define PERSON_LAST 59999

/* The probe itself says whether there is a volume on a disk: there is no second reader. */
static const char *
no_volumes(struct found *f)
{
	const struct probe_spec *disk = probe_find("disk");
	struct check_conf k = {
		.id = "init", .probe = "disk", .timeout = INIT_SELF_VOLUMES_TIMEOUT
	};
	struct runner r = { .clk = clk_system(), .state_dir = "", .parallel = 1 };
	const struct fence none = { NULL, false };
	struct result result = { 0 };
	struct run_spec spec;

	k.options = arena_alloc(f->arena, disk->conf_size);
	opts_defaults(disk->opts, k.options, f->arena);
	spec = kinds_run_spec(&k, &none, f->arena);
	runner_run(&r, &spec, 1, f->arena, &result);
	for (size_t i = 0; i < result.nitems; i++)
		if (result.items[i].state != ITEM_UNKNOWN)
			return NULL;
	return result.nitems > 0 ? result.items[0].summary : "no volume on a disk is found here";
}

/* "anna:x:1000:1000::/home/anna:/bin/bash": whether a person may log in with it (passwd(5)). */
static void
passwd_line(struct found *f, const char *path, char *line)
{
	const char *field[7];
	long number;
	char *end;

	(void)path;
	for (int i = 0; i < 7; i++) {
		field[i] = strsep(&line, ":");
		if (field[i] == NULL)
			return;
	}
	number = strtol(field[2], &end, 10);
	if (*end != '\0' || number < PERSON_FIRST || number > PERSON_LAST)
		return;
	if (strstr(field[6], "nologin") == NULL && strstr(field[6], "/false") == NULL)
		f->persons++;
}

/* "passwd: files sss": accounts of a directory are people's too (nsswitch.conf(5)). */
static void
nsswitch_line(struct found *f, const char *path, char *line)
{
	(void)path;
	if (strncmp(line, "passwd:", 7) == 0 &&
	    (strstr(line, "sss") != NULL || strstr(line, "ldap") != NULL ||
		strstr(line, "winbind") != NULL))
		f->persons++;
}

/* A container has root alone, without a password: "nobody can be administrator" is no news there.
 */
static const char *
no_persons(struct found *f)
{
	found_lines(f, "/etc/passwd", passwd_line, false);
	found_lines(f, "/etc/nsswitch.conf", nsswitch_line, false);
	return f->persons > 0 ? NULL : "no person has an account here";
}

static void
count_list(struct found *f, const char *path, const char *at)
{
	(void)path;
	(void)at;
	f->update_lists++;
}

/* The signed lists of apt: without them there is nothing that an age could be told of. */
static const char *
no_lists(struct found *f)
{
	if (!found_exists(f, "/var/lib/dpkg/status"))
		return "packages are not kept by dpkg here";
	found_matches(f, "/var/lib/apt/lists/*Release", "", count_list);
	return f->update_lists > 0 ? NULL : "apt has no lists of packages here (apt-get update)";
}

static const struct self {
	const char *probe, *options;
	const char *what;                        /* what it looks at, for the screen */
	const char *(*why_not)(struct found *f); /* NULL: it is written */
} selves[] = {
	{ "disk", "title = \"Volumes of this computer\"; probe = \"disk\";", "volumes",
	    no_volumes },
	{ "accounts", "title = \"Administrators of this computer\"; probe = \"accounts\";",
	    "administrators", no_persons },
	{ "patches",
	    "title = \"Updates of this computer\"; probe = \"patches\"; every = \"6h\"; timeout = "
	    "\"1min\";",
	    "updates", no_lists },
};
#define SELVES (sizeof(selves) / sizeof(selves[0]))

void
init_self(struct found *f)
{
	for (size_t i = 0; i < SELVES; i++) {
		const char *why;

		if (probe_find(selves[i].probe) == NULL)
			continue; /* not in this edition */
		why = selves[i].why_not(f);
		if (why == NULL)
			found_add(f, &f->self, selves[i].probe, selves[i].what);
		else
			found_add(f, &f->self_left, selves[i].probe, why);
	}
}

static const char *
options_of(const char *probe)
{
	for (size_t i = 0; i < SELVES; i++)
		if (strcmp(selves[i].probe, probe) == 0)
			return selves[i].options;
	return "";
}

void
init_self_write(const struct found *f, struct str *out)
{
	const struct found_list *yes = &f->self, *no = &f->self_left;

	for (size_t i = 0; i < yes->n; i++)
		str_addf(out, ",\n  { id = \"%s\"; %s }", yes->v[i], options_of(yes->v[i]));
	for (size_t i = 0; i < no->n; i++) {
		str_add(out, "\n  # not yet: ");
		text_clean(out, no->at[i], strlen(no->at[i]), INIT_REASON_CHARS);
		str_addf(out, "\n  # , { id = \"%s\"; %s }", no->v[i], options_of(no->v[i]));
	}
}
