/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns `forewarn status`: what the daemon knows, printed like a check's report.
 */
#include "cli/cmd.h"
#include "cli/known.h"
#include "cli/page.h"
#include "cli/print.h"
#include "base/clk.h"
#include "face/options.h"
#include "face/places.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#define ARENA_MAX ((size_t)1 << 30)

static int
show(struct known *k, char **ids, int nids, instant at, const struct print_how *how)
{
	const struct page_known known = { k->head, &k->over, k->routes, k->nroutes };
	struct report r;
	struct page page;
	int code;

	if (known_report(k, ids, nids, at, how->all, &r, &code) < 0)
		return code;
	if (how->format == PRINT_HTML) {
		page_make(&r, clk_system()->wall(clk_system()), &known, how->all, k->a, &page);
		for (size_t i = 0; i < k->nseries; i++)
			k->series[i].result = &k->results[k->series_of[i]];
		page.series = k->series;
		page.nseries = k->nseries;
	}
	return print_report(&r, &page, how);
}

static int
status(struct arena *a, int argc, char **argv)
{
	const struct call *call = face_of("forewarn", "status");
	struct known s = { .a = a };
	uint32_t kind = CTL_STATUS;
	const char *only = "";
	const char *socket = place_socket(a);
	instant at = INSTANT_NONE;
	struct print_how how = { .format = PRINT_TEXT };
	int opt, format;
	char forms[128];
	struct err e = { 0 };

	while ((opt = face_next(call, argc, argv)) != -1)
		switch (opt) {
		case 'f':
			format = print_find_format(optarg);
			if (format < 0)
				return cmd_usage("--format %s: %s", optarg,
				    face_words(call, 'f', forms, sizeof(forms)));
			how.format = (enum print_format)format;
			break;
		case 'o':
			how.output = optarg;
			break;
		case 't':
			if (instant_parse(optarg, &at, &e) < 0)
				return cmd_usage("--at: %s", e.msg);
			break;
		case 'a':
			how.all = true;
			break;
		case 's':
			socket = optarg;
			break;
		case 'h':
			return face_help(call);
		default:
			return EX_USAGE;
		}
	if (how.format == PRINT_HTML)
		kind = CTL_HISTORY;
	if (argc - optind == 1)
		only = argv[optind];
	if (known_ask(&s, socket, kind, only, &e) < 0) {
		/* a monitoring system reads the standard output */
		fprintf(how.format == PRINT_PLUGIN ? stdout : stderr, "%s%s\n",
		    how.format == PRINT_PLUGIN ? "UNKNOWN - " : "forewarn: ", e.msg);
		return level_exit(LEVEL_UNKNOWN);
	}
	return show(&s, argv + optind, argc - optind, at, &how);
}

int
cmd_status(int argc, char **argv)
{
	struct arena *a = arena_new(ARENA_MAX);
	int code = status(a, argc, argv);

	arena_free(a);
	return code;
}
