/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the backup probe: its options, rules and words.
 */
#include "backup.h"

#include <string.h>

static const struct opt backup_opts[] = {
	OPT(struct backup_conf, jobs, OPT_TEXTS, .required = true,
	    .help =
		"where the backups are, as KIND:WHERE; KIND is files (a folder and a pattern), "
		"restic, "
		"borg (a repository), pgbackrest (a stanza), rsnapshot (its log), job (a file that "
		"a job leaves), duplicati, proxmox, veeam, restic-json, borg-json, pgbackrest-json "
		"(a file with what the tool printed)",
	    .example = "[ \"files:/srv/dumps/lims-*.sql.gz\", \"restic:/srv/restic\" ]"),
	OPT(struct backup_conf, interval, OPT_SPAN, .dflt = "1d", .min = SPAN_MIN,
	    .help =
		"a good run is due so often; late at 1.25 times, overdue at 2, long overdue at 4"),
	OPT(struct backup_conf, full_interval, OPT_SPAN, .dflt = "7d", .min = SPAN_MIN,
	    .help = "the same of full runs, where a job has smaller ones too"),
	OPT(struct backup_conf, rule, OPT_CHOICE, .dflt = "b", .choices = "b|literal-20",
	    .help =
		"how sizes are judged: b by all runs that are known, literal-20 only tells a run "
		"of a fifth less than the one before"),
	OPT(struct backup_conf, min_change, OPT_INT, .dflt = "100000000",
	    .help = "bytes: a change of less is not looked at, unless half is gone"),
	OPT(struct backup_conf, verify_every, OPT_SPAN, .dflt = "30d",
	    .help =
		"a run has to be read as a whole so often, by forewarn (files that are packed) or "
		"as a job's record tells; 0 for never"),
	OPT(struct backup_conf, verify_bytes, OPT_INT, .dflt = "1000000000",
	    .help = "bytes: a packed file of more is not read as a whole"),
	OPT(struct backup_conf, offsite, OPT_TEXTS,
	    .help = "the second place, as in jobs: each job must be there too",
	    .example = "[ \"files:/mnt/usb/lims-*.sql.gz\" ]"),
	OPT(struct backup_conf, keep, OPT_SPAN, .dflt = "0s",
	    .help = "the runs have to reach back so far; 0 for any"),
	OPT(struct backup_conf, covers, OPT_TEXTS, .help = "folders that some job must hold",
	    .example = "[ \"/srv/lims\" ]"),
	OPT(struct backup_conf, holds, OPT_TEXTS,
	    .help = "folders that these jobs hold, where their tool does not say so",
	    .example = "[ \"/var/lib/postgresql\" ]"),
	OPT(struct backup_conf, canary_in, OPT_TEXT,
	    .help =
		"folder that is backed up, in which a dated file is kept for each of 40 days, so "
		"that a restore shows which run came back; none: nothing is written",
	    .example = "\"/srv/lims/.forewarn\""),
	OPT(struct backup_conf, password_file, OPT_TEXT,
	    .help =
		"file with the password of the repository (not its content); the account of the "
		"option user reads it, and others must not",
	    .example = "\"/etc/forewarn/restic.password\""),
	OPT(struct backup_conf, program, OPT_TEXT, .trusted = true,
	    .help = "the tool, where it is not in /usr/bin, /usr/local/bin or /bin",
	    .example = "\"/opt/restic/restic\""),
	{ .name = "network",
	    .type = OPT_TEXTS,
	    .offset = offsetof(struct backup_conf, foreign.network),
	    .example = "[ \"backup.example:443\" ]",
	    .help = "where a repository is in the network, as host:port: only these ports may be "
		    "connected to; none: no network" },
	FOREIGN_OPTS(struct backup_conf),
	OPT_END,
};

#define MAY_BE_LOST "A restore would bring back old data, and what came since would be lost"

static const struct finding age_findings[] = {
	{ "late", LEVEL_PLAN, MAY_BE_LOST, "Look why the last backup did not run" },
	{ "overdue", LEVEL_ACT, MAY_BE_LOST,
	    "Start the backup by hand, then find why it did not run" },
	{ "long-overdue", LEVEL_STOP, MAY_BE_LOST,
	    "Start the backup by hand today, before more work is done" },
	{ "none", LEVEL_STOP, "There is nothing to restore from",
	    "Start the backup by hand, and look where its copies should be" },
	{ .key = NULL },
};

