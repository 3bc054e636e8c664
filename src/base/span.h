/* SPDX-License-Identifier: Apache-2.0
 *
 * span: durations and instants. A span is in nanoseconds, an instant in microseconds since
 * 1970-01-01T00:00:00Z without leap seconds (POSIX), so that both year 9999 (RFC 5280, 4.1.2.5) and
 * a nanosecond fit. The two are only ever joined by the calls below, which saturate.
 */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include "base/err.h"

#include <stdint.h>

typedef int64_t span;
typedef int64_t instant;

#define SPAN_US ((span)1000)
#define SPAN_MS (1000 * SPAN_US)
#define SPAN_S (1000 * SPAN_MS)
#define SPAN_MIN (60 * SPAN_S)
#define SPAN_H (60 * SPAN_MIN)
#define SPAN_DAY (24 * SPAN_H)
#define SPAN_MAX INT64_MAX /* about 292 years */
#define INSTANT_S ((instant)1000000)
#define INSTANT_NONE INT64_MIN

#define SPAN_TEXT 32
#define INSTANT_TEXT 40

/* "500ms", "1d", "1h30min"; units ns us ms s min h d w mo (30 d) y (365 d). Not negative. */
int span_parse(const char *text, span *out, struct err *e);

/* The shortest exact text that span_parse reads back: "90min", "36h", "1500us". */
const char *span_text(span d, char buf[SPAN_TEXT]);

/* For people, at most two digits of truth: "9 days", "3 h", "40 min", "2.5 s", "12 ms". */
const char *span_words(span d, char buf[SPAN_TEXT]);

instant instant_plus(instant t, span d);
span instant_minus(instant later, instant earlier);
double span_seconds(span d);
span span_from_seconds(double s); /* saturates; NaN gives 0 */

struct civil {
	int year, month, day; /* month and day from 1 */
	int hour, minute, second, micros;
	int weekday; /* 0 is Sunday */
};

/* Proleptic Gregorian calendar, UTC; no time zone data is read. */
void instant_civil(instant t, struct civil *c);
instant civil_instant(const struct civil *c); /* saturates */

/* RFC 3339, UTC: "2026-11-24T17:50:00Z", with .mmm when not a whole second. Years 0 to 9999. */
const char *instant_text(instant t, char buf[INSTANT_TEXT]);

/* RFC 3339 date-time with Z or an offset, or a bare date (its midnight UTC). */
int instant_parse(const char *text, instant *out, struct err *e);

#endif
