/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the jobs and runs of one place, and what names and dates mean in all of them.
 */
#include "catalogue.h"

#include "base/text.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
catalogue_init(struct catalogue *c, const char *where, struct arena *a)
{
	*c = (struct catalogue){ .arena = a, .where = where };
}

static struct backup_job *
job_of(struct catalogue *c, const char *name, enum run_kind kind)
{
	char clean[CATALOGUE_NAME_MAX + 1];
	struct backup_job *j;

	text_clean_buf(clean, sizeof(clean), name, strlen(name));
	for (size_t i = c->njobs; i-- > 0;)
		if (c->jobs[i].kind == kind && strcmp(c->jobs[i].name, clean) == 0)
			return &c->jobs[i];
	if (c->njobs >= CATALOGUE_JOBS_MAX)
		return NULL;
	c->jobs = arena_grow(c->arena, c->jobs, c->njobs, &c->cap, sizeof(*c->jobs));
	j = &c->jobs[c->njobs++];
	*j = (struct backup_job){ .name = arena_text(c->arena, clean), .kind = kind };
	return j;
}

struct backup_run *
catalogue_add(struct catalogue *c, const char *name, enum run_kind kind)
{
	struct backup_job *j = c->runs < CATALOGUE_RUNS_MAX ? job_of(c, name, kind) : NULL;
	struct backup_run *r;

	if (j == NULL) {
		c->surplus++;
		return NULL;
	}
	c->runs++;
	j->v = arena_grow(c->arena, j->v, j->n, &j->cap, sizeof(*j->v));
	r = &j->v[j->n++];
	*r = (struct backup_run){ .id = "",
		.begin = INSTANT_NONE,
		.end = INSTANT_NONE,
		.bytes = NAN,
		.files = NAN,
		.seconds = NAN,
		.change = NAN,
		.verified = INSTANT_NONE };
	return r;
}

void
catalogue_odd(struct catalogue *c, const char *why)
{
	if (c->odd++ == 0)
		c->odd_first = why;
}

static int
by_end(const void *a, const void *b)
{
	const struct backup_run *x = a, *y = b;

	if (x->end != y->end)
		return x->end < y->end ? -1 : 1;
	return strcmp(x->id, y->id);
}

void
catalogue_sort(struct catalogue *c)
{
	for (size_t i = 0; i < c->njobs; i++)
		qsort(c->jobs[i].v, c->jobs[i].n, sizeof(*c->jobs[i].v), by_end);
}

double
amount_read(const struct json_node *object, const char *name)
{
	double v = json_get_number(object, name);

	return v >= 0 && !isinf(v) ? v : NAN;
}

void
run_add_path(struct backup_run *r, const char *path, struct arena *a)
{
	if (r->paths.n >= CATALOGUE_PATHS_MAX)
		return;
	if (r->paths.v == NULL)
		r->paths.v = arena_array(a, CATALOGUE_PATHS_MAX, sizeof(*r->paths.v));
	r->paths.v[r->paths.n++] = path;
}

/* "/Date(1764468000000)/", as PowerShell writes it. */
static bool
read_ticks(const char *text, instant *out)
{
	char *end;
	long long ms;

	if (strncmp(text, "/Date(", 6) != 0 || !isdigit((unsigned char)text[6]))
		return false;
	ms = strtoll(text + 6, &end, 10);
	if (strncmp(end, ")/", 2) != 0 || ms > INT64_MAX / 1000)
		return false;
	*out = ms * 1000;
	return true;
}

instant
when_read(const char *text)
{
	char buf[64];
	instant t;

	if (text == NULL || strlen(text) > sizeof(buf) - 2)
		return INSTANT_NONE;
	if (read_ticks(text, &t) || instant_parse(text, &t, NULL) == 0)
		return t;
	snprintf(buf, sizeof(buf), "%sZ", text);
	if (strlen(text) > 10 && text[10] == ' ')
		buf[10] = 'T';
	return instant_parse(buf, &t, NULL) == 0 ? t : INSTANT_NONE;
}

/* So many digits at s, as a number from lo to hi; -1. */
static int
digits(const char *s, int n, int lo, int hi)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		if (!isdigit((unsigned char)s[i]))
			return -1;
		v = v * 10 + (s[i] - '0');
	}
	return v >= lo && v <= hi ? v : -1;
}

/* Where a day begins in a name, NULL; *c is that day. Digits before it or behind it are no day. */
static const char *
find_day(const char *name, struct civil *c, const char **behind)
{
	for (const char *s = name; *s != '\0'; s++) {
		bool apart;

		if (s > name && isdigit((unsigned char)s[-1]))
			continue;
		c->year = digits(s, 4, 1990, 2099);
		if (c->year < 0)
			continue;
		apart = s[4] == '-' || s[4] == '_' || s[4] == '.';
		c->month = digits(s + (apart ? 5 : 4), 2, 1, 12);
		if (c->month < 0 || (apart && s[7] != s[4]))
			continue;
		c->day = digits(s + (apart ? 8 : 6), 2, 1, 31);
		if (c->day < 0)
			continue;
		*behind = s + (apart ? 10 : 8);
		return s;
	}
	return NULL;
}

instant
date_in(const char *name, bool *timed)
{
	struct civil c = { 0 };
	const char *s = name;

	*timed = false;
	if (find_day(name, &c, &s) == NULL)
		return INSTANT_NONE;
	s += strspn(s, "-_T ");
	c.hour = digits(s, 2, 0, 23);
	if (c.hour >= 0) {
		s += 2;
		s += strspn(s, ":-_.h");
		c.minute = digits(s, 2, 0, 59);
	}
	*timed = c.hour >= 0 && c.minute >= 0;
	if (!*timed)
		c.hour = c.minute = 0;
	return civil_instant(&c);
}

const char *
series_of(const char *name, struct arena *a)
{
	struct civil c;
	const char *behind, *day = find_day(name, &c, &behind);
	size_t n = day != NULL ? (size_t)(day - name) : strlen(name);

	while (n > 0 && strchr("-_. T@", name[n - 1]) != NULL)
		n--;
	return n > 0 ? arena_textn(a, name, n) : "all";
}
