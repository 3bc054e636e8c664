/* SPDX-License-Identifier: Apache-2.0
 *
 * past: all that forewarnd has recorded of one check, asked over its socket.
 */
#ifndef CLI_PAST_H
#define CLI_PAST_H

#include "model/result.h"
#include "model/rule.h"
#include "model/sample.h"
#include "tell/control_wire.h"

struct past_metric {
	struct sample *v; /* oldest first */
	size_t n, cap;
};

/* An item of the newest result: its metrics have the limits in force. */
struct past_item {
	struct item item;
	struct past_metric *metrics; /* item.nmetrics of them */
};

struct past {
	struct arena *a; /* the caller's; all lies in it */
	bool watched;    /* false: forewarnd has no check of that id */
	struct ctl_terms terms;
	struct past_item *items;
	size_t n, cap;
	uint64_t left_out; /* series that one answer does not hold */
	const struct rule *rules;
};

/* rules: of the check's probe. 0, or -1 with *e set: ERR_PARSE when the answer was not understood,
 * else as control_ask. Blocks. */
int past_ask(
    struct past *p, const char *socket, const char *check, const struct rule *rules, struct err *e);

/* NULL: the newest result has none of that target under that rule. */
const struct past_item *past_item(const struct past *p, const char *target, const char *rule);

#endif
