/* SPDX-License-Identifier: Apache-2.0
 *
 * tell: what an entry is told as: its day, who can act, its playbook, its portal.
 */
#ifndef PROBES_REGISTER_TELL_H
#define PROBES_REGISTER_TELL_H

#include "entry.h"

#define REVIEW_DUE (180 * SPAN_DAY)  /* a playbook that was read so long ago is to be read again */
#define REVIEW_LATE (365 * SPAN_DAY) /* and then it is late */
#define PORTAL_SOON (7 * SPAN_DAY)   /* the certificate that the portal knows ends within so long */
#define PLAYBOOK_MAX ((size_t)1 << 20) /* bytes of one */

/* An item of the entry with its evidence; two more can be put behind it. */
struct item tell_item(
    const struct entry *en, const char *rule, const char *summary, struct arena *a);
void tell_put(struct item *it, const char *key, const char *value);

/* Its day, or that its line cannot be read. */
void tell_date(const struct probe_ctx *ctx, const struct entry *en, instant now);

/* One item for each entry that lacks somebody, and one for a table without such a column. */
void tell_people(const struct probe_ctx *ctx, const struct entries *all, const struct list *lists,
    size_t nlists, instant now);

/* Blocks: reads the file that the entry names. */
void tell_playbook(const struct probe_ctx *ctx, const struct entry *en, instant now);
void tell_portal(const struct probe_ctx *ctx, const struct entry *en, instant now);

/* The file that the entry names, from the folder of its list; in the arena. */
const char *tell_path(const struct entry *en, struct arena *a);

#endif
