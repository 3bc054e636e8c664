/* SPDX-License-Identifier: Apache-2.0
 *
 * overlay: what forewarnd has confirmed, told and been told of things, laid over the newest
 * results, so that `status` and its page say what `alerts` and the tray say.
 */
#ifndef CLI_OVERLAY_H
#define CLI_OVERLAY_H

#include "model/result.h"
#include "tell/control_wire.h"

struct overlay {
	const struct ctl_head *head; /* site and host of the fingerprints */
	struct ctl_alert *alerts;
	size_t nalerts, cap_alerts;
	bool *met; /* an item speaks of that alert */
	struct ctl_excepted *excepted;
	size_t nexcepted, cap_excepted;
};

/* A CTL_ALERT or CTL_EXCEPTED of the answer; text in the arena. -1 with *e set. */
int overlay_take(struct overlay *o, struct frame *f, struct arena *a, struct err *e);
/* All of the answer is there: before the calls below. */
void overlay_sort(struct overlay *o, struct arena *a);

/* The alert of an item of a check; NULL: it is fine. */
const struct ctl_alert *overlay_find(
    const struct overlay *o, const char *check, const struct item *it, struct arena *a);

/* What differs in the newest look: "looks better since today 10:02, not confirmed yet"; NULL:
 * nothing. */
const char *overlay_note(const struct ctl_alert *v, instant now, struct arena *a);

/* The judged result of a check as it stands now: levels, notes, exceptions; what is open though the
 * newest result does not speak of it is added as an item. The result's level is that of its worst
 * item. */
void overlay_check(struct overlay *o, struct result *r, instant now, struct arena *a);

/* Of a moment given by hand nothing is confirmed; only what will be approved then is known. */
void overlay_except(const struct overlay *o, struct result *r, instant now, struct arena *a);

#endif
