/* SPDX-License-Identifier: Apache-2.0
 *
 * speech: the tray's own words, in the reader's language (gettext, domain "forewarn-tray"), and
 * what comes from outside made safe. The daemon's words come as it wrote them.
 */
#ifndef TRAY_SPEECH_H
#define TRAY_SPEECH_H

#include "tray/facts.h"

#include <stddef.h>

#define SPEECH_DOMAIN "forewarn-tray"
#define SPEECH_MAX 1024     /* bytes of one text, with its NUL */
#define SPEECH_TITLE_MAX 80 /* characters */
#define SPEECH_BODY_MAX 300 /* characters */

/* folder: where the translations lie. Reads the locale of the environment. */
void speech_start(const char *folder);

const char *tr(const char *text) __attribute__((format_arg(1)));
const char *tr_n(const char *one, const char *many, size_t n) __attribute__((format_arg(1)))
__attribute__((format_arg(2)));
bool speech_rtl(void); /* the reader's language runs from right to left */

/* Clean text of at most max characters. */
const char *speech_safe(const char *text, size_t max, char buf[SPEECH_MAX]);
/* Clean text that stands in a row with words of the reader's language: keeps its own direction. */
const char *speech_mixed(const char *text, char buf[SPEECH_MAX]);
/* speech_safe for a server of notifications that reads markup (and gets it escaped) or does not. */
const char *speech_body(const char *text, bool markup, char buf[SPEECH_MAX]);

/* "Fit to measure", "2 things need you", "forewarn does not run on this computer" */
const char *speech_headline(const struct facts *f, char buf[SPEECH_MAX]);
/* What is to be said besides, "" for nothing: "3 things to plan". */
const char *speech_under(const struct facts *f, instant now, char buf[SPEECH_MAX]);

/* "Since 09:55 · tried 10:05 · last succeeded 09:50"; "" where that is not known. */
const char *speech_times(const struct fact *v, instant now, char buf[SPEECH_MAX]);

/* of the past: "10:42", "Thu 3 Dec 10:42" */
const char *speech_moment(instant t, instant now, char buf[SPEECH_MAX]);
const char *speech_day(instant t, instant now, char buf[SPEECH_MAX]); /* "Thu 3 Dec"; "today" */
const char *speech_start_by(instant t, instant now, char buf[SPEECH_MAX]); /* a sentence */
/* in few words: "by Thu 3 Dec", "2 days late" */
const char *speech_due(instant t, instant now, char buf[SPEECH_MAX]);

#endif
