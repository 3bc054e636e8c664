/* SPDX-License-Identifier: Apache-2.0
 *
 * ring: a log whose program keeps only its newest records or bytes: it is written anew without its
 * oldest ones. Those that leave at the front are counted; what remains must stand there as it was
 * noted, in its order. Option `trimmed`; where bytes are counted, the first line may be the end of
 * a record, and is not looked at.
 *
 * In the notes: "fw1 ring stream= at= side= front= rec= len= sha256=": records that have left since
 * the first look, then records, bytes and SHA-256 of what was there; the newest such statement
 * counts. The keyed hash of each record and its time are in the sidecars (side.h) `side` and the
 * one behind it; two pairs are written in turn, so that a killed run leaves the pair of the last
 * head. "fw1 torn stream= at= kind= record= count= others=": what was found; it is told until
 * somebody accepts it, since the records around it leave one day.
 */
#ifndef PROBES_AUDIT_RING_H
#define PROBES_AUDIT_RING_H

#include "log.h"
#include "record.h"

#include "probes/probe.h"

#define RING_MAX ((size_t)64 << 20)    /* bytes of such a log; a longer one is not looked at */
#define RING_RECORDS ((size_t)1 << 20) /* of it, likewise */
#define RING_FRESH                                                                                 \
	(500 * INSTANT_S / 1000) /* since it was written to: it may be in the middle of it */
#define RING_READS 20            /* times that it is read until it stands still */

/* conf->paths.v[path]: looks at it and tells of it. key: NULL, it cannot be judged. regex: NULL
 * unless format "regex". Blocks on the disk, and for RING_READS * 100 ms on a log that is being
 * written. */
void ring_look(const struct probe_ctx *ctx, const struct audit_conf *conf, size_t path,
    const struct side_key *key, struct regex *regex, struct digester *d);

#endif
