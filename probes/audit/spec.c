/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the audit probe: its options.
 */
#include "audit.h"

#include "pattern.h"
#include "record.h"
#include "rules.h"
#include "zone.h"

#include "probes/probe.h"

#include <limits.h>
#include <string.h>

static const struct opt audit_opts[] = {
	OPT(struct audit_conf, paths, OPT_TEXTS, .required = true,
	    .help =
		"the logs that are written to now, absolute paths; a folder (it ends with /) or "
		"a pattern stands for each log in it. Each is judged by itself; an older "
		"file of a log is no log of its own. For deposits: a folder of dated files, or "
		"a pattern of such files in a folder; for journal: the folder of a machine's "
		"journal files",
	    .example = "[ \"/var/log/audit/audit.log\" ]"),
	OPT(struct audit_conf, rotated, OPT_TEXTS,
	    .help =
		"folders, or patterns of files, where older files of these logs are kept besides "
		"the log's own folder. There, files named after the log with a number, a "
		"date or old are looked at, and all others when something is missed: a file "
		"belongs to a log by what is in it, whatever its name, plain or packed (gz, xz, "
		"zst, bz2)",
	    .example = "[ \"/srv/archive/logs\" ]"),
	OPT(struct audit_conf, format, OPT_CHOICE, .dflt = "auto",
	    .choices =
		"auto|auditd|rfc3164|rfc5424|jsonl|csv|w3c|regex|plain|deposits|sqlite|journal",
	    .help = "what a record looks like: where its time and its number stand"),
	OPT(struct audit_conf, regex, OPT_TEXT,
	    .help = "for format \"regex\": a pattern (PCRE2) with a group named seq, time or both",
	    .example = "\"^#(?<seq>[0-9]+) (?<time>\\\\S+ \\\\S+)\""),
	OPT(struct audit_conf, time_format, OPT_TEXT, .dflt = "auto",
	    .help = "how times are written: \"iso\" is 2026-11-24 08:14:00, with or without T, "
		    "fraction and zone; \"rfc3164\" Nov 24 08:14:00; \"apache\" "
		    "24/Nov/2026:08:14:00 +0000; \"dmony\" 24-Nov-2026 08:14:00; \"dmy\" "
		    "24.11.2026 08:14:00 or 24/11/2026 8:14 PM; \"mdy\" 11/24/2026 8:14:00 PM; "
		    "\"epoch\" is seconds, ms or us; a pattern with letters of strptime and %f for "
		    "a fraction; \"none\": there are no times, and only the bytes are judged. "
		    "\"auto\" finds it, but does not guess whether day or month stands first: a "
		    "date of the log must say so",
	    .example = "\"%d.%m.%y %H:%M:%S\""),
	OPT(struct audit_conf, zone, OPT_TEXT,
	    .help = "the zone of times that tell none: \"UTC\", or an offset (where summer time is "
		    "kept, that of winter); unless given, such times are only compared with each "
		    "other",
	    .example = "\"+05:30\""),
	OPT(struct audit_conf, time_field, OPT_TEXT,
	    .help = "for csv, w3c and jsonl: the column or member with the time: its name, the "
		    "number of the column from 1, or \"a.b\" for a member within another; two "
		    "columns with + between for the date and the time of day. Unless given, it is "
		    "found",
	    .example = "\"Date+Time\""),
	OPT(struct audit_conf, number_field, OPT_TEXT,
	    .help =
		"for csv, w3c and jsonl: the column or member that numbers the records, named as "
		"in time_field; not judged unless given",
	    .example = "\"Record\""),
	OPT(struct audit_conf, user_field, OPT_TEXT,
	    .help = "for csv, w3c and jsonl: the column or member that names who did it, as in "
		    "time_field (for regex a group named user): plan when all records of weeks "
		    "bear one name",
	    .example = "\"User\""),
	OPT(struct audit_conf, table, OPT_TEXT,
	    .help =
		"for sqlite, which auto finds: the table that is the trail; unless given, the only "
		"one with \"audit\" in its name",
	    .example = "\"audit_trail\""),
	OPT(struct audit_conf, period, OPT_SPAN, .dflt = "1d", .min = SPAN_MIN,
	    .help = "for deposits: there is a file for each such span of time; for 1d on the days "
		    "of the week on which there usually is one"),
	OPT(struct audit_conf, min_size, OPT_INT, .dflt = "0", .max = INT64_MAX,
	    .help = "for deposits: a file of fewer bytes counts only when it is signed (a "
		    "signature beside it as NAME.sig, .asc, .p7s, .minisig or .tsr, or signed "
		    "text; whose it is, is not checked)"),
	OPT(struct audit_conf, number, OPT_BOOL, .dflt = "false",
	    .help = "for deposits: the last number in the names besides the date counts the files, "
		    "without a hole"),
	OPT(struct audit_conf, continued, OPT_BOOL, .dflt = "false",
	    .help =
		"whether a line without a time carries on the record above (at most 256 of them), "
		"as in logs with texts of several lines; lines that begin with a blank always "
		"do"),
	OPT(struct audit_conf, trimmed, OPT_CHOICE, .dflt = "no", .choices = "no|records|bytes",
	    .help = "the program that writes the log keeps only so many of its newest records, or "
		    "bytes, and rewrites it without its oldest: those that leave at the front are "
		    "counted and held against retention, and the rest must stand there as it was. "
		    "Its older files, numbers and times are not judged"),
	OPT(struct audit_conf, silence, OPT_TEXT,
	    .help = "a time span: act when nothing was added for longer; \"auto\" learns it from "
		    "the log: three times the pause that it is in for 99 % of the time (after 8 "
		    "days and 200 pauses), or three of the hours of the week in which it is "
		    "usually written to (after 3 weeks), whichever is sooner; not judged unless "
		    "given",
	    .example = "\"auto\""),
	OPT(struct audit_conf, max_backward, OPT_SPAN, .dflt = "5min", .max = 365 * SPAN_DAY,
	    .help = "a record may be dated this much before the one it follows; where times are "
		    "written without a zone, one step of an hour or less at the end of summer "
		    "time is allowed for as well"),
	OPT(struct audit_conf, retention, OPT_SPAN,
	    .help = "how long records must be kept: an older file that disappears sooner is "
		    "reported, and from the first day on a configuration (of logrotate, auditd or "
		    "journald) that will delete records sooner; unless given, the oldest may "
		    "disappear",
	    .example = "\"3y\""),
	OPT(struct audit_conf, settings, OPT_TEXTS,
	    .help =
		"the configuration of what sets these logs aside and deletes their older files, "
		"absolute paths: of logrotate, with what it includes; files named auditd.conf and "
		"journald.conf (with its drop-ins) are of these. Unless given, the system's own",
	    .example = "[ \"/home/lims/logrotate.conf\" ]"),
	OPT(struct audit_conf, settings_status, OPT_TEXT,
	    .help = "the file in which logrotate notes when it set each log aside (its option "
		    "--state). Unless given, /var/lib/logrotate/status or logrotate.status there",
	    .example = "\"/home/lims/logrotate.status\""),
	OPT(struct audit_conf, verify, OPT_SPAN, .dflt = "1d", .max = 365 * SPAN_DAY,
	    .help = "how often everything seen so far is read again and compared; 0 is each run"),
	OPT(struct audit_conf, keep, OPT_SPAN, .dflt = "30d", .min = SPAN_MIN,
	    .help = "how long a finding of level act stays reported; it ends sooner when the same "
		    "bytes are back. One of level stop ends only then, or by `forewarn accept`"),
	OPT_END,
};

