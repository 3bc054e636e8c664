/* SPDX-License-Identifier: Apache-2.0
 *
 * standing: what is known of one fingerprint between two runs: measured, confirmed, told, kept
 * quiet. Plain data without a pointer: the store saves it as it is, the judge's policy is the only
 * one who changes it. Silences and exceptions are what people said about fingerprints; their text
 * is lent.
 */
#ifndef MODEL_STANDING_H
#define MODEL_STANDING_H

#include "base/err.h"
#include "base/span.h"
#include "model/level.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Why a confirmed level is not told. Of several that hold the greatest counts, but for GATE_ASKED,
 * which counts where no other holds. */
enum gate {
	GATE_NONE,      /* nothing in the way */
	GATE_INVENTORY, /* the digest of the first run has told it */
	GATE_SILENCED,  /* a silence or a maintenance window */
	GATE_PARENT,    /* its cause is told, and names how many hang on it */
	GATE_EXCEPTED,  /* an approved exception: not counted */
	GATE_ASKED,     /* for a moment: what it hangs on is looked at first */
	GATE_N
};

const char *gate_name(enum gate g); /* "none" "inventory" "silenced" "parent" "excepted" "asked" */

/* Where the runs since the last confirmed level point. */
enum turn {
	TURN_NONE, /* the newest run agrees with the confirmed level */
	TURN_UP,   /* each was worse than it */
	TURN_DOWN, /* each was better */
	TURN_LOST, /* act or stop is confirmed, and now it cannot be checked */
	TURN_N
};

#define STANDING_CHANGES 4 /* changes between ok and not ok that are remembered */

struct standing {
	/* measured */
	enum level seen;            /* by the newest run; unknown once it is stale */
	bool dated;                 /* the newest level comes from a deadline */
	bool stale;                 /* valid_until has passed without another run */
	instant taken, valid_until; /* of the newest run; INSTANT_NONE before the first */
	instant bad_at;             /* the newest run that was not ok; INSTANT_NONE without one */
	span fresh_for;             /* how long the newest run is believed */

	/* on the way to another level */
	enum turn turn;
	enum level edge; /* TURN_UP: the mildest, TURN_DOWN: the worst of these runs */
	uint32_t times;  /* how many they are; 0 for TURN_NONE */
	instant turn_since;

	/* confirmed */
	enum level held;
	instant held_since; /* INSTANT_NONE before the first run */

	/* told */
	uint64_t alert;          /* alerts opened so far: the number of the open or the last one */
	bool open;               /* from raised to resolved */
	instant opened, told_at; /* raised; last told anything (INSTANT_NONE: never) */
	enum level told;         /* last told; ok when no alert is open */
	enum level worst;        /* worst told in this alert */
	uint64_t told_to;        /* sinks that were told of this alert, a bit each */
	bool lost;               /* it was told that an act or stop cannot be checked any more */

	/* kept quiet */
	enum gate gate;
	enum level inventory; /* as bad as this it was found by the first run; else ok */
	bool acked;
	instant ack_until; /* INSTANT_NONE: until recovery */

	/* comes and goes */
	uint32_t flips; /* a bit a run, newest lowest: ok and not ok changed places */
	instant changes[STANDING_CHANGES]; /* of `held` between ok and not ok, newest first */
	bool flapping;
};

void standing_init(struct standing *st);

/* -1 with *e set if no sequence of calls can have made it: a damaged row. */
int standing_check(const struct standing *st, struct err *e);

/* Maintenance windows are silences whose time lies ahead. */
struct silence {
	instant from, until; /* at `until` it is over */
	bool stop_too;       /* said explicitly; otherwise stop is told all the same */
	const char *by, *reason;
};

int silence_check(const struct silence *s, struct err *e);

/* What somebody has approved to be as it is. */
struct exception {
	instant from, until; /* `until`: the start of the day it ends, when it counts again */
	enum level upto;     /* the worst level it covers; what is worse is told */
	const char *reason, *approver, *measure; /* measure: what protects meanwhile */
};

#define EXCEPTION_MAX (366 * SPAN_DAY) /* an exception without an end is a policy, not one */

int exception_check(const struct exception *x, struct err *e);

#endif
