/* SPDX-License-Identifier: Apache-2.0
 *
 * wire: a result to and from frames. A worker sends one WIRE_ITEM an item, as it goes, and one
 * WIRE_END; a stream without its end is no result. What comes out of wire_get_item is whole and in
 * range: rule known, finding known to the rule, numbers of enums valid, counts under the limits.
 */
#ifndef MODEL_WIRE_H
#define MODEL_WIRE_H

#include "base/frame.h"
#include "model/result.h"
#include "model/rule.h"

enum wire_kind {
	WIRE_ITEM = 2, /* 1 is the job (cell/job) */
	WIRE_END,
	WIRE_FAIL, /* instead of an end: the run failed as a whole, with its reason */
	WIRE_NOTE, /* what the worker is about to do; shown if it never returns */
	WIRE_CELL, /* what confines it, in words, before the first item */
	WIRE_KEEP, /* a text to keep for a target; any number of them, before the end */
};

#define WIRE_METRICS_MAX 256
#define WIRE_EVIDENCE_MAX 64
#define WIRE_TEXT_MAX ((size_t)65536)

void wire_put_item(struct frame *f, const struct item *it);

/* Into *it, text in the arena; -1 with *e set: what is wrong. */
int wire_get_item(
    struct frame *f, const struct rule *rules, struct arena *a, struct item *it, struct err *e);

void wire_put_keep(struct frame *f, const struct keep *k);
int wire_get_keep(struct frame *f, struct arena *a, struct keep *k, struct err *e);

struct wire_end {
	uint32_t items; /* that were sent before */
	struct host_clock host_clock;
};

void wire_put_end(struct frame *f, const struct wire_end *end);
int wire_get_end(struct frame *f, struct wire_end *end, struct err *e);

/* WIRE_FAIL, WIRE_NOTE and WIRE_CELL: one text. */
void wire_put_text(struct frame *f, const char *text);
int wire_get_text(struct frame *f, struct arena *a, const char **text, struct err *e);

#endif
