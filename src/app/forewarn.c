/* SPDX-License-Identifier: Apache-2.0
 *
 * The program for people: one call each, no daemon needed.
 */
#include "app/cmd.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static const struct {
	const char *name, *words, *help;
	int (*run)(int argc, char **argv);
} calls[] = {
	{ "check", "[-c FILE] [ID…] [--format text|json|plugin|metrics] [--at TIME] [--all]",
	    "run the checks once and show what will fail, when, and by which day to start",
	    cmd_check },
	{ "init", "[-o FILE]", "look at this machine and write a commented configuration",
	    cmd_init },
	{ "config", "check FILE", "read a configuration and list every fault", cmd_config },
	{ "probes", "[NAME]", "the kinds of measurement, or one kind's options", cmd_probes },
};

#define NCALLS (sizeof(calls) / sizeof(calls[0]))

static int
help(void)
{
	printf("forewarn %s: says what will fail, when, what to do, and by which day to start.\n\n",
	    FOREWARN_VERSION);
	for (size_t i = 0; i < NCALLS; i++)
		printf(
		    "  forewarn %s %s\n      %s\n", calls[i].name, calls[i].words, calls[i].help);
	printf("\n"
	       "  forewarn CALL --help says more about one call.\n\n"
	       "Files: /etc/forewarn/forewarn.conf and conf.d/*.conf beside it; state in\n"
	       "/var/lib/forewarn. A normal user's are in the XDG folders; FOREWARN_STATE_DIR\n"
	       "overrides. Exit codes of check: 0 ok or plan, 1 act, 2 stop, 3 unknown,\n"
	       "64 usage, 78 bad configuration.\n");
	return 0;
}

int
main(int argc, char **argv)
{
	if (argc < 2)
		return help(), EX_USAGE;
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
	    strcmp(argv[1], "help") == 0)
		return help();
	if (strcmp(argv[1], "--version") == 0) {
		printf("forewarn %s\n", FOREWARN_VERSION);
		return 0;
	}
	for (size_t i = 0; i < NCALLS; i++)
		if (strcmp(argv[1], calls[i].name) == 0)
			return calls[i].run(argc - 1, argv + 1);
	return cmd_usage("there is no call \"%s\"", argv[1]);
}
