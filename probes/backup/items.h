/* SPDX-License-Identifier: Apache-2.0
 *
 * items: what is told of each job.
 */
#ifndef PROBES_BACKUP_ITEMS_H
#define PROBES_BACKUP_ITEMS_H

#include "look.h"

/* Takes what people accepted since the last look into the memory. Before look_all. */
void accepts_take(struct look *l);

/* One item for each job and rule, and those of places that could not be read. */
void items_tell(struct look *l);

/* backup.coverage: one item for each place that must be in some job. */
void coverage_tell(const struct look *l);

/* backup.offsite of one job. */
void offsite_tell(const struct look *l, const struct seen_job *s);

/* Identities of findings, as they stand in the evidence of items. */
#define ACCEPT_ID 32
const char *gone_id(const struct kept_job *k, char buf[ACCEPT_ID]);
const char *lost_id(const char *path, char buf[ACCEPT_ID]);

#define BYTES_TEXT 32
const char *bytes_words(double bytes, char buf[BYTES_TEXT]); /* "4.0 GB", "812 bytes" */

#endif
