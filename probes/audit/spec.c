/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the audit probe: its options, rules and words.
 */
#include "audit.h"

#include "pattern.h"
#include "record.h"
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
		    "reported; unless given, the oldest may disappear",
	    .example = "\"3y\""),
	OPT(struct audit_conf, verify, OPT_SPAN, .dflt = "1d", .max = 365 * SPAN_DAY,
	    .help = "how often everything seen so far is read again and compared; 0 is each run"),
	OPT(struct audit_conf, keep, OPT_SPAN, .dflt = "30d", .min = SPAN_MIN,
	    .help = "how long a finding of level act stays reported; it ends sooner when the same "
		    "bytes are back. One of level stop ends only then, or by `forewarn accept`"),
	OPT_END,
};

#define LEAVE "Leave the files as they are, and ask who looks after the log what happened"

static const struct finding truncated_findings[] = {
	{ "cut", LEVEL_STOP, "What was recorded and is gone can no longer be shown to anybody",
	    LEAVE ". Look for a copy of the older file" },
	{ .key = NULL },
};
static const struct finding edited_findings[] = {
	{ "changed", LEVEL_STOP, "Nobody can rely on a record of the past that was changed later",
	    LEAVE ". Compare with a backup" },
	{ "deleted", LEVEL_STOP, "What was recorded and is gone can no longer be shown to anybody",
	    LEAVE ". Compare with a backup" },
	{ "inserted", LEVEL_STOP, "Nobody can rely on a record that was added to the past later",
	    LEAVE ". Compare with a backup" },
	{ "reordered", LEVEL_STOP, "Nobody can rely on the order in which things were recorded",
	    LEAVE ". Compare with a backup" },
	{ .key = NULL },
};
static const struct finding replaced_findings[] = {
	{ "other-content", LEVEL_STOP,
	    "The records that stood there are in none of the files of this log",
	    LEAVE ". If the log was set aside on purpose, name the place under `rotated`" },
	{ .key = NULL },
};
static const struct finding missing_findings[] = {
	{ "gone", LEVEL_STOP, "Records are lost, and what happens now is perhaps not recorded",
	    "Find out who moved or deleted the log, and check that its program still writes" },
	{ "never-there", LEVEL_ACT, "Nothing is recorded under this name, so nothing is watched",
	    "Check the path, and that the program that writes the log runs" },
	{ "not-started", LEVEL_ACT,
	    "The log was set aside and no new one begun: what happens now may go unrecorded",
	    "Check that the program that writes the log runs" },
	{ .key = NULL },
};
static const struct finding kind_findings[] = {
	{ "link", LEVEL_STOP, "Whoever owns the link decides what is read, so it proves nothing",
	    "Name the file itself under `paths`, or find out who put a link there" },
	{ "not-a-file", LEVEL_STOP, "What is written there is not kept",
	    "Find out who put it there, and make the program write to a file again" },
	{ .key = NULL },
};
static const struct finding generation_findings[] = {
	{ "missing", LEVEL_ACT, "A part of the past is missing while older parts are still there",
	    "Look for the file in a backup and put it back; ask who looks after the log" },
	{ "merged", LEVEL_PLAN, "What becomes of these records where they are now is not watched",
	    "Keep each older file as it is, or name the file they were put into under `paths`" },
	{ "deleted-early", LEVEL_ACT, "Records must be kept for longer than these were",
	    "Put the file back from a backup, and let the log keep more of its older files" },
	{ "damaged", LEVEL_ACT, "The older records in this file cannot be read any more",
	    "Put the file back from a backup, and check the disk" },
	{ .key = NULL },
};
static const struct finding state_findings[] = {
	{ "damaged", LEVEL_ACT, "A change made before this day can no longer be noticed",
	    "Check the disk, and compare the log with a backup by hand; it is watched again" },
	{ "vanished", LEVEL_ACT,
	    "What was changed in the log before this day can no longer be noticed",
	    "Ask who looks after this computer who removed them, and compare the log with a "
	    "backup" },
	{ "put-back", LEVEL_ACT,
	    "What was noted since then is missing, and perhaps records as well",
	    "Ask who looks after this computer whether it was put back from a backup or snapshot" },
	{ .key = NULL },
};
static const struct finding sequence_findings[] = {
	{ "gap", LEVEL_ACT, "Records were lost, or taken out before anybody saw them",
	    "Ask who looks after the log whether records were filtered or lost" },
	{ "repeated", LEVEL_ACT, "Records were written twice, or put in later",
	    "Look at the records around this place, and ask who looks after the log" },
	{ "restarted", LEVEL_ACT, "After a number that starts again a loss cannot be told",
	    "Ask who looks after the log whether the program was set up anew" },
	{ .key = NULL },
};
static const struct finding schema_findings[] = {
	{ "changed", LEVEL_ACT,
	    "A trigger can drop or alter what is recorded, and a table can be swapped for another",
	    "Ask who looks after the database what was changed, and look at the trigger" },
	{ .key = NULL },
};
static const struct finding deposits_findings[] = {
	{ "missing", LEVEL_ACT, "Of that time there is nothing to show",
	    "Make the file now, while the instrument still has its records, and see why it was not "
	    "made" },
	{ "too-small", LEVEL_ACT, "The file is there, and perhaps not what should be in it",
	    "Look into the file. If there was nothing to record, write that and sign it" },
	{ "by-hand", LEVEL_PLAN, "What a person does by hand every day is forgotten one day",
	    "Set up a program that makes the file" },
	{ .key = NULL },
};
static const struct finding time_findings[] = {
	{ "backwards", LEVEL_ACT, "The order in which things happened can no longer be shown",
	    "Find out whether the clock was set back, or records were put in later" },
	{ "ahead", LEVEL_ACT, "A record from the future has a wrong time, and others may have too",
	    "Compare the clock of the program that writes the log with this computer's" },
	{ .key = NULL },
};

