/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the register probe: its options, rules and words.
 */
#include "register.h"

#include <string.h>

static const struct opt register_opts[] = {
	OPT(struct register_conf, files, OPT_TEXTS, .required = true,
	    .example = "[ \"/srv/quality/calibrations.csv\" ]",
	    .help = "lists, or folders of them (*.csv *.tsv *.txt *.conf *.cfg): tables as "
		    "spreadsheets export them (names of columns in English, German or French; "
		    "separated by ; , or tab), or entries = ( { id = \"…\"; … }, … ); of ours"),
	OPT(struct register_conf, columns, OPT_TEXTS,
	    .example = "[ \"at=Next cal.\", \"id=Serial\" ]",
	    .help = "columns whose names are not understood, each as column=name in the list; the "
		    "columns are id title kind at lead_d owner secondary started hours_low "
		    "hours_likely hours_high note file url reviewed hash fingerprint away_from "
		    "away_to auto_renew"),
	OPT(struct register_conf, dates, OPT_CHOICE, .dflt = "auto", .choices = "auto|d/m/y|m/d/y",
	    .help = "what stands first in 03/04/2027; auto: as the other dates of the list show "
		    "it, and what they do not show is not read"),
	OPT(struct register_conf, kind, OPT_CHOICE, .dflt = "other",
	    .choices = "licence|calibration|accreditation|contract|domain|card|pin|subscription|"
		       "portal|exception|review|playbook|role|key|audit|drill|password|person|"
		       "other",
	    .help = "what the entries are that do not say it themselves"),
	OPT(struct register_conf, all_lines, OPT_BOOL, .dflt = "false",
	    .help = "every line that cannot be read is told by itself, not the first 40 of a list; "
		    "`forewarn register check` asks for it"),
	OPT_END,
};

static const struct finding people_findings[] = {
	{ "no-owner", LEVEL_PLAN, "When it is due, nobody is there to act.",
	    "Name an owner in the list." },
	{ "no-secondary", LEVEL_PLAN, "While the owner is away nobody acts, and nobody learns it.",
	    "Name a second person in the list." },
	{ "one-person", LEVEL_PLAN, "While this person is away nobody acts.",
	    "Name somebody else as the second person in the list." },
	{ "overdue-alone", LEVEL_ACT,
	    "Its day is past, and there is one person at most who can act.",
	    "Ask the owner how it stands, and name a second person in the list." },
	{ "away-alone", LEVEL_STOP, "Until the owner is back nobody can act.",
	    "Name somebody who stands in now, and enter that in the list." },
	{ "both-away", LEVEL_STOP, "Until one of the two is back nobody can act.",
	    "Name somebody who stands in now, and enter that in the list." },
	{ 0 },
};

static const struct finding playbook_findings[] = {
	{ "missing", LEVEL_STOP, "Whoever stands in has nothing to go by when it is needed.",
	    "Put the playbook back, or correct its place in the list." },
	{ "incomplete", LEVEL_ACT, "Whoever stands in gets stuck at what is not written down.",
	    "Write what is missing; `forewarn playbook new` prints the six headings." },
	{ "changed", LEVEL_ACT, "What stands in it now was approved by nobody.",
	    "Read the change, then enter the new check sum, or put the approved file back." },
	{ "never-reviewed", LEVEL_ACT, "Nobody knows whether it still fits.",
	    "Read it with the second person, and enter the day in the list." },
	{ "review-late", LEVEL_ACT, "It may describe what is not there any more.",
	    "Read it with the second person, and enter the day in the list." },
	{ "review-due", LEVEL_PLAN, "It may describe what is not there any more.",
	    "Read it with the second person, and enter the day in the list." },
	{ "not-approved", LEVEL_PLAN, "A change of it would go unseen.",
	    "Enter the check sum of the approved file in the list." },
	{ "address-only", LEVEL_PLAN,
	    "Whether it is there and complete is not watched, nor can it be read without a line.",
	    "Keep a copy as a file, and enter that file in the list." },
	{ 0 },
};

