/* SPDX-License-Identifier: Apache-2.0
 *
 * accept: a finding that a person said was meant to be (`forewarn accept`) ends here, on record in
 * the statements ("fw1 accepted ..."). What the same bytes would show again stays in the list of
 * findings, marked, so that it is not found a second time; a later change counts anew.
 */
#ifndef PROBES_AUDIT_ACCEPT_H
#define PROBES_AUDIT_ACCEPT_H

#include "log.h"

#include "model/handed.h"

#define FINDING_ID 17 /* 16 hex digits */

/* The identity of a finding: the same in each run that tells it, another one when it has grown. */
void accept_id(const struct state *s, const struct kept_finding *f, char id[FINDING_ID]);

/* The identity of what is not kept as a finding, since it is measured anew in each run: that no
 * times are read in this log, with these options. */
void accept_unclear_id(const struct state *s, char id[FINDING_ID]);
/* The mark that it was accepted; NULL: it was not, or the options are others since then. */
const struct kept_finding *accept_unclear(const struct state *s);

/* Ends what the job says was accepted of this log. Before `follow`: what this run finds is new. */
void accept_apply(struct log *l, const struct handed *handed);

/* Forgets the marks whose change is not there any more. */
void accept_tidy(struct state *s);

/* Findings that are still to be told and speak against the records that are there. */
size_t accept_open(const struct state *s);
/* The newest of those that were accepted and stay known; NULL: there is none. */
const struct kept_finding *accept_newest(const struct state *s);

#endif
