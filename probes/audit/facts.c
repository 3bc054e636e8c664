/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how the evidence of an item is written.
 */
#include "facts.h"

#include "reading.h"

#include "base/day.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void
fact(struct evidence_list *f, const char *key, const char *fmt, ...)
{
	va_list ap;
	char buf[1024];

	va_start(ap, fmt);
	vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	if (f->n < EVIDENCE_MAX)
		f->v[f->n++] = (struct evidence){ key, arena_text(f->arena, buf) };
}

void
fact_moment(struct evidence_list *f, const char *key, instant t)
{
	char buf[INSTANT_TEXT];

	if (t > 0)
		fact(f, key, "%s", instant_text(t, buf));
}

const char *
facts_understood(const struct log *l, struct arena *a)
{
	struct str text;
	const char *words;

	str_init(&text, 256);
	understood_text(&l->s.understood, understood_demand(l->conf), &text);
	words = arena_text(a, text.s);
	str_fini(&text);
	return words;
}

const char *
facts_reading(const struct log *l, bool always, struct arena *a)
{
	const struct segment *g = known_active(&l->s);
	const char *words;
	struct str text;

	if (g == NULL || g->format == FORMAT_AUTO || g->format >= FORMAT_FOREIGN ||
	    (!always && !reading_is_told(&l->s.reading, g->format)))
		return NULL;
	str_init(&text, 512);
	reading_text(&l->s.reading, g->format, strcmp(l->conf->format, "auto") == 0, &text);
	words = arena_text(a, text.s);
	str_fini(&text);
	return words;
}

void
fact_understood(struct evidence_list *f, const struct log *l)
{
	fact(f, "understood", "%s", facts_understood(l, f->arena));
	if (l->s.understood.records > 0)
		fact(f, "records looked at", "%" PRIu64, l->s.understood.records);
	if (facts_reading(l, true, f->arena) != NULL)
		fact(f, "read as", "%s", facts_reading(l, true, f->arena));
}

static uint64_t
outside(const struct log *l)
{
	return l->kept != NULL ? l->kept->outside : 0;
}

/* A look that was made by an earlier run found nothing, else it would have been made again. */
static void
fact_writers(struct evidence_list *f, const struct log *l)
{
	const struct outlook *o = &l->outlook;
	char buf[INSTANT_TEXT];

	if (o->writes != NULL)
		fact(f, "who writes", "%s", o->writes);
	else if (o->looked != 0)
		fact(f, "who writes", "as at the last look, %s", instant_text(o->looked, buf));
	else
		fact(f, "who writes",
		    "not looked at (needs the right to look into other programs: root, by hand)");
}

void
fact_sealed(struct evidence_list *f, const struct log *l)
{
	fact_moment(f, "sealed since", l->s.born);
	fact(f, "heads kept outside", "%" PRIu64, outside(l));
	fact_writers(f, l);
	fact(f, "key of the seal", "beside the notes: worth nothing against root");
}

const char *
facts_sealed(const struct log *l, struct arena *a)
{
	char day[DAY_TEXT];

	return arena_printf(a, "sealed since %s, heads kept outside: %" PRIu64,
	    day_long(l->s.born, l->now, day), outside(l));
}
