/* SPDX-License-Identifier: Apache-2.0
 *
 * remembered: the newest head of a log's notes as it is kept outside of the check's own folder (by
 * forewarnd, which sends it on in the feed), and what it means when the notes do not follow from
 * it. Whoever can write the folder can write both log and notes; a head that is kept elsewhere then
 * still says that there was more.
 *
 * The text: "fw1 kept stream=ID born=US at=US bytes=N rec=N chain=HEX was=RULE:KEY,...": when the
 * notes began (us of wall time), when this was the newest head, bytes of ID.statements and the
 * chain hash over their lines up to there, and what was open then.
 */
#ifndef PROBES_AUDIT_REMEMBERED_H
#define PROBES_AUDIT_REMEMBERED_H

#include "log.h"

#include "probes/probe.h"

#define REMEMBERED_OPEN_MAX 8 /* kinds of findings that are kept by name; the first ones */

/* Before `follow`: finds that the notes are gone, or older than what is kept (rule "state"), and
 * puts back into them what had been open. kept: NULL when nothing is. */
void remembered_compare(struct log *l, const struct keep *kept);

/* After the notes were saved: has their newest head kept. Reads nothing. */
void remembered_keep(const struct probe_ctx *ctx, const char *path, const struct state *s,
    instant now, const struct keep *kept);

/* For trails whose findings are measured anew in each run (trail.h): */
enum remembered_behind { REMEMBERED_FOLLOWS, REMEMBERED_GONE, REMEMBERED_PUT_BACK };

/* What the notes that were loaded are against what is kept; *at: wall, when that was the newest
 * head. */
enum remembered_behind remembered_judge(struct state *s, const struct keep *kept, instant *at);

/* The finding's key under rule "audit.state", and its words, in the arena. */
const char *remembered_key(enum remembered_behind b);
const char *remembered_words(enum remembered_behind b, instant at, struct arena *a);

#endif
