/* SPDX-License-Identifier: Apache-2.0
 *
 * records: what happened, kept for questions that are asked years later: "was it fine on 4 March",
 * renewals of this site's own, how often a thing fails. Bounded by the limits below, which
 * store_records_thin keeps; a row is about 30 bytes. Nothing here decides whether somebody is told.
 *
 * A thing is named by its fingerprint; that of a check's run stands for the check.
 */
#ifndef STORE_RECORDS_H
#define STORE_RECORDS_H

#include "store/store.h"

#define RECORD_DAYS (730 * SPAN_DAY)        /* of states and blind spans */
#define RECORD_WEEKS 104                    /* of weeks */
#define RECORD_DATES_DAYS (3650 * SPAN_DAY) /* of dates after they ended */
#define RECORD_ROWS_MAX 400                 /* of one thing in states, blind and dates, each */
#define RECORD_STATES_MAX 100000            /* of all things: about 3 MB */

/* A change of level. level -1: it is no longer watched. */
struct store_state {
	instant at;    /* it was known (confirmed, or found stale) */
	int level;     /* enum level, or -1 */
	instant since; /* the run that first pointed there; of what went stale, its last moment */
};
int store_state_put(struct store *s, const char *thing, const struct store_state *v, struct err *e);
/* Oldest first, in the arena. */
int store_states(struct store *s, const char *thing, struct arena *a, struct store_state **out,
    size_t *n, struct err *e);

/* No valid result from since to until; one that begins where the newest ends goes on with it. */
struct store_blind {
	instant since, until;
};
int store_blind_put(struct store *s, const char *thing, const struct store_blind *v, struct err *e);
int store_blinds(struct store *s, const char *thing, struct arena *a, struct store_blind **out,
    size_t *n, struct err *e);

/* A date that stood on a thing. */
struct store_date {
	instant at, first_seen, last_seen;
	span life;      /* 0: not known */
	int kind;       /* enum deadline_kind */
	int outcome;    /* enum date_outcome of judge/dates.h; 0: it stands */
	int renewed_by; /* then: 0 a program, 1 an owner, 2 nobody in particular */
};
/* The one that stands; *there false: none does. */
int store_date_standing(
    struct store *s, const char *thing, struct store_date *out, bool *there, struct err *e);
/* Written or written over: first_seen names it. */
int store_date_put(struct store *s, const char *thing, const struct store_date *v, struct err *e);
int store_dates(struct store *s, const char *thing, struct arena *a, struct store_date **out,
    size_t *n, struct err *e);
/* Of those that stand on things whose fingerprint begins with prefix, and were seen last at
 * `before` or earlier: they end as `early` if their date is `taken` or later, else as `late`. */
int store_dates_gone(struct store *s, const char *prefix, instant before, instant taken, int early,
    int late, struct err *e);

/* ISO week, counted in weeks from the Monday before 1970-01-01. */
int64_t store_week_of(instant t);
instant store_week_begin(int64_t week);

struct store_week {
	int64_t week;
	int64_t covered;         /* seconds that valid results covered; of a check */
	int64_t alerts[LEVEL_N]; /* that reached the level first in that week; of a thing */
};
int store_week_cover(struct store *s, const char *thing, instant from, instant to, struct err *e);
int store_week_alert(
    struct store *s, const char *thing, instant at, enum level level, struct err *e);
int store_weeks(struct store *s, const char *thing, struct arena *a, struct store_week **out,
    size_t *n, struct err *e);

/* Keeps the limits. */
int store_records_thin(struct store *s, instant now, struct err *e);
/* The thing has another fingerprint; what the new one had already stays as it is. */
int store_records_move(struct store *s, const char *from, const char *to, struct err *e);

#endif
