/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns `forewarn check`: the checks are run here, judged and printed.
 */
#include "cli/cmd.h"
#include "cli/configured.h"
#include "cli/measured.h"
#include "cli/page.h"
#include "cli/print.h"
#include "base/clk.h"
#include "face/options.h"

#include <getopt.h>
#include <stdlib.h>
#include <sysexits.h>

#define ARENA_MAX ((size_t)2 << 30)

struct check_args {
	const char *conf;
	struct print_how how;
	instant at; /* INSTANT_NONE: now */
	char **ids;
	int nids;
};

/* 0: go on; otherwise *code is the exit code. */
static int
parse_args(int argc, char **argv, struct check_args *args, int *code)
{
	const struct call *call = face_of("forewarn", "check");
	char forms[128];
	struct err e;
	int o, f;

	*args = (struct check_args){ .at = INSTANT_NONE };
	while ((o = face_next(call, argc, argv)) != -1) {
		switch (o) {
		case 'c':
			args->conf = optarg;
			break;
		case 'f':
			if ((f = print_find_format(optarg)) < 0) {
				*code = cmd_usage("--format %s: %s", optarg,
				    face_words(call, 'f', forms, sizeof(forms)));
				return -1;
			}
			args->how.format = (enum print_format)f;
			break;
		case 'o':
			args->how.output = optarg;
			break;
		case 't':
			if (instant_parse(optarg, &args->at, &e) < 0) {
				*code = cmd_usage("--at: %s", e.msg);
				return -1;
			}
			break;
		case 'a':
			args->how.all = true;
			break;
		case 's':
			setenv("FOREWARN_STATE_DIR", optarg, 1);
			break;
		case 'h':
			*code = face_help(call);
			return -1;
		default:
			*code = EX_USAGE;
			return -1;
		}
	}
	args->ids = argv + optind;
	args->nids = argc - optind;
	return 0;
}

static int
check(const struct conf *c, const struct check_args *args)
{
	const struct measured_what what = { .ids = args->ids, .nids = args->nids, .at = args->at };
	instant made = clk_system()->wall(clk_system());
	struct arena *a = arena_new(ARENA_MAX);
	struct page page;
	struct report r;
	int code = EX_USAGE;

	if (measured_report(c, &what, a, &r) == 0) {
		if (args->how.format == PRINT_HTML)
			page_make(&r, made, NULL, args->how.all, a, &page);
		code = print_report(&r, &page, &args->how);
	}
	arena_free(a);
	return code;
}

int
cmd_check(int argc, char **argv)
{
	struct check_args args;
	struct conf *c;
	int code;

	if (parse_args(argc, argv, &args, &code) < 0)
		return code;
	c = configured(args.conf, &code);
	if (c == NULL)
		return code;
	code = check(c, &args);
	conf_free(c);
	return code;
}
