/* SPDX-License-Identifier: Apache-2.0
 *
 * A site of 100 checks over 90 days on the fake clock, every ten minutes: once healthy, with the
 * noise a healthy site has, and once with faults planted in it.
 */
#include "base/clk.h"
#include "base/day.h"
#include "judge/judge.h"
#include "judge/policy.h"
#include "model/rule.h"
#include "tests/dice.h"
#include "tests/t.h"

#include <stdlib.h>
#include <time.h>

#define CHECKS 100
#define DAYS 90
#define EVERY (10 * SPAN_MIN)
#define DAY_US ((instant)86400 * INSTANT_S)
#define HOUR_US ((instant)3600 * INSTANT_S)
/* Mon 1 March 2027 00:00 in Berlin: the clocks change on the 28th */
#define START (1803855600 * INSTANT_S)

/* Which check is what. */
enum {
	SOURCE, /* the time server that all clocks hang on */
	CLOCKS = 1,
	CLOCKS_END = 61, /* metrics, near nothing */
	CERTS = 61,
	CERTS_END = 81, /* dated */
	DISKS = 81,
	DISKS_END = 91, /* metrics */
	OTHERS = 91,    /* findings */
	AWAY = 75,      /* an endpoint that is switched off one night */
	NIGHTLY = 99,   /* restarted each night in its maintenance window */
};

struct fault {
	const char *row;
	int check;
	double from, until; /* days */
	enum level level;
	int raised, escalated, reminders, resolved; /* wanted */
};

struct counts {
	int raised, escalated, eased, reminders, resolved, popups, events;
};

struct site {
	struct clk_fake clk;
	struct dice dice;
	struct standing st[CHECKS];
	struct policy_terms terms[CHECKS];
	struct counts by[CHECKS], all;
	instant unbroken_since, next[CHECKS], renewed_until[CHECKS];
	struct silence night;
	const struct fault *faults;
	size_t nfaults;
	int suppressed_most;
	bool off;
};

static void
start(struct site *s, int confirm, const struct fault *faults, size_t n)
{
	memset(s, 0, sizeof(*s));
	clk_fake_init(&s->clk, START);
	s->dice.s = 20270301;
	s->unbroken_since = START;
	s->faults = faults;
	s->nfaults = n;
	for (int i = 0; i < CHECKS; i++) {
		bool metric = i < CLOCKS_END || (i >= DISKS && i < DISKS_END);
		span jitter = (span)(dice_unit(&s->dice) * (double)EVERY);

		standing_init(&s->st[i]);
		s->terms[i] = policy_terms_of(
		    metric && i != SOURCE ? BY_METRIC : BY_FINDING, confirm, EVERY, SPAN_DAY);
		/* what others hang on runs before them */
		s->next[i] = instant_plus(START, i == SOURCE ? 0 : jitter);
		s->renewed_until[i] = START + (40 + i) * DAY_US; /* a life of 90 days */
	}
}

static double
day_of(const struct site *s)
{
	return (double)(s->clk.wall_now - START) / (double)DAY_US;
}

static bool
between(const struct site *s, double from, double until)
{
	return from <= day_of(s) && day_of(s) < until;
}

/* A program renews certificates when a third of their 90 days is left, at its nightly run. */
static enum level
cert_level(struct site *s, int i)
{
	const struct judge_terms terms = { .lead = 14 * SPAN_DAY, .auto_renew = true };
	struct deadline d = { .kind = DEADLINE_KNOWN, .life = 90 * SPAN_DAY };

	if (s->renewed_until[i] - s->clk.wall_now < 30 * DAY_US &&
	    s->clk.wall_now / HOUR_US % 24 == 3)
		s->renewed_until[i] = s->clk.wall_now + 90 * DAY_US;
	d.at = d.earliest = d.latest = s->renewed_until[i];
	return judge_deadline(&d, &terms, s->clk.wall_now);
}

/* Rule C for the planted certificate: ends at day 85, three weeks lead, renewed on day 80. */
static enum level
planted_date(const struct site *s)
{
	const struct judge_terms terms = { .lead = 21 * SPAN_DAY, .auto_renew = false };
	instant end = START + 85 * DAY_US;
	struct deadline d = { DEADLINE_KNOWN, end, end, end, 365 * SPAN_DAY };

	return judge_deadline(&d, &terms, s->clk.wall_now);
}

