/* SPDX-License-Identifier: Apache-2.0 */
#include "app/cmd.h"
#include "app/print.h"

#include "base/day.h"
#include "base/json.h"
#include "base/text.h"
#include "show/words.h"
#include "tell/control_client.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define ARENA_MAX ((size_t)256 << 20)
#define SHOWN_MAX ((size_t)64 << 20)

struct listing {
	struct arena *a;
	struct ctl_head head;
	struct ctl_alert *v;
	size_t n, cap;
	struct ctl_silenced *silenced;
	size_t nsilenced, cap_silenced;
};

struct args {
	const char *socket, *reason;
	instant until;
	bool json, stop_too;
};

static int
help(void)
{
	puts("forewarn alerts                     what is open, and who has taken it\n"
	     "forewarn alerts ack WHICH           \"I saw this\": no reminders until it is over\n"
	     "                                    or worse  [--until TIME | --for SPAN]\n"
	     "forewarn alerts silence WHICH       be quiet about it, but for stop\n"
	     "         --for SPAN | --until TIME --reason TEXT [--stop-too]\n"
	     "forewarn alerts unsilence N         end a silence by its number\n"
	     "forewarn alerts test [TEXT]         a test alert through every sink\n"
	     "\n"
	     "WHICH is the id of an alert or of a check, or a pattern of fingerprints\n"
	     "(site/host/check/target/rule) with * and ?.\n"
	     "\n"
	     "  -f, --format FORM  text or json (the list)\n"
	     "      --socket PATH  where forewarnd listens\n"
	     "\n"
	     "Exit codes of the list: 0 nothing is open, 1 act, 2 stop, 3 unknown; of the rest\n"
	     "0 done, 1 nothing matched or refused; 64 usage.");
	return 0;
}

static int
take(void *self, struct frame *f, struct err *e)
{
	struct listing *l = self;

	if (f->kind == CTL_HEAD)
		return ctl_get_head(f, l->a, &l->head, e);
	if (f->kind == CTL_ALERT) {
		l->v = arena_grow(l->a, l->v, l->n, &l->cap, sizeof(*l->v));
		return ctl_get_alert(f, l->a, &l->v[l->n++], e);
	}
	if (f->kind == CTL_SILENCED) {
		l->silenced = arena_grow(
		    l->a, l->silenced, l->nsilenced, &l->cap_silenced, sizeof(*l->silenced));
		return ctl_get_silenced(f, l->a, &l->silenced[l->nsilenced++], e);
	}
	return err_set(e, ERR_PARSE, "forewarnd sent a message of kind %u", f->kind);
}

static int
by_urgency(const void *va, const void *vb)
{
	const struct ctl_alert *a = va, *b = vb;

	if (a->held != b->held)
		return a->held > b->held ? -1 : 1;
	return a->since != b->since ? (a->since < b->since ? -1 : 1)
				    : strcmp(a->fingerprint, b->fingerprint);
}

/* Why nobody hears of it, or who has taken it. */
static const char *
note(const struct ctl_alert *v, struct arena *a)
{
	if (v->gate == GATE_SILENCED)
		return "silenced";
	if (v->gate == GATE_PARENT)
		return "quiet: what it hangs on is in trouble";
	if (v->gate == GATE_EXCEPTED)
		return "excepted";
	if (v->gate == GATE_INVENTORY)
		return "was so when forewarn first looked";
	if (v->acked)
		return arena_printf(
		    a, "taken by %s", v->acked_by[0] != '\0' ? v->acked_by : "somebody");
	return v->open ? "nobody has taken it yet" : "not confirmed yet";
}

static void
line(struct str *out, const struct text_style *s, const struct ctl_alert *v, struct arena *a)
{
	char when[DAY_TEXT], head[64];
	struct str text;

	str_init(&text, 4096);
	text_clean(&text, v->title[0] != '\0' ? v->title : v->check_title,
	    strlen(v->title[0] != '\0' ? v->title : v->check_title), 200);
	snprintf(head, sizeof(head), "%s %s", words_symbol(v->held, s->utf8), level_name(v->held));
	str_addf(out, "%s%s%s  %s\n", s->colour ? words_colour(v->held) : "", head,
	    s->colour ? "\033[0m" : "", text.s);
	str_clear(&text);
	str_addf(&text, "since %s, %s", day_moment(v->since, when), note(v, a));
	str_addf(out, "    %s\n", text.s);
	if (v->open)
		str_addf(out, "    %s\n", v->alert);
	str_fini(&text);
}

static void
show_list(const struct listing *l, struct str *out)
{
	struct text_style s = print_style(false);
	char until[DAY_TEXT];

	if (l->n == 0)
		str_add(out, "No alert is open.\n");
	for (size_t i = 0; i < l->n; i++)
		line(out, &s, &l->v[i], l->a);
	for (size_t i = 0; i < l->nsilenced; i++) {
		const struct ctl_silenced *q = &l->silenced[i];

		str_addf(out, "%s%zu. quiet until %s: ", i == 0 ? "\nSilences\n  " : "  ",
		    (size_t)q->row, day_moment(q->silence.until, until));
		text_clean(out, q->pattern, strlen(q->pattern), 200);
		str_addf(out, " (%s: ", q->silence.by);
		text_clean(out, q->silence.reason, strlen(q->silence.reason), 200);
		str_add(out, ")\n");
	}
}

