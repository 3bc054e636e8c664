/* SPDX-License-Identifier: Apache-2.0
 *
 * report: judged results as people and programs see them. Every renderer appends to a str; none
 * writes, reads or decides anything. Text from outside is made safe here, per form.
 */
#ifndef SHOW_REPORT_H
#define SHOW_REPORT_H

#include "base/str.h"
#include "model/result.h"

#define SHOW_MAX ((size_t)1 << 30) /* bytes of one rendering */

struct report_check {
	const struct result *result;
	const char *title;             /* never NULL */
	const char *owner, *secondary; /* ids as configured, or NULL */
	const char *owner_name, *secondary_name;
	/* of a check that forewarnd watches; its result's `taken` is the last attempt */
	bool watched;
	instant since;     /* it stands so; INSTANT_NONE: not known */
	instant succeeded; /* the last attempt that measured anything; INSTANT_NONE: none did */
};

struct report {
	const char *site, *host; /* site may be NULL */
	instant now;             /* as of when it is judged */
	const struct report_check *checks;
	size_t nchecks;
	bool by_hand; /* `now` is not the clock's: a person gave it, and every form says so */
};

/* Checks whose worker ran without a filter of calls: each form says so. */
size_t report_unconfined(const struct report *r);
#define REPORT_UNCONFINED "%zu of %zu checks ran unconfined: this kernel filters no system calls."

enum level report_level(const struct report *r); /* the worst; unknown without any check */
enum sign report_sign(const struct report *r);   /* the same, as people see it */
size_t report_excepted(const struct report *r);  /* how many items are */

struct text_style {
	int width;   /* columns of the terminal */
	bool colour; /* ANSI */
	bool utf8;
	bool all; /* list every fine item too */
};

void show_text(const struct report *r, const struct text_style *style, struct str *out);
void show_json(const struct report *r, struct str *out);    /* forewarn.results/1 */
void show_plugin(const struct report *r, struct str *out);  /* Monitoring Plugins guidelines */
void show_metrics(const struct report *r, struct str *out); /* OpenMetrics 1.0 */
void show_ics(const struct report *r, struct str *out);     /* RFC 5545: its known dates */

#endif
