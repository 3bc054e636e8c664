/* SPDX-License-Identifier: Apache-2.0
 *
 * A status page of one check, for the tests of what is drawn on it.
 */
#ifndef TESTS_PAGE_SCENE_H
#define TESTS_PAGE_SCENE_H

#include "show/html.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DAY (86400 * INSTANT_S)
#define MANY 400

static const instant now = 1800000000 * INSTANT_S; /* Fri 15 Jan 2027 08:00 UTC */

struct scene {
	struct item items[MANY];
	struct metric metric;
	struct sample samples[3];
	struct result result;
	struct report_check check;
	struct report report;
	struct page_series series[MANY];
	struct page page;
};

/* n items, all fine and without a date. */
static inline struct scene *
scene(size_t n)
{
	struct scene *s = calloc(1, sizeof(*s));

	if (s == NULL)
		abort();
	for (size_t i = 0; i < n; i++)
		s->items[i] = (struct item){ .target = "t<u>",
			.rule = "x.y",
			.summary = "as it is",
			.verdict = { .start_by = INSTANT_NONE } };
	s->result = (struct result){ "c", "x", now, now + DAY, 0, LEVEL_OK, s->items, n, { 0 },
		NULL, 0, NULL };
	s->check = (struct report_check){ .result = &s->result, .title = "Thing & <b>" };
	s->report = (struct report){ "site", "host", now, &s->check, 1, false };
	s->page =
	    (struct page){ .report = &s->report, .made = now, .watched = true, .version = "1" };
	return s;
}

/* The page; the scene is over. */
static inline struct str
drawn(struct scene *s)
{
	struct str out;

	str_init(&out, HTML_MAX);
	html_page(&s->page, &out);
	free(s);
	return out;
}

/* How often it is there. */
static inline size_t
times(const char *text, const char *part)
{
	size_t n = 0;

	for (; (text = strstr(text, part)) != NULL; text++)
		n++;
	return n;
}

/* A metric of the first item that went from there to there in ten days. */
static inline void
add_series(struct scene *s, double from, double to)
{
	s->metric = (struct metric){ .name = "off<set",
		.unit = UNIT_SECONDS,
		.value = to,
		.warn = { true, false, -0.8, 0.8 },
		.crit = { true, false, -1, 1 } };
	s->items[0].metrics = &s->metric;
	s->items[0].nmetrics = 1;
	s->samples[0] = (struct sample){ now - 10 * DAY, from, 0.01 };
	s->samples[1] = (struct sample){ now - 5 * DAY, (from + to) / 2, NAN };
	s->samples[2] = (struct sample){ now, to, 0.03 };
	s->page.series = s->series;
	s->series[s->page.nseries++] = (struct page_series){ &s->result, 0, 0, s->samples, 3 };
}

#endif
