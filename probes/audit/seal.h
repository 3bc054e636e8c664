/* SPDX-License-Identifier: Apache-2.0
 *
 * seal: cuts what is new in a file into chunks of whole records, notes a statement for each, and
 * shows every record to `order` once on the way.
 */
#ifndef PROBES_AUDIT_SEAL_H
#define PROBES_AUDIT_SEAL_H

#include "hasher.h"
#include "files.h"

#include "base/clk.h"

struct sealer {
	struct state *s;
	const struct audit_conf *conf;
	struct regex *regex; /* NULL unless format "regex" */
	struct clk *clk;
	instant now; /* wall clock when the run began */
	span until;  /* on clk->mono: stop then, with what is done noted */
	struct hasher *hasher;
	char *room[2];  /* of SEAL_ROOM bytes, made when first needed */
	uint64_t bytes; /* sealed in this run */
};

#define SEAL_ROOM (2 * AUDIT_RECORD)

/* From g->sealed to the end of g->file. ends: the last record is taken even without its line end
 * (nothing will be added to it). in_order: the records follow those that `order` saw last. 1: done,
 * 0: time ran out, -1 with *e set; g and the statements are right in each case. */
int seal_file(struct sealer *z, struct segment *g, bool ends, bool in_order, struct err *e);

void sealer_fini(struct sealer *z);

#endif
