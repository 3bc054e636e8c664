/* SPDX-License-Identifier: Apache-2.0
 *
 * html_private: what the parts of the page share. For src/show/html*.c only.
 */
#ifndef SHOW_HTML_PRIVATE_H
#define SHOW_HTML_PRIVATE_H

#include "show/html.h"

extern const char html_style[]; /* the style sheet */
/* SHA-256 of html_style as Content-Security-Policy takes it: no other style has an effect, so what
 * slipped through could not even hide a line. tests/sys/670-status-html says what it must be. */
#define HTML_STYLE_HASH "sha256-wIdQzdCHYzWSyJQPM88AlAuDfBkbGKXlTZ3qqaMHbOQ="

/* At most max characters of clean text with &<>"' escaped. */
void html_text(struct str *out, const char *s, size_t max);
/* The same in an element of its own that keeps its direction. */
void html_bdi(struct str *out, const char *s, size_t max);

/* "Stop", "Act now", "Not checked", "Plan", "Excepted", "Fine" */
const char *html_word(enum sign s);
/* Its shape with its letter, an <svg> of class `class`; the tray's (tray/icon.c). */
void html_sign(struct str *out, enum sign s, const char *class);
/* The same inside a drawing; hollow: only its rim. */
void html_sign_at(struct str *out, enum sign s, bool hollow, double x, double y, double size);

/* A value with its unit as people read it: "14 s", "3.2 ms", "51 GB", "83 %". */
#define HTML_VALUE 48
const char *html_value(double v, enum unit u, char buf[HTML_VALUE]);

/* What is shown on demand, and always in print: a native switch, and what it shows behind it (a
 * closed <details> cannot be opened by every browser's style sheet). */
void html_fold(struct str *out);   /* its label follows */
void html_folded(struct str *out); /* then what it shows */
void html_unfold(struct str *out); /* the end */

void html_things(const struct page *p, struct str *out);
void html_calendar(const struct page *p, struct str *out);
void html_charts(const struct page *p, struct str *out);
void html_fine(const struct page *p, struct str *out);

#endif
