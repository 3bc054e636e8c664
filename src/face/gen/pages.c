/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the main of the program that makes the pages and the completions.
 */
#include "face/gen/pages.h"

#include "face/options.h"

#include <string.h>
#include <sysexits.h>

/* The name of the page of each call, and of each program that has calls. */
static void
list_pages(void)
{
	const char *program = "";

	for (const struct call *f = all_calls; f->program != NULL; f++) {
		if (f->call == NULL) {
			printf("%s\n", f->program);
			continue;
		}
		if (strcmp(program, f->program) != 0)
			printf("%s\n", f->program);
		program = f->program;
		printf("%s-%s\n", f->program, f->call);
	}
}

int
main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "list") == 0)
		list_pages();
	else if (argc == 2 && strcmp(argv[1], "man") == 0)
		return manual_page(stdin) < 0 ? EX_DATAERR : 0;
	else if (argc == 3 && strcmp(argv[1], "bash") == 0)
		complete_bash(argv[2]);
	else if (argc == 3 && strcmp(argv[1], "zsh") == 0)
		complete_zsh(argv[2]);
	else if (argc == 3 && strcmp(argv[1], "fish") == 0)
		complete_fish(argv[2]);
	else {
		fputs("usage: pages list|man|bash PROGRAM|zsh PROGRAM|fish PROGRAM\n", stderr);
		return EX_USAGE;
	}
	return 0;
}
