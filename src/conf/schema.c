/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns option tables: values from text, defaults, and structs to frames and back.
 */
#include "conf/schema.h"

#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NEAR 3 /* edits up to which a name counts as a slip of the hand */

const struct opt *
opt_find(const struct opt *table, const char *name)
{
	for (const struct opt *o = table; o->name != NULL; o++)
		if (strcmp(o->name, name) == 0)
			return o;
	return NULL;
}

const char *
opt_nearest(const struct opt *table, const char *name)
{
	const char *best = NULL;
	size_t least = NEAR + 1;

	for (const struct opt *o = table; o->name != NULL; o++) {
		size_t d = text_distance(o->name, name, NEAR + 1);

		if (d < least) {
			least = d;
			best = o->name;
		}
	}
	return best;
}

const char *
opt_allowed(const struct opt *o, char *buf, size_t size)
{
	char lo[SPAN_TEXT], hi[SPAN_TEXT];

	switch (o->type) {
	case OPT_SPAN:
		if (o->max != 0)
			snprintf(buf, size, "a time span from %s to %s", span_text(o->min, lo),
			    span_text(o->max, hi));
		else
			snprintf(buf, size, "a time span (ns us ms s min h d w mo y)");
		break;
	case OPT_INT:
		if (o->max != 0)
			snprintf(buf, size, "a whole number from %lld to %lld", (long long)o->min,
			    (long long)o->max);
		else
			snprintf(buf, size, "a whole number from %lld", (long long)o->min);
		break;
	case OPT_BOOL:
		snprintf(buf, size, "true or false");
		break;
	case OPT_TEXTS:
		if (o->choices != NULL)
			snprintf(buf, size, "a list of %s", o->choices);
		else
			snprintf(buf, size, "a list of texts, as [ \"a\", \"b\" ]");
		break;
	case OPT_CHOICE:
		snprintf(buf, size, "one of %s", o->choices);
		break;
	case OPT_SECRET:
		snprintf(buf, size, "the path of a file that only its owner may read");
		break;
	case OPT_TEXT:
	case OPT_TYPE_N:
		snprintf(buf, size, "a text in quotes");
		break;
	}
	return buf;
}

static void *
field(const struct opt *o, void *conf)
{
	return (char *)conf + o->offset;
}

static const void *
field_const(const struct opt *o, const void *conf)
{
	return (const char *)conf + o->offset;
}

static int
out_of_range(const struct opt *o, const char *got, struct err *e)
{
	char allowed[256];

	return err_set(e, ERR_RANGE, "%s is not %s", got, opt_allowed(o, allowed, sizeof(allowed)));
}

static int
set_span(const struct opt *o, void *conf, const char *text, struct err *e)
{
	span v;

	if (span_parse(text, &v, e) < 0)
		return -1;
	if (o->max != 0 && (v < o->min || v > o->max))
		return out_of_range(o, text, e);
	*(span *)field(o, conf) = v;
	return 0;
}

static bool
is_choice(const struct opt *o, const char *text)
{
	size_t len = strlen(text);

	for (const char *p = o->choices; *p != '\0';) {
		size_t n = strcspn(p, "|");

		if (n == len && memcmp(p, text, n) == 0)
			return true;
		p += n + (p[n] == '|');
	}
	return false;
}

static int
set_choice(const struct opt *o, void *conf, const char *text, struct arena *a, struct err *e)
{
	if (!is_choice(o, text))
		return err_set(e, ERR_RANGE, "\"%.100s\" is not one of %s", text, o->choices);
	*(const char **)field(o, conf) = arena_text(a, text);
	return 0;
}

static int
text_fits(const char *text, struct err *e)
{
	if (strlen(text) > OPT_VALUE_MAX)
		return err_set(
		    e, ERR_LIMIT, "a text of %zu bytes (at most %d)", strlen(text), OPT_VALUE_MAX);
	return 0;
}

int
opt_set_text(const struct opt *o, void *conf, const char *text, struct arena *a, struct err *e)
{
	long long n;
	char *end;

	if (text_fits(text, e) < 0)
		return -1;
	switch (o->type) {
	case OPT_TEXT:
	case OPT_SECRET:
		if (text[0] == '\0' && o->required)
			return err_set(e, ERR_RANGE, "is empty");
		*(const char **)field(o, conf) = arena_text(a, text);
		return 0;
	case OPT_TEXTS:
		return opt_set_texts(o, conf, &text, 1, a, e);
	case OPT_SPAN:
		return set_span(o, conf, text, e);
	case OPT_CHOICE:
		return set_choice(o, conf, text, a, e);
	case OPT_BOOL:
		if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
			return out_of_range(o, text, e);
		return opt_set_bool(o, conf, text[0] == 't', e);
	case OPT_INT:
		errno = 0;
		n = strtoll(text, &end, 10);
		if (end == text || *end != '\0' || errno != 0)
			return out_of_range(o, text, e);
		return opt_set_int(o, conf, n, e);
	case OPT_TYPE_N:
		break;
	}
	return err_set(e, ERR_RANGE, "an option without a type");
}

