/* SPDX-License-Identifier: Apache-2.0
 *
 * spool: the bytes of all certificates of a run, so that they can be told of when all are known.
 * The first SPOOL_MEMORY bytes stay in memory; what is more goes into a file without a name in the
 * check's own folder, and without a folder into memory too.
 */
#ifndef PROBES_CENSUS_SPOOL_H
#define PROBES_CENSUS_SPOOL_H

#include "probes/x509/der.h"

#define SPOOL_MEMORY ((size_t)4 << 20)

struct spool {
	uint8_t *buf;
	size_t used, cap; /* of buf */
	uint64_t filed;   /* bytes that are in the file, before those in buf */
	int dir, fd;      /* -1: none */
};

/* dir is the caller's, an open folder or -1. */
void spool_init(struct spool *s, int dir);
void spool_fini(struct spool *s);

/* Where the bytes are from now on. Without memory the process ends (base/memory). */
uint64_t spool_put(struct spool *s, struct der bytes);
/* Reads them back into room, which has len bytes; false: the file cannot be read. */
bool spool_get(const struct spool *s, uint64_t at, uint8_t *room, size_t len);

#endif
