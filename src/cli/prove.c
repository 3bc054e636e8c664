/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which alarms a kind of check must show, and how they are printed.
 */
#include "cli/prove.h"

#include "cli/print.h"
#include "cli/prove_case.h"
#include "base/text.h"
#include "face/places.h"
#include "show/words.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_MAX ((size_t)1 << 30) /* of one input */
#define CASES_MAX 4096              /* inputs of one kind */
#define OUT_MAX ((size_t)16 << 20)
#define LINE_MAX_CHARS 300

/* One alarm that a rule can raise. */
struct alarm {
	const struct rule *rule;
	const struct finding *finding; /* NULL: its figures or its date */
	bool shown;
};

struct proving {
	const struct probe_spec *spec;
	struct arena *arena;
	const char *folder; /* of the inputs */
	struct alarm *alarms;
	size_t nalarms, nshown, nfailed; /* nfailed: inputs that raised nothing */
	struct str *out;
};

static size_t
findings_of(const struct rule *r)
{
	size_t n = 0;

	for (const struct finding *f = r->findings; f != NULL && f->key != NULL; f++)
		n += f->level != LEVEL_OK;
	return n;
}

/* Figures or a date raise an alarm of their own, without a finding; a rule without any of these can
 * only say that something could not be checked. */
static bool
has_own(const struct rule *r)
{
	return (r->by & (BY_METRIC | BY_DEADLINE)) != 0 || findings_of(r) == 0;
}

size_t
prove_alarms(const struct rule *r)
{
	return has_own(r) + findings_of(r);
}

static void
list_alarms(struct proving *p)
{
	size_t n = 0;

	for (const struct rule *r = p->spec->rules; r->name != NULL; r++)
		n += prove_alarms(r);
	p->alarms = arena_array(p->arena, n + 1, sizeof(*p->alarms));
	for (const struct rule *r = p->spec->rules; r->name != NULL; r++) {
		if (has_own(r))
			p->alarms[p->nalarms++] = (struct alarm){ .rule = r };
		for (const struct finding *f = r->findings; f != NULL && f->key != NULL; f++)
			if (f->level != LEVEL_OK)
				p->alarms[p->nalarms++] = (struct alarm){ r, f, false };
	}
}

static struct alarm *
alarm_of(const struct proving *p, const struct prove_case *c)
{
	for (size_t i = 0; i < p->nalarms; i++) {
		const struct alarm *a = &p->alarms[i];

		if (strcmp(a->rule->name, c->rule) == 0 &&
		    strcmp(a->finding != NULL ? a->finding->key : "", c->finding) == 0)
			return &p->alarms[i];
	}
	return NULL;
}

static void
line(struct str *out, const char *before, const char *text)
{
	str_add(out, before);
	text_clean(out, text, strlen(text), LINE_MAX_CHARS);
	str_addc(out, '\n');
}

static void
failed(struct proving *p, const char *name, const char *why)
{
	p->nfailed++;
	str_addf(p->out, "NOT SHOWN  %s\n", name);
	line(p->out, "           ", why);
}

static void
shown(struct proving *p, struct alarm *a, const struct prove_case *c, const struct item *it)
{
	p->nshown += !a->shown;
	a->shown = true;
	str_addf(p->out, "%-9s  %s\n", level_name(it->verdict.level), c->name);
	line(p->out, "           ", it->summary);
	if (it->verdict.do_now != NULL)
		line(p->out, "           ", it->verdict.do_now);
}

/* One input, by its folder's name. */
static void
try_case(struct proving *p, const char *name)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct prove_case c;
	struct result r;
	struct err e = { 0 };
	const struct item *it;
	struct alarm *alarm;

	if (prove_case_parse(name, &c) < 0 || (alarm = alarm_of(p, &c)) == NULL)
		failed(p, name, "there is no such rule or finding");
	else if (prove_case_run(
		     arena_printf(a, "%s/%s", p->folder, name), p->spec->name, a, &r, &e) < 0)
		failed(p, name, e.msg);
	else if ((it = prove_case_alarm(&c, alarm->rule, &r)) == NULL)
		failed(p, name,
		    r.nitems > 0 ? arena_printf(a, "the check says: %s", r.items[0].summary)
				 : "the check says nothing");
	else
		shown(p, alarm, &c, it);
	arena_free(a);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
try_cases(struct proving *p)
{
	const char **names = arena_array(p->arena, CASES_MAX, sizeof(*names));
	DIR *d = opendir(p->folder);
	const struct dirent *entry;
	size_t n = 0;

	while (d != NULL && n < CASES_MAX && (entry = readdir(d)) != NULL)
		if (entry->d_name[0] != '.')
			names[n++] = arena_text(p->arena, entry->d_name);
	if (d != NULL)
		closedir(d);
	qsort(names, n, sizeof(*names), by_name);
	for (size_t i = 0; i < n; i++)
		try_case(p, names[i]);
}

static void
tell_missing(const struct proving *p)
{
	for (size_t i = 0; i < p->nalarms; i++) {
		const struct alarm *a = &p->alarms[i];

		if (!a->shown)
			str_addf(p->out, "NO INPUT   %s%s%s\n", a->rule->name,
			    a->finding != NULL ? "+" : "",
			    a->finding != NULL ? a->finding->key : "");
	}
}

static bool
prove_kind(const struct probe_spec *s, struct str *out)
{
	struct proving p = { .spec = s, .arena = arena_new(ARENA_MAX), .out = out };
	bool all;

	p.folder = place_prove(s->name, p.arena);
	list_alarms(&p);
	try_cases(&p);
	tell_missing(&p);
	str_addf(out, "%s: %zu of %zu alarms shown", s->name, p.nshown, p.nalarms);
	if (p.nfailed > 0)
		str_addf(out, ", %zu inputs raised none", p.nfailed);
	str_add(out, "\n\n");
	all = p.nshown == p.nalarms && p.nfailed == 0;
	arena_free(p.arena);
	return all;
}

int
prove(const struct probe_spec *const *specs)
{
	struct str out;
	bool all = true;

	for (; *specs != NULL; specs++) {
		str_init(&out, OUT_MAX);
		all = prove_kind(*specs, &out) && all;
		print_deliver(&out, NULL);
		str_fini(&out);
	}
	return all ? 0 : 1;
}