static enum level
healthy(struct site *s, int i)
{
	instant midnight = day_start(s->clk.wall_now);

	if (dice_chance(&s->dice, 0.002)) /* a lost packet, a busy disk */
		return LEVEL_UNKNOWN;
	if (dice_chance(&s->dice, 0.0005)) /* one wild value */
		return i >= CERTS && i < CERTS_END ? LEVEL_OK : LEVEL_ACT;
	if (i == SOURCE && between(s, 70.4, 70.5))
		return LEVEL_UNKNOWN;
	if (i >= CLOCKS && i < CLOCKS_END && between(s, 70.4, 70.5))
		return LEVEL_UNKNOWN;
	if (i == AWAY && between(s, 50.8, 51.25))
		return LEVEL_UNKNOWN;
	if (i == NIGHTLY && s->clk.wall_now >= midnight + 130 * 60 * INSTANT_S &&
	    s->clk.wall_now < midnight + 170 * 60 * INSTANT_S)
		return LEVEL_STOP;
	return i >= CERTS && i < CERTS_END ? cert_level(s, i) : LEVEL_OK;
}

static enum level
level_now(struct site *s, int i)
{
	enum level l = healthy(s, i);

	for (size_t k = 0; k < s->nfaults; k++)
		if (s->faults[k].check == i && between(s, s->faults[k].from, s->faults[k].until))
			return s->faults[k].level == LEVEL_N ? planted_date(s) : s->faults[k].level;
	return l;
}

static void
told(struct site *s, int i, const struct outcome *o)
{
	struct counts *both[] = { &s->by[i], &s->all };
	int hidden = 0;

	for (size_t k = 0; k < 2; k++) {
		both[k]->events++;
		both[k]->raised += o->kind == EVENT_RAISED;
		both[k]->escalated += o->kind == EVENT_ESCALATED;
		both[k]->eased += o->kind == EVENT_EASED;
		both[k]->reminders += o->kind == EVENT_REMINDER;
		both[k]->resolved += o->kind == EVENT_RESOLVED;
		both[k]->popups += o->level >= LEVEL_ACT && o->kind != EVENT_EASED;
	}
	for (int k = 0; k < CHECKS; k++)
		hidden += s->st[k].gate == GATE_PARENT;
	if (i == SOURCE && hidden > s->suppressed_most)
		s->suppressed_most = hidden;
}

static struct policy_now
world(struct site *s, int i)
{
	struct policy_now n = { .now = s->clk.wall_now, .unbroken_since = s->unbroken_since };
	instant midnight = day_start(n.now);

	for (int l = 0; l < LEVEL_N; l++)
		n.sinks[l] = 1;
	if (i >= CLOCKS && i < CLOCKS_END)
		n.parent = &s->st[SOURCE];
	if (i == NIGHTLY) {
		/* from two to three in the morning as people's clocks say */
		s->night = (struct silence){ midnight + 2 * HOUR_US, midnight + 3 * HOUR_US, true,
			"Omar", "nightly restart" };
		n.silences = &s->night;
		n.nsilences = 1;
	}
	return n;
}

static void
step(struct site *s, int i)
{
	struct policy_now n = world(s, i);
	struct outcome o;

	if (s->clk.wall_now >= s->next[i]) {
		struct policy_seen seen = { level_now(s, i),
			(i >= CERTS && i < CERTS_END) || i == OTHERS, n.now,
			instant_plus(n.now, 2 * EVERY) };

		if (policy_see(&s->st[i], &seen, &s->terms[i], &n, &o))
			told(s, i, &o);
		s->next[i] = instant_plus(s->next[i], EVERY);
		if (s->next[i] < n.now) /* after a pause: once, not all that were missed */
			s->next[i] = instant_plus(n.now, EVERY);
	}
	if (policy_tick(&s->st[i], &s->terms[i], &n, &o))
		told(s, i, &o);
}

/* Off for ten minutes on day 20 and from Friday evening to Monday of the sixth week. */
static bool
is_off(const struct site *s)
{
	return between(s, 20.5, 20.507) || between(s, 39.75, 42.25);
}

