/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the patches probe: its options, rules and words.
 */
#include "patches.h"

#include <string.h>

static const struct opt patches_opts[] = {
	OPT(struct patches_conf, due, OPT_SPAN, .dflt = "30d", .min = SPAN_H,
	    .help = "a security update that waits for longer goes on the plan"),
	OPT(struct patches_conf, overdue, OPT_SPAN, .dflt = "45d", .min = SPAN_H,
	    .help = "one that waits for longer is to be installed now"),
	OPT(struct patches_conf, stop_after, OPT_SPAN, .dflt = "90d", .min = SPAN_H,
	    .help = "one that waits for longer is a reason to take the computer off the network"),
	OPT(struct patches_conf, lts, OPT_BOOL, .dflt = "false",
	    .help = "LTS counts as support: its end is what is told"),
	OPT(struct patches_conf, simulation, OPT_TEXT,
	    .help =
		"file with what `LC_ALL=C apt-get -s dist-upgrade` said, in place of running it",
	    .example = "\"/srv/pc3/apt-simulation.txt\""),
	OPT(struct patches_conf, simulation_all, OPT_TEXT,
	    .help = "the same with --ignore-hold, for what is kept back",
	    .example = "\"/srv/pc3/apt-simulation-all.txt\""),
	OPT(struct patches_conf, root, OPT_TEXT, .dflt = "/",
	    .help = "folder that stands for /; with another one, simulation is needed"),
	FOREIGN_OPTS(struct patches_conf),
	OPT_END,
};

#define KNOWN_HOLE "A hole that is known and closed elsewhere is open here"
#define NOT_SEEN "New security updates go unseen"
#define INSTALL "Install the security updates at the next quiet hour, then restart if asked to"

static const struct finding age_findings[] = {
	{ "dangerous", LEVEL_STOP, KNOWN_HOLE,
	    "Take this computer off the network, or install the security updates today" },
	{ "overdue", LEVEL_ACT, KNOWN_HOLE, INSTALL },
	{ "due", LEVEL_PLAN, KNOWN_HOLE, "Plan an hour in which security updates are installed" },
	{ .key = NULL },
};

static const struct finding blocked_findings[] = {
	{ "broken", LEVEL_ACT, "No update at all is installed until then",
	    "Run dpkg --configure -a as root, and read what it says" },
	{ "failed", LEVEL_ACT, "Updates may not be installed any more",
	    "Read /var/log/apt/term.log, and put right what it names" },
	{ "disk", LEVEL_ACT, "No update is installed until there is room",
	    "Make room on the disk of the system, then install the updates" },
	{ "held", LEVEL_PLAN, KNOWN_HOLE,
	    "Ask who holds it and until when, else give it free with apt-mark unhold" },
	{ "kept-back", LEVEL_PLAN, KNOWN_HOLE,
	    "Install it by its name, and read what else that would change" },
	{ "conffile", LEVEL_PLAN, KNOWN_HOLE,
	    "Install it by hand, and answer what is to become of the settings file" },
	{ "not-run", LEVEL_PLAN, "Updates do not come by themselves, as they are meant to",
	    "Check that apt-daily-upgrade.timer is started and this computer is on at that hour" },
	{ .key = NULL },
};

static const struct finding lists_findings[] = {
	{ "stale", LEVEL_STOP, NOT_SEEN, "Run apt-get update as root, and read what it says" },
	{ "old", LEVEL_ACT, NOT_SEEN, "Run apt-get update as root, and read what it says" },
	{ "due", LEVEL_PLAN, NOT_SEEN, "Check that this computer reaches its update server" },
	{ .key = NULL },
};

static const struct finding reboot_findings[] = {
	{ "overdue-long", LEVEL_STOP, "What was updated is not in use: the old hole is open",
	    "Restart this computer today" },
	{ "overdue", LEVEL_ACT, "What was updated is not in use: the old hole is open",
	    "Restart this computer at the next quiet hour" },
	{ "due", LEVEL_PLAN, "What was updated is not in use: the old hole is open",
	    "Plan a restart of this computer" },
	{ .key = NULL },
};

static const struct finding support_findings[] = {
	{ "past", LEVEL_STOP, "New holes stay open for ever",
	    "Move to a release that is supported, or take this computer off the network" },
	{ "soon", LEVEL_ACT, "After that day new holes stay open for ever",
	    "Order the move to the next release, with its tests" },
	{ "ends", LEVEL_PLAN, "After that day new holes stay open for ever",
	    "Plan the move to the next release" },
	{ "lts-only", LEVEL_PLAN,
	    "Long-term support covers fewer packages, and is another team's work",
	    "Move to the next release, or set lts = true if you rely on its long-term support" },
	{ .key = NULL },
};

static const struct finding sources_findings[] = {
	{ "ended", LEVEL_ACT, "New holes in it stay open for ever",
	    "Replace the package, or remove it" },
	{ "ends", LEVEL_PLAN, "After that day new holes in it stay open for ever",
	    "Plan what takes the place of the package" },
	{ .key = NULL },
};

static const struct rule patches_rules[] = {
	{ .name = "patches.age",
	    .title = "oldest security update that waits",
	    .by = BY_FINDING,
	    .findings = age_findings,
	    .unknown_do = "Run apt-get update as root, and read what it says" },
	{ .name = "patches.blocked",
	    .title = "what keeps updates from being installed",
	    .by = BY_FINDING,
	    .findings = blocked_findings,
	    .unknown_do = "Run apt-get -s dist-upgrade, and read what it says" },
	{ .name = "patches.lists",
	    .title = "list of updates",
	    .by = BY_FINDING,
	    .findings = lists_findings,
	    .unknown_do = "Check that the update server of this release is named in its settings" },
	{ .name = "patches.reboot",
	    .title = "restart that waits",
	    .by = BY_FINDING,
	    .findings = reboot_findings,
	    .unknown_do = "Compare the kernel that runs with those in /boot" },
	{ .name = "patches.support",
	    .title = "end of security updates",
	    .by = BY_FINDING,
	    .findings = support_findings,
	    .unknown_do =
		"Install the newest distro-info-data, or look up the date of this release" },
	{ .name = "patches.sources",
	    .title = "packages without security updates",
	    .by = BY_FINDING,
	    .findings = sources_findings,
	    .unknown_do = "Install debian-security-support" },
	{ .name = NULL },
};

static int
patches_check(const void *conf, const char **opt, struct err *e)
{
	const struct patches_conf *c = conf;

	*opt = "overdue";
	if (c->overdue <= c->due)
		return err_set(e, ERR_RANGE, "it must be longer than due");
	*opt = "stop_after";
	if (c->stop_after <= c->overdue)
		return err_set(e, ERR_RANGE, "it must be longer than overdue");
	*opt = "root";
	if (c->root[0] != '/')
		return err_set(e, ERR_RANGE, "\"%.200s\" is not an absolute path", c->root);
	if (strcmp(c->root, "/") != 0 && c->simulation == NULL)
		return err_set(e, ERR_RANGE, "simulation is needed with it");
	return foreign_check(&c->foreign, opt, e);
}

static const struct foreign *
patches_foreign(const void *conf)
{
	const struct patches_conf *c = conf;

	return &c->foreign;
}

const struct probe_spec patches_spec = {
	.name = "patches",
	.summary =
	    "security updates that wait and what blocks them, restarts, end of support (apt)",
	.opts = patches_opts,
	.conf_size = sizeof(struct patches_conf),
	.needs = NEED_EXEC | NEED_FILES | NEED_STATE,
	.rules = patches_rules,
	.foreign = patches_foreign,
	.check = patches_check,
};
