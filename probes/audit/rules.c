/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the rules of the audit probe and the words of their findings.
 */
#include "rules.h"

#include <stddef.h>

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

#define GROWS "The log grows until its disk is full, and from then on nothing is recorded"

static const struct finding rotation_findings[] = {
	{ "stopped", LEVEL_PLAN, GROWS,
	    "Ask who looks after this computer what logrotate says of this log, and see that it "
	    "runs" },
	{ "refused", LEVEL_PLAN, GROWS,
	    "Take the right to write away from others, or name a user with `su` in logrotate's "
	    "configuration" },
	{ "name-taken", LEVEL_PLAN, "A log that is set aside by its size goes on growing today",
	    "Set `dateformat` in logrotate's configuration so that older files have the time of "
	    "day in their names" },
	{ .key = NULL },
};

static const struct finding keeping_findings[] = {
	{ "too-short", LEVEL_PLAN,
	    "What must still be shown then is deleted, and nothing says so on that day",
	    "Keep more of the older files, or have each copied elsewhere before it is deleted" },
	{ "being-deleted", LEVEL_ACT,
	    "With each file that is set aside, records are deleted that must be kept",
	    "Keep more of the older files, or have each copied elsewhere before it is deleted" },
	{ .key = NULL },
};

static const struct finding writer_findings[] = {
	{ "deleted", LEVEL_ACT,
	    "All that it writes from now on is gone for good as soon as that program ends",
	    "Make that program open its log anew, and copy what it wrote before it is ended" },
	{ "left-behind", LEVEL_ACT,
	    "The log looks quiet, and what is recorded goes when the older file is deleted",
	    "Make that program open its log anew, each time the log is set aside" },
	{ "no-append", LEVEL_PLAN,
	    "The next time the log is emptied, a hole of zeros will stand at its start",
	    "Change that program to append to its log, or have the log renamed and not emptied" },
	{ .key = NULL },
};

#define RULE(name_, title_, findings_, unknown_)                                                   \
	{                                                                                          \
		.name = "audit." name_, .title = (title_), .by = BY_FINDING,                       \
		.findings = (findings_), .unknown_do = (unknown_)                                  \
	}

static const struct finding no_findings[] = { { .key = NULL } };

const struct rule audit_rules[] = {
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
	RULE("rotation", "the log is set aside as it used to be", rotation_findings,
	    "Give this program the right to read logrotate's configuration"),
	RULE("writer", "its program writes to the file that is there", writer_findings,
	    "Run the check by hand as root"),
	RULE("keeping", "records are kept as long as they must be", keeping_findings,
	    "Give this program the right to read the configuration that is named"),
	{
	    .name = "audit.room",
	    .title = "room for the log on its disk",
	    .by = BY_DEADLINE,
	    .so_what = "On a full disk nothing is recorded any more",
	    .do_now = "Make room on the disk, or have older parts of the log moved elsewhere",
	    .unknown_do = "Give this program the right to look into the folder of the log",
	},
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
