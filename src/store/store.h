/* SPDX-License-Identifier: Apache-2.0
 *
 * store: all that the daemon must not forget, in one SQLite database (WAL, synchronous=FULL) that
 * one process opens over one connection: results, standings, samples, letters that wait, silences,
 * exceptions. What a commit has acknowledged survives kill -9, a power cut and a full disk.
 *
 * SQLite does not see a flipped bit in a row, so rows that matter carry a checksum of their own
 * (FNV-1a, 64 bits); a row that fails it is never believed. After a failed fsync nothing is tried
 * again over the same descriptor: store_reopen.
 *
 * A damaged database is set aside under another name, and what can be read of it goes on in a new
 * one. The number of the last event and the open alerts also stand in a small checksummed file
 * beside it (STORE_OPEN), so that numbers never fall back and open alerts keep their ids.
 *
 * All calls block on the disk, belong to the daemon's one thread, and return 0, or -1 with *e set:
 * ERR_LIMIT the disk is full (store_make_room, then again), ERR_PARSE the database is damaged
 * (store_set_aside_and_reopen, then again).
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/arena.h"
#include "model/event.h"
#include "model/handed.h"
#include "model/sample.h"
#include "model/standing.h"

#define STORE_FILE "forewarn.db"
#define STORE_LOCK "forewarn.lock"
#define STORE_BALLAST "forewarn.ballast"
#define STORE_OPEN "forewarn.open"         /* number of the last event, open alerts (mark.h) */
#define STORE_ASIDE "forewarn.db.damaged-" /* and the date: a database that was set aside */
#define STORE_ASIDE_NAME 64                /* bytes of such a name */
#define STORE_ASIDE_MAX 8                  /* that are kept; of more the newest goes */
#define STORE_SEQUENCE "sequence"          /* the number of the last event */
#define STORE_KEPT "sink-"                 /* numbers that begin so stand in STORE_OPEN as well */
#define STORE_AHEAD 1000                   /* numbers that STORE_OPEN is ahead of it */
#define STORE_BALLAST_SIZE ((size_t)256 << 10)
#define STORE_ROOM_MIN ((uint64_t)1 << 20) /* under it the disk is full */
#define STORE_ROOM_AGAIN                                                                           \
	((uint64_t)4 << 20)     /* from it on it is so no longer; cutting the log frees 1 MiB */
#define STORE_VERSION 8         /* of the schema */
#define STORE_LETTERS_MAX 20000 /* letters that wait */
#define STORE_LETTER_BYTES_MAX ((int64_t)64 << 20) /* of their bodies */
#define STORE_PAGES_MAX 131072                     /* of 4 KiB: the whole database */

struct store;

/* Opens or makes the database in the folder, brings an older schema up to date, and takes the lock:
 * one daemon a folder. A damaged one is set aside, and store_damage tells of it. NULL with *e set:
 * a newer schema is refused, and so is a damaged database that cannot be renamed. */
struct store *store_open(const char *dir, struct err *e);
void store_close(struct store *s);

int store_begin(struct store *s, struct err *e);
int store_commit(struct store *s, struct err *e); /* durable when it returns 0; else rolled back */
void store_rollback(struct store *s);

/* After a full disk: gives the ballast away, writes the log back, thins samples. The transaction is
 * rolled back before. 0 when it is worth trying again. */
int store_make_room(struct store *s, struct err *e);
/* Puts the ballast back once there is room; cheap when it is there. The bytes that are free besides
 * it; 0: it is not there. */
uint64_t store_keep_ballast(struct store *s);

/* Closes and opens again, after an error of the disk. */
int store_reopen(struct store *s, struct err *e);

/* After ERR_PARSE: the damaged database is set aside and what can be read of it goes on in a new
 * one, under the same lock. Where nothing was found damaged it is store_reopen. */
int store_set_aside_and_reopen(struct store *s, struct err *e);

/* What was found damaged since the store was opened. */
struct store_damage {
	bool set_aside;              /* the database was, as `name` in the folder */
	bool rolled_back;            /* it was older than what had been told */
	bool numbers_lost;           /* STORE_OPEN could not be read either, and something was lost:
					alerts that were open may come again under new ids */
	char name[STORE_ASIDE_NAME]; /* "" nothing was set aside */
	char why[160];               /* what SQLite or a checksum said; one line */
	instant when;                /* wall clock; INSTANT_NONE: never */
	uint64_t rows_lost;          /* at least: a page that cannot be read counts as one */
	uint64_t rows_saved;         /* taken over, or put back from STORE_OPEN */
};
const struct store_damage *store_damage(const struct store *s); /* lent */

/* Whether a database that was set aside lies in the folder, now or from an earlier start: it stays
 * until a person moves it away. *name: the newest by name, "" none. */
bool store_aside(const struct store *s, char name[STORE_ASIDE_NAME]);

