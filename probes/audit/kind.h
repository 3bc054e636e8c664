/* SPDX-License-Identifier: Apache-2.0
 *
 * kind: what kind of trail stands at a path of `paths`: by the notes about it, and where there are
 * none by its first bytes. Blocks on the disk.
 */
#ifndef PROBES_AUDIT_KIND_H
#define PROBES_AUDIT_KIND_H

#include "audit.h"
#include "digest.h"

#include "base/arena.h"

enum kind { KIND_LOG, KIND_TABLE, KIND_EXPORT, KIND_RING };

/* The notes in a check's folder. */
struct kinds {
	int folder;
	bool others; /* there are notes of tables or exports: each log is looked up */
};

/* Once a run: most checks have logs only. */
struct kinds kinds_of(int folder);

enum kind kind_find(const struct kinds *k, const char *path, const struct audit_conf *conf,
    struct arena *a, struct digester *d);

#endif