static const struct finding size_findings[] = {
	{ "empty", LEVEL_STOP, "A restore would bring back nothing",
	    "Find the last run that holds data and keep it, then check what the job takes" },
	{ "rewritten", LEVEL_ACT,
	    "Most of the data is new at once: it may have been encrypted or replaced",
	    "Look at some of the files, and keep the runs before this one" },
	{ "shrunk", LEVEL_PLAN, "A restore today may lack data",
	    "Check that the job still takes every folder; accept it if it is meant" },
	{ "grown", LEVEL_PLAN, "Something fills the backup: a copy, a loop, or encrypted files",
	    "Look what is new in the folders of the job; accept it if it is meant" },
	{ "too-fast", LEVEL_PLAN, "A run that took far less time may not have read the data",
	    "Read the log of the last run; accept it if it is meant" },
	{ "too-slow", LEVEL_PLAN, "The next run may not be ready when work begins",
	    "Find what slows the backup down: the disk, the network, another job" },
	{ .key = NULL },
};

#define NOT_RESTORED "This run cannot be restored as a whole"
#define RUN_AGAIN "Read the log of the job, mend the cause, and start it again"

static const struct finding complete_findings[] = {
	{ "cut", LEVEL_ACT, NOT_RESTORED, "Check the disk for space, then start the backup again" },
	{ "damaged", LEVEL_ACT, NOT_RESTORED, "Start the backup again, and check the disk" },
	{ "error", LEVEL_ACT, NOT_RESTORED, RUN_AGAIN },
	{ "incomplete", LEVEL_ACT, "Some files are not in this run", RUN_AGAIN },
	{ "no-base", LEVEL_STOP, "Without the full run it is made on, it cannot be restored",
	    "Start a full backup now" },
	{ "source-gone", LEVEL_ACT, "A folder is not backed up any more",
	    "Check whether the folder was moved, and put it back into the job; accept it if it is "
	    "meant" },
	{ "gone", LEVEL_ACT, "Somebody or something deletes backups",
	    "Find who deleted them before more are gone; accept it if it was meant" },
	{ .key = NULL },
};

#define NOT_READ "Damage in a backup shows only when it is read"

static const struct finding verify_findings[] = {
	{ "never", LEVEL_PLAN, NOT_READ, "Plan a check that reads all of the backup" },
	{ "due", LEVEL_PLAN, NOT_READ, "Plan a check that reads all of the backup" },
	{ "overdue", LEVEL_ACT, NOT_READ, "Run the check that reads all of the backup" },
	{ "failed", LEVEL_STOP, "The backup is damaged and may not be restored",
	    "Start a new full backup in another place, and keep this one" },
	{ .key = NULL },
};

#define ONE_FIRE "One fire, theft or attack takes the data and its backup"

static const struct finding offsite_findings[] = {
	{ "behind", LEVEL_PLAN, ONE_FIRE, "Look why the copy to the second place did not run" },
	{ "far-behind", LEVEL_ACT, ONE_FIRE, "Start the copy to the second place by hand" },
	{ "none", LEVEL_STOP, ONE_FIRE, "Make a copy in the second place" },
	{ .key = NULL },
};

static const struct finding retention_findings[] = {
	{ "short", LEVEL_ACT, "What was changed or deleted earlier cannot be brought back",
	    "Change the job so that it keeps its runs for longer" },
	{ .key = NULL },
};

static const struct finding coverage_findings[] = {
	{ "uncovered", LEVEL_PLAN, "What is there is lost with its disk",
	    "Add the folder to a backup job, or say in the configuration which job holds it" },
	{ .key = NULL },
};

static const struct finding canary_findings[] = {
	{ "altered", LEVEL_ACT,
	    "Somebody changed or restored the folder, and other files in it may be changed too",
	    "Ask who works in this folder, and compare it with the last backup" },
	{ .key = NULL },
};

#define SEE_IT "Check that the place is there and that the account may read it"

