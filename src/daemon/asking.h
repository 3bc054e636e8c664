/* SPDX-License-Identifier: Apache-2.0
 *
 * daemon_asking: one request at the control socket while it is answered. Reading is answered in
 * daemon_control, what changes something in daemon_act.
 */
#ifndef DAEMON_ASKING_H
#define DAEMON_ASKING_H

#include "daemon/context.h"
#include "tell/control.h"

/* How long the owner of a check may mute it without being root: through a day's work and a night.
 */
#define OWNER_SILENCE_MAX (25 * SPAN_H)

struct asking {
	struct daemon *d;
	struct control_client *to;
	const struct ctl_request *r;
	const char *by; /* user name of who asks */
	bool may_act;   /* root, or the user the daemon runs as */
	struct frame f;
	struct arena *a;
	uint64_t n;    /* what it came to */
	size_t series; /* CTL_SAMPLES that were sent */
	size_t read;   /* samples that were read for them */
	struct acked *acked;
};

void asking_refuse(struct asking *q, const char *why);
void asking_done(struct asking *q);

/* Samples of the metrics of an item that have a limit, one CTL_SAMPLES each. */
int asking_series(
    struct asking *q, const struct check_conf *k, const struct item *it, struct err *e);

/* Does what is asked if it is allowed: root and the daemon's own user may do all, the owner of a
 * check (conf_owns) may take and for a day mute its alerts and end what it muted, and anyone may
 * confirm, ask for a test alert and for another look. Answers. */
void daemon_act(struct asking *q);

#endif
