/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the words for what a log admits, and the findings that keep it.
 */
#include "testify.h"

#include "finding.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define WHEN_TEXT 48
#define USER_TEXT 48

/* Who admits a loss; "(who)" in a sentence. */
static const char *const losers[FROM_N] = { "rsyslog's rate limit", "systemd-journald",
	"the kernel's rate limit", "the kernel's audit part", "the Windows firewall", "auditd" };

/* What is switched off. */
static const char *const recorders[FROM_N] = { "rsyslog", "systemd-journald", "the kernel",
	"the kernel's audit switch", "the firewall", "auditd" };

/* The keys of losses (spec.c). */
static const char *const keys[FROM_N] = { "rsyslog", "journal", "kernel", "audit", "firewall",
	"audit" };

/* "29 November 2026 10:00:02 UTC": as the log has it; without a zone it is the writer's own. */
static const char *
when(instant at, bool zoned, char buf[WHEN_TEXT])
{
	static const char *const months[] = { "January", "February", "March", "April", "May",
		"June", "July", "August", "September", "October", "November", "December" };
	struct civil c;

	if (at == 0) {
		snprintf(buf, WHEN_TEXT, "a time it does not tell");
		return buf;
	}
	instant_civil(at, &c);
	snprintf(buf, WHEN_TEXT, "%d %s %d %02d:%02d:%02d%s", c.day, months[(c.month + 11) % 12],
	    c.year, c.hour, c.minute, c.second, zoned ? " UTC" : "");
	return buf;
}

/* At a first look, what happened long ago is told as that. */
static bool
earlier(const struct log *l, instant at)
{
	return !l->s.known && at != 0 && instant_minus(l->now, at) > TESTIFY_NEWS;
}

/* Replaces an earlier one; what it counted is added, unless the records were read anew. */
static void
say_loss(struct log *l, enum admit_from from, const struct testimony_loss *t)
{
	struct kept_finding *f = finding_known(&l->s, "admitted", keys[from], NULL);
	struct finding_place p = { t->place.segment, t->place.record, t->place.offset, t->count, 0,
		0, 0, 0 };
	const char *key = f == NULL && earlier(l, t->last) ? "earlier" : keys[from];
	char last[WHEN_TEXT];

	if (f != NULL && f->segment != 0)
		p.count = !t->total             ? f->count + t->count
			  : t->count > f->count ? t->count
						: f->count;
	if (f != NULL)
		finding_end(&l->s, f);
	if (strcmp(key, "earlier") == 0 && finding_known(&l->s, "admitted", key, &p) != NULL)
		return;
	when(t->last, t->zoned, last);
	if (p.count == 0)
		finding_add(&l->s, l->now, "admitted", key, &p,
		    "The log says itself that messages were lost (%s), not how many; last at %s",
		    losers[from], last);
	else
		finding_add(&l->s, l->now, "admitted", key, &p,
		    "The log says itself that %" PRIu64 " message%s lost (%s%s), last at %s",
		    p.count, p.count == 1 ? " was" : "s were", losers[from],
		    t->total ? ", since the machine started" : "", last);
}

static const char *
by_user(const struct recorder *r, char buf[USER_TEXT])
{
	buf[0] = '\0';
	if (r->user < ADMITS_USER_NONE)
		snprintf(buf, USER_TEXT, ", asked for by user number %" PRIu64, r->user);
	return buf;
}

static struct finding_place
place_of(const struct recorder *r, uint64_t count)
{
	return (struct finding_place){ r->place.segment, r->place.record, r->place.offset, count, 0,
		0, 0, 0 };
}

static void
make_room(struct state *s)
{
	struct kept_finding *oldest = NULL;
	size_t n = 0;

	for (size_t i = 0; i < s->nfound; i++) {
		struct kept_finding *f = &s->found[i];

		if (strcmp(f->rule, "stopped") != 0 || strcmp(f->key, "off") == 0)
			continue;
		n++;
		if (oldest == NULL || f->since < oldest->since)
			oldest = f;
	}
	if (n >= TESTIFY_BREAKS)
		finding_end(s, oldest);
}

static void
end_off(struct state *s, const struct recorder *r)
{
	struct finding_place p = place_of(r, 0);
	struct kept_finding *f = finding_known(s, "stopped", "off", &p);

	if (f != NULL)
		finding_end(s, f);
}

