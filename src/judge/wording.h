/* SPDX-License-Identifier: Apache-2.0
 *
 * wording: what a person reads first of an alert: a title, a body, and the five parts they are made
 * of (WHAT, WHEN, SO WHAT, DO NOW, WHO). The words about a kind of thing stand in its rule, the
 * ones about dates, owners and the course of an alert here. Text from outside (summaries, names) is
 * made one clean line: no controls, no text that turns round, no exclamation marks.
 */
#ifndef JUDGE_WORDING_H
#define JUDGE_WORDING_H

#include "judge/policy.h"
#include "model/rule.h"

#define WORDING_WHAT_MAX 400 /* characters of the part; the body has less room */
#define WORDING_NAME_MAX 24  /* characters of an owner's name */
#define WORDING_PART_SIZE (WORDING_WHAT_MAX * 4 + 8)

/* All text is lent for the call. */
struct wording_of {
	const struct item *item; /* as judged; NULL when nothing was measured (stale, retired) */
	const struct rule *rule; /* NULL: of a run that gave no result */
	const char *title;       /* what people call the check */
	const char *owner, *secondary; /* their names, or NULL */
	struct outcome told;           /* as the policy gave it */
	instant taken;                 /* of the newest run; INSTANT_NONE: none yet */
	const struct accept *accepted; /* of what is over: a person accepted it as it is; NULL */
	uint64_t suppressed;           /* checks that are quiet because of this one */
};

/* `parts` point into the struct itself: do not copy it. */
struct wording {
	char title[EVENT_TITLE_MAX * 4 + 1], body[EVENT_BODY_MAX * 4 + 1];
	char what[WORDING_PART_SIZE], when[WORDING_PART_SIZE], so_what[WORDING_PART_SIZE];
	char do_now[WORDING_PART_SIZE], who[WORDING_PART_SIZE];
	struct event_parts parts;
};

/* Title and body are valid UTF-8 within their limits, whatever came in. When the body has not the
 * room for all, WHAT is cut first (the title has it), then SO WHAT goes, then DO NOW is cut; WHO
 * stays. */
void wording_make(const struct wording_of *of, instant now, struct wording *out);

/* Of EVENT_DIGEST. named: what people call the checks that are stop, n of them; as many as there is
 * room for are listed, the others counted. WHEN and WHO are empty: it is for everybody. */
struct digest_of {
	const char *host; /* as people call it */
	bool first;       /* the inventory of a first run, else the day's digest */
	const struct event_counts *counts;
	const char *const *named;
	size_t n;
};

void wording_digest(const struct digest_of *of, struct wording *out);

/* Of EVENT_SUMMARY: n alerts, the worst first. WHEN, SO WHAT and WHO are empty. */
void wording_summary(const struct event_line *v, size_t n, struct wording *out);

#endif
