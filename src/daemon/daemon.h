/* SPDX-License-Identifier: Apache-2.0
 *
 * daemon: what forewarnd holds while it runs, and the calls of its parts on each other. One thread,
 * one poll loop; nothing in it waits for anything but the disk.
 *
 *   daemon_conf    a generation of the configuration: checks, sinks, their bits
 *   daemon_watch   starts runs that are due, gathers their results
 *   daemon_take    result -> judged -> standings and letters, in one transaction
 *   daemon_letter  what is told, written out for each sink; heartbeat, digest
 *   daemon_route   test alerts, and who has confirmed that they arrive
 *   daemon_health  a sink that is dead, a disk that is full
 *   daemon_digest  the inventory of a new machine, the plan of the day
 *   daemon_post    sink cells: letters out, answers in
 *   daemon_metrics the same for collectors
 *   daemon_control answers to `forewarn status`, `forewarn alerts`, the tray
 */
#ifndef DAEMON_DAEMON_H
#define DAEMON_DAEMON_H

#include "kinds/kinds.h"
#include "face/places.h"
#include "judge/policy.h"
#include "sinks/specs.h"
#include "store/store.h"
#include "tell/body.h"
#include "tell/outbox.h"
#include "tell/post.h"
#include "watch/flight.h"
#include "watch/sched.h"

#include <poll.h>

#define DAEMON_PARALLEL 8 /* runs at once */
#define DAEMON_SINKS POLICY_SINKS_MAX
#define DAEMON_POLL 256                 /* descriptors in one poll */
#define DAEMON_TICK SPAN_MIN            /* policy_tick of what is open */
#define DAEMON_INVENTORY (5 * SPAN_MIN) /* the digest of a new machine waits no longer */
#define DAEMON_HEARTBEAT (5 * SPAN_MIN)
#define DAEMON_LOOK_AGAIN (10 * SPAN_S) /* between two looks that people ask for */
#define DAEMON_JUMP (2 * SPAN_S)        /* the wall clock moved against CLOCK_BOOTTIME */
#define DAEMON_CLOCK_FRESH (2 * SPAN_H) /* how long a measured offset is used for stamps */

struct daemon_run {
	struct flight flight;
	struct result result;
	struct arena *arena;
	size_t check; /* index in conf->checks */
};

/* One sink of the configuration. */
#define DAEMON_LETTERS 500 /* in one batch of a sink */

struct daemon_sink {
	const struct sink_conf *conf;
	const struct sink_spec *spec;
	const char *format;
	struct body_terms terms;
	unsigned bit;
	uint32_t levels; /* a bit a level */
	/* while a cell of it runs (daemon_post) */
	bool posting;
	struct post post;
	struct arena *batch; /* of `letters` */
	struct store_letter *letters;
	bool *answered;
	size_t nletters;
	bool in_batch; /* a transaction of its answers is open */
	span kill_at;  /* mono */
	/* how it goes */
	uint32_t failures;               /* in a row */
	uint32_t unnoted;                /* answers in a row that the state did not take */
	int64_t arrived[DAEMON_LETTERS]; /* rows of letters that arrived, which it does not know */
	size_t narrived;
	span not_before;    /* boot: no cell before it */
	instant dead_since; /* INSTANT_NONE: it works */
	bool told_dead;
	uint64_t delivered; /* since the daemon started */
	char reason[160];
};

struct daemon {
	struct clk *clk;
	struct store *store;
	const char *state_dir, *conf_path, *sink_program;
	bool first;        /* nobody has written a configuration yet: one of our own is in force */
	struct conf *conf; /* the generation in force */
	struct arena *arena; /* what goes with it */
	const char *site;
	char host[256];
	uint64_t seed;
	struct sched *sched;
	struct run_spec *specs;
	struct daemon_run runs[DAEMON_PARALLEL];
	size_t nruns;
	struct daemon_sink sinks[DAEMON_SINKS];
	size_t nsinks;
	struct host_clock clock; /* as last measured by a clock check */
	instant clock_at;        /* and when */
	instant started, awake;
	instant wall_less_boot; /* to see a jump */
	span next_tick, next_heartbeat, next_thin;
	bool stopping;
	struct control *control;
	instant heard_at;              /* somebody took the last heartbeat; INSTANT_NONE: not yet */
	span looked_again;             /* boot: a person asked for all checks at once; 0: never */
	uint64_t refused;              /* writes that failed since all was well */
	span refused_at, refused_said; /* mono: the latest, and when that was logged */
	bool storage_known, storage_room; /* daemon_storage: as last told */
	struct str said;                  /* log lines of a transaction, for when it is committed */
	/* A new machine: until every check had its first result, what is stop is only gathered;
	 * then one digest names it. */
	bool inventory;
	bool *had_first; /* a check */
	char **named;
	size_t nnamed;
};

/* daemon_conf */
int daemon_load(struct daemon *d, struct conf *c, struct err *e); /* c is the daemon's then */
void daemon_unload(struct daemon *d);
const char *daemon_fingerprint(const struct daemon *d, const char *check, const char *target,
    const char *rule, struct arena *a);
uint64_t daemon_sinks_for(const struct daemon *d, enum level l);
const char *daemon_person(const struct daemon *d, const char *id); /* name, or NULL */
bool daemon_has_cell(const struct daemon_sink *s); /* letters go out through a sink cell */
bool daemon_clock(const struct daemon *d, struct host_clock *out); /* fresh enough for stamps */