int
audit_silence(const char *text, span *out, struct err *e)
{
	*out = 0;
	if (text == NULL)
		return 0;
	if (strcmp(text, "auto") == 0) {
		*out = AUDIT_SILENCE_AUTO;
		return 0;
	}
	if (span_parse(text, out, e) < 0)
		return err_wrap(e, "neither \"auto\" nor a time span");
	return 0;
}

static int
check_paths(const struct texts *paths, size_t max, struct err *e)
{
	if (paths->n > max)
		return err_set(e, ERR_LIMIT, "%zu of them (at most %zu)", paths->n, max);
	for (size_t i = 0; i < paths->n; i++) {
		const char *p = paths->v[i];

		if (p[0] != '/')
			return err_set(
			    e, ERR_RANGE, "\"%.200s\" is not an absolute path (from / on)", p);
		if (strlen(p) >= PATH_MAX)
			return err_set(e, ERR_LIMIT, "a path of %zu bytes (at most %d)", strlen(p),
			    PATH_MAX - 1);
		for (size_t k = 0; k < i; k++)
			if (strcmp(p, paths->v[k]) == 0)
				return err_set(e, ERR_RANGE, "\"%.200s\" stands there twice", p);
	}
	return 0;
}

/* Of deposits only the names of files may be a pattern: one trail is one folder. */
static int
check_folders(const struct texts *paths, struct err *e)
{
	for (size_t i = 0; i < paths->n; i++) {
		const char *wild = strpbrk(paths->v[i], "*?[");

		if (wild != NULL && strchr(wild, '/') != NULL)
			return err_set(e, ERR_RANGE,
			    "\"%.200s\" has a wildcard before its last /: name one folder",
			    paths->v[i]);
	}
	return 0;
}