static const struct finding portal_findings[] = {
	{ "other", LEVEL_ACT, "The portal refuses what is signed with the new certificate.",
	    "Enter the new certificate at the portal, make a test filing, then correct the list." },
	{ "other-soon", LEVEL_STOP,
	    "The portal refuses the new certificate, and the one it knows ends within days.",
	    "Enter the new certificate at the portal today, and make a test filing." },
	{ 0 },
};

static const struct finding rows_findings[] = {
	{ "gone", LEVEL_ACT, "What is not in the list any more is watched by nobody.",
	    "Put the entries back; if they were meant to go, accept that." },
	{ 0 },
};

/* can only be fine or unknown */
static const struct finding no_findings[] = { { 0 } };

static const struct rule register_rules[] = {
	{ .name = "register.date",
	    .title = "Day of the entry",
	    .by = BY_DEADLINE,
	    .so_what = "After that day it does not hold any more, and work that needs it stops.",
	    .do_now = "Start what it needs, and enter that day in the list.",
	    .unknown_do = "Correct that line of the list." },
	{ .name = "register.people",
	    .title = "Somebody can act, and somebody else too",
	    .by = BY_FINDING,
	    .findings = people_findings,
	    .unknown_do = "Correct that line of the list." },
	{ .name = "register.playbook",
	    .title = "Playbook is there, whole, read again and approved",
	    .by = BY_FINDING,
	    .findings = playbook_findings,
	    .unknown_do = "Keep it as plain text, and give the account of the service the right to "
			  "read it." },
	{ .name = "register.portal",
	    .title = "Portal knows the certificate that is in use",
	    .by = BY_FINDING,
	    .findings = portal_findings,
	    .unknown_do = "Name the certificate in the list, as a file." },
	{ .name = "register.rows",
	    .title = "Entries of the list are still there",
	    .by = BY_FINDING,
	    .findings = rows_findings,
	    .unknown_do = "Look at the folder of this check's notes and at the free space there." },
	{ .name = "register.read",
	    .title = "Lines of the list can be read",
	    .by = BY_FINDING,
	    .findings = no_findings,
	    .unknown_do = "Correct these lines; `forewarn register check` lists each." },
	{ 0 },
};

/* The names of an entry, for what must link nothing of the work. */
static const char *const col_words[] = { "id", "title", "kind", "at", "lead_d", "owner",
	"secondary", "started", "hours_low", "hours_likely", "hours_high", "note", "file", "url",
	"reviewed", "hash", "fingerprint", "away_from", "away_to", "auto_renew" };

_Static_assert(sizeof(col_words) / sizeof(col_words[0]) == COL_N, "each column has its name");

static int
register_check(const void *conf, const char **opt, struct err *e)
{
	const struct register_conf *c = conf;

	*opt = "files";
	if (c->files.n == 0)
		return err_set(e, ERR_RANGE, "names no list");
	if (c->files.n > REGISTER_FILES_MAX)
		return err_set(
		    e, ERR_LIMIT, "names %zu lists (at most %d)", c->files.n, REGISTER_FILES_MAX);
	*opt = "columns";
	for (size_t i = 0; i < c->columns.n; i++) {
		size_t n = strcspn(c->columns.v[i], "="), k = 0;

		while (k < COL_N &&
		       (strlen(col_words[k]) != n || memcmp(col_words[k], c->columns.v[i], n) != 0))
			k++;
		if (k == COL_N || c->columns.v[i][n] == '\0' || c->columns.v[i][n + 1] == '\0')
			return err_set(e, ERR_PARSE,
			    "\"%.60s\" is not column=name with a column that there is",
			    c->columns.v[i]);
	}
	return 0;
}

const struct probe_spec register_spec = {
	.name = "register",
	.summary =
	    "lists of what has a date or an owner: calibrations, licences, playbooks, people",
	.opts = register_opts,
	.conf_size = sizeof(struct register_conf),
	.needs = NEED_FILES | NEED_STATE,
	.rules = register_rules,
	.check = register_check,
};