/* "; record numbers 1300 to 1699 are not in the log" */
static const char *
numbers(const struct testimony_break *b, char buf[96])
{
	uint64_t from = (uint32_t)(b->r.last + 1), to = (uint32_t)(b->r.last + b->count);

	buf[0] = '\0';
	if (b->count == 1)
		snprintf(buf, 96, "; record number %" PRIu64 " is not in the log", from);
	else if (b->count > 1)
		snprintf(buf, 96, "; record numbers %" PRIu64 " to %" PRIu64 " are not in the log",
		    from, to);
	return buf;
}

static void
say_break(struct log *l, const struct testimony_break *b)
{
	struct finding_place p = place_of(&b->r, b->count);
	const char *key = earlier(l, b->r.on) ? "earlier" : "interrupted";
	char off[WHEN_TEXT], on[WHEN_TEXT], user[USER_TEXT], missing[96];
	struct kept_finding *f = finding_known(&l->s, "stopped", "interrupted", &p);

	end_off(&l->s, &b->r);
	if (f == NULL)
		f = finding_known(&l->s, "stopped", "earlier", &p);
	if (f != NULL)
		return; /* the records were read anew */
	make_room(&l->s);
	when(b->r.off, b->r.zoned, off);
	when(b->r.on, b->r.zoned, on);
	if (b->r.on == 0)
		finding_add(&l->s, l->now, "stopped", key, &p,
		    "Recording was off from %s until the machine was started again (%s)%s", off,
		    recorders[b->r.from], by_user(&b->r, user));
	else if (b->r.died)
		finding_add(&l->s, l->now, "stopped", key, &p,
		    "Recording broke off after %s and began again at %s (%s)%s", off, on,
		    recorders[b->r.from], numbers(b, missing));
	else
		finding_add(&l->s, l->now, "stopped", key, &p,
		    "Recording was off from %s to %s (%s%s)%s", off, on, recorders[b->r.from],
		    by_user(&b->r, user), numbers(b, missing));
}

/* More interruptions in one run than are told one by one. */
static void
say_more(struct log *l, const struct testimony *t)
{
	struct finding_place p = place_of(&t->breaks[t->nbreaks - 1].r, t->more);

	make_room(&l->s);
	finding_add(&l->s, l->now, "stopped", "interrupted", &p,
	    "Recording was off %" PRIu64 " more time%s after that", t->more,
	    t->more == 1 ? "" : "s");
}

/* The machine was started a moment ago, after r went off: it has not had the time to be back. */
static bool
may_come_up(const struct log *l, const struct recorder *r)
{
	span up = l->clk->boot(l->clk);

	return up < TESTIFY_BOOT && (!r->zoned || r->off < instant_plus(l->now, -up));
}

static void
say_off(struct log *l, struct recorder *r)
{
	struct finding_place p = place_of(r, 0);
	char off[WHEN_TEXT], user[USER_TEXT];

	if (r->told || testimony_off_for(r, l->now) <= TESTIMONY_RESTART || may_come_up(l, r))
		return;
	r->told = true;
	l->s.dirty = true;
	end_off(&l->s, r);
	finding_add(&l->s, l->now, "stopped", "off", &p,
	    "Recording was switched off at %s (%s%s) and is not on again",
	    when(r->off, r->zoned, off), recorders[r->from], by_user(r, user));
}

static bool
is_off(const struct testimony *t, const struct kept_finding *f)
{
	for (size_t i = 0; i < t->nrecorders; i++) {
		const struct recorder *r = &t->recorders[i];

		if (r->off != 0 && r->place.record == f->record && r->place.offset == f->offset)
			return true;
	}
	return false;
}

/* What is told to be off, and no recorder knows of any more, is over. */
static void
end_stray(struct state *s)
{
	for (size_t i = s->nfound; i-- > 0;) {
		struct kept_finding *f = &s->found[i];

		if (strcmp(f->rule, "stopped") == 0 && strcmp(f->key, "off") == 0 &&
		    !is_off(&s->testimony, f))
			finding_end(s, f);
	}
}

void
testify(struct log *l)
{
	struct testimony *t = &l->s.testimony;
	size_t before = t->nbreaks;

	for (int k = 0; k < FROM_N; k++)
		if (t->loss[k].times > 0)
			say_loss(l, (enum admit_from)k, &t->loss[k]);
	if (!l->unfinished)
		testimony_settle(t, l->now);
	l->s.dirty = l->s.dirty || t->nbreaks > before;
	for (size_t i = 0; i < t->nbreaks; i++)
		say_break(l, &t->breaks[i]);
	if (t->more > 0)
		say_more(l, t);
	if (l->unfinished)
		return;
	for (size_t i = 0; i < t->nrecorders; i++)
		say_off(l, &t->recorders[i]);
	end_stray(&l->s);
}
