/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the alert probe: its options, rules and words.
 */
#include "alert.h"

static const struct opt alert_opts[] = {
	OPT(struct alert_conf, due, OPT_SPAN, .dflt = "60d", .min = SPAN_DAY,
	    .help =
		"a new test goes on the plan when the last one that a person confirmed is older"),
	OPT(struct alert_conf, overdue, OPT_SPAN, .dflt = "90d", .min = SPAN_DAY,
	    .help = "a new test has to be made now when it is older than this"),
	OPT(struct alert_conf, answer, OPT_SPAN, .dflt = "3d", .min = SPAN_MIN,
	    .help = "a test alert that nobody has confirmed after this long did not arrive"),
	OPT_END,
};

#define SO_WHAT "An alert that reaches nobody warns nobody"
#define TEST_IT                                                                                    \
	"Send a test (\"Test the alarm\" in the tray, or `forewarn alerts test`) and confirm it "  \
	"where it arrives"

static const struct finding path_findings[] = {
	{ "unanswered", LEVEL_STOP, SO_WHAT,
	    "Find out why the test alert did not arrive, and send another one" },
	{ "overdue", LEVEL_ACT, SO_WHAT, TEST_IT },
	{ "due", LEVEL_PLAN, SO_WHAT, TEST_IT },
	{ "never", LEVEL_PLAN, SO_WHAT, TEST_IT },
	{ "no-route", LEVEL_ACT, SO_WHAT,
	    "Name a sink in the configuration, so that somebody is told" },
	{ .key = NULL },
};

static const struct rule alert_rules[] = {
	{
	    .name = "alert.path",
	    .title = "whether alerts arrive",
	    .by = BY_FINDING,
	    .findings = path_findings,
	    .unknown_do = "Check that forewarnd runs on this computer",
	},
	{ .name = NULL },
};

static int
alert_check(const void *conf, const char **opt, struct err *e)
{
	const struct alert_conf *c = conf;

	*opt = "overdue";
	if (c->overdue <= c->due)
		return err_set(e, ERR_RANGE, "it must be longer than due");
	return 0;
}

const struct probe_spec alert_spec = {
	.name = "alert",
	.summary = "whether test alerts arrive: when a person last confirmed one, for each way",
	.opts = alert_opts,
	.conf_size = sizeof(struct alert_conf),
	.needs = NEED_STATE | NEED_FACTS,
	.rules = alert_rules,
	.check = alert_check,
};