static const struct finding hole_findings[] = {
	{ "nul", LEVEL_ACT,
	    "Records may be missing there: a power cut leaves such a hole, and a program "
	    "that keeps its place after its log was emptied",
	    "Find out whether the power failed; let the program append to its log" },
	{ .key = NULL },
};
static const struct finding account_findings[] = {
	{ "shared", LEVEL_PLAN, "Where people share a login, nobody can show who did what",
	    "Give each person a login of their own" },
	{ .key = NULL },
};

static const struct finding understood_findings[] = {
	{ "not-understood", LEVEL_PLAN,
	    "A clock that was set back, or a record put in late, would go unseen here",
	    "Set `time_format` to how the log writes its times, or to \"none\" if it has none" },
	{ "turned", LEVEL_PLAN,
	    "The program that writes the log was changed, or another one writes it",
	    "Ask who looks after the log whether its program was updated" },
	{ .key = NULL },
};

static const struct finding rights_findings[] = {
	{ "mode", LEVEL_ACT, "Who may write to a log may change what stands in it",
	    "Set the mode back to what it was, and ask who looks after the log who changed it" },
	{ "owner", LEVEL_ACT, "Who owns a log may change what stands in it",
	    "Give the log back to its owner, and ask who looks after it who changed that" },
	{ "flags", LEVEL_ACT, "What stands in the log can be changed again from now on",
	    "Set the flag again, and ask who looks after the log who took it away" },
	{ .key = NULL },
};

#define LOST "What happened then is not in the log, and the log says so itself"
#define EARLIER "It happened before the log was watched; records of that time are not whole"
#define NOTE_IT "Tell whoever relies on the log that it has this hole"

