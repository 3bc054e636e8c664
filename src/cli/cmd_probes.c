/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns `forewarn probes`: the kinds of check there are, and the options of one.
 */
#include "cli/cmd.h"
#include "cli/manual.h"
#include "conf/conf.h"
#include "face/options.h"
#include "probes/specs.h"

#include <stdio.h>
#include <string.h>

static int
list(void)
{
	for (size_t i = 0; probe_specs[i] != NULL; i++)
		printf("%-8s %s\n", probe_specs[i]->name, probe_specs[i]->summary);
	return 0;
}

static const char *
judged_by(const struct rule *r)
{
	return r->by & BY_DEADLINE ? "by the time left"
	       : r->by & BY_METRIC ? "by its limits"
				   : "by what is found";
}

static int
one(const struct probe_spec *s)
{
	printf("%s: %s\n\nOptions, besides those of every check:\n", s->name, s->summary);
	manual_table(stdout, s->opts);
	printf("\nOptions of every check:\n");
	manual_table(stdout, conf_check_opts);
	printf("\nWhat it judges:\n");
	for (const struct rule *r = s->rules; r->name != NULL; r++) {
		printf("  %-18s %s (%s)\n", r->name, r->title, judged_by(r));
		for (const struct finding *f = r->findings; f != NULL && f->key != NULL; f++)
			printf("      %-8s %s\n", level_name(f->level), f->key);
	}
	return 0;
}

int
cmd_probes(int argc, char **argv)
{
	const struct probe_spec *s;

	if (argc == 1)
		return list();
	if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
		return face_help(face_of("forewarn", "probes"));
	}
	s = argc == 2 ? probe_find(argv[1]) : NULL;
	if (s == NULL)
		return cmd_usage("there is no probe \"%s\"", argc > 1 ? argv[1] : "");
	return one(s);
}
