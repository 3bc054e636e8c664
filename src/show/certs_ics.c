/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the inventory as a calendar (RFC 5545): a whole day's event (3.6.1: a date without an
 * end is one day) where somebody has to start, and
 * one where the certificate ends. A UID is made of the certificate's SHA-256, so a calendar that
 * takes the file again replaces what it has.
 */
#include "show/certs_private.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define LINE_OCTETS 75 /* RFC 5545 3.1, without the line's end */
#define STAMP_TEXT 32

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

	str_init(&l, 4 * CERTS_CELL_MAX);
	str_addf(&l, "%s:", name);
	escaped(&l, before);
	escaped(&l, text);
	content(out, l.s);
	str_fini(&l);
}

static void
event(const struct certs *c, const struct certs_row *row, bool start, struct str *out)
{
	instant t = start ? row->start_by : row->ends;
	char buf[STAMP_TEXT];
	struct str text;

	str_init(&text, 4 * CERTS_CELL_MAX);
	content(out, "BEGIN:VEVENT");
	str_addf(&text, "UID:%s-%s@forewarn", row->sha256, start ? "start" : "end");
	content(out, text.s);
	str_clear(&text);
	str_addf(&text, "DTSTAMP:%s", stamp(c->report->now, buf));
	content(out, text.s);
	str_clear(&text);
	str_addf(&text, "DTSTART;VALUE=DATE:%s", day(t, buf));
	content(out, text.s);
	str_clear(&text);
	certs_clean(&text, row->name, CERTS_NAME_CHARS);
	property(out, "SUMMARY",
	    start ? "Start to renew the certificate: " : "Certificate ends: ", text.s);
	str_clear(&text);
	certs_who(row, &text);
	str_add(&text, text.len > 0 ? ". " : "");
	certs_where(row, 0, &text);
	property(out, "DESCRIPTION", "", text.s);
	content(out, "TRANSP:TRANSPARENT");
	content(out, "END:VEVENT");
	str_fini(&text);
}

void
certs_ics(const struct certs *c, struct str *out)
{
	content(out, "BEGIN:VCALENDAR");
	content(out, "VERSION:2.0");
	content(out, "PRODID:-//forewarn//certificates//EN");
	content(out, "CALSCALE:GREGORIAN");
	for (size_t i = 0; i < c->n; i++) {
		const struct certs_row *row = &c->rows[i];

		/* what was renewed has no day to start, and its end hurts nobody */
		if (row->sha256 == NULL || row->start_by == INSTANT_NONE)
			continue;
		event(c, row, true, out);
		if (row->ends != INSTANT_NONE)
			event(c, row, false, out);
	}
	content(out, "END:VCALENDAR");
}
