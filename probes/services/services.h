/* SPDX-License-Identifier: Apache-2.0
 *
 * services: whether programs that must always run do, and start by themselves; whether jobs ran and
 * ended well, and when; whether mail waits. systemd is asked, or what it said is read.
 */
#ifndef PROBES_SERVICES_SERVICES_H
#define PROBES_SERVICES_SERVICES_H

#include "probes/probe.h"

#define SERVICES_MAX 64                       /* entries of one option */
#define SERVICES_OUTPUT_MAX ((size_t)1 << 20) /* bytes of what systemctl says */
#define SERVICES_FILE_MAX ((size_t)16 << 20)  /* bytes of a saved mail queue */
#define SERVICES_UNITS_MAX 1024               /* units that are asked for, in all */
#define SERVICES_NAME_MAX 255                 /* bytes of a unit's name (systemd.unit(5)) */

struct services_conf {
	const char *root;  /* folder that stands for /, for anacron's files */
	const char *units; /* saved output of systemctl show; NULL: it is asked */
	struct texts running, timers, anacron;
	const char *mail_queue; /* saved output of postqueue -j with a last line; NULL: none */
	span mail_due, mail_overdue, mail_fresh;
	struct foreign foreign;
};

/* "NAME SPAN": a job and how old its last run may be. -1 with *e set. Pure. */
struct services_job {
	const char *name;
	span most;
};
int services_job(const char *text, struct arena *a, struct services_job *out, struct err *e);

/* The units one of which is meant by an entry of `running`: "time" and "audit" stand for those that
 * do this, "a|b" for either. Pure. */
struct texts services_units(const char *entry, struct arena *a);

#endif
