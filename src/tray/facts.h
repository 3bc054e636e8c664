/* SPDX-License-Identifier: Apache-2.0
 *
 * facts: what the tray knows of the daemon at one moment: its answer to CTL_ALERTS, in the order
 * of urgency. Text is kept as it came; whoever shows it makes it safe. Pure.
 */
#ifndef TRAY_FACTS_H
#define TRAY_FACTS_H

#include "tell/control_wire.h"

enum facts_reach {
	REACH_ABSENT, /* no daemon on this computer */
	REACH_SILENT, /* one was there, and does not answer any more */
	REACH_OK
};

struct fact {              /* one thing that is not fine */
	const char *alert; /* id; "" while none is open */
	const char *fingerprint, *check, *check_title, *title, *body, *acked_by;
	enum level level;
	enum gate gate; /* GATE_EXCEPTED: bad, known and approved to be so until excepted_until */
	bool open, acked;
	instant since, start_by; /* start_by INSTANT_NONE: no day */
	enum stand_turn turn;    /* where the newest look points */
	instant turn_since;
	instant tried, succeeded; /* as ctl_alert has them */
	instant excepted_until;
};

struct facts {
	struct arena *a; /* holds all of it */
	enum facts_reach reach;
	struct ctl_head head; /* of the newest answer; site "" when there was none */
	struct fact *v;       /* the most urgent first */
	size_t n, cap;
	struct ctl_silenced *silenced;
	size_t nsilenced, cap_silenced;
	instant since; /* reach is so */
	/* counted by facts_done */
	enum level level; /* of the worst that is not excepted */
	size_t needs;     /* unknown, act and stop that nobody has taken */
	size_t taken;     /* the same, taken by somebody */
	size_t plans;
	size_t excepted;
};

struct facts *facts_new(void);
void facts_free(struct facts *f);

/* One frame of the answer; f holds nothing of the frame afterwards. -1 with *e set. */
int facts_take(struct facts *f, struct frame *frame, struct err *e);
/* The answer is complete. */
void facts_done(struct facts *f);

/* What was known last, with another reach: nothing of it is counted any more. The caller's. */
struct facts *facts_lost(const struct facts *old, enum facts_reach reach, instant now);

const struct fact *facts_find(const struct facts *f, const char *alert); /* NULL: not there */

enum sign fact_sign(const struct fact *v);
/* What stands for all of it. */
enum sign facts_sign(const struct facts *f);

/* A bubble may tell of it: open, not taken, nothing keeps it quiet, worse than plan. */
bool fact_calls(const struct fact *v);

/* Row of the silence that `by` has set until the run ends; -1: none. */
int64_t facts_run_silence(const struct facts *f, const char *by, instant now);
#define FACTS_RUN_REASON "until the run ends"

#endif