/* daemon_watch */
void daemon_start_due(struct daemon *d);
void daemon_run_now(struct daemon *d, const char *probe); /* all checks of it */
size_t daemon_look(struct daemon *d, const char *check);  /* at it now, at all for ""; how many */
size_t daemon_run_poll(struct daemon *d, struct pollfd *p);
void daemon_run_handle(struct daemon *d, const struct pollfd *p, size_t n);
span daemon_run_next(struct daemon *d); /* on boot: when something must be done without an event */
void daemon_run_stop(struct daemon *d);

/* daemon_take */
/* The newest result of a check as it was stored; not judged. *there false: there is none. */
int daemon_result(struct daemon *d, const struct check_conf *k, struct arena *a, struct result *out,
    bool *there, struct err *e);
void daemon_take(struct daemon *d, struct result *r, const struct check_conf *k);
void daemon_tick(struct daemon *d);

/* daemon_digest */
void daemon_inventory(struct daemon *d); /* the digest of a new machine, when it is time */
void daemon_daily(struct daemon *d);     /* the digest of the day, once, from 7 in the morning */

/* One transaction; after a full disk once more with room made. -1: nothing was written, and it was
 * said so. */
int daemon_write(struct daemon *d, int (*write)(void *self, struct err *e), void *self);
/* A write of the state failed, or one did not: said in the journal, a line a minute. */
void daemon_refused(struct daemon *d, const struct err *e);
void daemon_accepted(struct daemon *d);

/* daemon_letter: within a transaction. -1 with *e: roll back. */
struct letter_of {
	const struct check_conf *check;   /* NULL: of the daemon itself */
	const struct store_standing *row; /* NULL without an alert */
	const struct item *item;          /* NULL: nothing was measured */
	const struct rule *rule;
	struct outcome told;
	instant taken;
	uint64_t suppressed;
};
/* title and body of what was told go into the row. */
int daemon_tell(struct daemon *d, struct store_standing *row, const struct letter_of *of,
    struct arena *a, struct err *e);
int daemon_counts(struct daemon *d, struct event_counts *c, struct err *e);
int daemon_heartbeat(struct daemon *d, struct arena *a, struct err *e);
int daemon_digest(struct daemon *d, const char *const *named, size_t n, bool first, struct arena *a,
    struct err *e);
/* Gives the event its id, number, place and clock. */
int daemon_number(struct daemon *d, struct event *v, struct err *e);
/* One letter a sink of the bits, if its form knows this kind of event. What waits for the same key
 * and was superseded goes, and is counted in that letter beside v->folded, which stays. */
int daemon_letters(
    struct daemon *d, struct event *v, const char *key, uint64_t bits, struct err *e);
int daemon_dropped(struct daemon *d, int64_t n, struct err *e); /* counts letters given up */
/* Through that sink; NULL: to those who listen live. text NULL or "": what is usual. */
int daemon_test_alert(struct daemon *d, const struct daemon_sink *s, const char *text,
    struct arena *a, struct err *e);

/* daemon_health: what forewarnd has to say of itself */
/* Within a transaction. over: it takes messages again; ends what was told before, and says so to
 * the sink itself too. */
int daemon_degraded(
    struct daemon *d, const struct daemon_sink *s, bool over, struct arena *a, struct err *e);
/* Whether that was told and has not ended: told once, over any restart and reload. */
int daemon_known_dead(const struct daemon *d, struct daemon_sink *s, struct err *e);
/* Within a transaction: ends what was told of dead sinks that are no longer configured. */
int daemon_forget_dead(struct daemon *d, struct err *e);
/* Tells that no room is left for the state, and that there is again. */
void daemon_storage(struct daemon *d);

/* daemon_route. The first three within a transaction. route "": the screen of this computer. */
int daemon_test_routes(struct daemon *d, const char *text, struct arena *a, struct err *e);
int daemon_confirm(
    struct daemon *d, const char *route, const char *by, bool *tested, struct err *e);
int daemon_tested_here(struct daemon *d, instant *tested, instant *confirmed, struct err *e);
/* Before a run of a check of probe "alert": leaves it what is known. */
void daemon_routes(struct daemon *d, const struct check_conf *k);

/* daemon_post */
void daemon_post_start(struct daemon *d); /* cells for letters that are due */
size_t daemon_post_poll(struct daemon *d, struct pollfd *p);
void daemon_post_handle(struct daemon *d, const struct pollfd *p, size_t n);
span daemon_post_next(struct daemon *d); /* on boot */
void daemon_post_stop(struct daemon *d);

/* daemon_metrics: without a cell, for it opens no connection */
#define DAEMON_METRICS_MAX ((size_t)16 << 20)
int daemon_metrics_text(struct daemon *d, struct str *out, struct err *e); /* appends */
void daemon_metrics(struct daemon *d); /* to the files of the sinks of that type */

/* daemon_control */
int daemon_control_open(struct daemon *d, const char *path, struct err *e); /* NULL: the usual */
void daemon_control_close(struct daemon *d);
size_t daemon_control_poll(struct daemon *d, struct pollfd *p, size_t max);
span daemon_control_next(struct daemon *d); /* on boot */
void daemon_control_handle(struct daemon *d, const struct pollfd *p, size_t n);
void daemon_publish(struct daemon *d, const struct event *v); /* to whoever listens live */
void daemon_alive(struct daemon *d); /* to them: it lives, and what is shown may have changed */

/* One line to stderr, as the journal takes it: "<4>text". */
__attribute__((format(printf, 2, 3))) void daemon_log(int priority, const char *fmt, ...);

/* The same, at priority 5, once the transaction in hand is committed. */
__attribute__((format(printf, 2, 3))) void daemon_log_later(struct daemon *d, const char *fmt, ...);
/* What was to be said later: the transaction is on the disk. */
void daemon_log_said(struct daemon *d);

#endif
