/* SPDX-License-Identifier: Apache-2.0 */
#include "app/cmd.h"
#include "app/manual.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static int
help(void)
{
	puts("forewarn config check FILE   reads it as the daemon would; every fault is a line\n"
	     "forewarn config example      prints a commented configuration with every option\n"
	     "forewarn config manual       prints what every option means, as Markdown\n"
	     "\n"
	     "Exit codes: 0 without faults, 78 with, 64 usage.");
	return 0;
}

static int
config_check(const char *path)
{
	struct conf *c = conf_load(path, app_kinds(), app_sink_kinds());
	size_t faults = c->nfaults;

	for (size_t i = 0; i < faults && i < CONF_FAULTS_MAX; i++)
		puts(c->faults[i]);
	if (faults > CONF_FAULTS_MAX)
		printf("and %zu more faults\n", faults - CONF_FAULTS_MAX);
	if (faults == 0)
		printf("%s: fine: %zu checks, %zu people, %zu sinks\n", path, c->nchecks,
		    c->npeople, c->nsinks);
	conf_free(c);
	return faults > 0 ? EX_CONFIG : 0;
}

int
cmd_config(int argc, char **argv)
{
	if (argc >= 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0))
		return help();
	if (argc == 3 && strcmp(argv[1], "check") == 0)
		return config_check(argv[2]);
	if (argc == 2 && strcmp(argv[1], "example") == 0)
		return manual_example(stdout);
	if (argc == 2 && strcmp(argv[1], "manual") == 0)
		return manual_options(stdout);
	return cmd_usage("config needs: check FILE, example or manual");
}
