/* SPDX-License-Identifier: Apache-2.0
 *
 * event: what people and other programs are told. One event has one id and, once it is written
 * out for a sink, one body, however often it is sent. Pure data; whoever made it owns its text.
 * Text from outside may be in it as it came: each body writer makes it safe for its readers.
 */
#ifndef MODEL_EVENT_H
#define MODEL_EVENT_H

#include "model/result.h"

#include <stdint.h>

enum event_kind {
	EVENT_RAISED,       /* an alert is open */
	EVENT_ESCALATED,    /* it got worse, or crossed a step of its deadline */
	EVENT_EASED,        /* less bad, and still open */
	EVENT_ACKNOWLEDGED, /* somebody has taken it */
	EVENT_REMINDER,     /* still open */
	EVENT_RESOLVED,     /* over; its id ends here */
	EVENT_DIGEST,     /* the inventory of a first run, the day's plan: not tied to one alert */
	EVENT_HEARTBEAT,  /* alive: a receiver notices silence and gaps by it */
	EVENT_CHECKPOINT, /* head of the audit trail's seal */
	EVENT_DEGRADED,   /* a sink cannot be reached; told through the others */
	EVENT_TEST,       /* a test alert that a person confirms */
	EVENT_EXCEPTED,   /* bad, known and approved until `until`: not open, and not over either */
	EVENT_SUMMARY,    /* many alerts in one letter to people: no event of its own, no number */
	EVENT_KINDS
};

/* "forewarn.alert.raised" ... "forewarn.heartbeat", "forewarn.delivery.degraded". */
const char *event_type(enum event_kind k);
/* Of the life of one alert, from raised to resolved. */
bool event_is_alert(enum event_kind k);
/* After it the alert is not open: it is over, or excepted. */
bool event_closes(enum event_kind k);
/* In everyday words, what it says: "act", "could not check"; of what is over "over", of a test
 * "test". */
const char *event_state(enum event_kind k, enum level l);

#define EVENT_ID 33        /* 32 hex digits: no '.', safe in a header and a file name */
#define EVENT_TITLE_MAX 64 /* characters */
#define EVENT_BODY_MAX 240 /* characters */
#define EVENT_NOTE_MAX 240 /* bytes: what a person says who takes an alert */

/* The five parts of an alert's wording, in reading order; "" when there is none. */
struct event_parts {
	const char *what, *when, *so_what, *do_now, *who;
};

struct event_counts {
	uint64_t level[LEVEL_N]; /* items by level, without those excepted */
	uint64_t excepted;       /* bad, known and approved to be so until a day */
	uint64_t checks;
	uint64_t outbox, dropped; /* letters that wait; that were given up */
	span oldest;              /* age of the oldest letter that waits */
};

/* One of the alerts of a summary. */
struct event_line {
	enum event_kind kind;
	enum level level;
	const char *title;
};

struct event {
	char id[EVENT_ID];
	enum event_kind kind;
	uint64_t sequence;               /* per host, from 1, without a hole */
	const char *site, *host;         /* names for people and for `source` */
	const char *check, *check_title; /* NULL where it is not tied to one check */
	const char *alert;       /* the alert's id, from raised to resolved; NULL without alert */
	const char *fingerprint; /* site/host/check/target/rule; NULL without alert */
	const char *target, *rule;
	enum level level, previous;
	const char *title, *body; /* within EVENT_TITLE_MAX and EVENT_BODY_MAX */
	struct event_parts parts;
	instant at;              /* this host's own clock when it was made */
	struct host_clock clock; /* how far that clock is off, as measured then */
	instant since;           /* the alert was raised */
	struct deadline deadline;
	instant start_by;              /* INSTANT_NONE: no day */
	const char *taken_by, *note;   /* of EVENT_ACKNOWLEDGED: who has taken it, and what that
					* person said of it; NULL: nothing, or another kind */
	instant until;                 /* of EVENT_EXCEPTED: the day on which it counts again */
	const struct accept *accepted; /* of EVENT_RESOLVED: it is over because a person said that
					* it was meant to be so; NULL: it was mended */
	const char *owner, *secondary;
	uint64_t suppressed; /* alerts that are not told because this one is their cause */
	uint64_t folded;     /* earlier states that this letter stands for as well */
	const struct metric *metrics;
	size_t nmetrics;
	const struct evidence *evidence;
	size_t nevidence;
	struct event_counts counts;     /* of digest and heartbeat */
	const struct event_line *lines; /* of a summary, the worst first */
	size_t nlines;
};

/* True time as far as it is known: `at` less the measured offset. */
instant event_true_time(const struct event *v);

#endif
