/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns `forewarn certs`: the inventory of what the checks of certificates see, by forewarnd's word
 * or by a look of its own.
 */
#include "cli/cmd.h"
#include "cli/configured.h"
#include "cli/known.h"
#include "cli/measured.h"
#include "cli/print.h"
#include "face/options.h"
#include "face/places.h"
#include "probes/specs.h"
#include "show/certs.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define ARENA_MAX ((size_t)2 << 30)

enum form { FORM_TEXT, FORM_TREE, FORM_JSON, FORM_CSV, FORM_ICS, FORM_N };

static const char *const forms[FORM_N] = { "text", "tree", "json", "csv", "ics" };

struct certs_args {
	const char *conf, *socket, *output; /* NULL: not given */
	enum form form;
	instant at; /* INSTANT_NONE: now */
	bool all;
	char **ids;
	int nids;
};

static bool
take_form(const char *name, enum form *out)
{
	for (int i = 0; i < FORM_N; i++)
		if (strcmp(forms[i], name) == 0) {
			*out = (enum form)i;
			return true;
		}
	return false;
}

/* One option; false: it ends the call, and *code is the exit code. */
static bool
take_option(const struct call *call, int o, struct certs_args *args, int *code)
{
	struct err e = { 0 };
	char words[128];

	*code = EX_USAGE;
	switch (o) {
	case 'c':
		args->conf = optarg;
		return true;
	case 'f':
		if (take_form(optarg, &args->form))
			return true;
		*code = cmd_usage(
		    "--format %s: %s", optarg, face_words(call, 'f', words, sizeof(words)));
		return false;
	case 'o':
		args->output = optarg;
		return true;
	case 't':
		if (instant_parse(optarg, &args->at, &e) == 0)
			return true;
		*code = cmd_usage("--at: %s", e.msg);
		return false;
	case 'a':
		args->all = true;
		return true;
	case 's':
		args->socket = optarg;
		return true;
	case 'S':
		setenv("FOREWARN_STATE_DIR", optarg, 1);
		return true;
	case 'h':
		*code = face_help(call);
		return false;
	default:
		return false;
	}
}

/* Does it watch dates of certificates? */
static bool
has_certs(const char *probe)
{
	const struct probe_spec *p = probe_find(probe);

	for (const struct rule *r = p != NULL ? p->rules : NULL; r != NULL && r->name != NULL; r++)
		if (strlen(r->name) > strlen(CERTS_RULE) &&
		    strcmp(r->name + strlen(r->name) - strlen(CERTS_RULE), CERTS_RULE) == 0)
			return true;
	return false;
}

static bool
is_wanted(const struct check_conf *c)
{
	return has_certs(c->probe);
}

static int
print(const struct report *r, const struct certs_args *args, struct arena *a)
{
	bool whole, people = args->form == FORM_TEXT || args->form == FORM_TREE;
	struct text_style s = { 0 };
	struct certs c;
	struct str out;

	certs_make(r, a, &c);
	str_init(&out, SHOW_MAX);
	if (people)
		s = print_style(args->all);
	s.colour = s.colour && args->output == NULL;
	if (args->form == FORM_TEXT)
		certs_text(&c, &s, &out);
	else if (args->form == FORM_TREE)
		certs_tree(&c, &s, &out);
	else if (args->form == FORM_JSON)
		certs_json(&c, &out);
	else if (args->form == FORM_CSV)
		certs_csv(&c, &out);
	else
		certs_ics(&c, &out);
	whole = print_deliver(&out, args->output) == 0;
	str_fini(&out);
	return whole ? 0 : EX_IOERR;
}

/* -1: no forewarnd is there. */
static int
by_daemon(const struct certs_args *args, struct arena *a, int *code)
{
	struct known k = { .a = a };
	struct report_check *kept;
	struct err e = { 0 };
	struct report r;
	size_t n = 0;

	if (known_ask(&k, args->socket != NULL ? args->socket : place_socket(a), CTL_STATUS, "",
		&e) < 0) {
		if (e.code == ERR_ABSENT && args->socket == NULL)
			return -1;
		fprintf(stderr, "forewarn: %s\n", e.msg);
		*code = level_exit(LEVEL_UNKNOWN);
		return 0;
	}
	if (known_report(&k, args->ids, args->nids, args->at, false, &r, code) < 0)
		return 0;
	kept = arena_array(a, r.nchecks + 1, sizeof(*kept));
	for (size_t i = 0; i < r.nchecks; i++)
		if (has_certs(r.checks[i].result->probe))
			kept[n++] = r.checks[i];
	r.checks = kept;
	r.nchecks = n;
	*code = print(&r, args, a);
	return 0;
}

static int
by_look(const struct certs_args *args, struct arena *a)
{
	const struct measured_what what = {
		.ids = args->ids, .nids = args->nids, .wanted = is_wanted, .at = args->at
	};
	int code = EX_USAGE;
	struct conf *c = configured(args->conf, &code);
	struct report r;

	if (c == NULL)
		return code;
	if (measured_report(c, &what, a, &r) == 0)
		code = print(&r, args, a);
	conf_free(c);
	return code;
}

int
cmd_certs(int argc, char **argv)
{
	const struct call *call = face_of("forewarn", "certs");
	struct certs_args args = { .at = INSTANT_NONE };
	struct arena *a;
	int o, code;

	while ((o = face_next(call, argc, argv)) != -1)
		if (!take_option(call, o, &args, &code))
			return code;
	if (args.conf != NULL && args.socket != NULL)
		return cmd_usage("--config looks by itself and --socket asks forewarnd: give one");
	args.ids = argv + optind;
	args.nids = argc - optind;
	a = arena_new(ARENA_MAX);
	if (args.conf != NULL || by_daemon(&args, a, &code) < 0)
		code = by_look(&args, a);
	arena_free(a);
	return code;
}
