/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the form of a calendar: its lines, how they are folded and escaped.
 */
#include "show/ics.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define LINE_OCTETS 75 /* RFC 5545 3.1, without the line's end */
#define STAMP_TEXT 32
#define TEXT_MAX ((size_t)1 << 18) /* bytes of one content line */

/* Adds one content line, folded between characters. */
static void
content(struct str *out, const char *text)
{
	size_t n = strlen(text), at = 0;

	for (size_t i = 0; i < n;) {
		uint32_t c;
		size_t len = utf8_decode(text + i, n - i, &c);

		len = len == 0 ? 1 : len;
		if (at + len > LINE_OCTETS) {
			str_add(out, "\r\n ");
			at = 1; /* the space counts */
		}
		str_addn(out, text + i, len);
		at += len;
		i += len;
	}
	str_add(out, "\r\n");
}

/* RFC 5545 3.3.11: of clean text, which has no line ends. */
static void
escaped(struct str *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (strchr("\\;,", *text) != NULL)
			str_addc(out, '\\');
		str_addc(out, *text);
	}
}

static const char *
stamp(instant t, char buf[STAMP_TEXT])
{
	time_t seconds = (time_t)(t / INSTANT_S);
	struct tm tm;

	gmtime_r(&seconds, &tm);
	strftime(buf, STAMP_TEXT, "%Y%m%dT%H%M%SZ", &tm);
	return buf;
}

/* The day as every other form shows it: the reader's own. */
static const char *
day(instant t, char buf[STAMP_TEXT])
{
	time_t seconds = (time_t)(t / INSTANT_S);
	struct tm tm;

	localtime_r(&seconds, &tm);
	strftime(buf, STAMP_TEXT, "%Y%m%d", &tm);
	return buf;
}

static void
property(struct str *out, const char *name, const char *before, const char *text)
{
	struct str l;

	str_init(&l, TEXT_MAX);
	str_addf(&l, "%s:", name);
	escaped(&l, before);
	escaped(&l, text);
	content(out, l.s);
	str_fini(&l);
}

void
ics_event(struct str *out, const struct ics_event *e)
{
	char buf[STAMP_TEXT];
	struct str text;

	str_init(&text, TEXT_MAX);
	content(out, "BEGIN:VEVENT");
	str_addf(&text, "UID:%s@forewarn", e->uid);
	content(out, text.s);
	str_clear(&text);
	str_addf(&text, "DTSTAMP:%s", stamp(e->stamp, buf));
	content(out, text.s);
	str_clear(&text);
	str_addf(&text, "DTSTART;VALUE=DATE:%s", day(e->day, buf));
	content(out, text.s);
	property(out, "SUMMARY", e->before, e->summary);
	property(out, "DESCRIPTION", "", e->description);
	content(out, "TRANSP:TRANSPARENT");
	content(out, "END:VEVENT");
	str_fini(&text);
}

void
ics_begin(struct str *out, const char *of)
{
	char product[STAMP_TEXT + 64];

	snprintf(product, sizeof(product), "PRODID:-//forewarn//%.60s//EN", of);
	content(out, "BEGIN:VCALENDAR");
	content(out, "VERSION:2.0");
	content(out, product);
	content(out, "CALSCALE:GREGORIAN");
}

void
ics_end(struct str *out)
{
	content(out, "END:VCALENDAR");
}
