/* SPDX-License-Identifier: Apache-2.0
 *
 * export: a trail that is written anew each time with its newest records at the top (exports of
 * event viewers, LIMS, chromatography data systems). Its records are counted from the oldest; what
 * was noted must stand at its end as it did.
 *
 * In the notes: "fw1 export stream= at= rec= len= sha256=": records, bytes and SHA-256 of the
 * whole, oldest record first (behind the line that names the columns, if there is one); the newest
 * such statement counts. The hashes of single records are in the sidecar (side.h). ID.export is
 * there when a log is such a trail.
 */
#ifndef PROBES_AUDIT_EXPORT_H
#define PROBES_AUDIT_EXPORT_H

#include "log.h"

#include "probes/probe.h"

#define EXPORT_MAX ((size_t)64 << 20) /* bytes of such a file; a longer one is not looked at */
#define EXPORT_PEEK ((size_t)65536)   /* bytes of its start by which it is recognised */
#define EXPORT_PAIRS 16               /* records that are dated before the one above, at least */
#define EXPORT_UPS 20 /* to each dated after the one above at least so many before */

#define EXPORT_MARK ".export" /* ending of the file that is there when a log is such a trail */

/* Whether a file whose first n bytes these are is such a trail: its times run backwards. Pure. */
bool export_begins(const char *data, size_t n, const struct audit_conf *conf);

/* conf->paths.v[path]: looks at it and tells of it. key: NULL, single records are not told apart.
 */
void export_look(const struct probe_ctx *ctx, const struct audit_conf *conf, size_t path,
    const struct side_key *key, struct digester *d);

#endif
