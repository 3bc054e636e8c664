/* SPDX-License-Identifier: Apache-2.0
 *
 * result: what one run of one check measured. Pure data: all text and arrays live in the arena of
 * whoever made the result. Base units only (seconds, bytes, ratios, ppm); what was not measured is
 * NaN, never 0. Text from outside may be in it as it came: who shows it makes it safe (base/text).
 */
#ifndef MODEL_RESULT_H
#define MODEL_RESULT_H

#include "base/span.h"
#include "model/handed.h"
#include "model/level.h"

#include <stdbool.h>
#include <stddef.h>

enum unit { UNIT_NONE, UNIT_SECONDS, UNIT_BYTES, UNIT_RATIO, UNIT_PPM, UNIT_COUNT, UNIT_N };

const char *unit_name(enum unit u); /* OpenMetrics: "seconds" "bytes" "ratio" "ppm", else "" */

/* Inside is fine, ends included; an end that is not set is infinite. `inverted` (Monitoring
 * Plugins' "@10:20"): outside is fine. */
struct range {
	bool set, inverted;
	double lo, hi;
};

struct metric {
	const char *name; /* "offset" */
	enum unit unit;
	double value; /* NaN: not measured */
	double bound; /* the truth is within value ± bound; 0 is exact */
	struct range warn, crit;
};

enum deadline_kind { DEADLINE_NONE, DEADLINE_KNOWN, DEADLINE_FORECAST, DEADLINE_N };

/* When it fails. For a known date earliest and latest equal at. */
struct deadline {
	enum deadline_kind kind;
	instant at, earliest, latest;
	span life; /* whole validity (notAfter - notBefore); 0 is unknown */
};

/* One run of a job that repeats (a backup). What was not measured is NaN. */
struct job_run {
	instant end; /* by the job's own record */
	double bytes, files;
	double seconds; /* from begin to end */
	double
	    change; /* part of the content that is new or different since the run before, 0 to 1 */
	bool accepted; /* a person said that it is meant to be as it is */
};

enum runs_way {
	RUNS_NONE,    /* there are no runs, the item is no job */
	RUNS_RULE_B,  /* judge/runs.h */
	RUNS_LITERAL, /* 20 % less than the run before, and nothing else: to compare with */
	RUNS_WAY_N
};

/* The runs of one job and kind (all full, or all incremental): the probe hands over what they were,
 * and the judge says which of them are unlike the others. */
struct job_runs {
	enum runs_way way;
	bool partial;      /* each holds only what changed since another */
	double min_change; /* bytes: a change of less is not looked at unless half is gone */
	struct job_run *v; /* the oldest first, at most RUNS_MAX */
	size_t n;
};

#define RUNS_MAX 200

/* What a reader needs to believe it: "serial", "peer", "record". */
struct evidence {
	const char *key, *value;
};

enum item_state {
	ITEM_FINE,    /* looked, and nothing is wrong by itself (metric and date may still be) */
	ITEM_FOUND,   /* `finding` is there */
	ITEM_UNKNOWN, /* could not check: the summary says what is missing and what that hides */
	ITEM_STATE_N
};

/* Who approved a thing to be as it is, and until when. */
struct approval {
	enum level level;                        /* how bad it is */
	instant until;                           /* the start of the day on which it counts again */
	const char *reason, *approver, *measure; /* measure: what protects meanwhile */
};

/* What forewarnd knows of a thing that is not fine, besides the newest look at it. */
struct watched {
	instant since;    /* it stands so; INSTANT_NONE: not known */
	const char *note; /* what differs in the newest look, one clean line; NULL: nothing */
	bool follows;     /* from other trouble, which is told in its place */
};

/* What the judge made of an item. Never on the wire: it is derived, not claimed. */
struct verdict {
	enum level level;
	instant start_by;             /* INSTANT_NONE without a deadline */
	const char *so_what, *do_now; /* of the rule; NULL when nothing is to be done */
	const char *doubt;            /* which limit a measured metric does not prove, or NULL */
	bool excepted; /* somebody approved it to be as it is: level is LEVEL_EXCEPTED */
	const struct approval *approval; /* of what is excepted; NULL: not known */
	const struct watched *watched;   /* NULL: forewarnd does not watch it, or it is fine */
};

/* One target under one rule. */
struct item {
	const char *target; /* "ntp1.lab", "/etc/ssl/api.pem", "token customs" */
	const char *rule;   /* a name from the probe's rules */
	enum item_state state;
	const char *finding; /* a key of the rule when ITEM_FOUND, else NULL */
	const char *summary; /* what is true now, in plain words, one line, no verdict */
	struct metric *metrics;
	size_t nmetrics;
	struct deadline deadline;
	/* Of a check with many things, what is known of this one alone: how long its remedy takes
	 * (0: as the check or the rule says), and that a program renews it. */
	span lead;
	bool auto_renew;
	struct evidence *evidence;
	size_t nevidence;
	struct job_runs runs; /* of a rule BY_RUNS */
	struct verdict verdict;
};

/* The host's clock against true time, when the run measured it: local - true, seconds. */
struct host_clock {
	bool measured;
	double offset, bound;
};

struct result {
	const char *check, *probe; /* id; kind */
	instant taken, valid_until;
	span took;
	enum level level; /* the worst item's, by the judge */
	struct item *items;
	size_t nitems;
	struct host_clock host_clock;
	struct keep *keeps; /* what the probe wants to be kept outside of its own folder */
	size_t nkeeps;
	const char *cell; /* what confined its worker, in words; NULL: no worker, or not told */
};

#endif
