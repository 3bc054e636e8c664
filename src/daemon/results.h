/* SPDX-License-Identifier: Apache-2.0
 *
 * results: the newest result of each check, as the store keeps it.
 */
#ifndef DAEMON_RESULTS_H
#define DAEMON_RESULTS_H

#include "daemon/ground.h"
#include "judge/judge.h"
#include "model/result.h"
#include "store/store.h"

/* Within a transaction. Levels are not kept: they are judged anew when they are asked for. */
int results_put(struct store *s, const struct check_conf *k, const struct result *r, struct err *e);

/* As it was measured, not judged; text in the arena. *there false: there is none, or one that this
 * version cannot read. */
int results_get(struct store *s, const struct check_conf *k, struct arena *a, struct result *out,
    bool *there, struct err *e);

/* How the check's items are judged now. */
struct judge_terms results_terms(const struct ground *on, const struct check_conf *k);

/* The same, judged for now. */
int results_judged(const struct ground *on, const struct check_conf *k, struct arena *a,
    struct result *out, bool *there, struct err *e);

/* When its check was last looked at and anything was measured: by the newest result or before;
 * INSTANT_NONE: never. The last attempt is the result's own moment. */
int results_succeeded(struct store *s, const struct result *r, instant *out, struct err *e);

/* The item of a target under a rule; NULL: it has none. */
const struct item *result_item(const struct result *r, const char *target, const char *rule);

/* How old the newest is; SPAN_MAX: there is none, or it comes from the future. */
span results_age(struct store *s, const char *check, instant now);

/* How long the newest may still be believed; 0: no longer, or there is none. */
span results_left(struct store *s, const char *check, instant now);

#endif
