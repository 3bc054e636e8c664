/* SPDX-License-Identifier: Apache-2.0
 *
 * html: the status page, one file without a script or anything from elsewhere. Appends to a str;
 * reads, writes and decides nothing. Whatever words come in are taken as hostile: cleaned, cut at
 * a length, escaped, and kept apart in their direction (bdi).
 */
#ifndef SHOW_HTML_H
#define SHOW_HTML_H

#include "model/event.h"
#include "model/standing.h"
#include "model/sample.h"
#include "show/rows.h"

#define HTML_MAX ((size_t)64 << 20) /* bytes of a page */
#define HTML_CHECK_ITEMS 200        /* fine items of one check that are listed */
#define HTML_DETAILS 24             /* pieces of evidence of one thing */
#define HTML_APPROVED 100           /* excepted items that are listed */
#define HTML_SHORT 120              /* characters of a name */
#define HTML_CHARTS_MAX 24          /* more are counted in a sentence */
#define HTML_DATES_MAX 60           /* dates under the calendar; more are counted */
#define HTML_DAYS 90                /* of the calendar, from today */
#define HTML_LONG 400               /* of a sentence */

/* One row of what is not fine, with what a person reads of it. A row that stands for others has no
 * parts. */
struct page_thing {
	struct row row;
	const char *title;
	struct event_parts parts;
	const char *taken_by; /* NULL: nobody has */
	enum gate gate;       /* why nobody is told */
};

/* One way an alarm takes, and when a person last saw one there. */
struct page_route {
	const char *name;          /* NULL: on the screen of this computer */
	instant tested, confirmed; /* INSTANT_NONE: never */
	bool overdue;
};

/* What was measured of one metric, oldest first. */
struct page_series {
	const struct result *result; /* one of the report's */
	size_t item, metric;         /* where the metric stands; what is not there is left out */
	const struct sample *samples;
	size_t n;
};

struct page {
	const struct report *report;     /* its `now`: as of when it is judged */
	const struct page_thing *things; /* the most urgent first, none of them ok */
	size_t nthings;
	instant made;   /* by this computer's clock, when the page was made */
	bool watched;   /* by forewarnd: routes are known */
	bool measuring; /* an instrument measures just now */
	const struct page_route *routes;
	size_t nroutes;
	const char *version;
	const struct page_series *series;
	size_t nseries;
};

/* Since a person last saw a test alert, where no check of the alarm sets another limit. */
#define PAGE_ROUTE_OVERDUE (90 * SPAN_DAY)

void html_page(const struct page *p, struct str *out);

#endif
