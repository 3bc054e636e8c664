/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns `forewarn accept`: what vanished or changed was meant to. The daemon does it where one runs;
 * else the check is run here: once to see what is open, once more with what was accepted of that.
 */
#include "cli/cmd.h"
#include "cli/configured.h"
#include "base/clk.h"
#include "base/text.h"
#include "face/options.h"
#include "face/places.h"
#include "kinds/kinds.h"
#include "judge/judge.h"
#include "model/accepting.h"
#include "tell/control_client.h"
#include "probes/specs.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define ARENA_MAX ((size_t)2 << 30)
#define REFUSED 1

struct accept_args {
	const char *conf, *socket, *check;
	bool here; /* --state-dir: by hand there, whatever daemon runs */
	struct accept_words words;
};

static int
refused(const char *why)
{
	fprintf(stderr, "forewarn: %s\n", why);
	return REFUSED;
}

static void
print_accepted(const char *rule, const char *target, size_t n)
{
	char clean[1024];

	printf("Accepted: %zu finding%s of %s on %s", n, n == 1 ? "" : "s", rule,
	    text_clean_buf(clean, sizeof(clean), target, strlen(target)));
}

/* ---- by the daemon */

/* The rule that the daemon took it for. */
static int
take_rule(void *self, struct frame *f, struct err *e)
{
	const char **rule = self;
	static char text[HANDED_RULE_MAX + 1];
	struct arena *a = arena_new(CTL_TEXT_MAX * 2);
	const char *piece;
	int rc = f->kind == CTL_TEXT
		     ? ctl_get_piece(f, a, &piece, e)
		     : err_set(e, ERR_PARSE, "forewarnd sent a message of kind %u", f->kind);

	if (rc == 0) {
		text_clean_buf(text, sizeof(text), piece, strlen(piece));
		*rule = text;
	}
	arena_free(a);
	return rc;
}

/* false: no daemon runs. */
static bool
ask_daemon(const struct accept_args *args, struct arena *a, int *code)
{
	const struct accept_words *w = &args->words;
	const struct ctl_request r = { .kind = CTL_ACCEPT,
		.pattern = args->check,
		.target = w->target,
		.rule = w->rule,
		.text = w->reason,
		.approver = w->by,
		.until = INSTANT_NONE };
	const char *rule = w->rule;
	struct ctl_done done = { 0 };
	struct err e = { 0 };

	if (control_ask(args->socket, &r, a, take_rule, &rule, &done, &e) < 0) {
		if (e.code == ERR_ABSENT)
			return false;
		*code = refused(e.msg);
		return true;
	}
	print_accepted(rule != NULL ? rule : "?", w->target, (size_t)done.n);
	printf("; the check looks again now, and then it is over.\n");
	*code = EX_OK;
	return true;
}

/* ---- by hand */

static void
run_once(const struct run_spec *spec, struct arena *a, struct result *out)
{
	const struct runner r = {
		.clk = clk_system(), .state_dir = place_state_dir(a), .parallel = 1
	};

	runner_run(&r, spec, 1, a, out);
}

static bool
failed(const struct result *r)
{
	return r->nitems == 1 && rule_is_run(r->items[0].rule);
}

static int
print_failed(const struct result *r)
{
	char clean[1024];
	const char *why = r->items[0].summary;

	fprintf(stderr, "forewarn: nothing was accepted: %s\n",
	    text_clean_buf(clean, sizeof(clean), why, strlen(why)));
	return level_exit(LEVEL_UNKNOWN);
}

static size_t
still_open(const struct result *r, const struct accept *v, size_t n)
{
	size_t open = 0;

	for (size_t i = 0; i < r->nitems; i++)
		for (size_t k = 0; k < n; k++) {
			const char *id = accepting_finding(&r->items[i]);

			open += id != NULL && strcmp(id, v[k].finding) == 0 &&
				strcmp(r->items[i].target, v[k].target) == 0;
		}
	return open;
}

/* A run that is unlike the others (rule B) is found by the judge. */
static void
look(struct run_spec *spec, const struct check_conf *k, struct arena *a, struct result *out)
{
	const struct judge_terms terms = { .lead = k->lead, .auto_renew = k->auto_renew };

	run_once(spec, a, out);
	judge_result(out, probe_find(k->probe)->rules, &terms, clk_system()->wall(clk_system()));
}

static int
accept_here(const struct conf *c, const struct accept_args *args, struct arena *a)
{
	const struct check_conf *k = conf_check(c, args->check);
	struct handed handed = { .naccepts = 0 };
	struct accept_words w = args->words;
	struct result before, after;
	struct run_spec spec;
	struct err e = { 0 };

	if (k == NULL)
		return cmd_usage("there is no check \"%s\" in the configuration", args->check);
	spec = kinds_run_spec(k, kinds_fence(c, a), a);
	spec.handed = &handed;
	w.before = w.at;
	look(&spec, k, a, &before);
	if (failed(&before))
		return print_failed(&before);
	if (accepting_choose(&before, &w, a, &handed.accepts, &handed.naccepts, &e) < 0)
		return refused(e.msg);
	look(&spec, k, a, &after);
	if (failed(&after))
		return print_failed(&after);
	if (still_open(&after, handed.accepts, handed.naccepts) > 0)
		return refused("its finding could not be ended now; ask again");
	print_accepted(handed.accepts[0].rule, w.target, handed.naccepts);
	printf(", noted in the check's own folder (no daemon runs here).\n");
	return EX_OK;
}

/* ---- the words of the call */

/* 0: go on; otherwise *code is the exit code. */
static int
parse_args(int argc, char **argv, struct accept_args *args, int *code)
{
	const struct call *call = face_of("forewarn", "accept");
	struct accept_words *w = &args->words;
	int o;

	*code = EX_USAGE;
	while ((o = face_next(call, argc, argv)) != -1)
		switch (o) {
		case 'R':
			w->rule = optarg;
			break;
		case 'r':
			w->reason = optarg;
			break;
		case 'b':
			w->by = optarg;
			break;
		case 'c':
			args->conf = optarg;
			break;
		case 'd':
			setenv("FOREWARN_STATE_DIR", optarg, 1);
			args->here = true;
			break;
		case 's':
			args->socket = optarg;
			break;
		case 'h':
			*code = face_help(call);
			return -1;
		default:
			return -1;
		}
	if (argc - optind != 2) {
		cmd_usage(
		    "accept needs a check and one target of it, as `forewarn check` names it");
		return -1;
	}
	args->check = argv[optind];
	w->target = argv[optind + 1];
	return 0;
}

static int
check_words(const struct accept_words *w)
{
	struct err e = { 0 };

	if (w->reason == NULL || w->by == NULL)
		return cmd_usage("accept needs --reason and --by (who says so)");
	if (accept_check(w->by, w->reason, &e) < 0)
		return cmd_usage("accept: %s", e.msg);
	return 0;
}

int
cmd_accept(int argc, char **argv)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct accept_args args = { .socket = place_socket(a),
		.words = { .at = clk_system()->wall(clk_system()), .before = INSTANT_NONE } };
	struct conf *c;
	int code;

	if (parse_args(argc, argv, &args, &code) == 0 && (code = check_words(&args.words)) == 0 &&
	    (args.here || !ask_daemon(&args, a, &code))) {
		c = configured(args.conf, &code);
		if (c != NULL)
			code = accept_here(c, &args, a);
		conf_free(c);
	}
	arena_free(a);
	return code;
}
