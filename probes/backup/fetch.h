/* SPDX-License-Identifier: Apache-2.0
 *
 * fetch: a place becomes a catalogue.
 */
#ifndef PROBES_BACKUP_FETCH_H
#define PROBES_BACKUP_FETCH_H

#include "look.h"

/* Fills s->c from s->place, its runs oldest first; s->unread says why it could not be read. Blocks,
 * at most until the run's time is over. */
void fetch(
    const struct probe_ctx *ctx, const struct backup_conf *conf, instant now, struct seen_place *s);

#endif
