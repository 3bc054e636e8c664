/* SPDX-License-Identifier: Apache-2.0
 *
 * bubbles_private: for src/tray/bubbles*.c only. The steps of a plan and what was told
 * (bubbles_private.c); the bubbles that are not one alert's (bubbles_other.c).
 */
#ifndef TRAY_BUBBLES_PRIVATE_H
#define TRAY_BUBBLES_PRIVATE_H

#include "tray/bubbles.h"

struct told {
	char key[BUBBLE_KEY];
	enum level level; /* last told */
	int64_t day;      /* on which; -1: never */
	bool shown;       /* is on the screen, by itself */
	instant began;    /* was first shown */
	bool in_more;     /* is one of those the summary counts */
	bool owed;        /* was on the screen when it was locked or the server ended */
	instant gone_at;  /* INSTANT_NONE: was not closed since it was shown */
	uint64_t text;    /* hash of what is shown */
	bool wanted;      /* within a plan */
};

struct passing { /* words of an event */
	bool there, excepted;
	char key[BUBBLE_KEY], title[SPEECH_MAX], body[SPEECH_MAX];
};

#define PASSING_MAX 8

struct bubbles {
	struct told v[BUBBLES_MAX];
	size_t n;
	int64_t plan_day, daemon_day; /* last told on */
	struct told more, locked, plan, daemon, test;
	struct passing tests, over[PASSING_MAX];
	instant test_at;
	size_t more_n;  /* how many the summary told of */
	instant window; /* of the cap: begins */
	size_t used[2]; /* in it: others, stop */
	instant next;
	bool changed;
	struct arena *a; /* of the steps */
	struct bubble_step *steps;
	size_t nsteps, cap_steps;
};

/* One plan in the making. */
struct planning {
	struct bubbles *b;
	const struct facts *f;
	const struct bubbles_around *around;
	instant now;
	int64_t day;
	bool storm[2]; /* too much is new at once: of others, of stop */
};

#define BUBBLE_NEVER ((int64_t)-1)

struct bubble_step *bubbles_step(struct bubbles *b, const char *key, bool show);
void bubbles_close(struct bubbles *b, struct told *t);
/* Shows it unless just that is on the screen already. */
void bubbles_show(struct planning *p, struct told *t, const struct bubble_step *as);
void bubbles_wake(struct bubbles *b, instant at);
struct told *bubbles_find(struct bubbles *b, const char *key, bool make);
/* The day, as bubbles count it: a new one begins in the morning. */
int64_t bubbles_day(instant now);

/* Nobody watches any more, and not just for the length of a restart. */
bool bubbles_blind(const struct planning *p);

/* bubbles_other: what is not one alert's. */
void bubbles_plan_digest(struct planning *p);
void bubbles_plan_daemon(struct planning *p);
void bubbles_plan_test(struct planning *p);
void bubbles_plan_over(struct planning *p);

#endif