static int
check_deposits(const struct audit_conf *conf, bool deposits, const char **opt, struct err *e)
{
	const char *others = !deposits && conf->min_size > 0 ? "min_size" : NULL;

	if (!deposits && conf->number)
		others = "number";
	if (conf->table != NULL && strcmp(conf->format, "sqlite") != 0 &&
	    strcmp(conf->format, "auto") != 0) {
		*opt = "table";
		return err_set(e, ERR_RANGE,
		    "goes with format \"sqlite\" or \"auto\", which is \"%s\"", conf->format);
	}
	if (others == NULL)
		return 0;
	*opt = others;
	return err_set(
	    e, ERR_RANGE, "goes with format \"deposits\", which is \"%s\"", conf->format);
}

/* Only a text can be trimmed in front. */
static int
check_trimmed(const struct audit_conf *conf, const char **opt, struct err *e)
{
	enum format f = format_find(conf->format);

	*opt = "trimmed";
	if (strcmp(conf->trimmed, "no") == 0 || f < FORMAT_FOREIGN)
		return 0;
	return err_set(
	    e, ERR_RANGE, "goes with a log that is a text, not with format \"%s\"", conf->format);
}

static int
check_time_format(const char *text, struct err *e)
{
	if (strchr(text, '%') != NULL)
		return pattern_check(text, e);
	if (strcmp(text, "auto") == 0 || stamp_find(text) != STAMP_N)
		return 0;
	return err_set(e, ERR_RANGE,
	    "\"%.100s\" is none of auto, none, iso, rfc3164, apache, epoch, dmony, dmy, mdy, and "
	    "no "
	    "pattern (\"%%d.%%m.%%Y %%H:%%M\")",
	    text);
}

/* How records are read. */
static int
check_reading(const struct audit_conf *conf, const char **opt, struct err *e)
{
	static const char *const fields[] = { "time_field", "number_field", "user_field" };
	const char *const given[] = { conf->time_field, conf->number_field, conf->user_field };
	enum format f = format_find(conf->format);
	instant east;

	*opt = "time_format";
	if (check_time_format(conf->time_format, e) < 0)
		return -1;
	*opt = "zone";
	if (conf->zone != NULL && zone_parse(conf->zone, &east, e) < 0)
		return -1;
	for (size_t i = 0; i < 3; i++) {
		*opt = fields[i];
		if (given[i] != NULL && given[i][0] == '\0')
			return err_set(e, ERR_RANGE, "is empty");
		if (given[i] != NULL && f != FORMAT_AUTO && f != FORMAT_CSV && f != FORMAT_W3C &&
		    f != FORMAT_JSONL)
			return err_set(e, ERR_RANGE,
			    "goes with format \"csv\", \"w3c\" or \"jsonl\", which is \"%s\"",
			    conf->format);
	}
	return 0;
}

static int
audit_check(const void *vconf, const char **opt, struct err *e)
{
	const struct audit_conf *conf = vconf;
	bool regex = strcmp(conf->format, "regex") == 0;
	bool deposits = strcmp(conf->format, "deposits") == 0;
	const char *status = conf->settings_status;
	span silence;

	*opt = "paths";
	if (conf->paths.n == 0)
		return err_set(e, ERR_RANGE, "names no log");
	if (check_paths(&conf->paths, AUDIT_PATHS_MAX, e) < 0 ||
	    (deposits && check_folders(&conf->paths, e) < 0))
		return -1;
	if (check_deposits(conf, deposits, opt, e) < 0 || check_trimmed(conf, opt, e) < 0)
		return -1;
	*opt = "rotated";
	if (check_paths(&conf->rotated, AUDIT_GLOBS_MAX, e) < 0)
		return -1;
	*opt = "settings";
	if (check_paths(&conf->settings, AUDIT_SETTINGS_MAX, e) < 0)
		return -1;
	*opt = "settings_status";
	if (status != NULL && check_paths(&(struct texts){ &status, 1 }, 1, e) < 0)
		return -1;
	*opt = "silence";
	if (audit_silence(conf->silence, &silence, e) < 0)
		return -1;
	if (check_reading(conf, opt, e) < 0)
		return -1;
	*opt = "regex";
	if (regex && conf->regex == NULL)
		return err_set(e, ERR_RANGE, "is needed with format \"regex\"");
	if (!regex && conf->regex != NULL)
		return err_set(
		    e, ERR_RANGE, "goes with format \"regex\", which is \"%s\"", conf->format);
	if (regex && strstr(conf->regex, "<seq>") == NULL &&
	    strstr(conf->regex, "<time>") == NULL && strstr(conf->regex, "'seq'") == NULL &&
	    strstr(conf->regex, "'time'") == NULL)
		return err_set(e, ERR_RANGE, "has no group named seq or time: (?<seq>[0-9]+)");
	return 0;
}

const struct probe_spec audit_spec = {
	.name = "audit",
	.summary = "an audit trail or log: nothing cut, changed, lost or stopped",
	.opts = audit_opts,
	.conf_size = sizeof(struct audit_conf),
	.needs = NEED_FILES | NEED_STATE,
	.rules = audit_rules,
	.check = audit_check,
};
