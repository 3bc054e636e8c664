/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns `forewarn probes`: the kinds of check there are, and the options of one.
 */
#include "cli/cmd.h"
#include "cli/manual.h"
#include "cli/prove.h"
#include "conf/conf.h"
#include "face/options.h"
#include "probes/specs.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

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
	const struct probe_spec *one_of[2] = { NULL, NULL };
	bool proved = false;
	int o;

	while ((o = face_next(face_of("forewarn", "probes"), argc, argv)) != -1) {
		if (o == 'h')
			return face_help(face_of("forewarn", "probes"));
		if (o != 'P')
			return EX_USAGE;
		proved = true;
	}
	if (argc - optind > 1)
		return cmd_usage("one name at most");
	if (argc > optind && (one_of[0] = probe_find(argv[optind])) == NULL)
		return cmd_usage("there is no probe \"%s\"", argv[optind]);
	if (proved)
		return prove(one_of[0] != NULL ? one_of : probe_specs);
	return one_of[0] != NULL ? one(one_of[0]) : list();
}