static const struct finding admitted_findings[] = {
	{ "rsyslog", LEVEL_ACT, LOST,
	    "Find the program that wrote so much, and raise the rate limit of rsyslog for it" },
	{ "journal", LEVEL_ACT, LOST,
	    "Find the program that wrote so much, and raise RateLimitBurst in journald.conf" },
	{ "kernel", LEVEL_ACT, LOST, "Look in the log which part of the system wrote so much" },
	{ "audit", LEVEL_ACT, LOST,
	    "Raise the backlog limit (auditctl -b), and check that the disk of the log has room" },
	{ "firewall", LEVEL_ACT, LOST,
	    "Raise the size limit of the firewall's log, or let it log less" },
	{ "earlier", LEVEL_PLAN, EARLIER, NOTE_IT },
	{ .key = NULL },
};
static const struct finding stopped_findings[] = {
	{ "off", LEVEL_STOP, "What happens now is not recorded",
	    "Turn the recording on again, and ask who looks after the log why it was off" },
	{ "interrupted", LEVEL_ACT, "What happened meanwhile was not recorded",
	    "Ask who looks after the log why it was off, and write the answer down" },
	{ "earlier", LEVEL_PLAN, EARLIER, NOTE_IT },
	{ .key = NULL },
};

#define RULE(name_, title_, findings_, unknown_)                                                   \
	{                                                                                          \
		.name = "audit." name_, .title = (title_), .by = BY_FINDING,                       \
		.findings = (findings_), .unknown_do = (unknown_)                                  \
	}

static const struct finding no_findings[] = { { .key = NULL } };

static const struct rule audit_rules[] = {
	RULE("continuity", "the log is whole", no_findings,
	    "Give this program the right to read the log and its older files"),
	RULE("truncated", "nothing was cut off", truncated_findings,
	    "Give this program the right to read the log and its older files"),
	RULE("edited", "nothing was changed later", edited_findings,
	    "Give this program the right to read the log and its older files"),
	RULE("replaced", "the log is the same one", replaced_findings,
	    "Give this program the right to read the log and its older files"),
	RULE("missing", "the log is there", missing_findings,
	    "Give this program the right to look into the folder of the log"),
	RULE("kind", "the log is a file", kind_findings,
	    "Give this program the right to look into the folder of the log"),
	RULE("generation", "the older files are there", generation_findings,
	    "Give this program the right to read the older files"),
	RULE("state", "what was noted about the log", state_findings,
	    "Check that the folder of the notes can be written and its disk is not full"),
	RULE("understood", "the log is understood", understood_findings,
	    "Set format, regex and time_format as a few records of the log show them"),
	RULE("sequence", "record numbers without a hole", sequence_findings,
	    "Check format and regex against a few records of the log"),
	RULE("schema", "the table and its triggers are the same", schema_findings,
	    "Give this program the right to read the database"),
	RULE("deposits", "a file for each day", deposits_findings,
	    "Give this program the right to look into the folder"),
	RULE("time", "times in order", time_findings,
	    "Check format and time_format against a few records of the log"),
	RULE("hole", "no hole between the records", hole_findings,
	    "Give this program the right to read the log and its older files"),
	RULE("account", "each person has a login", account_findings,
	    "Check user_field against a few records of the log"),
	RULE("rights", "only its program writes to the log", rights_findings,
	    "Give this program the right to look into the folder of the log"),
	RULE("admitted", "the log admits no loss", admitted_findings,
	    "Give this program the right to read the log and its older files"),
	RULE("stopped", "recording was never switched off", stopped_findings,
	    "Give this program the right to read the log and its older files"),
	{
	    .name = "audit.silence",
	    .title = "the log is written to",
	    .by = BY_METRIC,
	    .so_what = "What happens now may go unrecorded",
	    .do_now = "Check that the program that writes the log runs, and that its disk has room",
	    .unknown_do = "Give the span in `silence`, or wait until enough is known of the log",
	},
	{ .name = NULL },
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
	span silence;

	*opt = "paths";
	if (conf->paths.n == 0)
		return err_set(e, ERR_RANGE, "names no log");
	if (check_paths(&conf->paths, AUDIT_PATHS_MAX, e) < 0 ||
	    (deposits && check_folders(&conf->paths, e) < 0))
		return -1;
	if (check_deposits(conf, deposits, opt, e) < 0)
		return -1;
	*opt = "rotated";
	if (check_paths(&conf->rotated, AUDIT_GLOBS_MAX, e) < 0)
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
