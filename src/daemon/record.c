/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what of a result goes into the records.
 */
#include "daemon/record.h"

#include "daemon/counts.h"
#include "judge/dates.h"
#include "judge/judge.h"
#include "store/records.h"

#include <string.h>

#define NOTE_SEEN SPAN_H /* between two notes that a date was seen: not one a run */

static enum level
level_of(const struct standing *st)
{
	return st->stale ? LEVEL_UNKNOWN : st->held;
}

/* When the runs began to point there; of what nobody looked at, when the last result ended. */
static instant
since_of(const struct standing *before, const struct standing *after, instant now)
{
	if (before->held_since == INSTANT_NONE)
		return after->taken;
	if (after->stale && !before->stale)
		return before->valid_until;
	return before->turn != TURN_NONE ? before->turn_since : now;
}

/* What a result that went stale had covered is noted at once: the standing forgets it. */
static int
cover_until(const struct ground *on, const char *fingerprint, const struct standing *run,
    instant until, struct err *e)
{
	if (run->taken == INSTANT_NONE || run->stale || run->seen != LEVEL_OK)
		return 0;
	if (until > run->valid_until)
		until = run->valid_until;
	return store_week_cover(on->world->store, fingerprint, run->taken, until, e);
}

static bool
is_run(const char *fingerprint)
{
	static const char ending[] = "/" RUN_TARGET "/" RUN_RULE_NAME;
	size_t len = strlen(fingerprint), n = sizeof(ending) - 1;

	return len > n && strcmp(fingerprint + len - n, ending) == 0;
}

/* An alert was raised, or got worse than it had been. */
static bool
reached_level(const struct standing *before, const struct standing *after)
{
	bool new = !before->open || after->alert != before->alert;

	return after->open && (new || after->worst > before->worst);
}

/* What who listens would draw otherwise, though nobody is told of it. */
static bool
looks_different(const struct standing *before, const struct standing *after)
{
	return before->seen != after->seen || before->held != after->held ||
	       before->stale != after->stale || before->gate != after->gate;
}

int
record_change(const struct ground *on, const char *fingerprint, const struct standing *before,
    const struct standing *after, struct err *e)
{
	struct store *s = on->world->store;
	instant now = world_now(on->world);
	const struct store_state v = { now, (int)level_of(after), since_of(before, after, now) };

	if (looks_different(before, after))
		ledger_change_after_commit(on->ledger);
	if (after->stale && !before->stale && is_run(fingerprint) &&
	    cover_until(on, fingerprint, before, before->valid_until, e) < 0)
		return -1;
	if (reached_level(before, after) &&
	    store_week_alert(s, fingerprint, now, after->worst, e) < 0)
		return -1;
	if (before->held_since != INSTANT_NONE && level_of(before) == level_of(after))
		return 0;
	return store_state_put(s, fingerprint, &v, e);
}

int
record_gone(const struct ground *on, const char *fingerprint, struct err *e)
{
	instant now = world_now(on->world);
	const struct store_state v = { now, -1, now };

	return store_state_put(on->world->store, fingerprint, &v, e);
}

int
record_run(const struct ground *on, const char *fingerprint, const struct standing *run,
    instant taken, struct err *e)
{
	bool saw = run->stale || run->seen == LEVEL_OK;
	struct store_blind blind = { saw ? run->valid_until : run->taken, taken };

	if (run->taken == INSTANT_NONE || taken <= run->taken)
		return 0;
	if (cover_until(on, fingerprint, run, taken, e) < 0)
		return -1;
	if (blind.since >= blind.until)
		return 0;
	return store_blind_put(on->world->store, fingerprint, &blind, e);
}

/* ---- dates */

static int
renewed_by(const struct check_conf *k, const struct item *it)
{
	if (k->auto_renew || it->auto_renew)
		return 0;
	return k->owner != NULL ? 1 : 2;
}

static bool
worth_noting(const struct store_date *d, instant taken)
{
	return instant_minus(taken, d->last_seen) >= NOTE_SEEN ||
	       (d->last_seen < d->at && taken >= d->at);
}

static span
lead_of(const struct check_conf *k, const struct item *it)
{
	if (it->lead > 0)
		return it->lead;
	return k->lead != CONF_LEAD_UNSTATED ? k->lead : JUDGE_LEAD;
}

static int
see_date(const struct ground *on, const struct check_conf *k, const char *fingerprint,
    const struct item *it, instant taken, struct err *e)
{
	const struct deadline *when = &it->deadline;
	struct store *s = on->world->store;
	struct store_date d;
	bool there;

	if (store_date_standing(s, fingerprint, &d, &there, e) < 0)
		return -1;
	if (there) {
		const struct date_row row = { d.at, d.first_seen, d.last_seen, d.life };

		d.outcome = (int)date_see(&row, when->at, taken, lead_of(k, it), d.renewed_by == 0);
		if (d.outcome == DATE_OPEN) {
			if (!worth_noting(&d, taken))
				return 0;
			d.last_seen = taken;
			return store_date_put(s, fingerprint, &d, e);
		}
		if (store_date_put(s, fingerprint, &d, e) < 0)
			return -1;
	}
	d = (struct store_date){ .at = when->at,
		.first_seen = taken,
		.last_seen = taken,
		.life = when->life,
		.kind = (int)when->kind,
		.renewed_by = renewed_by(k, it) };
	return store_date_put(s, fingerprint, &d, e);
}

int
record_dates(const struct ground *on, const struct check_conf *k, const struct result *r,
    struct arena *a, struct err *e)
{
	const char *prefix = generation_prefix(on->generation, k->id, a);

	for (size_t i = 0; i < r->nitems; i++) {
		const struct item *it = &r->items[i];
		const char *fp =
		    generation_fingerprint(on->generation, k->id, it->target, it->rule, a);

		if (it->deadline.kind == DEADLINE_KNOWN && see_date(on, k, fp, it, r->taken, e) < 0)
			return -1;
	}
	return store_dates_gone(on->world->store, prefix, instant_plus(r->taken, -DATE_GONE),
	    r->taken, DATE_RETIRED, DATE_UNSEEN, e);
}
