/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns `forewarn register`: lists are read as a check of the kind register reads them, in its cell
 * and without its notes.
 */
#include "cli/cmd.h"
#include "cli/measured.h"
#include "cli/print.h"
#include "base/text.h"
#include "face/options.h"
#include "probes/specs.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define ARENA_MAX ((size_t)2 << 30)
#define TIMEOUT (60 * SPAN_S)

enum form { FORM_TEXT, FORM_JSON, FORM_ICS, FORM_N };

static const char *const forms[FORM_N] = { "text", "json", "ics" };

struct register_args {
	enum form form;
	const char *output, *dates, *kind; /* NULL: not given */
	instant at;                        /* INSTANT_NONE: now */
	bool all, show;
	const char **files;
	int nfiles;
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
take_option(const struct call *call, int o, struct register_args *args, int *code)
{
	struct err e = { 0 };
	char words[128];

	*code = EX_USAGE;
	if (o == 'f' && !take_form(optarg, &args->form))
		*code = cmd_usage(
		    "--format %s: %s", optarg, face_words(call, 'f', words, sizeof(words)));
	else if (o == 't' && instant_parse(optarg, &args->at, &e) < 0)
		*code = cmd_usage("--at: %s", e.msg);
	else if (o == 'h')
		*code = face_help(call);
	else if (o == '?')
		return false;
	else {
		args->output = o == 'o' ? optarg : args->output;
		args->dates = o == 'd' ? optarg : args->dates;
		args->kind = o == 'k' ? optarg : args->kind;
		args->all = args->all || o == 'a';
		return true;
	}
	return false;
}

/* An option of the check, as a configuration would give it. -1: it was told. */
static int
set(const struct check_conf *k, const char *name, const char *value, struct arena *a)
{
	const struct opt *o = opt_find(k->kind->opts, name);
	struct err e = { 0 };

	if (value == NULL || opt_set_text(o, k->options, value, a, &e) == 0)
		return 0;
	cmd_usage("--%s: %s", name, e.msg);
	return -1;
}

/* The check that these arguments make. -1: it was told. */
static int
make_check(
    const struct register_args *args, struct conf_kind *kind, struct check_conf *k, struct arena *a)
{
	const struct probe_spec *p = probe_find("register");
	const char *opt = NULL;
	struct err e = { 0 };

	*kind = (struct conf_kind){ p->name, p->opts, p->conf_size, p->check, NULL };
	*k = (struct check_conf){ .id = "register",
		.title = "Register",
		.probe = p->name,
		.every = SPAN_DAY,
		.timeout = TIMEOUT,
		.lead = CONF_LEAD_UNSTATED,
		.kind = kind,
		.options = arena_alloc(a, p->conf_size) };
	opts_defaults(p->opts, k->options, a);
	if (opt_set_texts(opt_find(p->opts, "files"), k->options, args->files, (size_t)args->nfiles,
		a, &e) < 0 ||
	    opt_set_bool(opt_find(p->opts, "all_lines"), k->options, !args->show, &e) < 0 ||
	    p->check(k->options, &opt, &e) < 0) {
		cmd_usage("%s", e.msg);
		return -1;
	}
	if (set(k, "dates", args->dates, a) < 0 || set(k, "kind", args->kind, a) < 0)
		return -1;
	return 0;
}

static const char *
line_of(const struct item *it)
{
	for (size_t i = 0; i < it->nevidence; i++)
		if (strcmp(it->evidence[i].key, "line") == 0)
			return it->evidence[i].value;
	return NULL;
}

static void
add_line(struct str *out, const struct item *it)
{
	text_clean(out, it->target, strlen(it->target), 4096);
	str_add(out, ": ");
	text_clean(out, it->summary, strlen(it->summary), 1000);
	str_addc(out, '\n');
}

/* Each bad line as FILE:LINE: reason, then each list. */
static int
print_lines(const struct report *r)
{
	const struct result *result = r->checks[0].result;
	int code = 0;
	struct str out;

	str_init(&out, SHOW_MAX);
	for (int lists = 0; lists < 2; lists++)
		for (size_t i = 0; i < result->nitems; i++) {
			const struct item *it = &result->items[i];

			if (rule_is_run(it->rule))
				code = level_exit(LEVEL_UNKNOWN);
			else if (strcmp(it->rule, "register.read") != 0)
				continue;
			else if (it->state == ITEM_UNKNOWN)
				code = EX_CONFIG;
			if ((line_of(it) == NULL) == (lists == 1))
				add_line(&out, it);
		}
	if (print_deliver(&out, NULL) < 0)
		code = EX_IOERR;
	str_fini(&out);
	return code;
}

static int
print_show(const struct report *r, const struct register_args *args)
{
	const struct print_how how = { args->form == FORM_JSON ? PRINT_JSON : PRINT_TEXT, args->all,
		args->output };
	struct str out;
	int code = 0;

	if (args->form != FORM_ICS)
		return print_report(r, NULL, &how) == EX_IOERR ? EX_IOERR : 0;
	str_init(&out, SHOW_MAX);
	show_ics(r, &out);
	if (print_deliver(&out, args->output) < 0)
		code = EX_IOERR;
	str_fini(&out);
	return code;
}

static int
look(const struct register_args *args)
{
	const struct measured_what what = { .at = args->at, .forget = true };
	struct arena *a = arena_new(ARENA_MAX);
	struct conf_kind kind;
	struct check_conf k;
	const struct conf c = { .arena = a, .path = "", .checks = &k, .nchecks = 1 };
	struct report r;
	int code = EX_USAGE;

	if (make_check(args, &kind, &k, a) == 0 && measured_report(&c, &what, a, &r) == 0)
		code = args->show ? print_show(&r, args) : print_lines(&r);
	arena_free(a);
	return code;
}

int
cmd_register(int argc, char **argv)
{
	const struct call *call = face_of("forewarn", "register");
	struct register_args args = { .at = INSTANT_NONE };
	int o, code;

	while ((o = face_next(call, argc, argv)) != -1)
		if (!take_option(call, o, &args, &code))
			return code;
	if (optind >= argc)
		return cmd_usage("register: say check or show, and the lists");
	args.show = strcmp(argv[optind], "show") == 0;
	if (!args.show && strcmp(argv[optind], "check") != 0)
		return cmd_usage("register: there is no \"%s\"; check or show", argv[optind]);
	/* a worker has the zone of this computer, and a day is shown by the same one */
	unsetenv("TZ");
	args.files = (const char **)argv + optind + 1;
	args.nfiles = argc - optind - 1;
	if (args.nfiles == 0)
		return cmd_usage("register %s: name a list", argv[optind]);
	return look(&args);
}
