/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns taking apart lines `name = value`.
 */
#include "assigned.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static struct slice
trimmed(struct slice s)
{
	while (s.n > 0 && isspace((unsigned char)s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n > 0 && isspace((unsigned char)s.p[s.n - 1]))
		s.n--;
	return s;
}

/* True: the line assigns. */
static bool
take(struct assigned *r, struct slice line)
{
	const char *is = memchr(line.p, '=', line.n);

	if (line.n == 0 || line.p[0] == '#' || line.p[0] == ';')
		return false;
	if (line.p[0] == '[' && line.p[line.n - 1] == ']') {
		r->section = (struct slice){ line.p + 1, line.n - 2 };
		return false;
	}
	if (is == NULL || is == line.p) {
		r->odd = true;
		return false;
	}
	r->name = trimmed((struct slice){ line.p, (size_t)(is - line.p) });
	r->value = trimmed(slice_behind(line, (size_t)(is - line.p) + 1));
	return true;
}

bool
assigned_next(struct assigned *r)
{
	while (r->rest.n > 0) {
		const char *nl = memchr(r->rest.p, '\n', r->rest.n);
		size_t n = nl != NULL ? (size_t)(nl - r->rest.p) : r->rest.n;
		struct slice line = trimmed((struct slice){ r->rest.p, n });

		r->rest = slice_behind(r->rest, nl != NULL ? n + 1 : n);
		r->line++;
		if (line.n > 0 && take(r, line))
			return true;
	}
	return false;
}

static bool
is_word(struct slice s, const char *word)
{
	return s.n == strlen(word) && strncasecmp(s.p, word, s.n) == 0;
}

bool
assigned_is(const struct assigned *r, const char *name)
{
	return is_word(r->name, name);
}

/* Digits at the start; how many, 0: none, or more than fits. */
static size_t
digits(struct slice s, uint64_t *out)
{
	size_t i = 0;

	*out = 0;
	for (; i < s.n && isdigit((unsigned char)s.p[i]); i++) {
		if (*out > (UINT64_MAX - 9) / 10)
			return 0;
		*out = 10 * *out + (uint64_t)(s.p[i] - '0');
	}
	return i;
}

bool
assigned_number(struct slice value, uint64_t max, uint64_t *out)
{
	size_t n = digits(value, out);

	return n > 0 && n == value.n && *out <= max;
}

bool
assigned_bytes(struct slice value, uint64_t *out)
{
	static const char units[] = "KMGTPE";
	double whole, part = 0, scale = 1;
	const char *unit;
	size_t n = digits(value, out);

	if (n == 0)
		return false;
	whole = (double)*out;
	value = slice_behind(value, n);
	if (value.n > 0 && value.p[0] == '.')
		for (value = slice_behind(value, 1);
		     value.n > 0 && isdigit((unsigned char)value.p[0]);
		     value = slice_behind(value, 1))
			part += (value.p[0] - '0') * (scale /= 10);
	scale = 1;
	if (value.n > 0 && (unit = memchr(units, toupper((unsigned char)value.p[0]), 6)) != NULL) {
		for (; unit >= units; unit--)
			scale *= 1024;
		value = slice_behind(value, 1);
	}
	if (value.n > 0 && toupper((unsigned char)value.p[0]) == 'B')
		value = slice_behind(value, 1);
	if (value.n > 0 || (whole + part) * scale >= 18e18)
		return false;
	*out = (uint64_t)((whole + part) * scale);
	return true;
}

/* ns of a unit of time; 0: no such unit. A month is a twelfth of a year of 365.25 days. */
static span
unit_of(struct slice s)
{
	static const struct {
		const char
		    *names; /* in the order of systemd.time(7), each with a blank behind it */
		span is;
	} units[] = {
		{ "usec us ", SPAN_US },
		{ "msec ms ", SPAN_MS },
		{ "seconds second sec s ", SPAN_S },
		{ "minutes minute min m ", SPAN_MIN },
		{ "hours hour hr h ", SPAN_H },
		{ "days day d ", SPAN_DAY },
		{ "weeks week w ", 7 * SPAN_DAY },
		{ "months month M ", 2629800 * SPAN_S },
		{ "years year y ", 31557600 * SPAN_S },
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		for (const char *p = units[i].names; *p != '\0';) {
			size_t n = strcspn(p, " ");

			if (n == s.n && memcmp(p, s.p, n) == 0)
				return units[i].is;
			p += n + 1;
		}
	return 0;
}

bool
assigned_span(struct slice value, span *out)
{
	*out = 0;
	if (value.n == 0)
		return false;
	while (value.n > 0) {
		uint64_t number;
		size_t n = digits(value, &number), letters = 0;
		span unit = SPAN_S;

		if (n == 0)
			return false;
		value = trimmed(slice_behind(value, n));
		while (letters < value.n && isalpha((unsigned char)value.p[letters]))
			letters++;
		if (letters > 0)
			unit = unit_of((struct slice){ value.p, letters });
		if (unit == 0 || number > (uint64_t)((SPAN_MAX - *out) / unit))
			return false;
		*out += (span)number * unit;
		value = trimmed(slice_behind(value, letters));
	}
	return true;
}