/* ---- numbers by name: the sequence of events, bits of sinks, what was dropped */
int store_number(struct store *s, const char *name, int64_t dflt, int64_t *out, struct err *e);
int store_set_number(struct store *s, const char *name, int64_t v, struct err *e);
/* Those whose name begins so, by name; `each` gets what follows, and does not write. */
int store_numbers(struct store *s, const char *prefix,
    void (*each)(void *self, const char *rest, int64_t v), void *self, struct err *e);

/* ---- the newest result of a check, as frames */
struct store_result {
	instant taken, valid_until;
	span took;
	const void *frames;
	size_t len;
};
int store_result_put(
    struct store *s, const char *check, const struct store_result *r, struct err *e);
/* frames in the arena; *there false: none, or it was damaged. */
int store_result_get(struct store *s, const char *check, struct arena *a, struct store_result *r,
    bool *there, struct err *e);

/* ---- standings, with what was last said of them */
struct store_standing {
	const char *fingerprint, *check, *target, *rule;
	struct standing st;
	const char *title, *body; /* as last told; "" before */
	const char *acked_by;     /* "" nobody */
	const char *note;         /* what that person said of it; "" nothing */
};
int store_standing_get(struct store *s, const char *fingerprint, struct arena *a,
    struct store_standing *out, bool *there, struct err *e);
int store_standing_put(struct store *s, const struct store_standing *row, struct err *e);
int store_standing_drop(struct store *s, const char *fingerprint, struct err *e);
/* Calls each for every row (check NULL: of all checks), in order of the fingerprint; text is lent.
 * The callback must not write. */
int store_standings(struct store *s, const char *check,
    void (*each)(void *self, const struct store_standing *row), void *self, struct err *e);

/* ---- samples of one metric of one fingerprint */
int store_sample_put(struct store *s, const char *fingerprint, const char *metric,
    const struct sample *v, struct err *e);
/* The newest `max`, oldest first, in the arena. */
int store_samples(struct store *s, const char *fingerprint, const char *metric, size_t max,
    struct arena *a, struct sample **out, size_t *n, struct err *e);
/* They are of that fingerprint from now on, unless it has some of its own. */
int store_samples_move(struct store *s, const char *from, const char *to, struct err *e);
/* Drops those for which thin says so: called a series, with its times ascending. */
int store_thin(struct store *s, instant now,
    size_t (*thin)(const instant *at, size_t n, instant now, bool *drop), struct err *e);

/* ---- letters */
struct store_letter {
	int64_t row;
	const char *sink, *event, *key; /* key: fingerprint, or what else keeps its order */
	const char *type;               /* content type */
	enum event_kind kind;
	instant created;
	const char *body;
	size_t len;
	uint32_t tries;
	span due;           /* on CLOCK_BOOTTIME of `boot`; 0: now */
	uint64_t folded;    /* earlier letters it stands for */
	const char *reason; /* why it was not taken; "" never tried */
	enum level level;   /* that it tells; ok where it tells none */
	uint32_t refusals;  /* tries that its receiver refused */
	const char *title;  /* in a summary; "" (or NULL) it cannot be in one */
};
int store_letter_put(struct store *s, const struct store_letter *l, struct err *e);
/* Before a new letter of the key is written: of those that wait and were never tried, all but the
 * oldest of the key go; the oldest too where held says that none is on its way. One that is parked
 * goes in any case. *folded: how many letters they stood for. */
int store_letters_fold(
    struct store *s, const char *sink, const char *key, bool held, uint64_t *folded, struct err *e);
/* The oldest of each key that are due, at most max, oldest first, in the arena. urgent: only those
 * of level stop and tests, past others of their key. */
int store_letters_due(struct store *s, const char *sink, bool urgent, span boot, size_t max,
    struct arena *a, struct store_letter **out, size_t *n, struct err *e);
int store_letter_done(struct store *s, int64_t row, struct err *e);
/* The same of one that arrived: what it has overtaken goes with it. */
int store_letter_delivered(struct store *s, const struct store_letter *l, struct err *e);
int store_letter_later(
    struct store *s, int64_t row, uint32_t tries, span due, const char *reason, struct err *e);
/* Its receiver refused it: again at `due`; SPAN_MAX: it is parked until store_letters_wake. */
int store_letter_refused(
    struct store *s, const struct store_letter *l, span due, const char *reason, struct err *e);
/* Whether a newer letter of its key waits. */
int store_letters_behind(struct store *s, const struct store_letter *l, bool *any, struct err *e);
/* All that wait for the sink are due now; parked: those that are, alone. */
int store_letters_wake(struct store *s, const char *sink, bool parked, struct err *e);
/* Those of the key are no longer wanted. */
int store_letters_forget(struct store *s, const char *sink, const char *key, struct err *e);
/* Letters to people that may go into a summary: never tried, the first of their keys, with a title;
 * due or not, oldest first, at most max. None while a summary waits. */
