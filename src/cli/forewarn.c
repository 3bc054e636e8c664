/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the main of the program for people: which call it is. No daemon is needed.
 */
#include "cli/cmd.h"
#include "face/options.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sysexits.h>
#include <unistd.h>

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} calls[] = {
	{ "check", cmd_check },
	{ "status", cmd_status },
	{ "certs", cmd_certs },
	{ "alerts", cmd_alerts },
	{ "accept", cmd_accept },
	{ "init", cmd_init },
	{ "config", cmd_config },
	{ "probes", cmd_probes },
	{ "secret", cmd_secret },
	{ "register", cmd_register },
	{ "preview", cmd_preview },
	{ "playbook", cmd_playbook },
};

#define NCALLS (sizeof(calls) / sizeof(calls[0]))

static int
help(void)
{
	printf("forewarn %s: what will fail, when, what to do, and by which day to start.\n\n",
	    FOREWARN_VERSION);
	face_overview("forewarn");
	printf("\n"
	       "  forewarn CALL --help says more about one call, man forewarn-CALL even more.\n\n"
	       "Files: /etc/forewarn/forewarn.conf and conf.d/*.conf beside it; state in\n"
	       "/var/lib/forewarn. A normal user's are in the XDG folders; FOREWARN_STATE_DIR\n"
	       "overrides. Exit codes of check: 0 ok or plan, 1 act, 2 stop, 3 unknown,\n"
	       "64 usage, 71 no memory left, 74 output that cannot be written,\n"
	       "78 bad configuration.\n");
	return 0;
}

/* A standard descriptor that came closed would be given to the next file that is opened, and what
 * is printed would land in it. Reading only: printing to it fails, and is told. */
static void
fill_closed(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd > STDERR_FILENO)
		close(fd);
}

static int
run(int argc, char **argv)
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

int
main(int argc, char **argv)
{
	int code;

	fill_closed();
	/* what a check starts must not look into this process: its terminal, its secrets */
	prctl(PR_SET_DUMPABLE, 0);
	/* a reader that went away is an error to tell, not a reason to vanish */
	signal(SIGPIPE, SIG_IGN);
	code = run(argc, argv);
	if (fflush(stdout) == 0 && !ferror(stdout))
		return code;
	if (code != EX_IOERR)
		fprintf(stderr, "forewarn: writing to the standard output: %s\n", strerror(errno));
	return EX_IOERR;
}
