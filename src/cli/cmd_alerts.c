/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns `forewarn alerts`: what is open, and what people do about it.
 */
#include "cli/alerts_list.h"
#include "cli/alerts_test.h"
#include "cli/answer.h"
#include "cli/cmd.h"
#include "cli/until.h"
#include "base/clk.h"
#include "face/options.h"
#include "face/places.h"
#include "tell/control_client.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define ARENA_MAX ((size_t)256 << 20)

struct alerts_args {
	const char *socket, *reason, *approver, *measure, *note;
	instant until;
	enum level upto;
	bool json, stop_too;
};

static bool
blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

static int
ask(const struct alerts_args *args, const struct ctl_request *r, struct arena *a)
{
	struct err e = { 0 };
	struct ctl_done done = { 0 };

	if (control_ask(args->socket, r, a, NULL, NULL, &done, &e) < 0) {
		fprintf(stderr, "forewarn: %s\n", e.msg);
		return e.code == ERR_ABSENT ? level_exit(LEVEL_UNKNOWN) : 1;
	}
	if (done.n == 0) {
		answer_print_none(r);
		return 1;
	}
	answer_print(r, &done);
	return 0;
}

static int
except(const struct alerts_args *args, struct ctl_request *r, struct arena *a)
{
	if (args->until == INSTANT_NONE || args->reason == NULL || args->approver == NULL ||
	    args->measure == NULL || args->upto == LEVEL_OK)
		return cmd_usage("alerts except needs an end (--for or --until), --upto, --reason, "
				 "--approver and --measure (what protects meanwhile)");
	r->kind = CTL_EXCEPT;
	r->text = args->reason;
	r->upto = args->upto;
	r->approver = args->approver;
	r->measure = args->measure;
	return ask(args, r, a);
}

static int
act(const struct alerts_args *args, int argc, char **argv, struct arena *a)
{
	struct ctl_request r = { .until = args->until, .stop_too = args->stop_too };
	const char *what = argc > 1 ? argv[1] : NULL;

	if (strcmp(argv[0], "test") == 0)
		return alerts_test(args->socket, what, a);
	if (strcmp(argv[0], "confirm") == 0) {
		r.kind = CTL_CONFIRM;
		r.pattern = what;
		return ask(args, &r, a);
	}
	if (strcmp(argv[0], "look") == 0) {
		r.kind = CTL_RUN;
		r.pattern = what;
		return ask(args, &r, a);
	}
	if (what == NULL)
		return cmd_usage("alerts %s needs to know which", argv[0]);
	r.pattern = what;
	if (strcmp(argv[0], "ack") == 0) {
		r.kind = CTL_ACK;
		r.text = args->note;
		return ask(args, &r, a);
	}
	if (strcmp(argv[0], "unsilence") == 0) {
		if (what[strspn(what, "0123456789")] != '\0')
			return cmd_usage("alerts unsilence needs its number, as `forewarn alerts` "
					 "shows it");
		r.kind = CTL_UNSILENCE;
		r.row = strtoll(what, NULL, 10);
		return ask(args, &r, a);
	}
	if (strcmp(argv[0], "unexcept") == 0) {
		if (what[strspn(what, "0123456789")] != '\0')
			return cmd_usage("alerts unexcept needs its number, as `forewarn alerts` "
					 "shows it");
		r.kind = CTL_UNEXCEPT;
		r.row = strtoll(what, NULL, 10);
		return ask(args, &r, a);
	}
	if (strcmp(argv[0], "except") == 0)
		return except(args, &r, a);
	if (strcmp(argv[0], "silence") != 0)
		return cmd_usage("alerts has no \"%s\"", argv[0]);
	if (args->until == INSTANT_NONE || args->reason == NULL)
		return cmd_usage("alerts silence needs an end (--for or --until) and --reason");
	r.kind = CTL_SILENCE;
	r.text = args->reason;
	return ask(args, &r, a);
}

static int
alerts(struct arena *a, int argc, char **argv)
{
	const struct call *call = face_of("forewarn", "alerts");
	struct alerts_args args = { .socket = place_socket(a), .until = INSTANT_NONE };
	instant now = clk_system()->wall(clk_system());
	struct err e = { 0 };
	span d;
	int opt;

	while ((opt = face_next(call, argc, argv)) != -1)
		switch (opt) {
		case 'f':
			args.json = strcmp(optarg, "json") == 0;
			if (!args.json && strcmp(optarg, "text") != 0)
				return cmd_usage("--format: text or json");
			break;
		case 'u':
			if (until_parse(optarg, now, &args.until, &e) < 0)
				return cmd_usage("--until: %s", e.msg);
			break;
		case 'l':
			if (span_parse(optarg, &d, &e) < 0)
				return cmd_usage("--for: %s", e.msg);
			if (d <= 0)
				return cmd_usage("--for: %s is no time ahead", optarg);
			args.until = instant_plus(now, d);
			break;
		case 'r':
			if (blank(optarg))
				return cmd_usage("--reason: say why, for whoever reads it later");
			args.reason = optarg;
			break;
		case 'n':
			if (blank(optarg))
				return cmd_usage("--note: say what others should know");
			args.note = optarg;
			break;
		case 'U':
			if (level_find(optarg, &args.upto) < 0 || args.upto == LEVEL_OK)
				return cmd_usage("--upto: plan, unknown, act or stop");
			break;
		case 'A':
			args.approver = optarg;
			break;
		case 'M':
			args.measure = optarg;
			break;
		case 'x':
			args.stop_too = true;
			break;
		case 's':
			args.socket = optarg;
			break;
		case 'h':
			return face_help(call);
		default:
			return EX_USAGE;
		}
	argc -= optind;
	argv += optind;
	return argc == 0 ? alerts_list(args.socket, args.json, a) : act(&args, argc, argv, a);
}

int
cmd_alerts(int argc, char **argv)
{
	struct arena *a = arena_new(ARENA_MAX);
	int code = alerts(a, argc, argv);

	arena_free(a);
	return code;
}
