/* SPDX-License-Identifier: Apache-2.0
 *
 * prove_case: one input that comes with forewarn and must raise an alarm: a folder
 *
 *	RULE, RULE+FINDING, either with ~WORD behind where a rule has several
 *	  check.conf   options of one check, without id and probe; "@ and @/ are the input's folder
 *	  at           the moment that stands for now (RFC 3339); without it, now
 *	  replay       what a server or a token once answered, as the probe's replay.h says
 *	  ...          files and folders, which are laid out for the check
 *	  look1/ ...   where it takes several looks: the same for each, laid over what is there;
 *	  look2/gone   names that are taken away before, one a line
 *	  times        "MOMENT NAME" a line: the modification time of a file; else a day before `at`
 *	  modes        "0600 NAME" a line: the rights of a file
 *
 * It runs as any check: own process, own cell, judge. Nothing of this computer is touched but a
 * folder for the time of the run.
 */
#ifndef CLI_PROVE_CASE_H
#define CLI_PROVE_CASE_H

#include "base/arena.h"
#include "base/err.h"
#include "model/handed.h"
#include "model/result.h"
#include "model/rule.h"

#define PROVE_LOOKS_MAX 9
#define PROVE_TEXT_MAX ((size_t)64 << 10) /* bytes of check.conf, at, gone, times */
#define PROVE_FILE_MAX ((size_t)16 << 20) /* bytes of one file of the input */
#define PROVE_DEPTH_MAX 8                 /* folders in folders */
#define PROVE_FINDING_MAX 64              /* bytes of a finding's key */

struct prove_case {
	const char *name; /* of its folder, borrowed */
	char rule[HANDED_RULE_MAX + 1];
	char finding[PROVE_FINDING_MAX + 1]; /* "": the rule's figures or date */
};

/* -1: no such name. Pure. */
int prove_case_parse(const char *name, struct prove_case *out);

/* Runs the check on the input in `dir` (folder/name) and has the newest look judged; items lie in
 * the arena. -1 with *e set: the input cannot be laid out or its options are refused. Blocks. */
int prove_case_run(
    const char *dir, const char *probe, struct arena *a, struct result *out, struct err *e);

/* The item that shows the alarm: under that rule, with that finding, and not fine. rule: that of
 * the case. NULL: none. Pure. */
const struct item *prove_case_alarm(
    const struct prove_case *c, const struct rule *rule, const struct result *r);

#endif
