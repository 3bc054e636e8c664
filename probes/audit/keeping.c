/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the question whether records are kept for as long as they must be.
 */
#include "keeping.h"

#include <inttypes.h>
#include <stdio.h>

#define MB ((uint64_t)1 << 20)

static span
smaller(span a, span b)
{
	return a < b ? a : b;
}

static span
times(span d, int64_t n)
{
	return n != 0 && d > SPAN_MAX / n ? SPAN_MAX : d * n;
}

/* How long so many bytes last; SPAN_MAX: not known. */
static span
lasts(uint64_t bytes, double per_day)
{
	return per_day > 0 ? span_from_seconds((double)bytes / per_day * span_seconds(SPAN_DAY))
			   : SPAN_MAX;
}

/* From one file to the next. */
static span
life(const struct keeping_terms *t, const struct keeping_seen *v, double rate)
{
	span every = t->every > 0 ? t->every : SPAN_MAX, full = SPAN_MAX;

	if (t->every > 0 && t->not_empty && v->usual > every)
		every = v->usual;
	if (t->bytes > 0)
		full = lasts(t->bytes, rate);
	if (full < t->looks)
		full = t->looks;
	return smaller(every, full);
}

static span
held(const struct keeping_terms *t, const struct keeping_seen *v, double rate)
{
	span h = SPAN_MAX, one = life(t, v, rate);

	if (t->files != KEEPING_ALL && one != SPAN_MAX)
		h = times(one, t->files);
	if (t->total > 0)
		h = smaller(h, lasts(t->total, rate));
	if (t->age > 0)
		h = smaller(h, t->age);
	return h;
}

static int64_t
in_days(span d)
{
	return d / SPAN_DAY;
}

/* When the log is set aside next; one that is overdue for it may be at any moment. */
static instant
next_begun(const struct keeping_seen *v, span one)
{
	instant at = instant_plus(v->aside, one);

	return at > v->now ? at : v->now;
}

/* When the first older file is deleted; in the past: with the next one that is begun. */
static instant
first_deleted(const struct keeping_terms *t, const struct keeping_seen *v, double rate)
{
	instant at = instant_plus(v->now, SPAN_MAX);
	span one = life(t, v, rate);

	if (t->files != KEEPING_ALL && one != SPAN_MAX)
		at = v->past < (uint64_t)t->files
			 ? instant_plus(next_begun(v, one), times(one, t->files - (int64_t)v->past))
			 : v->now;
	if (t->total > 0 && rate > 0) {
		instant full = v->held >= t->total
				   ? v->now
				   : instant_plus(v->now, lasts(t->total - v->held, rate));

		at = full < at ? full : at;
	}
	if (t->age > 0 && v->eldest != 0 && instant_plus(v->eldest, t->age) < at)
		at = instant_plus(v->eldest, t->age);
	return at;
}

static void
forecast(const struct keeping_terms *t, const struct keeping_seen *v, struct deadline *d)
{
	double usual = (v->rate[0] + v->rate[1]) / 2;

	d->kind = DEADLINE_FORECAST;
	d->at = first_deleted(t, v, usual);
	d->earliest = first_deleted(t, v, v->rate[1]);
	d->latest = first_deleted(t, v, v->rate[0]);
	if (d->latest < d->at)
		d->latest = d->at;
}

/* "auditd keeps 4 older files of this log, of 8.0 MB each"; without a size where time ends them. */
static void
say_files(const struct keeping_terms *t, char *buf, size_t size)
{
	int n = snprintf(buf, size, "%s keeps %" PRId64 " older file%s of this log", t->program,
	    t->files, t->files == 1 ? "" : "s");

	if (t->bytes >= MB)
		n += snprintf(
		    buf + n, size - (size_t)n, ", of %.1f MB", (double)t->bytes / (double)MB);
	else if (t->bytes > 0)
		n += snprintf(buf + n, size - (size_t)n, ", of %" PRIu64 " kB", t->bytes / 1024);
	if (t->bytes > 0 && t->files != 1)
		snprintf(buf + n, size - (size_t)n, " each");
}

/* No number that was measured stands in it: the same words are the same finding. */
static void
say(const struct keeping_terms *t, const struct keeping_seen *v, struct keeping *out)
{
	bool by_time = t->bytes == 0 && t->total == 0 && !(t->not_empty && v->usual > t->every);
	int64_t must = in_days(v->retention);
	char kept[128];

	if (t->age > 0 && out->most == t->age) {
		snprintf(out->words, sizeof(out->words),
		    "%s deletes what is older than %" PRId64
		    " days, and records must be kept for %" PRId64 " days",
		    t->program, in_days(t->age), must);
		return;
	}
	if (t->by_disk)
		snprintf(kept, sizeof(kept),
		    "%s keeps as much of this log as its disk has room for", t->program);
	else if (t->total > 0)
		snprintf(kept, sizeof(kept), "%s keeps %" PRIu64 " MB of this log", t->program,
		    t->total / MB);
	else
		say_files(t, kept, sizeof(kept));
	if (by_time)
		snprintf(out->words, sizeof(out->words),
		    "%s: records are there for %" PRId64 " days, and must be kept for %" PRId64
		    " days",
		    kept, in_days(times(t->every, t->files)), must);
	else
		snprintf(out->words, sizeof(out->words),
		    "%s: as it is written, that is less than the %" PRId64
		    " days for which records must be kept",
		    kept, must);
}

void
keeping_judge(const struct keeping_terms *t, const struct keeping_seen *v, struct keeping *out)
{
	*out = (struct keeping){ .least = held(t, v, v->rate[1]), .most = held(t, v, v->rate[0]) };
	if (v->retention == 0 || out->most >= v->retention)
		return;
	say(t, v, out);
	forecast(t, v, &out->first);
	out->key = "too-short";
	if (out->first.at > v->now)
		return;
	out->key = "being-deleted";
	out->first = (struct deadline){ .kind = DEADLINE_NONE };
}