static const struct rule backup_rules[] = {
	{ .name = "backup.age",
	    .title = "age of the newest good backup",
	    .by = BY_FINDING,
	    .findings = age_findings,
	    .unknown_do = SEE_IT },
	{ .name = "backup.size",
	    .title = "size of the backup",
	    .by = BY_FINDING | BY_RUNS,
	    .findings = size_findings,
	    .unknown_do = SEE_IT },
	{ .name = "backup.complete",
	    .title = "whether the newest backup is whole",
	    .by = BY_FINDING,
	    .findings = complete_findings,
	    .unknown_do = SEE_IT },
	{ .name = "backup.verify",
	    .title = "when the backup was last read as a whole",
	    .by = BY_FINDING,
	    .findings = verify_findings,
	    .unknown_do = SEE_IT },
	{ .name = "backup.offsite",
	    .title = "the copy in a second place",
	    .by = BY_FINDING,
	    .findings = offsite_findings,
	    .unknown_do = SEE_IT },
	{ .name = "backup.retention",
	    .title = "how far back the backups reach",
	    .by = BY_FINDING,
	    .findings = retention_findings,
	    .unknown_do = SEE_IT },
	{ .name = "backup.coverage",
	    .title = "whether a backup holds it",
	    .by = BY_FINDING,
	    .findings = coverage_findings,
	    .unknown_do = SEE_IT },
	{ .name = "backup.canary",
	    .title = "dated files that show which run was restored",
	    .by = BY_FINDING,
	    .findings = canary_findings,
	    .unknown_do = "Make the folder, and let the account of the option user write into it" },
	{ .name = NULL },
};

static int
check_places(const struct texts *t, struct err *e)
{
	struct backup_place p;

	if (t->n > BACKUP_PLACES_MAX)
		return err_set(e, ERR_LIMIT, "%zu places (at most %d)", t->n, BACKUP_PLACES_MAX);
	for (size_t i = 0; i < t->n; i++) {
		if (backup_place_parse(t->v[i], &p, e) < 0)
			return -1;
		for (size_t j = 0; j < i; j++)
			if (strcmp(t->v[i], t->v[j]) == 0)
				return err_set(
				    e, ERR_RANGE, "\"%.200s\" stands there twice", t->v[i]);
	}
	return 0;
}

static int
check_folders(const struct texts *t, struct err *e)
{
	if (t->n > BACKUP_COVERS_MAX)
		return err_set(e, ERR_LIMIT, "%zu folders (at most %d)", t->n, BACKUP_COVERS_MAX);
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i][0] != '/')
			return err_set(e, ERR_PARSE, "\"%.200s\" is not from / on", t->v[i]);
	return 0;
}

static int
backup_check(const void *conf, const char **opt, struct err *e)
{
	const struct backup_conf *c = conf;

	*opt = "jobs";
	if (c->jobs.n == 0)
		return err_set(e, ERR_RANGE, "it names no place");
	if (check_places(&c->jobs, e) < 0)
		return -1;
	*opt = "offsite";
	if (check_places(&c->offsite, e) < 0)
		return -1;
	*opt = "covers";
	if (check_folders(&c->covers, e) < 0)
		return -1;
	*opt = "holds";
	if (check_folders(&c->holds, e) < 0)
		return -1;
	*opt = "password_file";
	if (c->password_file != NULL &&
	    (c->password_file[0] != '/' || strpbrk(c->password_file, "'\\\n") != NULL))
		return err_set(e, ERR_PARSE, "it is not from / on, or has a quotation mark in it");
	*opt = "canary_in";
	if (c->canary_in != NULL && c->canary_in[0] != '/')
		return err_set(e, ERR_PARSE, "\"%.200s\" is not from / on", c->canary_in);
	*opt = "program";
	if (c->program != NULL && c->program[0] != '/')
		return err_set(e, ERR_PARSE, "\"%.200s\" is not from / on", c->program);
	return foreign_check(&c->foreign, opt, e);
}

static const struct foreign *
backup_foreign(const void *conf)
{
	const struct backup_conf *c = conf;

	return &c->foreign;
}

const struct probe_spec backup_spec = {
	.name = "backup",
	.summary =
	    "backups: fresh, whole, as large as ever, in a second place, of all that matters",
	.opts = backup_opts,
	.conf_size = sizeof(struct backup_conf),
	.needs = NEED_EXEC | NEED_FILES | NEED_STATE,
	.rules = backup_rules,
	.foreign = backup_foreign,
	.check = backup_check,
};
