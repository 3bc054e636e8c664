/* SPDX-License-Identifier: Apache-2.0
 *
 * readers: what the tools print and jobs leave behind, each tool in a file of its own. All take
 * text from outside and are pure. 0, or -1 with *e when it is not what the tool prints; single
 * entries that are not understood are counted in the catalogue (odd).
 */
#ifndef PROBES_BACKUP_READERS_H
#define PROBES_BACKUP_READERS_H

#include "catalogue.h"

/* `restic snapshots --json`, restic 0.14 to 0.18; before 0.17 without sizes. */
int read_restic(const char *text, size_t n, struct catalogue *c, struct err *e);
/* What `restic stats --json --mode restore-size ID` prints, into a run without sizes. */
int read_restic_stats(const char *text, size_t n, struct backup_run *r, struct arena *a);
/* `borg info --json --last N` with TZ=UTC, since borg prints times without a zone. */
int read_borg(const char *text, size_t n, struct catalogue *c, struct err *e);
/* `pgbackrest info --output=json`. */
int read_pgbackrest(const char *text, size_t n, struct catalogue *c, struct err *e);
/* The log file of rsnapshot; its times are this computer's. */
int read_rsnapshot(const char *text, size_t n, struct catalogue *c, struct err *e);
/* What a job leaves: an object of JSON, an array of such, one a line, or lines NAME=VALUE. */
int read_pushed(const char *text, size_t n, struct catalogue *c, struct err *e);
/* The result of Duplicati as JSON (send-http-json-urls, or its log). */
int read_duplicati(const char *text, size_t n, struct catalogue *c, struct err *e);
/* `/api2/json/admin/datastore/STORE/snapshots` of Proxmox Backup Server. */
int read_proxmox(const char *text, size_t n, struct catalogue *c, struct err *e);
/* `Get-VBRBackupSession | ConvertTo-Json` of Veeam. */
int read_veeam(const char *text, size_t n, struct catalogue *c, struct err *e);

#endif
