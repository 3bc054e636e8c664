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
};

struct report {
	const char *site, *host; /* site may be NULL */
	instant now;             /* as of when it is judged */
	const struct report_check *checks;
	size_t nchecks;
};

enum level report_level(const struct report *r); /* the worst; unknown without any check */

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

#endif
