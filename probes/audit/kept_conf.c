/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the meaning of the options that say how much of a log is kept.
 */
#include "kept_conf.h"

#include "assigned.h"

#include <string.h>
#include <strings.h>

#define MB ((uint64_t)1 << 20)
#define GB ((uint64_t)1 << 30)
#define FILES_MAX 999 /* num_logs of auditd */
/* journald's own (DEFAULT_MAX_USE_UPPER and the like in journal-file.c) */
#define JOURNAL_USE_MAX (4 * GB)
#define JOURNAL_USE_MIN MB
#define JOURNAL_FREE_MAX (4 * GB)
#define JOURNAL_FILE_MAX (128 * MB)

/* Twelve months are a year, and a year 365 days, however it is counted where a span is due. */
static span
average(span every)
{
	if (every > 31 * SPAN_DAY)
		return 365 * SPAN_DAY;
	return every > 7 * SPAN_DAY ? 365 * SPAN_DAY / 12 : every;
}

struct keeping_terms
kept_logrotate(const struct rotate_terms *t)
{
	struct keeping_terms k = { .program = "logrotate",
		.files = t->kept,
		.every = average(t->every),
		.bytes = t->every > 0 ? t->maxsize : t->size,
		.looks = SPAN_DAY,
		.age = t->maxage,
		.not_empty = t->not_empty };

	if (t->every > 0 && t->every < SPAN_DAY)
		k.looks = t->every;
	return k;
}

static bool
is_word(struct slice v, const char *word)
{
	return v.n == strlen(word) && strncasecmp(v.p, word, v.n) == 0;
}

/* The words of max_log_file_action; false: none of them. */
static bool
take_action(struct kept_auditd *a, struct slice v)
{
	a->rotates = is_word(v, "rotate");
	a->stays = is_word(v, "keep_logs") || is_word(v, "ignore") || is_word(v, "syslog") ||
		   is_word(v, "exec") || (v.n > 5 && strncasecmp(v.p, "exec ", 5) == 0);
	a->suspends = is_word(v, "suspend");
	return a->rotates || a->stays || a->suspends;
}

static bool
take_auditd(struct kept_auditd *a, const struct assigned *r)
{
	struct slice v = r->value;

	if (assigned_is(r, "log_file")) {
		if (v.n == 0 || v.n >= sizeof(a->log_file))
			return false;
		memcpy(a->log_file, v.p, v.n);
		a->log_file[v.n] = '\0';
		return memchr(v.p, '\0', v.n) == NULL;
	}
	if (assigned_is(r, "max_log_file"))
		return assigned_number(v, UINT64_MAX / MB, &a->megabytes);
	if (assigned_is(r, "num_logs")) {
		a->line = r->line;
		return assigned_number(v, FILES_MAX, &a->files);
	}
	if (assigned_is(r, "admin_space_left")) /* in percent it is of the disk, and passed over */
		return assigned_number(v, UINT64_MAX / MB, &a->spare) ||
		       (v.n > 0 && v.p[v.n - 1] == '%');
	if (assigned_is(r, "admin_space_left_action")) {
		a->spare_stops =
		    is_word(v, "suspend") || is_word(v, "single") || is_word(v, "halt");
		return true;
	}
	if (!assigned_is(r, "max_log_file_action"))
		return true;
	a->line = a->line != 0 ? a->line : r->line;
	return take_action(a, v);
}

void
kept_auditd_read(struct kept_auditd *a, const char *text, size_t n)
{
	struct assigned r = { .rest = { text, n } };

	*a = (struct kept_auditd){ .megabytes = 0 };
	while (assigned_next(&r))
		if (!take_auditd(a, &r) && a->odd == 0)
			a->odd = r.line;
}

/* num_logs counts the log itself; fewer than two, and it is not set aside. */
struct keeping_terms
kept_auditd(const struct kept_auditd *a)
{
	struct keeping_terms k = { .program = "auditd", .files = KEEPING_ALL };

	if (!a->rotates || a->files < 2 || a->megabytes == 0)
		return k;
	k.files = (int64_t)a->files - 1;
	k.bytes = a->megabytes * MB;
	return k;
}

static uint64_t
within(uint64_t v, uint64_t low, uint64_t high)
{
	return v < low ? low : v > high ? high : v;
}

uint64_t
kept_auditd_room(const struct kept_auditd *a, uint64_t size, uint64_t room)
{
	uint64_t spare = a->spare_stops ? a->spare * MB : 0, max = a->megabytes * MB;

	room = room > spare ? room - spare : 0;
	if (!a->suspends || max == 0)
		return room;
	return within(max > size ? max - size : 0, 0, room);
}

static bool
take_journald(struct kept_journald *j, const struct assigned *r, bool *ours)
{
	struct slice v = r->value;

	*ours = true;
	if (assigned_is(r, "SystemMaxUse"))
		return assigned_bytes(v, &j->max_use);
	if (assigned_is(r, "SystemKeepFree"))
		return j->keep_free_said = assigned_bytes(v, &j->keep_free);
	if (assigned_is(r, "SystemMaxFileSize"))
		return assigned_bytes(v, &j->file_size);
	if (assigned_is(r, "SystemMaxFiles"))
		return assigned_number(v, UINT32_MAX, &j->files);
	if (assigned_is(r, "MaxRetentionSec"))
		return assigned_span(v, &j->retention);
	*ours = false;
	return true;
}

void
kept_journald_read(struct kept_journald *j, const char *file, const char *text, size_t n)
{
	struct assigned r = { .rest = { text, n } };

	while (assigned_next(&r)) {
		bool ours;

		if (!is_word(r.section, "Journal"))
			continue;
		if (!take_journald(j, &r, &ours) && r.value.n > 0 && j->odd == 0) {
			j->odd_file = file;
			j->odd = r.line;
		}
		if (ours) {
			j->file = file;
			j->line = r.line;
		}
	}
}

struct keeping_terms
kept_journald(const struct kept_journald *j, uint64_t disk, uint64_t room, uint64_t used)
{
	struct keeping_terms k = {
		.program = "journald", .files = KEEPING_ALL, .age = j->retention
	};
	uint64_t use =
	    j->max_use > 0 ? j->max_use : within(disk / 10, JOURNAL_USE_MIN, JOURNAL_USE_MAX);
	uint64_t spare =
	    j->keep_free_said ? j->keep_free : within(disk / 20 * 3, MB, JOURNAL_FREE_MAX);
	uint64_t size = j->file_size > 0 ? j->file_size : within(use / 8, MB / 2, JOURNAL_FILE_MAX);

	if (j->files > 0 && j->files <= use / size)
		use = j->files * size;
	k.by_disk = j->max_use == 0;
	/* what stays free is taken from what is free now, and from the journal */
	if (room + used < spare + use) {
		use = room + used > spare ? room + used - spare : JOURNAL_USE_MIN;
		k.by_disk = true;
	}
	k.total = use;
	return k;
}
