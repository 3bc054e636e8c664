/* SPDX-License-Identifier: Apache-2.0
 *
 * job: the one message a worker gets. Its options travel by their table, which both sides have.
 */
#ifndef CELL_JOB_H
#define CELL_JOB_H

#include "base/fence.h"
#include "base/fields.h"
#include "conf/schema.h"

#define JOB_KIND 1 /* of its frame */
#define CELL_FD 3  /* the worker's end of the socket pair */
#define STATE_FD 4 /* its state folder, when the job says so */

struct job {
	const char *check; /* id */
	span deadline;     /* on CLOCK_MONOTONIC, which both processes share */
	bool has_state;    /* STATE_FD is open */
	struct fence fence;
	/* What else it is handed, of a table that both sides have: set before job_send and before
	 * job_recv, which fills what `handed` points to. NULL: nothing. */
	const struct field *handed_table;
	void *handed;
};

int job_send(
    int fd, const struct job *job, const struct opt *opts, const void *conf, struct err *e);

/* Blocks until the whole job is there. Text and lists of *conf lie in the arena. */
int job_recv(
    int fd, struct job *job, const struct opt *opts, void *conf, struct arena *a, struct err *e);

#endif
