/* SPDX-License-Identifier: Apache-2.0
 *
 * teller: what is told, as events with a number, and each event written out for the ways that want
 * it. All within a transaction of the ledger; -1 with *e: roll back.
 */
#ifndef DAEMON_TELLER_H
#define DAEMON_TELLER_H

#include "daemon/ground.h"

/* A letter to people about an alert waits so long for others (daemon/company.h). */
#define TELLER_COMPANY_WAIT (10 * SPAN_S)

struct alert_news {
	const struct check_conf *check; /* NULL: it is no longer configured */
	const struct item *item;        /* NULL: nothing was measured */
	const struct rule *rule;        /* NULL: of the check's own run */
	struct outcome told;            /* as the policy gave it */
	const struct accept
	    *accepted;       /* it is over for that; NULL: it was mended, or is not over */
	instant taken;       /* wall: the newest run */
	uint64_t suppressed; /* alerts that are quiet because of this one */
};
/* What the policy decided of one row. Title and body of what was told go into the row. */
int teller_alert(const struct ground *on, struct store_standing *row, const struct alert_news *news,
    struct arena *a, struct err *e);

int teller_heartbeat(const struct ground *on, struct err *e);

/* What was told last, once more, to the ways of those bits alone. It takes no number: the others
 * would miss it. */
int teller_alert_again(const struct ground *on, const struct store_standing *row,
    const struct alert_news *news, struct arena *a, struct err *e);
int teller_heartbeat_again(const struct ground *on, uint64_t bits, struct err *e);

/* What is kept for a check outside of its folder, as evidence: for programs that keep it where this
 * computer cannot reach it. part: which of the check's checkpoints, 0 the first. */
int teller_checkpoint(const struct ground *on, const struct check_conf *k,
    const struct evidence *heads, size_t n, size_t part, struct arena *a, struct err *e);

/* Of a new machine (first), else of the day. named: titles of the checks that are stop. */
int teller_digest(const struct ground *on, const char *const *named, size_t n, bool first,
    struct arena *a, struct err *e);

#define TEST_KEY "test" /* of the letters of a test alert */

/* Through that way; NULL: to those who listen live. text NULL or "": what is usual. */
int teller_test(
    const struct ground *on, const struct way *w, const char *text, struct arena *a, struct err *e);

/* Gives the event its id, place and clock; teller_number a number as well. */
void teller_place(const struct ground *on, struct event *v);
int teller_number(const struct ground *on, struct event *v, struct err *e);

/* One letter for each way of the bits whose form knows this kind of event. What waits for the same
 * key and was superseded goes, and is counted in that letter beside v->folded, which stays. */
int teller_letters(
    const struct ground *on, struct event *v, const char *key, uint64_t bits, struct err *e);

#endif
