/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the question whether a log is set aside as it used to be, or was to be.
 */
#include "rotation.h"

#include "base/day.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define TIME_TEXT 6 /* " 17:50" at the end of day_moment */

/* "Mon 30 Nov 2026": the same words whenever they are said. */
static const char *
day_of(instant t, char buf[DAY_TEXT])
{
	size_t n;

	day_moment(t, buf);
	n = strlen(buf);
	if (n > TIME_TEXT)
		buf[n - TIME_TEXT] = '\0';
	return buf;
}

static const char *
how_often(span every)
{
	if (every <= SPAN_H)
		return "hourly";
	if (every <= SPAN_DAY)
		return "daily";
	if (every <= 7 * SPAN_DAY)
		return "weekly";
	return every <= 31 * SPAN_DAY ? "monthly" : "yearly";
}

/* logrotate as root leaves logs alone in a folder in which others than root could swap them. */
static bool
is_refused(const struct rotation_seen *v, char *words)
{
	bool all = (v->folder_mode & S_IWOTH) != 0;

	if (v->rule->ignored) {
		snprintf(words, STATE_TEXT,
		    "logrotate passes over %s, which sets %s aside: others may write to that file",
		    v->rule->at.file, v->name);
		return true;
	}
	if (!v->rule->of_root || v->rule->terms.su ||
	    (!all && ((v->folder_mode & S_IWGRP) == 0 || v->folder_gid == 0)))
		return false;
	snprintf(words, STATE_TEXT,
	    "logrotate leaves %s alone: its folder may be written to by %s (mode %04o), and its "
	    "configuration names no user with su",
	    v->name, all ? "everybody" : "its group", v->folder_mode & 07777U);
	return true;
}

/* Whether the log held records when it was due, and the records since then are enough. */
static bool
was_due(const struct rotation_seen *v, instant last, instant by)
{
	const struct rotate_terms *t = &v->rule->terms;
	span grace = 2 * t->every + ROTATION_SLACK;

	return t->every > 0 && v->size > 0 && v->size >= t->minsize && last != 0 &&
	       instant_minus(by, last) > grace && v->oldest != 0 &&
	       instant_minus(by, v->oldest) > t->every + ROTATION_SLACK;
}

/* It ran when the log was long due, and left it. */
static bool
is_left(const struct rotation_seen *v, char *words)
{
	instant last = v->status > v->aside ? v->status : v->aside;
	char day[DAY_TEXT];

	if (v->ran == 0 || v->status == 0 || !was_due(v, last, v->ran))
		return false;
	snprintf(words, STATE_TEXT,
	    "%s was set aside last on %s: logrotate runs, and is to set it aside %s, but does not",
	    v->name, day_of(last, day), how_often(v->rule->terms.every));
	return true;
}

/* It does not run at all, on a computer that does. */
static bool
is_asleep(const struct rotation_seen *v, char *words)
{
	char day[DAY_TEXT];

	if (v->ran == 0 || v->up < ROTATION_UP || v->size == 0 ||
	    instant_minus(v->newest, v->ran) <= ROTATION_RUNS)
		return false;
	snprintf(words, STATE_TEXT, "logrotate, which sets %s aside, has not run since %s", v->name,
	    day_of(v->ran, day));
	return true;
}

/* Longer and larger than it ever was: whatever it was set aside by, time or size, is past. */
static bool
is_overgrown(const struct rotation_seen *v, char *words)
{
	char day[DAY_TEXT], longest[SPAN_TEXT];

	if (v->past < ROTATION_PAST_MIN || v->longest <= 0 || v->aside == 0 ||
	    v->size <= ROTATION_FACTOR * v->largest ||
	    (v->rule != NULL && v->size <= ROTATION_FACTOR * v->rule->terms.size) ||
	    (v->rule != NULL && v->size <= v->rule->terms.minsize) ||
	    instant_minus(v->newest, v->aside) / ROTATION_FACTOR <=
		v->longest + ROTATION_SLACK / ROTATION_FACTOR)
		return false;
	snprintf(words, STATE_TEXT,
	    "%s was set aside after %s at the latest, and was not since %s; it is larger than it "
	    "ever was",
	    v->name, span_words(v->longest, longest), day_of(v->aside, day));
	return true;
}

/* The name has the day of the computer's calendar in it, and nothing of the time of day. */
static bool
bears_day(const char *name, instant day)
{
	time_t t = (time_t)(day / INSTANT_S);
	char date[16];
	struct tm here;
	const char *at;

	if (localtime_r(&t, &here) == NULL || strftime(date, sizeof(date), "%Y%m%d", &here) == 0)
		return false;
	at = strstr(name, date);
	/* more digits behind it would be a time of day, or a number that tells two of a day apart
	 */
	return at != NULL && strpbrk(at + strlen(date), "0123456789") == NULL;
}

/* By size: a log that is set aside by a clock has a day for each part of it. */
static bool
may_be_by_size(const struct rotation_seen *v)
{
	const struct rotate_terms *t = v->rule != NULL ? &v->rule->terms : NULL;

	if (t == NULL)
		return v->life > 0 && v->life < ROTATION_DAY && v->past == 1;
	if (t->every >= SPAN_DAY)
		return t->maxsize > 0 && v->size > t->maxsize;
	return t->every > 0 || v->size > t->size;
}

/* A name with the day in it can be given once a day. */
static bool
is_name_taken(const struct rotation_seen *v, char *words)
{
	if (v->newest_name == NULL || v->newest_size == 0 ||
	    v->size / ROTATION_TAKEN < v->newest_size || !may_be_by_size(v) ||
	    !bears_day(v->newest_name, v->now))
		return false;
	snprintf(words, STATE_TEXT,
	    "%s cannot be set aside a second time today: the name %s, which has the day in it, is "
	    "taken, and the log has grown to more than it had then",
	    v->name, v->newest_name);
	return true;
}

const char *
rotation_judge(const struct rotation_seen *v, char words[STATE_TEXT])
{
	if (v->rule != NULL && is_refused(v, words))
		return "refused";
	if (v->rule != NULL && (is_left(v, words) || is_asleep(v, words)))
		return "stopped";
	if (is_overgrown(v, words))
		return "stopped";
	return is_name_taken(v, words) ? "name-taken" : NULL;
}
