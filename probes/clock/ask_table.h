/* SPDX-License-Identifier: Apache-2.0
 *
 * ask_table: finds the request that an answer belongs to, by the 64 random bits it returns.
 */
#ifndef CLOCK_ASK_TABLE_H
#define CLOCK_ASK_TABLE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct ask_slot {
	uint64_t origin; /* 0: free */
	uint32_t server, request;
};

struct ask_table {
	struct ask_slot *slots;
	size_t mask;
	uint64_t random[64];
	size_t random_left;
	struct arena *arena;
	size_t used;
};

void ask_table_init(struct ask_table *t, size_t expected, struct arena *a);

/* A fresh origin for this request; 0: no randomness is to be had. */
uint64_t ask_table_add(struct ask_table *t, size_t server, size_t request);

const struct ask_slot *ask_table_find(const struct ask_table *t, uint64_t origin);

#endif
