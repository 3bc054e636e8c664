/* SPDX-License-Identifier: Apache-2.0
 *
 * policy: when somebody is told, and who. The alert's state machine: one standing a fingerprint,
 * changed by what a run has seen (policy_see), by time (policy_tick) and by people (policy_ack).
 * Each call tells nothing or one thing. Pure: time, silences, exceptions, parents and sinks are
 * arguments; a call that is made again with the same run tells nothing again.
 *
 * How a caller joins it, for each item of a judged result, in one transaction:
 *
 *	load the standing (standing_check; none: standing_init) and what is silenced or excepted
 *	if (policy_see(&st, &seen, &terms, &now, &out))
 *		write one letter a sink of out.sinks, with
 *		    alert = policy_alert_id(fingerprint, out.alert, out.since)
 *	write the standing                           (also when nothing was told)
 *	commit, and only then send
 *
 * and policy_tick for every standing in the same way, about once a minute (all open, silenced or
 * excepted ones, and those whose valid_until has passed; the others have nothing to say).
 * - Every check also has a standing of its own run (rule "run"): ok when the run gave a result,
 *   else unknown. It is the parent of the check's items, so that a check which cannot run is one
 *   alert and not one an item. Its own parent is the check's source (a time server, the host).
 *   Parents are handled before their children. A cause's event.suppressed is the number of
 *   standings below it whose gate is GATE_PARENT and whose level is not ok, counted in the same
 *   transaction; it grows in the first minutes, reminders carry the newest number.
 * - The very first result of a check: policy_first_run instead of policy_see for what is fine or
 *can be planned; what is worse is seen as usual, act and stop with confirm 1. On a new machine one
 *   EVENT_DIGEST with the counts follows when all checks were looked at.
 * - An item that is no longer configured or found: policy_retire, then drop the standing.
 * - Plan never reminds: the day's digest lists every standing with open or an inventory level.
 *
 * What is held back (gate) is looked at again at each call, so the end of a silence, an exception,
 * a parent's trouble or an acknowledgement tells what is still bad, without a memory of its own.
 */
#ifndef JUDGE_POLICY_H
#define JUDGE_POLICY_H

#include "model/event.h"
#include "model/standing.h"

#define POLICY_SINKS_MAX 64 /* bits of `sinks` */

/* A recovery counts when the newest bad run is this old. A check that runs more seldom never
 * notices; one that runs every few seconds does not open and close ten alerts in ten minutes. */
#define POLICY_CALM (2 * SPAN_MIN)

/* It comes and goes: this many of the last POLICY_FLAP_OF runs changed between ok and not ok, or
 * the confirmed level did so STANDING_CHANGES times within POLICY_FLAP_WINDOW. It is over when
 * none of the last POLICY_FLAP_QUIET runs changed anything. */
#define POLICY_FLAP_RUNS 10
#define POLICY_FLAP_OF 20
#define POLICY_FLAP_QUIET 15
#define POLICY_FLAP_WINDOW (24 * SPAN_H)

/* Dated things are told once a step (plan, act, stop). Whatever else there is to say about a date
 * (reminder, easing, the same step again) waits until this long after the last notice; only a step
 * that is worse than all before in this alert does not wait. */
#define POLICY_DATED_EVERY SPAN_DAY

/* Of the check's configuration and the item's rule. */
struct policy_terms {
	uint32_t confirm; /* runs in a row that must agree before a rise; 0 counts as 1 */
	span confirm_for; /* and they span at least this long */
	bool hysteresis;  /* recovery needs `confirm` runs too: BY_METRIC, near its limit */
	span remind;      /* an open alert is repeated; 0: never */
	bool steady;      /* what it sees was waited for already: a recovery needs no POLICY_CALM */
};

struct policy_seen {
	enum level level;
	bool dated; /* the level comes from a deadline */
	instant taken, valid_until;
};

