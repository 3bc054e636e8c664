/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the probe reach: its options, rules and words.
 */
#include "reach.h"

#include <string.h>

static const struct opt reach_opts[] = {
	OPT(struct reach_conf, targets, OPT_TEXTS,
	    .help = "places that work depends on: https://HOST/PATH, http://HOST/PATH, "
		    "tcp://HOST:PORT, "
		    "dns://NAME (the name is looked up). A name for people may stand before it, as "
		    "\"Customs portal = https://portal.example/\"",
	    .example = "[ \"Customs portal = https://portal.example/login\" ]"),
	OPT(struct reach_conf, references, OPT_TEXTS,
	    .help =
		"other places in other networks: when they answer, the line of this side works, "
		"and a target that does not answer is theirs",
	    .example = "[ \"tcp://192.0.2.1:53\", \"https://www.example.org/\" ]"),
	OPT(struct reach_conf, resolvers, OPT_TEXTS,
	    .help = "addresses of resolvers; each is asked for the names of the targets",
	    .example = "[ \"192.0.2.53\", \"198.51.100.53\" ]"),
	OPT(struct reach_conf, closed, OPT_TEXTS,
	    .help = "places that must not be reached from here, written as targets are",
	    .example = "[ \"tcp://www.example.org:443\" ]"),
	OPT(struct reach_conf, words, OPT_TEXT,
	    .help = "words that the answer of each http target must have",
	    .example = "\"Sign in to file\""),
	OPT(struct reach_conf, redirects, OPT_TEXTS,
	    .help = "machines that an http target may send to, besides itself",
	    .example = "[ \"login.example\" ]"),
	OPT(struct reach_conf, hours, OPT_TEXT,
	    .help = "hours in which the time that a place is down counts; without them all",
	    .example = "\"Mon-Fri 08:00-18:00\""),
	OPT(struct reach_conf, down, OPT_SPAN, .dflt = "15min", .min = SPAN_MIN,
	    .help = "down for so long within `hours`, work stops"),
	OPT_END,
};

#define THEIRS "Tell who runs it, and use the way around that was agreed on"
#define LOOK "Open it by hand from this computer and see what answers"

static const struct finding answer_findings[] = {
	{ "down", LEVEL_STOP, "What depends on it cannot be done now.", THEIRS },
	{ "fails", LEVEL_ACT, "What depends on it may not be done in time.", THEIRS },
	{ "status", LEVEL_ACT, "Whoever opens it is refused.", LOOK },
	{ "elsewhere", LEVEL_ACT, "Something else may answer in its place.", LOOK },
	{ "words", LEVEL_ACT, "Another page may stand where it should be.", LOOK },
	{ "certificate", LEVEL_ACT, "Something else may answer in its place.", LOOK },
	{ "no-name", LEVEL_ACT, "Nobody finds it under that name.",
	    "Check the name, then call whoever keeps the domain" },
	{ "open", LEVEL_ACT, "This computer was to be kept apart, and is not.",
	    "Close the way at the firewall, then look again" },
	{ .key = NULL },
};

static const struct finding time_findings[] = {
	{ "slow", LEVEL_PLAN, "Work with it takes longer than it used to.",
	    "Watch it, and tell who runs it if it stays so" },
	{ .key = NULL },
};

static const struct finding line_findings[] = {
	{ "down", LEVEL_STOP, "Nothing outside can be reached; what needs it cannot be done.",
	    "Switch to the second line, then call the provider" },
	{ "fails", LEVEL_ACT, "Nothing outside can be reached just now.",
	    "Check cable, router and provider, or switch to the second line" },
	{ .key = NULL },
};

static const struct finding resolver_findings[] = {
	{ "all-down", LEVEL_STOP, "No name can be looked up, so nothing outside is found.",
	    "Set another resolver on this computer, or call who runs these" },
	{ "one-down", LEVEL_ACT, "When the other one fails, no name can be looked up.",
	    "Call who runs that resolver, or name another one" },
	{ .key = NULL },
};

static const struct rule reach_rules[] = {
	{
	    .name = "reach.answer",
	    .title = "whether a place can be reached",
	    .by = BY_FINDING,
	    .findings = answer_findings,
	    .unknown_do = "Check the line of this computer first",
	},
	{
	    .name = "reach.time",
	    .title = "how long a place takes to answer",
	    .by = BY_FINDING,
	    .findings = time_findings,
	    .unknown_do = "Check the line of this computer first",
	},
	{
	    .name = "reach.line",
	    .title = "whether this computer reaches anything outside",
	    .by = BY_FINDING,
	    .findings = line_findings,
	    .unknown_do = "Name places in other networks in `references`",
	},
	{
	    .name = "reach.resolver",
	    .title = "whether names can be looked up",
	    .by = BY_FINDING,
	    .findings = resolver_findings,
	    .unknown_do = "Check the line of this computer first",
	},
	{ .name = NULL },
};

static int
check_list(const struct texts *list,
    int (*parse)(const char *text, struct reach_target *out, struct err *e), struct err *e)
{
	struct reach_target one;

	if (list->n > REACH_TARGETS_MAX)
		return err_set(e, ERR_LIMIT, "%zu places (at most %d in one list)", list->n,
		    REACH_TARGETS_MAX);
	for (size_t i = 0; i < list->n; i++) {
		const char *url;

		if (parse(list->v[i], &one, e) < 0)
			return -1;
		url = one.at.url;
		for (size_t k = 0; k < i; k++)
			if (parse(list->v[k], &one, e) == 0 && strcmp(one.at.url, url) == 0)
				return err_set(e, ERR_RANGE, "\"%.80s\" is there twice", url);
	}
	return 0;
}

static int
reach_check(const void *vconf, const char **opt, struct err *e)
{
	const struct reach_conf *c = vconf;
	const struct {
		const char *name;
		const struct texts *list;
	} lists[] = { { "targets", &c->targets }, { "references", &c->references },
		{ "closed", &c->closed } };
	struct week_hours hours;

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		*opt = lists[i].name;
		if (check_list(lists[i].list, reach_target_parse, e) < 0)
			return -1;
	}
	*opt = "resolvers";
	if (check_list(&c->resolvers, reach_resolver_parse, e) < 0)
		return -1;
	*opt = "targets";
	if (c->targets.n + c->closed.n == 0)
		return err_set(e, ERR_RANGE, "names no place");
	*opt = "words";
	if (c->words != NULL && (c->words[0] == '\0' || strlen(c->words) > REACH_WORDS_MAX))
		return err_set(e, ERR_LIMIT, "1 to %d bytes", REACH_WORDS_MAX);
	*opt = "hours";
	return c->hours != NULL ? week_hours_parse(c->hours, &hours, e) : 0;
}

const struct probe_spec reach_spec = {
	.name = "reach",
	.summary = "whether portals and servers can be reached, and whose line fails if not",
	.opts = reach_opts,
	.conf_size = sizeof(struct reach_conf),
	.needs = NEED_NET | NEED_STATE,
	.rules = reach_rules,
	.check = reach_check,
};
