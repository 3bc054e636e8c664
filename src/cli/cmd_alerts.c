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
silence(const struct alerts_args *args, struct ctl_request *r, struct arena *a)
{
	if (args->until == INSTANT_NONE || args->reason == NULL)
		return cmd_usage("alerts silence needs an end (--for or --until) and --reason");
	r->kind = CTL_SILENCE;
	r->text = args->reason;
	return ask(args, r, a);
}

static int
end_by_number(const struct alerts_args *args, struct ctl_request *r, const char *word,
    enum control_kind kind, struct arena *a)
{
	if (r->pattern[strspn(r->pattern, "0123456789")] != '\0')
		return cmd_usage("alerts %s needs its number, as `forewarn alerts` shows it", word);
	r->kind = kind;
	r->row = strtoll(r->pattern, NULL, 10);
	return ask(args, r, a);
}

static int
ask_for(
    const struct alerts_args *args, struct ctl_request *r, enum control_kind kind, struct arena *a)
{
	r->kind = kind;
	if (kind == CTL_ACK)
		r->text = args->note;
	return ask(args, r, a);
}

/* The word of the call's face; NULL with what there is in known. */
static const struct face_sub *
word_of(const struct call *call, const char *name, char *known, size_t size)
{
	size_t n = 0;

	for (const struct face_sub *s = call->subs; s->name != NULL; s++) {
		if (strcmp(s->name, name) == 0)
			return s;
		n += (size_t)snprintf(known + n, size - n, "%s%s", n > 0 ? ", " : "", s->name);
	}
	return NULL;
}

static int
act(const struct call *call, const struct alerts_args *args, int argc, char **argv, struct arena *a)
{
	struct ctl_request r = { .until = args->until, .stop_too = args->stop_too };
	const char *word = argv[0];
	char known[256];
	const struct face_sub *sub = word_of(call, word, known, sizeof(known));

	if (sub == NULL)
		return cmd_usage("alerts has no \"%s\", but %s", word, known);
	if (argc > 2)
		return cmd_usage("alerts %s takes one, not \"%s\" too", word, argv[2]);
	if (argc < 2 && sub->operand[0] != '[')
		return cmd_usage("alerts %s needs to know which", word);
	r.pattern = argc > 1 ? argv[1] : NULL;
	if (strcmp(word, "test") == 0)
		return alerts_test(args->socket, r.pattern, a);
	if (strcmp(word, "confirm") == 0)
		return ask_for(args, &r, CTL_CONFIRM, a);
	if (strcmp(word, "look") == 0)
		return ask_for(args, &r, CTL_RUN, a);
	if (strcmp(word, "ack") == 0)
		return ask_for(args, &r, CTL_ACK, a);
	if (strcmp(word, "unsilence") == 0)
		return end_by_number(args, &r, word, CTL_UNSILENCE, a);
	if (strcmp(word, "unexcept") == 0)
		return end_by_number(args, &r, word, CTL_UNEXCEPT, a);
	return strcmp(word, "except") == 0 ? except(args, &r, a) : silence(args, &r, a);
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
	return argc == 0 ? alerts_list(args.socket, args.json, a) : act(call, &args, argc, argv, a);
}

int
cmd_alerts(int argc, char **argv)
{
	struct arena *a = arena_new(ARENA_MAX);
	int code = alerts(a, argc, argv);

	arena_free(a);
	return code;
}
