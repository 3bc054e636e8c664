/* SPDX-License-Identifier: Apache-2.0
 *
 * report: the items of one volume.
 */
#ifndef PROBES_DISK_REPORT_H
#define PROBES_DISK_REPORT_H

#include "disk.h"

/* meant: it is read-only as somebody wants it. */
void report_volume(const struct probe_ctx *ctx, const struct disk_volume *v, bool meant);

/* A volume that could not be looked at. */
void report_unknown(const struct probe_ctx *ctx, const char *path, const char *why);

#endif
