/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading what a plugin printed: text, then figures.
 */
#include "output.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_MAX 64 /* bytes of one number */
#define FIELDS_MAX 5  /* value, warn, crit, min, max */

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\0';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of the number at s: sign, digits with at most one point, exponent. 0 if none. */
static size_t
number_length(const char *s, size_t n)
{
	size_t i = 0, digits = 0;

	if (i < n && (s[i] == '-' || s[i] == '+'))
		i++;
	for (; i < n && is_digit(s[i]); i++)
		digits++;
	if (i < n && s[i] == '.')
		for (i++; i < n && is_digit(s[i]); i++)
			digits++;
	if (digits == 0)
		return 0;
	if (i + 1 < n && (s[i] == 'e' || s[i] == 'E')) {
		size_t j = i + 1;

		if (s[j] == '-' || s[j] == '+')
			j++;
		if (j < n && is_digit(s[j])) {
			while (j < n && is_digit(s[j]))
				j++;
			i = j;
		}
	}
	return i;
}

/* The number that fills s whole; false if it does not or is not finite. */
static bool
number(const char *s, size_t n, double *out)
{
	char buf[NUMBER_MAX + 1];

	if (n == 0 || n > NUMBER_MAX || number_length(s, n) != n)
		return false;
	memcpy(buf, s, n);
	buf[n] = '\0';
	*out = strtod(buf, NULL);
	return isfinite(*out);
}

bool
output_unit(const char *s, size_t n, enum unit *unit, double *scale)
{
	static const struct {
		const char *name;
		enum unit unit;
		double scale;
	} known[] = {
		{ "", UNIT_NONE, 1 },
		{ "s", UNIT_SECONDS, 1 },
		{ "ms", UNIT_SECONDS, 1e-3 },
		{ "us", UNIT_SECONDS, 1e-6 },
		{ "ns", UNIT_SECONDS, 1e-9 },
		{ "%", UNIT_RATIO, 1e-2 },
		{ "c", UNIT_COUNT, 1 },
		{ "B", UNIT_BYTES, 1 },
		{ "KB", UNIT_BYTES, 0x1p10 },
		{ "kB", UNIT_BYTES, 0x1p10 },
		{ "MB", UNIT_BYTES, 0x1p20 },
		{ "GB", UNIT_BYTES, 0x1p30 },
		{ "TB", UNIT_BYTES, 0x1p40 },
		{ "PB", UNIT_BYTES, 0x1p50 },
		{ "KiB", UNIT_BYTES, 0x1p10 },
		{ "MiB", UNIT_BYTES, 0x1p20 },
		{ "GiB", UNIT_BYTES, 0x1p30 },
		{ "TiB", UNIT_BYTES, 0x1p40 },
		{ "PiB", UNIT_BYTES, 0x1p50 },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strlen(known[i].name) == n && memcmp(known[i].name, s, n) == 0) {
			*unit = known[i].unit;
			*scale = known[i].scale;
			return true;
		}
	for (size_t i = 0; i < n; i++)
		if (is_digit(s[i]) || (unsigned char)s[i] <= ' ' || memchr(",.;'\"=|%", s[i], 8))
			return false;
	*unit = UNIT_NONE;
	*scale = 1;
	return n <= OUTPUT_UOM_MAX;
}

bool
output_range(const char *s, size_t n, double scale, struct range *r)
{
	const char *colon;
	size_t left;

	*r = (struct range){ .set = false };
	if (n == 0)
		return true;
	if (s[0] == '@') {
		r->inverted = true;
		s++;
		n--;
	}
	colon = n > 0 ? memchr(s, ':', n) : NULL;
	r->lo = 0;
	r->hi = INFINITY;
	if (colon == NULL) {
		if (!number(s, n, &r->hi))
			return false;
	} else {
		left = (size_t)(colon - s);
		if (left == 1 && s[0] == '~')
			r->lo = -INFINITY;
		else if (left > 0 && !number(s, left, &r->lo))
			return false;
		if (left + 1 < n && !number(colon + 1, n - left - 1, &r->hi))
			return false;
		if (n == 1)
			return false; /* a colon alone says nothing */
	}
	if (r->lo > r->hi)
		return false;
	r->lo *= scale;
	r->hi *= scale;
	r->set = r->lo < INFINITY && r->hi > -INFINITY;
	return r->set;
}

/* label=; returns the bytes used with the equals sign, 0 if it is no label. */
static size_t
take_label(const char *s, size_t n, char label[OUTPUT_LABEL_MAX + 1])
{
	bool quoted = n > 0 && s[0] == '\'';
	size_t i = quoted, len = 0;

	for (; i < n; i++) {
		if (quoted && s[i] == '\'') {
			if (i + 1 >= n || s[i + 1] != '\'')
				break;
			i++; /* a doubled quote is one */
		} else if (!quoted && (s[i] == '=' || s[i] == '\''))
			break;
		if (len == OUTPUT_LABEL_MAX)
			return 0;
		label[len++] = s[i];
	}
	if (quoted) {
		if (i >= n)
			return 0;
		i++;
	}
	label[len] = '\0';
	return len > 0 && i < n && s[i] == '=' ? i + 1 : 0;
}

