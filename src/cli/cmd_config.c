/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns `forewarn config`: a file checked, an example, the manual, the ids for completions.
 */
#include "cli/cmd.h"
#include "cli/manual.h"
#include "face/options.h"
#include "face/places.h"
#include "kinds/kinds.h"
#include "sinks/specs.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

/* What is no fault: forewarnd refuses the first kind, and starts with the second. */
static void
print_warnings(const struct conf *c)
{
	const char *opt = NULL;
	struct err e;

	for (size_t i = 0; i < c->ndoubts && i < CONF_FAULTS_MAX; i++)
		printf("%s (warning; forewarnd refuses it)\n", c->doubts[i]);
	for (size_t i = 0; i < c->nsinks; i++) {
		const struct sink_conf *s = &c->sinks[i];
		const struct sink_spec *spec = s->kind != NULL ? sink_find(s->type) : NULL;

		if (spec != NULL && spec->warn != NULL && spec->warn(s->options, &opt, &e) < 0)
			printf("%s: %s: %s (warning)\n", s->place, opt, e.msg);
	}
}

static int
config_check(const char *path)
{
	struct conf *c = kinds_conf(path, NULL);
	size_t faults = c->nfaults;

	for (size_t i = 0; i < faults && i < CONF_FAULTS_MAX; i++)
		puts(c->faults[i]);
	if (faults > CONF_FAULTS_MAX)
		printf("and %zu more faults\n", faults - CONF_FAULTS_MAX);
	if (faults == 0)
		printf("%s: fine: %zu checks, %zu people, %zu sinks\n", path, c->nchecks,
		    c->npeople, c->nsinks);
	if (faults == 0)
		print_warnings(c);
	conf_free(c);
	return faults > 0 ? EX_CONFIG : 0;
}

static int
config_ids(const char *path)
{
	struct arena *a = arena_new(65536);
	struct conf *c = kinds_conf(path != NULL ? path : place_conf(a), NULL);
	int rc = c->nfaults > 0 ? EX_CONFIG : 0;

	for (size_t i = 0; rc == 0 && i < c->nchecks; i++)
		puts(c->checks[i].id);
	if (rc != 0)
		fprintf(stderr, "%s\n", c->faults[0]);
	conf_free(c);
	arena_free(a);
	return rc;
}

int
cmd_config(int argc, char **argv)
{
	if (argc >= 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0))
		return face_help(face_of("forewarn", "config"));
	if (argc == 3 && strcmp(argv[1], "check") == 0)
		return config_check(argv[2]);
	if (argc == 2 && strcmp(argv[1], "example") == 0)
		return manual_example(stdout);
	if (argc == 2 && strcmp(argv[1], "manual") == 0)
		return manual_options(stdout);
	if ((argc == 2 || argc == 3) && strcmp(argv[1], "ids") == 0)
		return config_ids(argc == 3 ? argv[2] : NULL);
	return cmd_usage("config needs: check FILE, example, manual or ids [FILE]");
}
