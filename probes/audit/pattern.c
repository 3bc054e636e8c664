/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading a time by a pattern of the configuration.
 */
#include "pattern.h"

#include <string.h>
#include <time.h>

#define ALLOWED "a pattern has letters of strptime, such as \"%%d.%%m.%%Y %%H:%%M:%%S\""
#define LETTERS "YymdebBhHIMSpzfjTDFRtn%aA" /* that are allowed behind % */

/* Letters of the pattern stand for these. */
static bool
has(const char *pattern, const char *letters)
{
	for (const char *p = strchr(pattern, '%'); p != NULL; p = strchr(p + 2, '%'))
		if (p[1] != '%' && strchr(letters, p[1]) != NULL)
			return true;
	return false;
}

int
pattern_check(const char *pattern, struct err *e)
{
	if (strlen(pattern) > PATTERN_MAX)
		return err_set(
		    e, ERR_LIMIT, "has %zu bytes (at most %d)", strlen(pattern), PATTERN_MAX);
	for (const char *p = strchr(pattern, '%'); p != NULL; p = strchr(p + 2, '%'))
		if (p[1] == '\0' || strchr(LETTERS, p[1]) == NULL)
			return err_set(e, ERR_RANGE, "\"%%%.1s\" is not known: " ALLOWED, p + 1);
	if (!has(pattern, "FDj") && (!has(pattern, "de") || !has(pattern, "mbBh")))
		return err_set(e, ERR_RANGE, "tells no day and month: " ALLOWED);
	if (!has(pattern, "HTIR"))
		return err_set(e, ERR_RANGE, "tells no hour: " ALLOWED);
	return 0;
}

/* Digits at *p as millionths; at least one. */
static bool
take_fraction(const char **p, int *micros)
{
	int scale = 100000;

	*micros = 0;
	if (**p < '0' || **p > '9')
		return false;
	for (; **p >= '0' && **p <= '9'; (*p)++) {
		*micros += (**p - '0') * scale;
		scale /= 10;
	}
	return true;
}

/* strptime, with %f. Where it ends, or NULL. */
static const char *
take(const char *pattern, const char *s, struct tm *tm, int *micros)
{
	char part[PATTERN_MAX + 1];
	const char *f = pattern;

	while ((f = strchr(f, '%')) != NULL && f[1] != 'f')
		f += 2;
	if (f == NULL)
		return strptime(s, pattern, tm);
	memcpy(part, pattern, (size_t)(f - pattern));
	part[f - pattern] = '\0';
	s = strptime(s, part, tm);
	if (s == NULL || !take_fraction(&s, micros))
		return NULL;
	return strptime(s, f + 2, tm);
}

size_t
pattern_parse(const char *pattern, const char *s, size_t n, int year, struct stamp *out)
{
	char text[PATTERN_TEXT + 1];
	struct tm tm = { .tm_mday = 1 };
	const char *end;
	int micros = 0;

	*out = (struct stamp){ 0 };
	n = n < PATTERN_TEXT ? n : PATTERN_TEXT;
	memcpy(text, s, n);
	text[n] = '\0';
	out->yearless = !has(pattern, "YyFD");
	if (out->yearless)
		tm.tm_year = year - 1900;
	end = take(pattern, text, &tm, &micros);
	if (end == NULL || end == text)
		return 0;
	out->zoned = has(pattern, "z");
	out->at = civil_instant(&(struct civil){ .year = tm.tm_year + 1900,
		      .month = tm.tm_mon + 1,
		      .day = tm.tm_mday,
		      .hour = tm.tm_hour,
		      .minute = tm.tm_min,
		      .second = tm.tm_sec,
		      .micros = micros }) -
		  (has(pattern, "z") ? (instant)tm.tm_gmtoff * INSTANT_S : 0);
	return (size_t)(end - text);
}
