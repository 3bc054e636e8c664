/* SPDX-License-Identifier: Apache-2.0
 *
 * memory: since when a place fails and how long its answers took, from run to run, in the check's
 * own folder.
 */
#ifndef REACH_MEMORY_H
#define REACH_MEMORY_H

#include "probes/probe.h"

#define MEMORY_TIMES 30 /* answers of one place that are kept */
#define MEMORY_FEW 7    /* answers that tell the usual time */
#define MEMORY_PLACES_MAX 72
#define MEMORY_URL_MAX 800 /* bytes */
#define MEMORY_BYTES_MAX ((size_t)256 << 10)

struct memory_place {
	char url[MEMORY_URL_MAX];
	instant since;             /* it fails; 0: it does not */
	uint32_t ms[MEMORY_TIMES]; /* oldest first */
	size_t n;
	bool used; /* asked for in this run: what is not is forgotten */
};

struct memory {
	struct memory_place *v; /* MEMORY_PLACES_MAX, in the arena */
	size_t n;
};

/* What is there; what cannot be read counts as nothing. */
void memory_read(const struct probe_ctx *ctx, struct memory *m);
int memory_write(const struct probe_ctx *ctx, const struct memory *m, struct err *e);

/* From text, and to it. Pure. false: not a memory of this form. */
bool memory_parse(char *text, struct memory *m);

/* That place, new if it was not there; NULL: there are too many. */
struct memory_place *memory_of(struct memory *m, const char *url);

void memory_add(struct memory_place *p, int64_t took_ns);

/* The middle of what its answers took, ms; 0: fewer than MEMORY_FEW are known. Pure.
 */
uint32_t memory_usual(const struct memory_place *p);

#endif