int store_letters_company(struct store *s, const char *sink, bool urgent, size_t max,
    struct arena *a, struct store_letter **out, size_t *n, struct err *e);
/* Those, and all behind them, are not due before it. */
int store_letters_put_off(struct store *s, const char *sink, span due, struct err *e);
/* Another boot: what was due on the old one's clock is due now. */
int store_letters_restart(struct store *s, struct err *e);
/* When the next is due on CLOCK_BOOTTIME; SPAN_MAX: none waits, or parked ones only. */
int store_letters_next(struct store *s, const char *sink, bool urgent, span *due, struct err *e);

struct store_outbox {
	uint64_t letters, dropped;
	int64_t bytes;
	instant oldest; /* INSTANT_NONE: none waits */
};
/* Of that sink alone, dropped too; NULL: of all. */
int store_outbox(struct store *s, const char *sink, struct store_outbox *out, struct err *e);
/* Letters of the sink were given up: counted for it and for all. */
int store_letters_dropped(struct store *s, const char *sink, int64_t n, struct err *e);
/* Keeps the limits: heartbeats and reminders go first, then the oldest. Counts as dropped. */
int store_outbox_bound(struct store *s, struct err *e);

/* ---- silences and exceptions, by a pattern of fingerprints (fnmatch(3)) */
#define STORE_PAUSES_MAX 1000            /* of each that are kept; the daemon asks before it puts */
#define STORE_PAUSES_KEPT (7 * SPAN_DAY) /* after their end, for the list */
struct store_pauses {
	uint64_t silences, exceptions;
};
int store_pauses(struct store *s, struct store_pauses *out, struct err *e);
/* Forgets those that ended more than STORE_PAUSES_KEPT ago. */
int store_pauses_prune(struct store *s, instant now, struct err *e);

struct store_silence {
	int64_t row;
	const char *pattern;
	struct silence silence;
};
/* v->row 0: a new one; else the one of that number is written anew. */
int store_silence_put(struct store *s, const struct store_silence *v, struct err *e);
/* *there: it was there. */
int store_silence_drop(struct store *s, int64_t row, bool *there, struct err *e);
int store_silences(
    struct store *s, struct arena *a, struct store_silence **out, size_t *n, struct err *e);

struct store_exception {
	int64_t row;
	const char *pattern;
	struct exception exception;
};
/* As store_silence_put. */
int store_exception_put(struct store *s, const struct store_exception *v, struct err *e);
/* *there: it was there. */
int store_exception_drop(struct store *s, int64_t row, bool *there, struct err *e);
int store_exceptions(
    struct store *s, struct arena *a, struct store_exception **out, size_t *n, struct err *e);

/* ---- findings that people accepted (model/handed.h) */
#define STORE_ACCEPTS_MAX 1000              /* that are kept; the daemon prunes before it puts */
#define STORE_ACCEPTS_KEPT (400 * SPAN_DAY) /* after their end, for the list */
struct store_accept {
	int64_t row;
	const char *check;
	struct accept accept;
	const char *login;   /* user name of who entered it */
	const char *summary; /* what had been found */
	instant ended;       /* when the check told it no more; 0: it is still to be handed over */
};
/* v->row 0: a new one; else the one of that number is written anew. */
int store_accept_put(struct store *s, const struct store_accept *v, struct err *e);
int store_accepts(
    struct store *s, struct arena *a, struct store_accept **out, size_t *n, struct err *e);
/* Those of a check that are still to be handed over, oldest first. */
int store_accepts_pending(struct store *s, const char *check, struct arena *a,
    struct store_accept **out, size_t *n, struct err *e);
/* The newest that ended one thing, accepted at or after `since`. */
int store_accept_of(struct store *s, const char *check, const char *target, const char *rule,
    instant since, struct arena *a, struct store_accept *out, bool *there, struct err *e);
int store_accepts_count(struct store *s, uint64_t *pending, uint64_t *all, struct err *e);
/* Forgets those that ended before that moment, and the oldest that ended until there is room for so
 * many more. */
int store_accepts_prune(struct store *s, instant before, uint64_t room, struct err *e);

/* ---- what probes have kept here, a text a target of a check (model/handed.h) */
struct store_keep {
	const char *check;
	struct keep keep;
	instant since; /* wall: when the first text of this target came */
};
/* check NULL: of all checks. In order of check and target. */
int store_keeps(struct store *s, const char *check, struct arena *a, struct store_keep **out,
    size_t *n, struct err *e);
/* The newest text of its target; how often it went outside stays. */
int store_keep_put(struct store *s, const char *check, const struct keep *k, instant now,
    struct arena *a, struct err *e);
/* A receiver has taken what was kept at that moment: counts for each target known by then. */
int store_keeps_outside(struct store *s, instant before, struct arena *a, struct err *e);
/* target NULL: all of the check. */
int store_keeps_drop(struct store *s, const char *check, const char *target, struct err *e);

#endif