int
opt_set_texts(
    const struct opt *o, void *conf, const char *const *v, size_t n, struct arena *a, struct err *e)
{
	struct texts *t = field(o, conf);

	if (n > TEXTS_MAX)
		return err_set(e, ERR_LIMIT, "a list of %zu (at most %d)", n, TEXTS_MAX);
	if (n == 0 && o->required)
		return err_set(e, ERR_RANGE, "is empty");
	t->v = arena_array(a, n + 1, sizeof(*t->v));
	t->n = n;
	for (size_t i = 0; i < n; i++) {
		if (text_fits(v[i], e) < 0)
			return -1;
		if (v[i][0] == '\0')
			return err_set(e, ERR_RANGE, "entry %zu is empty", i + 1);
		if (o->choices != NULL && !is_choice(o, v[i]))
			return err_set(
			    e, ERR_RANGE, "\"%.100s\" is not one of %s", v[i], o->choices);
		t->v[i] = arena_text(a, v[i]);
	}
	return 0;
}

int
opt_set_int(const struct opt *o, void *conf, int64_t v, struct err *e)
{
	char got[24];

	snprintf(got, sizeof(got), "%lld", (long long)v);
	if (o->type != OPT_INT || v < o->min || (o->max != 0 && v > o->max))
		return out_of_range(o, got, e);
	*(int64_t *)field(o, conf) = v;
	return 0;
}

int
opt_set_bool(const struct opt *o, void *conf, bool v, struct err *e)
{
	if (o->type != OPT_BOOL)
		return out_of_range(o, v ? "true" : "false", e);
	*(bool *)field(o, conf) = v;
	return 0;
}

void
opts_defaults(const struct opt *table, void *conf, struct arena *a)
{
	for (const struct opt *o = table; o->name != NULL; o++) {
		struct err e;

		if (o->dflt == NULL || opt_set_text(o, conf, o->dflt, a, &e) == 0)
			continue;
		fprintf(stderr, "default of %s: %s\n", o->name, e.msg);
		abort();
	}
}

static void
put_texts(struct frame *f, const struct texts *t)
{
	frame_put_u32(f, (uint32_t)t->n);
	for (size_t i = 0; i < t->n; i++)
		frame_put_text(f, t->v[i]);
}

void
opts_put(struct frame *f, const struct opt *table, const void *conf)
{
	for (const struct opt *o = table; o->name != NULL; o++) {
		const void *p = field_const(o, conf);

		switch (o->type) {
		case OPT_TEXT:
		case OPT_CHOICE:
		case OPT_SECRET:
			frame_put_text(f, *(const char *const *)p);
			break;
		case OPT_TEXTS:
			put_texts(f, p);
			break;
		case OPT_SPAN:
		case OPT_INT:
			frame_put_i64(f, *(const int64_t *)p);
			break;
		case OPT_BOOL:
			frame_put_u32(f, *(const bool *)p);
			break;
		case OPT_TYPE_N:
			f->bad = true;
			break;
		}
	}
}

static void
get_texts(struct frame *f, struct texts *t, struct arena *a)
{
	uint32_t n = frame_get_u32(f);

	if (n > TEXTS_MAX || (size_t)n * 4 > f->len - f->at)
		f->bad = true;
	if (f->bad)
		return;
	t->v = arena_array(a, (size_t)n + 1, sizeof(*t->v));
	t->n = n;
	for (uint32_t i = 0; i < n; i++) {
		t->v[i] = frame_get_text(f, a);
		if (t->v[i] == NULL)
			f->bad = true;
	}
}

int
opts_get(struct frame *f, const struct opt *table, void *conf, struct arena *a, struct err *e)
{
	for (const struct opt *o = table; o->name != NULL; o++) {
		void *p = field(o, conf);

		switch (o->type) {
		case OPT_TEXT:
		case OPT_CHOICE:
		case OPT_SECRET:
			*(const char **)p = frame_get_text(f, a);
			break;
		case OPT_TEXTS:
			get_texts(f, p, a);
			break;
		case OPT_SPAN:
		case OPT_INT:
			*(int64_t *)p = frame_get_i64(f);
			break;
		case OPT_BOOL:
			*(bool *)p = frame_get_flag(f);
			break;
		case OPT_TYPE_N:
			f->bad = true;
			break;
		}
		if (f->bad)
			return err_set(
			    e, ERR_PARSE, "a job whose option %s cannot be read", o->name);
	}
	return 0;
}
