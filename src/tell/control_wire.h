/* SPDX-License-Identifier: Apache-2.0
 *
 * control_wire: what goes over the daemon's control socket. One request a connection: CTL_STATUS,
 * CTL_ALERTS, CTL_ACK, CTL_SILENCE, CTL_UNSILENCE, CTL_EXCEPT, CTL_UNEXCEPT, CTL_TEST,
 * CTL_CONFIRM, CTL_RUN, CTL_ACCEPT, CTL_HISTORY, CTL_PAST, CTL_ROUTES, CTL_SUBSCRIBE. The answers
 * end with CTL_DONE or CTL_REFUSED; after CTL_SUBSCRIBE they go on as CTL_EVENT. Pure.
 */
#ifndef TELL_CONTROL_WIRE_H
#define TELL_CONTROL_WIRE_H

#include "base/frame.h"
#include "model/event.h"
#include "model/handed.h"
#include "model/sample.h"
#include "model/stand.h"

enum control_kind {
	CTL_STATUS = 32, /* below are the kinds of cells */
	CTL_ALERTS,
	CTL_ACK,
	CTL_SILENCE,
	CTL_UNSILENCE,
	CTL_TEST,
	CTL_SUBSCRIBE,
	CTL_HEAD,     /* of CTL_STATUS and CTL_ALERTS: then what is said, what is not fine */
	CTL_CHECK,    /* one check; its items follow, as model/wire has them */
	CTL_ALERT,    /* one open or quiet standing */
	CTL_SILENCED, /* one silence */
	CTL_EVENT,
	CTL_DONE,
	CTL_REFUSED,
	CTL_EXCEPT, /* a request */
	CTL_UNEXCEPT,
	CTL_EXCEPTED, /* one exception */
	CTL_METRICS,  /* a request */
	CTL_TEXT,     /* a piece of the OpenMetrics text */
	CTL_CONFIRM,  /* a request: a person has seen the test alert */
	CTL_RUN,      /* a request: look again now */
	CTL_HISTORY,  /* a request: as CTL_STATUS, with CTL_SAMPLES after the items that have any,
		       * and a CTL_ROUTE a way out */
	CTL_SAMPLES,  /* of one metric of the item before it */
	CTL_ROUTES,   /* a request: what became of the test alert, a CTL_ROUTE a way out */
	CTL_ROUTE,
	CTL_ACCEPT,   /* a request; before CTL_DONE the rule that was meant, as CTL_TEXT */
	CTL_ACCEPTED, /* one finding that was accepted */
	CTL_PAST,     /* a request: a CTL_TERMS of the check `pattern`, then its items, each with
		       * all samples of its metrics, as CTL_SAMPLES one after the other */
	CTL_TERMS
};

#define CTL_ALERTS_ACCEPTED 1        /* CTL_ACCEPTED is wanted too: not every version knows it */
#define CTL_SAMPLES_MAX 200          /* of one metric; the daemon leaves out what lies between */
#define CTL_SERIES_MAX 256           /* CTL_SAMPLES in one answer */
#define CTL_TEXT_MAX ((size_t)16384) /* bytes of a piece */

#define CTL_REQUEST_MAX ((size_t)16384) /* bytes of a request */

/* The one shape of all requests: what is not needed is empty. */
struct ctl_request {
	enum control_kind kind;
	const char *pattern; /* ACK, SILENCE, EXCEPT: of fingerprints (fnmatch), the id of a check;
			      * ACK: or of an alert; RUN: the id of a check, "" all */
	const char *text;    /* SILENCE, EXCEPT: the reason; ACK: a note, "" none; TEST: words */
	instant until;       /* ACK: INSTANT_NONE no end; SILENCE, EXCEPT */
	bool stop_too;       /* SILENCE */
	int64_t row;         /* UNSILENCE, UNEXCEPT; ALERTS: CTL_ALERTS_ACCEPTED or 0 */
	enum level upto;     /* EXCEPT, as the two below */
	const char *approver, *measure;
	const char *target, *rule; /* ACCEPT: of the check `pattern`, for the reason `text`, by
				    * `approver`; rule "": the only one that is open there */
};

/* What came of a request. */
struct ctl_done {
	uint64_t n;      /* how many were done or listed; 0: what was meant is not there */
	uint64_t things; /* of a silence or an exception: what is watched and covered by it now;
			  * PAST: series that were left out, since one answer does not hold them */
	uint64_t open;   /* of these: with an open alert */
	instant until;   /* wall: when the silence or exception ends, or would have ended; CONFIRM:
			  * when   a new test is due; INSTANT_NONE: never, or nothing to say */
};

struct ctl_head {
	const char *site, *host, *version;
	instant now, started;
	uint64_t sequence;
	struct event_counts counts;
	instant tested, confirmed; /* the last test alert, and when a person has confirmed one;
				    * INSTANT_NONE: never */
	bool measuring;            /* a program of quiet_when_running runs now */
};

struct ctl_check {
	const char *id, *probe, *title, *owner, *owner_name, *secondary, *secondary_name;
	instant taken, valid_until; /* the last attempt; taken INSTANT_NONE: no result yet */
	instant since;              /* it stands so; INSTANT_NONE: not known */
	instant succeeded; /* the last attempt that measured anything; INSTANT_NONE: none */
	span took;
	span lead; /* -1: the check states none (conf/conf.h) */
	bool auto_renew;
	span ahead, doubt; /* of the clock, as judge_terms has them */
	uint32_t items;    /* that follow */
	struct host_clock clock;
	const char *cell; /* what confined the worker, in words; NULL: not told */
};

