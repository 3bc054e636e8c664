/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the face of the check that forewarnd makes of itself: no worker runs it and nobody
 * configures it, but what it finds is judged and told like any other result.
 */
#include "probes/specs.h"

static const struct opt no_opts[] = { { .name = NULL } };

static const struct finding sink_findings[] = {
	{ "dead", LEVEL_ACT, "Whoever relies on it hears nothing",
	    "Check the receiver and its address" },
	{ "refusing", LEVEL_ACT, "What it refuses is not told there",
	    "Ask the receiver why it refuses, and correct the sink's settings" },
	{ "partly", LEVEL_ACT, "Whom it leaves out hears nothing",
	    "Take the address out, or mend it" },
	{ "last-dead", LEVEL_STOP, "Nobody hears of any trouble",
	    "Check the receivers and their addresses, and look at `forewarn status` until then" },
	{ .key = NULL },
};

static const struct finding told_findings[] = {
	{ "no-sink", LEVEL_PLAN, "Trouble is shown here, and nobody is told of it",
	    "Add a sink to the configuration" },
	{ "not-taken", LEVEL_ACT, "Trouble of that level is told to nobody",
	    "Add the level or the check to a sink" },
	{ .key = NULL },
};

static const struct finding config_findings[] = {
	{ "not-in-force", LEVEL_ACT, "What was changed in the file is not watched",
	    "Run `forewarn config check`, correct the file and reload" },
	{ .key = NULL },
};

static const struct finding state_findings[] = {
	{ "set-aside", LEVEL_ACT, "What forewarn remembered before may be missing",
	    "Keep the file that was set aside for whoever looks into it, then move it away" },
	{ .key = NULL },
};

static const struct finding room_findings[] = {
	{ "full", LEVEL_ACT, "Alerts may come late or not at all",
	    "Make room on the disk that holds the state" },
	{ .key = NULL },
};

static const struct finding clock_findings[] = {
	{ "doubt", LEVEL_UNKNOWN, "Dates cannot be judged, so what ends soon may go unseen",
	    "Set the clock right, or add a check with probe \"clock\" that measures it" },
	{ "jumped", LEVEL_PLAN, "Records made around that time may carry a wrong time",
	    "Find what set the clock, and note it with the records of that time" },
	{ "suspended", LEVEL_PLAN, "Nothing was watched meanwhile",
	    "Set this computer so that it does not sleep while it has to be watched" },
	{ .key = NULL },
};

static const struct finding metrics_findings[] = {
	{ "not-written", LEVEL_ACT, "The collector shows old figures or none",
	    "Make the folder of the file, and let forewarnd write there" },
	{ .key = NULL },
};

static const struct finding commands_findings[] = {
	{ "own-program", LEVEL_ACT,
	    "A program that should only look tried to change what you are told",
	    "Find out who changed that program, and take its check or sink out until you know" },
	{ .key = NULL },
};

static const struct finding reach_findings[] = {
	{ "accounts", LEVEL_ACT, "An alert stays open until an administrator takes it",
	    "Copy people.conf of forewarn's documentation to "
	    "/etc/systemd/system/forewarnd.service.d, as its first lines say" },
	{ "programs", LEVEL_ACT, "Reading logs may slow an instrument while it measures",
	    "Copy people.conf of forewarn's documentation to "
	    "/etc/systemd/system/forewarnd.service.d, as its first lines say" },
	{ .key = NULL },
};

static const struct rule rules[] = {
	{ .name = "forewarn.sink",
	    .title = "delivery of alerts",
	    .by = BY_FINDING | BY_METRIC, /* so that a sink that is gone is no recovery */
	    .findings = sink_findings,
	    .so_what = "What waits is told late",
	    .do_now = "Check the receiver and its address",
	    .unknown_do = "Send a test with `forewarn alerts test`" },
	{ .name = "forewarn.told",
	    .title = "who is told",
	    .by = BY_FINDING,
	    .findings = told_findings,
	    .unknown_do = "Look at the sinks in the configuration" },
	{ .name = "forewarn.config",
	    .title = "configuration in force",
	    .by = BY_FINDING,
	    .findings = config_findings,
	    .unknown_do = "Run `forewarn config check`" },
	{ .name = "forewarn.state",
	    .title = "memory of forewarn",
	    .by = BY_FINDING,
	    .findings = state_findings,
	    .unknown_do = "Look at the log of forewarnd" },
	{ .name = "forewarn.room",
	    .title = "room for the memory of forewarn",
	    .by = BY_FINDING,
	    .findings = room_findings,
	    .unknown_do = "Look at the disk that holds the state" },
	{ .name = "forewarn.clock",
	    .title = "steadiness of this computer's clock",
	    .by = BY_FINDING,
	    .findings = clock_findings,
	    .unknown_do = "Look at the log of forewarnd" },
	{ .name = "forewarn.metrics",
	    .title = "file for the collector",
	    .by = BY_FINDING,
	    .findings = metrics_findings,
	    .unknown_do = "Look at the log of forewarnd" },
	{ .name = "forewarn.worker",
	    .title = "programs that look at things",
	    .by = BY_FINDING,
	    .findings = NULL,
	    .unknown_do = "Install forewarn again, or look at the log of forewarnd" },
	{ .name = "forewarn.commands",
	    .title = "who changes what is told",
	    .by = BY_FINDING,
	    .findings = commands_findings,
	    .unknown_do = "Look at the log of forewarnd" },
	{ .name = "forewarn.reach",
	    .title = "what forewarn can see of this computer",
	    .by = BY_FINDING,
	    .findings = reach_findings,
	    .unknown_do = "Look at the log of forewarnd" },
	{ .name = NULL },
};

const struct probe_spec builtin_spec = {
	.name = BUILTIN_CHECK,
	.summary = "what forewarnd finds of itself: sinks, configuration, memory, clock",
	.opts = no_opts,
	.conf_size = 1,
	.rules = rules,
};
