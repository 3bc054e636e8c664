/* SPDX-License-Identifier: Apache-2.0
 *
 * gate: how the letters of a scenario combine: any(a, b) one is enough, all(a, b) each must fail,
 * k2(a, b, c) two of them; gates stand in gates. Pure.
 */
#ifndef PACKS_GATE_H
#define PACKS_GATE_H

#include "base/arena.h"
#include "base/err.h"

#define GATE_DEPTH_MAX 8
#define GATE_CHILDREN_MAX 26 /* as many as there are letters */

struct pack_gate {
	char letter;                      /* 'a' to 'z'; NUL: a gate of gates */
	unsigned need;                    /* so many of its children must fail */
	const struct pack_gate *children; /* n of them */
	unsigned n;
};

/* -1 with *e: what is wrong, and where. The gate lies in the arena. */
int gate_parse(const char *text, struct arena *a, struct pack_gate *out, struct err *e);

/* The letters in it, a bit each ('a' is the lowest); one that stands in it twice is in *twice. */
unsigned gate_letters(const struct pack_gate *g, unsigned *twice);

#endif
