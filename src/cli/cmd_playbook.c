/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns `forewarn playbook`: the six headings of a playbook, filled from a scenario of a pack.
 */
#include "cli/cmd.h"
#include "base/file.h"
#include "face/options.h"
#include "face/places.h"
#include "kinds/kinds.h"
#include "packs/pack.h"
#include "probes/register/headings.h"

#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>
#include <unistd.h>

#define OUT_MAX ((size_t)1 << 20)
#define ARENA_MAX ((size_t)64 << 20)

static void
list(struct str *out, const char *head, const struct texts *v)
{
	str_addf(out, "%s:", head);
	for (size_t i = 0; i < v->n; i++)
		str_addf(out, "%s %s", i > 0 ? ";" : "", v->v[i]);
	str_add(out, ".\n");
}

/* A step that only names a heading says nothing under it. */
static bool
is_heading(const char *step)
{
	for (size_t k = 0; k < HEADINGS; k++)
		if (strcasecmp(step, headings[k].name) == 0)
			return true;
	return false;
}

/* The steps of the scenario, numbered; how many there are. */
static size_t
steps(struct str *out, const struct scenario *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->recover.n; i++)
		if (!is_heading(s->recover.v[i]))
			str_addf(out, "%zu. %s\n", ++n, s->recover.v[i]);
	return n;
}

/* Questions begin with ">" : they are no answers (probes/register/playbook.c). */
static void
write_playbook(struct str *out, const struct scenario *s)
{
	char lead[SPAN_TEXT];

	str_addf(out,
	    "# Playbook %s\n\n%s\n\nAnswer each line that begins with >, and take the > away. "
	    "Strike what does not fit.\n\n",
	    s->id, s->failure);
	str_addf(out,
	    "Hours of stopped work: %lld likely, %lld to %lld. To prevent it, start %s "
	    "before.\n",
	    (long long)s->hours_likely, (long long)s->hours_low, (long long)s->hours_high,
	    span_words(s->lead, lead));
	list(out, "What prevents it", &s->prevent);
	list(out, "What shows it", &s->detect);
	list(out, "Clauses it supports", &s->controls);
	for (size_t k = 0; k < HEADINGS; k++) {
		str_addf(out, "\n## %s\n\n", headings[k].name);
		if (k != HEADING_ORDER || steps(out, s) == 0)
			str_addf(out, "> %s\n", headings[k].ask);
	}
}

/* In which pack the scenario is; NULL: in none. */
static struct pack *
find(const char *id, const char **names, const char *folder)
{
	for (size_t i = 0; names[i] != NULL; i++) {
		struct pack *p = pack_load(folder, names[i], kinds_lock);

		for (size_t k = 0; k < p->nfaults && k < CONF_FAULTS_MAX; k++)
			fprintf(stderr, "%s\n", p->faults[k]);
		if (p->nfaults == 0 && pack_scenario(p, id) != NULL)
			return p;
		pack_free(p);
	}
	return NULL;
}

/* A file that is there is never replaced. */
static int
create(const char *path, const struct str *text)
{
	const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
	char folder[PATH_MAX] = ".";
	struct err e = { 0 };
	int dir, rc;

	if (slash != NULL)
		snprintf(folder, sizeof(folder), "%.*s", (int)(name - path), path);
	dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	rc = dir < 0 ? err_sys(&e, "its folder")
		     : file_create(dir, name, 0644, FILE_OWNER_KEPT, text->s, text->len, &e);
	if (dir >= 0)
		close(dir);
	if (rc < 0) {
		fprintf(stderr, "forewarn: %s: %s\n", path, e.msg);
		return EX_CANTCREAT;
	}
	printf("Written: %s. Answer what begins with >, then enter it in a register.\n", path);
	return 0;
}

static int
new_playbook(const char *id, const char *path, struct arena *a)
{
	const char *folder = place_packs(a), **names = pack_names(folder, a);
	struct pack *p = find(id, names, folder);
	struct str out;
	int code = 0;

	if (p == NULL)
		return cmd_usage("there is no scenario \"%s\" in %s", id, folder);
	str_init(&out, OUT_MAX);
	write_playbook(&out, pack_scenario(p, id));
	if (path == NULL || strcmp(path, "-") == 0)
		code = fwrite(out.s, 1, out.len, stdout) == out.len ? 0 : EX_IOERR;
	else
		code = create(path, &out);
	str_fini(&out);
	pack_free(p);
	return code;
}

int
cmd_playbook(int argc, char **argv)
{
	const struct call *call = face_of("forewarn", "playbook");
	const char *path = NULL;
	struct arena *a;
	int o, code;

	while ((o = face_next(call, argc, argv)) != -1) {
		if (o == 'h')
			return face_help(call);
		if (o != 'o')
			return EX_USAGE;
		path = optarg;
	}
	if (argc - optind != 2 || strcmp(argv[optind], "new") != 0)
		return cmd_usage("playbook: say new and the id of a scenario");
	a = arena_new(ARENA_MAX);
	code = new_playbook(argv[optind + 1], path, a);
	arena_free(a);
	return code;
}
