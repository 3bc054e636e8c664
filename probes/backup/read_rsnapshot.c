/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the log of rsnapshot: lines of "[2026-11-30T00:01:43] PROGRAM -c CONF LEVEL: what". The
 * folder of the newest run is touched even when every source failed, so only the log tells.
 */
#include "readers.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define LINE_MAX_BYTES 4096
#define STAMP 22 /* bytes of "[2026-11-30T00:01:43] " */

/* The run that is being read. */
struct reading {
	struct catalogue *c;
	instant begin;
	struct texts paths;
	size_t errors;
};

/* A time of this computer's zone. In the hour that comes twice it may be an hour off. */
static instant
local_time(const char *s)
{
	struct civil c = { 0 };
	struct tm here;
	instant t;
	time_t near;

	if (sscanf(s, "[%4d-%2d-%2dT%2d:%2d:%2d] ", &c.year, &c.month, &c.day, &c.hour, &c.minute,
		&c.second) != 6 ||
	    c.month < 1 || c.month > 12 || c.day < 1 || c.day > 31 || c.year < 1990)
		return INSTANT_NONE;
	t = civil_instant(&c);
	near = (time_t)(t / INSTANT_S);
	if (localtime_r(&near, &here) == NULL)
		return INSTANT_NONE;
	near -= here.tm_gmtoff;
	if (localtime_r(&near, &here) == NULL)
		return INSTANT_NONE;
	return instant_plus(t, -(here.tm_gmtoff * SPAN_S));
}

/* "rsync ... FROM TO/": what it copies from. */
static void
take_source(struct reading *r, char *line)
{
	struct backup_run carrier = { .paths = r->paths };
	char *to, *from;

	if (strstr(line, "rsync ") == NULL || strchr(line, ':') == line)
		return;
	to = strrchr(line, ' ');
	if (to == NULL || to == line || to[1] != '/')
		return;
	*to = '\0';
	from = strrchr(line, ' ');
	if (from == NULL || from[1] == '-' || from[1] == '\0')
		return;
	run_add_path(&carrier, arena_text(r->c->arena, from + 1), r->c->arena);
	r->paths = carrier.paths;
}

/* The word before the colon that stands before `what`: "… -c rs.conf daily: completed". */
static const char *
level_of(const char *line, const char *what, struct arena *a)
{
	const char *end = what, *begin;

	while (end > line && (end[-1] == ' ' || end[-1] == ':'))
		end--;
	begin = end;
	while (begin > line && begin[-1] != ' ')
		begin--;
	return arena_printf(a, "rsnapshot %.*s", (int)(end - begin), begin);
}

static void
take_end(struct reading *r, const char *line, const char *what, instant at)
{
	struct backup_run *run = catalogue_add(r->c, level_of(line, what, r->c->arena), RUN_FULL);

	if (run == NULL)
		return;
	run->id = arena_printf(r->c->arena, "%.19s", line + 1);
	run->end = at;
	run->begin = r->begin;
	if (r->begin != INSTANT_NONE && at >= r->begin)
		run->seconds = span_seconds(instant_minus(at, r->begin));
	run->paths = r->paths;
	if (strncmp(what, "completed successfully", 22) == 0)
		return;
	run->fault = strstr(what, "warnings") != NULL ? "incomplete" : "error";
	run->why = strstr(what, "warnings") != NULL
		       ? "it ended with warnings: files were left out"
		       : "it ended with errors, and what it shows is of an earlier day";
}

static void
take_line(struct reading *r, char *line)
{
	instant at = strlen(line) > STAMP ? local_time(line) : INSTANT_NONE;
	char *what;

	if (at == INSTANT_NONE)
		return;
	what = strstr(line + STAMP - 1, ": started");
	if (what != NULL) {
		r->begin = at;
		r->paths = (struct texts){ 0 };
		return;
	}
	what = strstr(line + STAMP - 1, "completed");
	if (what != NULL && (strncmp(what, "completed successfully", 22) == 0 ||
				strncmp(what, "completed, but", 14) == 0)) {
		take_end(r, line, what, at);
		r->begin = INSTANT_NONE;
		r->paths = (struct texts){ 0 };
		return;
	}
	take_source(r, line + STAMP - 1);
}

int
read_rsnapshot(const char *text, size_t n, struct catalogue *c, struct err *e)
{
	struct reading r = { .c = c, .begin = INSTANT_NONE };
	char line[LINE_MAX_BYTES];

	for (size_t at = 0; at < n;) {
		const char *end = memchr(text + at, '\n', n - at);
		size_t len = end != NULL ? (size_t)(end - text) - at : n - at;
		size_t take = len < sizeof(line) - 1 ? len : sizeof(line) - 1;

		memcpy(line, text + at, take);
		line[take] = '\0';
		take_line(&r, line);
		at += len + 1;
	}
	if (c->runs == 0 && n > 0)
		return err_set(e, ERR_PARSE,
		    "no line tells the end of a run (loglevel 3 or more "
		    "writes it)");
	return 0;
}
