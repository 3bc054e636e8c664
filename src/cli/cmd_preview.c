/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns `forewarn preview`: the limits of a configuration, held against the recorded past.
 */
#include "cli/cmd.h"
#include "cli/configured.h"
#include "cli/measured.h"
#include "cli/preview_print.h"
#include "cli/print.h"
#include "base/clk.h"
#include "face/options.h"
#include "face/places.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define ARENA_MAX ((size_t)2 << 30)
#define DAYS 90

struct preview_args {
	const char *conf, *socket; /* NULL: the usual ones */
	unsigned days;
	bool json;
	char **ids;
	int nids;
};

static bool
take_days(const char *text, unsigned *out)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || n < 1 || n > PREVIEW_DAYS_MAX)
		return false;
	*out = (unsigned)n;
	return true;
}

/* One option; false: it ends the call, and *code is the exit code. */
static bool
take_option(const struct call *call, int o, struct preview_args *args, int *code)
{
	char words[128];

	*code = EX_USAGE;
	if (o == 'f' && strcmp(optarg, "text") != 0 && strcmp(optarg, "json") != 0)
		*code = cmd_usage(
		    "--format %s: %s", optarg, face_words(call, 'f', words, sizeof(words)));
	else if (o == 'd' && !take_days(optarg, &args->days))
		*code = cmd_usage("--days %s: 1 to %d", optarg, PREVIEW_DAYS_MAX);
	else if (o == 'h')
		*code = face_help(call);
	else if (o != '?') {
		args->json = o == 'f' ? strcmp(optarg, "json") == 0 : args->json;
		args->conf = o == 'c' ? optarg : args->conf;
		args->socket = o == 's' ? optarg : args->socket;
		return true;
	}
	return false;
}

static int
print(const struct previewed *p, const struct conf *c, bool json)
{
	struct str out;
	int code = p->judged > 0 ? 0 : level_exit(LEVEL_UNKNOWN);

	str_init(&out, SHOW_MAX);
	if (json)
		preview_json(p, c->path, &out);
	else
		preview_text(p, c->path, &out);
	if (print_deliver(&out, NULL) < 0)
		code = EX_IOERR;
	str_fini(&out);
	return code;
}

/* Each check is run once with the limits of c, without its notes: what a preview saw is no look. */
static int
preview(const struct conf *c, const struct preview_args *args, struct arena *a)
{
	const struct measured_what what = {
		.ids = args->ids, .nids = args->nids, .at = INSTANT_NONE, .forget = true
	};
	struct previewed p = { .a = a,
		.socket = args->socket != NULL ? args->socket : place_socket(a),
		.days = args->days,
		.now = clk_system()->wall(clk_system()) };
	struct report r;
	struct err e = { 0 };

	if (measured_report(c, &what, a, &r) < 0)
		return EX_USAGE;
	for (size_t i = 0; i < r.nchecks; i++)
		if (previewed_check(&p, c, &r.checks[i], &e) < 0) {
			fprintf(stderr, "forewarn: %s\n", e.msg);
			return level_exit(LEVEL_UNKNOWN);
		}
	return print(&p, c, args->json);
}

int
cmd_preview(int argc, char **argv)
{
	const struct call *call = face_of("forewarn", "preview");
	struct preview_args args = { .days = DAYS };
	struct conf *c;
	struct arena *a;
	int o, code;

	while ((o = face_next(call, argc, argv)) != -1)
		if (!take_option(call, o, &args, &code))
			return code;
	args.ids = argv + optind;
	args.nids = argc - optind;
	c = configured(args.conf, &code);
	if (c == NULL)
		return code;
	a = arena_new(ARENA_MAX);
	code = preview(c, &args, a);
	arena_free(a);
	conf_free(c);
	return code;
}
