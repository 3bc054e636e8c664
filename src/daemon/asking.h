/* SPDX-License-Identifier: Apache-2.0
 *
 * asking: one request at the control socket while it is answered. Reading is answered in answers.c,
 * what changes something is done in deeds.c.
 */
#ifndef DAEMON_ASKING_H
#define DAEMON_ASKING_H

#include "daemon/commanded.h"
#include "daemon/gauges.h"
#include "daemon/runs.h"
#include "tell/control.h"

/* What a request may ask and change. */
struct desk {
	const struct ground *on;
	struct runs *runs;
	struct gauges *gauges;
	struct posts *posts;
	struct commanded *commanded;
	struct control *control;
	span last_asked_look; /* CLOCK_BOOTTIME: a person had all checks looked at; 0: never */
	bool changed; /* somebody changed something: what that means is told now, not in a minute */
};

struct asking {
	struct desk *desk;
	const struct ground *on;
	struct control_client *to;
	const struct ctl_request *r;
	const char *by; /* user name of who asks */
	bool may_act;   /* root, or the user the daemon runs as */
	struct frame f; /* of the answer in the making */
	struct arena *a;
	uint64_t done;                     /* how many things were done or listed: ctl_done.n */
	uint64_t things, open;             /* as in ctl_done */
	instant until;                     /* as in ctl_done */
	size_t series;                     /* CTL_SAMPLES that were sent */
	size_t read;                       /* samples that were read for them */
	const struct accepting *accepting; /* findings that an accept means (deeds_accept.c) */
	struct taken_alert *taken;         /* alerts that an acknowledgement means */
};

void asking_send(struct asking *q); /* the frame as it is */
void asking_refuse(struct asking *q, const char *why);
void asking_done(struct asking *q);

/* Does it in one transaction; write gets q. -1 with *e set to the refusal: what went wrong stands
 * in the log. */
int asking_write(struct asking *q, int (*write)(void *self, struct err *e), struct err *e);

/* Samples of the metrics of an item that have a limit, one CTL_SAMPLES each (series.c). */
int asking_series(
    struct asking *q, const struct check_conf *k, const struct item *it, struct err *e);

#endif