/* A thing that is not fine, whether or not anybody is told. */
struct ctl_alert {
	const char *alert; /* id, "" when none is open */
	const char *fingerprint, *check, *target, *rule;
	const char *check_title, *title, *body, *acked_by, *note;
	enum level level, told; /* as it stands now (model/stand.h); as last told */
	enum gate gate;         /* GATE_EXCEPTED exactly when an exception covers it now */
	bool open, acked, flapping;
	enum stand_turn turn;
	instant turn_since;       /* INSTANT_NONE: not known */
	instant since, ack_until; /* since: it stands so */
	instant tried, succeeded; /* of its check: the last attempt, and the last that measured
				   * anything; INSTANT_NONE: none */
	int64_t exception;        /* row of the CTL_EXCEPTED that covers it; 0: none */
	instant excepted_until;   /* when that ends; INSTANT_NONE: none does */
	instant start_by;         /* by the newest result; INSTANT_NONE: no day */
};

struct ctl_silenced {
	int64_t row;
	const char *pattern;
	struct silence silence;
	bool matches; /* something that is watched now */
};

struct ctl_excepted {
	int64_t row;
	const char *pattern;
	struct exception exception;
	bool matches; /* something that is watched now */
};

struct ctl_accepted {
	int64_t row;
	const char *check;
	struct accept accept;
	const char *login;   /* user name of who entered it */
	const char *summary; /* what had been found */
	instant ended;       /* the check told it no more; INSTANT_NONE: not yet */
};

struct ctl_samples {
	uint32_t metric;  /* its place in the item */
	struct sample *v; /* oldest first */
	uint32_t n;
};

/* When a level of a check counts (judge/policy.h). */
struct ctl_terms {
	uint32_t confirm; /* runs in a row */
	span every;
};

/* A way out, and what its receiver said to the newest test alert. */
struct ctl_route {
	const char *sink;
	bool answered, taken;
	const char *answer;        /* one clean line; "" before it answered */
	instant tested, confirmed; /* the newest test alert, and when a person confirmed one last;
				    * INSTANT_NONE: never */
};

/* What happened, for whoever listens. Nothing is done by it alone: who listens asks again. */
struct ctl_event {
	enum event_kind kind;
	const char *alert, *fingerprint, *check_title; /* "" where there is none */
	enum level level, previous;
	const char *title, *body;
	instant start_by;
	uint64_t sequence;
};

void ctl_put_request(struct frame *f, const struct ctl_request *r);
void ctl_put_head(struct frame *f, const struct ctl_head *h);
void ctl_put_check(struct frame *f, const struct ctl_check *c);
void ctl_put_alert(struct frame *f, const struct ctl_alert *a);
void ctl_put_silenced(struct frame *f, const struct ctl_silenced *s);
void ctl_put_excepted(struct frame *f, const struct ctl_excepted *x);
void ctl_put_accepted(struct frame *f, const struct ctl_accepted *v);
void ctl_put_samples(struct frame *f, const struct ctl_samples *s);
void ctl_put_terms(struct frame *f, const struct ctl_terms *t);
void ctl_put_route(struct frame *f, const struct ctl_route *r);
void ctl_put_piece(struct frame *f, const char *text); /* at most CTL_TEXT_MAX */
void ctl_put_done(struct frame *f, const struct ctl_done *d);
void ctl_put_refused(struct frame *f, const char *why);
/* Title, body, level and names of an event, for whoever listens. */
void ctl_put_event(struct frame *f, const struct event *v);

/* Text lies in the arena. -1 with *e set. */
int ctl_get_request(struct frame *f, struct arena *a, struct ctl_request *r, struct err *e);
int ctl_get_head(struct frame *f, struct arena *a, struct ctl_head *h, struct err *e);
int ctl_get_check(struct frame *f, struct arena *a, struct ctl_check *c, struct err *e);
int ctl_get_alert(struct frame *f, struct arena *a, struct ctl_alert *out, struct err *e);
int ctl_get_silenced(struct frame *f, struct arena *a, struct ctl_silenced *s, struct err *e);
int ctl_get_excepted(struct frame *f, struct arena *a, struct ctl_excepted *x, struct err *e);
int ctl_get_accepted(struct frame *f, struct arena *a, struct ctl_accepted *v, struct err *e);
int ctl_get_samples(struct frame *f, struct arena *a, struct ctl_samples *s, struct err *e);
int ctl_get_terms(struct frame *f, struct ctl_terms *t, struct err *e);
int ctl_get_event(struct frame *f, struct arena *a, struct ctl_event *v, struct err *e);
int ctl_get_route(struct frame *f, struct arena *a, struct ctl_route *r, struct err *e);
int ctl_get_piece(struct frame *f, struct arena *a, const char **text, struct err *e);
int ctl_get_done(struct frame *f, struct ctl_done *d, struct err *e);
int ctl_get_refused(struct frame *f, struct arena *a, const char **why, struct err *e);

#endif
