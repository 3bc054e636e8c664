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

/* What the records of a file are, of which these are n bytes; start: its first ones. Also for
 * records that were sealed before (measure). Pure. */
enum format seal_format(const struct audit_conf *conf, const char *data, size_t n, bool start);
void seal_scanner(
    struct scanner *s, enum format format, const struct audit_conf *conf, struct regex *regex);

/* One record of n bytes, perhaps with the CR of its line end: read, and counted as understood or
 * not. */
void seal_look(struct scanner *s, struct understood *u, const char *rec, size_t n,
    const struct order_place *place, struct record_info *out);

void sealer_fini(struct sealer *z);

#endif
