/* SPDX-License-Identifier: Apache-2.0
 *
 * context: what a new result and the passing of time need alike to ask the policy about one
 * fingerprint: its row, what people said about it, what it hangs on. Within a transaction; -1 with
 * *e: roll back.
 */
#ifndef DAEMON_CONTEXT_H
#define DAEMON_CONTEXT_H

#include "daemon/counts.h"
#include "daemon/ground.h"

struct context {
	const struct ground *on;
	const struct check_conf *check; /* NULL: no longer configured */
	struct arena *a;
	instant now;
	struct store_silence *silences;
	size_t nsilences;
	struct store_exception *exceptions;
	size_t nexceptions;
	const struct check_conf *cause_of; /* whose cause is read: */
	instant cause_seen;                /* wall: the newest run of the check it hangs on */
	struct silence quiet; /* while a program of quiet_when_running runs; until 0: none */
};

/* Of all standings of one check the worst. */
struct worst_standing {
	struct standing st;
	bool any; /* the check has a standing */
};

/* now: the wall clock. Its silences and exceptions come with context_read_pauses. */
struct context context_of(const struct ground *on, const struct check_conf *check, struct arena *a);
int context_read_pauses(struct context *c, struct err *e);

/* While an instrument measures (a program of quiet_when_running runs), only stop is told. */
void context_look_for_instrument(struct context *c);

/* Of c->check and one of its rules; NULL: of the check's own run. */
struct policy_terms context_terms(const struct context *c, const struct rule *rule);

/* What the policy is asked with. parent NULL: it hangs on nothing. */
void context_now(struct context *c, const char *fingerprint, const struct standing *parent,
    struct policy_now *n);

/* How long a row with that standing waits until the check that it hangs on was looked at; SPAN_MAX:
 * it does not wait. */
span context_wait(const struct context *c, const struct standing *st);

/* The row of a fingerprint of c->check, made when it is new. */
int context_row(struct context *c, const char *fingerprint, const char *target, const char *rule,
    struct store_standing *row, struct err *e);

/* How many alerts are quiet because of c->check: its own items' and those of the checks below. */
int context_suppressed(struct context *c, uint64_t *n, struct err *e);

/* The worst standing of the check that c->check names as its parent. */
int context_above(struct context *c, struct worst_standing *w, struct err *e);

/* What an item of c->check hangs on: the check above if that is in trouble, else the run of its own
 * check. *parent points into above or room. */
int context_parent(struct context *c, const struct worst_standing *above,
    const struct standing **parent, struct standing *room, struct err *e);

/* What a dated item that could not be judged hangs on in truth, while the clock is in doubt and
 * until the check has run often enough after that: that item of the check `forewarn`. Else *parent
 * stays. */
int context_clock(struct context *c, const struct rule *rule, enum level seen, enum level held,
    const struct standing **parent, struct standing *room, struct err *e);

/* The item as the newest result of c->check has it, judged; NULL if it has none. */
const struct item *context_item(struct context *c, const char *target, const char *rule);

#endif
