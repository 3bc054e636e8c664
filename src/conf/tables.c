/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the option tables of what stands outside a kind's own options.
 */
#include "conf/conf.h"

/* clang-format off */
const struct opt conf_check_opts[] = {
	OPT(struct check_conf, id, OPT_TEXT, .required = true,
	    .help = "its name in results and alerts: letters, digits, . _ -", .example = "\"balance3-clock\""),
	OPT(struct check_conf, title, OPT_TEXT,
	    .shown = true, .help = "what people call it, in 96 characters; without one, the id", .example = "\"Balance 3 PC: clock\""),
	OPT(struct check_conf, probe, OPT_TEXT, .required = true,
	    .help = "the kind of measurement, one of `forewarn probes`"),
	OPT(struct check_conf, owner, OPT_TEXT, .help = "id of the person who acts", .example = "\"sana\""),
	OPT(struct check_conf, secondary, OPT_TEXT,
	    .help = "id of the person who acts when the owner is away", .example = "\"omar\""),
	OPT(struct check_conf, lead, OPT_SPAN, .example = "\"14d\"",
	    .help = "how long the remedy takes; sets the day by which to start; 14d unless given, for "
		    "the forecast of a clock 4h"),
	OPT(struct check_conf, auto_renew, OPT_BOOL, .dflt = "false",
	    .help = "a program renews it: stay quiet until that is overdue"),
	OPT(struct check_conf, every, OPT_SPAN, .dflt = "10min", .min = SPAN_S, .max = 31 * SPAN_DAY,
	    .help = "how often it runs; a result is believed for two of these"),
	OPT(struct check_conf, timeout, OPT_SPAN, .dflt = "10s", .min = 100 * SPAN_MS, .max = SPAN_DAY,
	    .help = "after it the run is ended and counts as \"could not check\""),
	OPT(struct check_conf, confirm, OPT_INT, .dflt = "2", .min = 1, .max = 100,
	    .help = "runs in a row that must agree before anyone is told (daemon)"),
	OPT(struct check_conf, remind, OPT_SPAN, .dflt = "1d", .min = SPAN_MIN, .max = 365 * SPAN_DAY,
	    .help = "how often an open alert is repeated (daemon)"),
	OPT(struct check_conf, parent, OPT_TEXT,
	    .help = "id of the check that this one hangs on (a time server, a network): while that one "
		    "is in trouble, only it is told, with how many hang on it (daemon)"),
	OPT(struct check_conf, quiet_when_running, OPT_TEXTS,
	    .help = "program names: while one runs, only stop is shown (daemon)"),
	OPT_END
};

const struct opt conf_person_opts[] = {
	OPT(struct person_conf, id, OPT_TEXT, .required = true, .help = "short name used as owner"),
	OPT(struct person_conf, name, OPT_TEXT, .required = true, .shown = true, .help = "name as colleagues know it"),
	OPT(struct person_conf, contact, OPT_TEXT, .help = "how to reach them"),
	OPT(struct person_conf, login, OPT_TEXTS,
	    .help = "user names on this computer: they may take and mute alerts of this person's checks",
	    .example = "[ \"sana\" ]"),
	OPT_END
};

const struct opt conf_sink_opts[] = {
	OPT(struct sink_conf, id, OPT_TEXT, .required = true, .help = "its name in messages"),
	OPT(struct sink_conf, type, OPT_TEXT, .required = true, .help = "how it tells, one of those below"),
	OPT(struct sink_conf, levels, OPT_TEXTS, .choices = "ok|plan|act|stop|unknown",
	    .help = "levels that are sent; without it, all but ok",
	    .example = "[ \"act\", \"stop\", \"unknown\" ]"),
	OPT(struct sink_conf, owners, OPT_TEXTS,
	    .help = "ids of people: only checks that they own; with `after` also those they are secondary of",
	    .example = "[ \"omar\" ]"),
	OPT(struct sink_conf, checks, OPT_TEXTS,
	    .help = "ids of checks, with * and ?: only those", .example = "[ \"hplc*\" ]"),
	OPT(struct sink_conf, after, OPT_SPAN, .dflt = "0s", .max = 31 * SPAN_DAY,
	    .help = "only what nobody has taken (\"I saw this\") for so long; 0: at once"),
	OPT(struct sink_conf, open_hours, OPT_TEXT,
	    .help = "hours of the week, local time: what is not stop waits until they begin",
	    .example = "\"Mon-Fri 08:00-18:00\""),
	OPT_END
};

const struct opt conf_downtime_opts[] = {
	OPT(struct downtime_conf, checks, OPT_TEXTS, .required = true,
	    .help = "ids of checks, with * and ?", .example = "[ \"hplc*\" ]"),
	OPT(struct downtime_conf, weekly, OPT_TEXT, .required = true,
	    .help = "when it begins, local time", .example = "\"Sun 02:00\""),
	{ .name = "for", .type = OPT_SPAN, .offset = offsetof(struct downtime_conf, lasts),
	    .required = true, .min = SPAN_MIN, .max = 7 * SPAN_DAY,
	    .help = "how long; meanwhile only stop is told", .example = "\"2h\"" },
	OPT(struct downtime_conf, reason, OPT_TEXT, .required = true,
	    .help = "why, for who wonders", .example = "\"backup window\""),
	OPT_END
};
/* clang-format on */
