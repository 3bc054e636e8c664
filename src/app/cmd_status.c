/* SPDX-License-Identifier: Apache-2.0 */
#include "app/cmd.h"
#include "app/print.h"

#include "judge/judge.h"
#include "model/wire.h"
#include "probes/specs.h"
#include "tell/control_client.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define ARENA_MAX ((size_t)1 << 30)

struct status {
	struct arena *a;
	struct ctl_head head;
	struct report_check *shown;
	struct result *results; /* an array of pointers would move less; n is small */
	struct judge_terms *terms;
	size_t n, cap_shown, cap_results, cap_terms, cap_items;
	uint32_t left; /* items that belong to the last check */
};

static int
help(void)
{
	puts("forewarn status [ID…] [options]: what the running daemon knows, as `check` shows\n"
	     "it, without a new look.\n"
	     "\n"
	     "  -f, --format FORM  text, json, plugin (Monitoring Plugins) or metrics\n"
	     "                     (OpenMetrics)\n"
	     "      --at TIME      judge as if it were then\n"
	     "  -a, --all          list every fine item too\n"
	     "      --socket PATH  where forewarnd listens\n"
	     "\n"
	     "Exit codes as of check; 3 also when no daemon answers.");
	return 0;
}

static int
take_check(struct status *s, struct frame *f, struct err *e)
{
	struct ctl_check c;
	struct result *r;

	if (ctl_get_check(f, s->a, &c, e) < 0)
		return -1;
	s->results = arena_grow(s->a, s->results, s->n, &s->cap_results, sizeof(*s->results));
	s->shown = arena_grow(s->a, s->shown, s->n, &s->cap_shown, sizeof(*s->shown));
	s->terms = arena_grow(s->a, s->terms, s->n, &s->cap_terms, sizeof(*s->terms));
	r = &s->results[s->n];
	*r = (struct result){ .check = c.id,
		.probe = c.probe,
		.taken = c.taken,
		.valid_until = c.valid_until,
		.took = c.took,
		.host_clock = c.clock };
	s->terms[s->n] = (struct judge_terms){ c.lead, c.auto_renew };
	s->shown[s->n++] = (struct report_check){ .title = c.title,
		.owner = c.owner,
		.secondary = c.secondary,
		.owner_name = c.owner_name,
		.secondary_name = c.secondary_name };
	s->left = c.items;
	s->cap_items = 0;
	return 0;
}

static int
take_item(struct status *s, struct frame *f, struct err *e)
{
	const struct probe_spec *p;
	struct result *r;

	if (s->left == 0)
		return err_set(e, ERR_PARSE, "forewarnd sent an item of no check");
	r = &s->results[s->n - 1];
	p = probe_find(r->probe);
	if (p == NULL)
		return err_set(e, ERR_PARSE,
		    "forewarnd knows a probe \"%s\", this program does not", r->probe);
	r->items = arena_grow(s->a, r->items, r->nitems, &s->cap_items, sizeof(*r->items));
	if (wire_get_item(f, p->rules, s->a, &r->items[r->nitems], e) < 0)
		return -1;
	r->nitems++;
	s->left--;
	return 0;
}

static int
take(void *self, struct frame *f, struct err *e)
{
	struct status *s = self;

	if (f->kind == CTL_HEAD)
		return ctl_get_head(f, s->a, &s->head, e);
	if (f->kind == CTL_CHECK)
		return take_check(s, f, e);
	if (f->kind == WIRE_ITEM)
		return take_item(s, f, e);
	return err_set(e, ERR_PARSE, "forewarnd sent a message of kind %u", f->kind);
}

/* Nothing newer is known: what was fine then is not fine now. */
static void
go_stale(struct status *s, struct result *r, instant now)
{
	struct item *it = arena_alloc(s->a, sizeof(*it));
	char buf[SPAN_TEXT];

	*it = (struct item){ .target = r->check,
		.rule = arena_printf(s->a, "%s" RUN_RULE, r->probe),
		.state = ITEM_UNKNOWN };
	it->summary =
	    r->taken == INSTANT_NONE
		? "No result yet"
		: arena_printf(s->a, "No result for %s; what was known is too old to be believed",
		      span_words(instant_minus(now, r->taken), buf));
	if (r->taken == INSTANT_NONE)
		r->taken = now;
	r->items = it;
	r->nitems = 1;
}

static size_t
choose(struct status *s, char **ids, int nids, instant now)
{
	static const struct rule none[] = { { .name = NULL } };
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		struct result *r = &s->results[i];
		const struct probe_spec *p;
		bool wanted = nids == 0;

		for (int k = 0; k < nids; k++)
			wanted = wanted || strcmp(ids[k], r->check) == 0;
		if (!wanted)
			continue;
		if (r->taken == INSTANT_NONE || r->valid_until < now)
			go_stale(s, r, now);
		p = probe_find(r->probe);
		judge_result(r, p != NULL ? p->rules : none, &s->terms[i], now);
		s->shown[n] = s->shown[i];
		s->shown[n++].result = r;
	}
	return n;
}

static int
show(struct status *s, char **ids, int nids, instant at, enum print_format format, bool all)
{
	instant now = at != INSTANT_NONE ? at : clk_system()->wall(clk_system());
	size_t n = choose(s, ids, nids, now);

	for (int k = 0; k < nids; k++) {
		bool there = false;

		for (size_t i = 0; i < s->n; i++)
			there = there || strcmp(ids[k], s->results[i].check) == 0;
		if (!there)
			return cmd_usage("forewarnd watches no check \"%s\"", ids[k]);
	}
	return print_report(
	    &(struct report){ s->head.site, s->head.host, now, s->shown, n }, format, all);
}

int
cmd_status(int argc, char **argv)
{
	static const struct option options[] = {
		{ "format", required_argument, NULL, 'f' },
		{ "at", required_argument, NULL, 't' },
		{ "all", no_argument, NULL, 'a' },
		{ "socket", required_argument, NULL, 's' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	struct status s = { .a = arena_new(ARENA_MAX) };
	const struct ctl_request r = { .kind = CTL_STATUS, .until = INSTANT_NONE };
	const char *socket = app_socket_path(s.a);
	instant at = INSTANT_NONE;
	int opt, format = PRINT_TEXT, code;
	bool all = false;
	struct err e = { 0 };

	while ((opt = getopt_long(argc, argv, "f:a", options, NULL)) != -1)
		switch (opt) {
		case 'f':
			format = print_find_format(optarg);
			if (format < 0)
				return cmd_usage("--format: text, json, plugin or metrics");
			break;
		case 't':
			if (instant_parse(optarg, &at, &e) < 0)
				return cmd_usage("--at: %s", e.msg);
			break;
		case 'a':
			all = true;
			break;
		case 's':
			socket = optarg;
			break;
		case 'h':
			return help();
		default:
			return EX_USAGE;
		}
	if (control_ask(socket, &r, s.a, take, &s, NULL, &e) < 0) {
		/* a monitoring system reads the standard output */
		fprintf(format == PRINT_PLUGIN ? stdout : stderr, "%s%s\n",
		    format == PRINT_PLUGIN ? "UNKNOWN - " : "forewarn: ", e.msg);
		code = level_exit(LEVEL_UNKNOWN);
	} else {
		code = show(&s, argv + optind, argc - optind, at, (enum print_format)format, all);
	}
	arena_free(s.a);
	return code;
}