static void
show_json_list(const struct listing *l, struct str *out)
{
	struct json j;

	json_init(&j, out);
	json_object(&j, NULL);
	json_text(&j, "schema", "forewarn.alerts/1");
	json_text(&j, "site", l->head.site);
	json_text(&j, "host", l->head.host);
	json_array(&j, "alerts");
	for (size_t i = 0; i < l->n; i++) {
		const struct ctl_alert *v = &l->v[i];

		json_object(&j, NULL);
		json_text(&j, "alert", v->open ? v->alert : NULL);
		json_text(&j, "fingerprint", v->fingerprint);
		json_text(&j, "check", v->check);
		json_text(&j, "title", v->title);
		json_text(&j, "body", v->body);
		json_text(&j, "level", level_name(v->held));
		json_text(&j, "told", level_name(v->told));
		json_text(&j, "gate", gate_name(v->gate));
		json_time(&j, "since", v->since);
		json_text(&j, "acknowledged_by", v->acked ? v->acked_by : NULL);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
	str_addc(out, '\n');
}

static int
list(const struct args *args, struct arena *a)
{
	const struct ctl_request r = { .kind = CTL_ALERTS, .until = INSTANT_NONE };
	struct listing l = { .a = a };
	enum level worst = LEVEL_OK;
	struct str out;
	struct err e = { 0 };

	if (control_ask(args->socket, &r, a, take, &l, NULL, &e) < 0) {
		fprintf(stderr, "forewarn: %s\n", e.msg);
		return level_exit(LEVEL_UNKNOWN);
	}
	if (l.n > 0)
		qsort(l.v, l.n, sizeof(*l.v), by_urgency);
	for (size_t i = 0; i < l.n; i++)
		worst = level_worst(worst, l.v[i].held);
	str_init(&out, SHOWN_MAX);
	if (args->json)
		show_json_list(&l, &out);
	else
		show_list(&l, &out);
	fwrite(out.s, 1, out.len, stdout);
	str_fini(&out);
	return level_exit(worst);
}

static int
ask(const struct args *args, const struct ctl_request *r, struct arena *a, const char *what)
{
	struct err e = { 0 };
	uint64_t n = 0;

	if (control_ask(args->socket, r, a, NULL, NULL, &n, &e) < 0) {
		fprintf(stderr, "forewarn: %s\n", e.msg);
		return e.code == ERR_ABSENT ? level_exit(LEVEL_UNKNOWN) : 1;
	}
	if (n == 0) {
		fputs("forewarn: nothing open matches that\n", stderr);
		return 1;
	}
	printf("%s\n", what);
	return 0;
}

static int
act(const struct args *args, int argc, char **argv, struct arena *a)
{
	struct ctl_request r = { .until = args->until, .stop_too = args->stop_too };
	const char *what = argc > 1 ? argv[1] : NULL;

	if (strcmp(argv[0], "test") == 0) {
		r.kind = CTL_TEST;
		r.text = what;
		return ask(args, &r, a, "A test alert is on its way through every sink.");
	}
	if (what == NULL)
		return cmd_usage("alerts %s needs to know which", argv[0]);
	r.pattern = what;
	if (strcmp(argv[0], "ack") == 0) {
		r.kind = CTL_ACK;
		return ask(args, &r, a, "Taken: no reminders until it is over or worse.");
	}
	if (strcmp(argv[0], "unsilence") == 0) {
		r.kind = CTL_UNSILENCE;
		r.row = strtoll(what, NULL, 10);
		return ask(args, &r, a, "The silence is over; what is still bad is told now.");
	}
	if (strcmp(argv[0], "silence") != 0)
		return cmd_usage("alerts has no \"%s\"", argv[0]);
	if (args->until == INSTANT_NONE || args->reason == NULL)
		return cmd_usage("alerts silence needs an end (--for or --until) and --reason");
	r.kind = CTL_SILENCE;
	r.text = args->reason;
	return ask(args, &r, a, "Quiet until then; what is still bad then is told then.");
}

int
cmd_alerts(int argc, char **argv)
{
	static const struct option options[] = {
		{ "format", required_argument, NULL, 'f' },
		{ "until", required_argument, NULL, 'u' },
		{ "for", required_argument, NULL, 'l' },
		{ "reason", required_argument, NULL, 'r' },
		{ "stop-too", no_argument, NULL, 'x' },
		{ "socket", required_argument, NULL, 's' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	struct arena *a = arena_new(ARENA_MAX);
	struct args args = { .socket = app_socket_path(a), .until = INSTANT_NONE };
	struct err e = { 0 };
	span d;
	int opt, code;

	while ((opt = getopt_long(argc, argv, "f:", options, NULL)) != -1)
		switch (opt) {
		case 'f':
			args.json = strcmp(optarg, "json") == 0;
			if (!args.json && strcmp(optarg, "text") != 0)
				return cmd_usage("--format: text or json");
			break;
		case 'u':
			if (instant_parse(optarg, &args.until, &e) < 0)
				return cmd_usage("--until: %s", e.msg);
			break;
		case 'l':
			if (span_parse(optarg, &d, &e) < 0)
				return cmd_usage("--for: %s", e.msg);
			args.until = instant_plus(clk_system()->wall(clk_system()), d);
			break;
		case 'r':
			args.reason = optarg;
			break;
		case 'x':
			args.stop_too = true;
			break;
		case 's':
			args.socket = optarg;
			break;
		case 'h':
			return help();
		default:
			return EX_USAGE;
		}
	argc -= optind;
	argv += optind;
	code = argc == 0 ? list(&args, a) : act(&args, argc, argv, a);
	arena_free(a);
	return code;
}
