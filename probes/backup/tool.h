/* SPDX-License-Identifier: Apache-2.0
 *
 * tool: restic, borg and pgbackrest run for their catalogue, with command lines that write nothing
 * and take no lock. Secrets go by the path of a file only.
 */
#ifndef PROBES_BACKUP_TOOL_H
#define PROBES_BACKUP_TOOL_H

#include "backup.h"

#define TOOL_LAST 60 /* archives of borg that are asked for, the newest */

/* What the tool of that place printed; NUL stands behind it. -1 with *e: why there is no catalogue,
 * in words. Blocks, at most until the run's time is over. */
int tool_catalogue(const struct probe_ctx *ctx, const struct backup_conf *c,
    const struct backup_place *p, char **text, size_t *n, struct err *e);

/* `restic stats` of one snapshot, for what a restic before 0.17 does not keep. */
int tool_restic_stats(const struct probe_ctx *ctx, const struct backup_conf *c,
    const struct backup_place *p, const char *id, char **text, size_t *n, struct err *e);

/* Which account reads the password file, and whether it may: 0, or -1 with *e. *who: "the account
 * backup (1003)", in the arena. */
int tool_password(const struct probe_ctx *ctx, const char *file, const char **who, struct err *e);

#endif
