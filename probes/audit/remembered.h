/* SPDX-License-Identifier: Apache-2.0
 *
 * remembered: the newest head of a log's notes as it is kept outside of the check's own folder (by
 * forewarnd, which sends it on in the feed), and what it means when the notes do not follow from
 * it. Whoever can write the folder can write both log and notes; a head that is kept elsewhere then
 * still says that there was more.
 *
 * The text: "fw1 kept stream=ID born=US at=US bytes=N chain=HEX was=RULE:KEY,...": when the notes
 * began (us of wall time), when this was the newest head, bytes of ID.statements and the chain hash
 * over their lines up to there, and what was open then.
 */
#ifndef PROBES_AUDIT_REMEMBERED_H
#define PROBES_AUDIT_REMEMBERED_H

#include "log.h"

#include "probes/probe.h"

#define REMEMBERED_OPEN_MAX 8 /* kinds of findings that are kept by name; the first ones */

/* Before `follow`: finds that the notes are gone, or older than what is kept (rule "state"), and
 * puts back into them what had been open. kept: NULL when nothing is. */
void remembered_compare(struct log *l, const struct keep *kept);

/* After the notes were saved: has their newest head kept, if it is another one. */
void remembered_keep(const struct probe_ctx *ctx, const struct log *l, const struct keep *kept);

#endif
