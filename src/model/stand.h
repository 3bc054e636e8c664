/* SPDX-License-Identifier: Apache-2.0
 *
 * stand: how one thing stands now, in every view alike: status, alerts, page, tray, metrics, counts
 * and exit codes. Pure: the moment is an argument.
 */
#ifndef MODEL_STAND_H
#define MODEL_STAND_H

#include "model/standing.h"

/* Where the newest look points, while it differs from what is shown. */
enum stand_turn {
	STAND_STEADY,
	STAND_BETTER, /* it looks better, and that is not confirmed yet */
	STAND_WORSE,  /* it looks worse than what is confirmed */
	STAND_UNSEEN, /* it cannot be looked at any more */
	STAND_TURNS
};

struct stand {
	enum level level; /* the worse of what is confirmed and what was seen last: what is open is
			   * shown until its end is told, and trouble from its first sight on */
	instant since;    /* it stands so; of an open alert: raised; INSTANT_NONE: not known */
	enum stand_turn turn;
	instant turn_since; /* INSTANT_NONE: not known */
	bool overdue;       /* the newest result is too old to be believed */
};

/* newest: the level of the newest result, judged for `now`. */
struct stand stand_of(const struct standing *st, enum level newest, instant now);

#endif