/* The world at the moment of a call. */
struct policy_now {
	instant now;
	/* Since when the daemon has run without a gap (start, end of suspend, a jump of the wall
	 * clock): nothing is called stale before its checks had the time to run again. */
	instant unbroken_since;
	const struct standing *parent; /* NULL: none configured */
	/* The check it hangs on: when its newest run was (INSTANT_NONE: it had none), and how long
	 * one more is waited for before trouble of this one is told; 0: it hangs on none. */
	instant cause_seen;
	span cause_wait;
	const struct silence *silences;
	size_t nsilences; /* those that name this fingerprint; their times are looked at here */
	const struct exception *exceptions;
	size_t nexceptions;
	/* Sinks that want events of a level, a bit each. The caller keeps a sink's bit over
	 * restarts and masks away sinks that are gone. */
	uint64_t sinks[LEVEL_N];
	/* Those that want an alert only when nobody has taken it for so long. */
	const struct policy_late *late;
	size_t nlate;
};

struct policy_late {
	uint64_t sink;   /* its bit */
	uint32_t levels; /* a bit each */
	span after;      /* since it was raised */
};

enum policy_why {
	WHY_CONFIRMED,       /* trouble, confirmed */
	WHY_STEP,            /* a deadline's next step */
	WHY_ROSE,            /* worse than told */
	WHY_FELL,            /* less bad than told, and not over */
	WHY_RECOVERED,       /* over */
	WHY_STALE,           /* no result came any more */
	WHY_LOST,            /* an act or stop that cannot be checked any more: still open */
	WHY_REMIND,          /* the reminder's time has come */
	WHY_SILENCE_ENDED,   /* still bad at the end of the silence */
	WHY_EXCEPTION_ENDED, /* it counts again */
	WHY_PARENT_BACK,     /* its cause is over, and it is still bad */
	WHY_ACK_ENDED,       /* the acknowledgement had an end, and it is still bad */
	WHY_FLAPPING,        /* it comes and goes: told once, then quiet until it settles */
	WHY_SETTLED,         /* it is steady again */
	WHY_EXCEPTED,        /* an exception was approved: not open until its end */
	WHY_RETIRED,         /* no longer checked: the alert ends */
	WHY_ACKNOWLEDGED,    /* somebody has taken it */
	WHY_UNTAKEN,         /* nobody has: the next one is told */
	WHY_N
};

const char *policy_why_name(enum policy_why w); /* "confirmed" "step" ... for programs */

struct outcome {
	enum event_kind kind;
	enum policy_why why;
	enum level level, previous; /* as told now and before; of WHY_LOST and WHY_STALE of an
				       open act or stop both are that level */
	uint64_t sinks;             /* who gets it: by level; an end and an easing only those who
				       were told of the alert */
	uint64_t alert;             /* its number */
	instant until;              /* of EVENT_EXCEPTED: when the exception ends */
	instant since;              /* it was raised */
};

/* One run. A run that is not newer than the last (`taken`) only lets time pass; it is never
 * later than n->now. True: *out is to
 * be told. */
bool policy_see(struct standing *st, const struct policy_seen *seen, const struct policy_terms *t,
    const struct policy_now *n, struct outcome *out);

/* Time has passed: staleness, reminders, ends of silences, exceptions, acknowledgements. */
bool policy_tick(struct standing *st, const struct policy_terms *t, const struct policy_now *n,
    struct outcome *out);

/* Somebody takes the open alert: no reminders until it is over or worse, or until `until`
 * (INSTANT_NONE: no end). False if no alert is open or `until` is not ahead. */
bool policy_ack(
    struct standing *st, instant until, const struct policy_now *n, struct outcome *out);

/* No longer checked. True: an open alert, or one that is excepted, ends. */
bool policy_retire(struct standing *st, const struct policy_now *n, struct outcome *out);

/* The first result on a new machine: whatever is bad is taken as told by the digest, without
 * confirmation. True: it is stop, the digest names it. It raises an alert later only if it gets
 * worse, or recovers and comes back. */
bool policy_first_run(struct standing *st, const struct policy_seen *seen, instant now);

/* 32 hex digits from fingerprint, number and moment (FNV-1a, 128 bits): the same on every call, so
 * that nothing random has to be kept; another for each alert. */
const char *policy_alert_id(
    const char *fingerprint, uint64_t alert, instant since, char buf[EVENT_ID]);

/* Terms from a rule's `by` and the configuration. confirm_for is every * (confirm - 1) less a
 * tenth, since runs are jittered: runs that are forced in a row by hand do not confirm. */
struct policy_terms policy_terms_of(unsigned by, int64_t confirm, span every, span remind);

#endif