static bool
take_value(const char *s, size_t n, struct metric *m, double *scale)
{
	size_t len;

	*scale = 1;
	if (n == 1 && s[0] == 'U') {
		m->value = NAN; /* the plugin could not measure it */
		return true;
	}
	len = number_length(s, n);
	if (len == 0 || !number(s, len, &m->value) ||
	    !output_unit(s + len, n - len, &m->unit, scale))
		return false;
	m->value *= *scale;
	return isfinite(m->value);
}

static bool
take_fields(const char *s, size_t n, struct metric *m)
{
	double scale = 1, ignored;

	for (int field = 0; field < FIELDS_MAX; field++) {
		const char *semi = n > 0 ? memchr(s, ';', n) : NULL;
		size_t len = semi != NULL ? (size_t)(semi - s) : n;
		bool fine;

		if (field == 0)
			fine = take_value(s, len, m, &scale);
		else if (field <= 2)
			fine = output_range(s, len, scale, field == 1 ? &m->warn : &m->crit);
		else
			fine = len == 0 || number(s, len, &ignored);
		if (!fine)
			return false;
		if (semi == NULL)
			return true;
		s = semi + 1;
		n -= len + 1;
	}
	return n == 0;
}

static bool
take_figure(const char *s, size_t n, struct arena *a, struct metric *m)
{
	char label[OUTPUT_LABEL_MAX + 1];
	size_t at = take_label(s, n, label);

	*m = (struct metric){ .unit = UNIT_NONE };
	if (at == 0 || !take_fields(s + at, n - at, m))
		return false;
	m->name = arena_text(a, label);
	return true;
}

/* Bytes up to the space that ends one figure. Only a quote at its beginning lets spaces into its
 * label; one that is never closed is no reason to lose the figures behind it. */
static size_t
figure_length(const char *s, size_t n)
{
	size_t i = 0;

	if (s[0] == '\'') {
		for (i = 1; i < n && (s[i] != '\'' || (i + 1 < n && s[i + 1] == '\'')); i++)
			i += s[i] == '\'';
		if (i >= n)
			i = 0;
	}
	while (i < n && !is_space(s[i]))
		i++;
	return i;
}

static void
take_perfdata(const char *s, size_t n, struct arena *a, struct plugin_output *out)
{
	size_t i = 0, cap = out->nmetrics; /* full: the next one grows it */

	for (;;) {
		size_t start;
		struct metric m;

		while (i < n && is_space(s[i]))
			i++;
		if (i == n)
			return;
		start = i;
		i += figure_length(s + i, n - i);
		if (!take_figure(s + start, i - start, a, &m)) {
			out->bad++;
			if (out->first_bad == NULL)
				out->first_bad = arena_textn(a, s + start, i - start);
		} else if (out->nmetrics == OUTPUT_METRICS_MAX)
			out->surplus++;
		else {
			out->metrics =
			    arena_grow(a, out->metrics, out->nmetrics, &cap, sizeof(*out->metrics));
			out->metrics[out->nmetrics++] = m;
		}
	}
}

static const char *
trimmed(struct arena *a, const char *s, size_t n)
{
	while (n > 0 && is_space(s[0])) {
		s++;
		n--;
	}
	while (n > 0 && is_space(s[n - 1]))
		n--;
	return arena_textn(a, s, n);
}

void
output_parse(const char *raw, size_t len, struct arena *a, struct plugin_output *out)
{
	char *text = arena_alloc(a, len + 1), *line_end, *pipe, *rest;
	size_t first, left;

	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < len; i++)
		text[i] = raw[i] == '\0' ? ' ' : raw[i];
	line_end = len > 0 ? memchr(text, '\n', len) : NULL;
	first = line_end != NULL ? (size_t)(line_end - text) : len;
	pipe = first > 0 ? memchr(text, '|', first) : NULL;
	out->first = trimmed(a, text, pipe != NULL ? (size_t)(pipe - text) : first);
	if (pipe != NULL)
		take_perfdata(pipe + 1, first - (size_t)(pipe - text) - 1, a, out);
	left = len - first;
	rest = text + first;
	pipe = left > 0 ? memchr(rest, '|', left) : NULL;
	out->more = trimmed(a, rest, pipe != NULL ? (size_t)(pipe - rest) : left);
	if (pipe != NULL)
		take_perfdata(pipe + 1, left - (size_t)(pipe - rest) - 1, a, out);
}
