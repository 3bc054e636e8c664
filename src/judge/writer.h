/* SPDX-License-Identifier: Apache-2.0
 *
 * writer: one wording in the making.
 */
#ifndef JUDGE_WRITER_H
#define JUDGE_WRITER_H

#include "judge/wording.h"

#define THING_MAX 120 /* characters of a check's name that are looked at */

/* What an alert is about, for its words. */
enum about {
	ABOUT_STATE,
	ABOUT_DATE,
	ABOUT_FORECAST,
	ABOUT_UNSEEN,
	ABOUT_FLAPPING,
	ABOUT_EXCEPTED,
	ABOUT_END
};

struct writer {
	const struct wording_of *of;
	instant now;
	enum about about;
	struct wording *out;
	char name[THING_MAX * 4 + 8];   /* the check's */
	char clause[WORDING_PART_SIZE]; /* first statement of the summary, to follow a colon */
	size_t occasion;                /* where in WHEN it says why it is told just now */
	bool title_says_all;            /* nothing of WHAT is left for the body */
};

/* The item's deadline is past. */
bool writer_ended(const struct writer *w);

/* Nothing was found of the thing but a known date. */
bool writer_has_date(const struct writer *w);

/* The day to start is today or one of the days to come. */
bool writer_can_start(const struct writer *w);

/* From name and clause (it may cut both); title_says_all is taken back when the clause was cut. */
void writer_title(struct writer *w);

#endif