static void
run(struct site *s)
{
	bool stepped = false;

	while (day_of(s) < DAYS) {
		clk_fake_pass(&s->clk, 2 * SPAN_MIN + SPAN_MIN / 2);
		if (!stepped && day_of(s) > 60) { /* the time service sets the clock back */
			s->clk.wall_now -= 3 * INSTANT_S;
			stepped = true;
		}
		if (is_off(s)) {
			s->off = true;
			continue;
		}
		if (s->off)
			s->unbroken_since = s->clk.wall_now;
		s->off = false;
		for (int i = 0; i < CHECKS; i++)
			step(s, i);
	}
}

static struct site site;
static struct counts noise[CHECKS]; /* of the healthy replay: the planted one rolls the same dice */

static void
healthy_replay(void)
{
	struct clk *clk = clk_system();
	span took = clk->mono(clk);

	start(&site, 2, NULL, 0);
	run(&site);
	took = clk->mono(clk) - took;
	printf("90 days of 100 checks: %.2f s, %d told, %d of them pop up\n", span_seconds(took),
	    site.all.events, site.all.popups);
	memcpy(noise, site.by, sizeof(noise));
	T_TRUE("at most one pop-up a week", site.all.popups <= DAYS / 7);
	T_INT("each alert ended", site.all.resolved, site.all.raised);
	T_INT("the endpoint that was away one night: once", site.by[AWAY].raised, 1);
	T_INT("and its end", site.by[AWAY].resolved, 1);
	T_INT("the time server's two hours: one alert", site.by[SOURCE].raised, 1);
	T_INT("that names 60", site.suppressed_most, 60);
	for (int i = CLOCKS; i < CLOCKS_END; i++)
		T_TRUE("none of them by itself then", site.by[i].raised <= 1);
	T_INT("the nightly window holds, also when the clocks change", site.by[NIGHTLY].events, 0);
}

/* The same replay with a policy that believes every run would fail the test above. */
static void
without_confirmation(void)
{
	start(&site, 1, NULL, 0);
	run(&site);
	T_TRUE("every single run believed is many pop-ups", site.all.popups > 10 * DAYS / 7);
}

static const struct fault faults[] = {
	{ "act for three days", 92, 10, 13, LEVEL_ACT, 1, 0, 2, 1 },
	{ "stop for five", 93, 10.2, 15.2, LEVEL_STOP, 1, 0, 4, 1 },
	{ "a disk for half a day", 85, 30, 30.5, LEVEL_ACT, 1, 0, 0, 1 },
	{ "a clock while its server is fine", 7, 33.1, 34.5, LEVEL_STOP, 1, 0, 1, 1 },
	{ "could not check for two days", 94, 60.2, 62.3, LEVEL_UNKNOWN, 1, 0, 2, 1 },
	{ "plan for a month: the digest lists it", 95, 55, 85, LEVEL_PLAN, 1, 0, 0, 1 },
	{ "over the weekend that the computer is off", 96, 39, 44, LEVEL_ACT, 1, 0, 2, 1 },
	{ "to the end of the replay", 97, 88.5, 91, LEVEL_STOP, 1, 0, 1, 0 },
	/* ends at day 85: plan from its start, act 28 days before, stop seven; 21 days of act and
	 * two of stop are 20 and one reminders */
	{ "a date, step by step, renewed at last", OTHERS, 2, 80, LEVEL_N, 1, 2, 21, 1 },
};

static void
planted_faults(void)
{
	const size_t n = sizeof(faults) / sizeof(faults[0]);

	start(&site, 2, faults, n);
	run(&site);
	for (size_t i = 0; i < n; i++) {
		const struct fault *f = &faults[i];
		const struct counts *c = &site.by[f->check], *h = &noise[f->check];

		T_INT(f->row, c->raised - h->raised, f->raised);
		T_INT(f->row, c->escalated, f->escalated);
		T_INT(f->row, c->eased, 0);
		T_INT(f->row, c->reminders, f->reminders);
		T_INT(f->row, c->resolved - h->resolved, f->resolved);
	}
}

int
main(void)
{
	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
	healthy_replay();
	without_confirmation();
	planted_faults();
	return t_end();
}
