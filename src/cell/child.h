/* SPDX-License-Identifier: Apache-2.0
 *
 * child: starts a one-job process and makes sure that nothing of it is left. The process gets a
 * clean environment, /dev/null as stdin and stdout, a pipe as stderr, its end of a socket pair as
 * CELL_FD, perhaps a folder as STATE_FD, and no other descriptor; it dies with us.
 */
#ifndef CELL_CHILD_H
#define CELL_CHILD_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct child {
	pid_t pid;
	int fd;     /* our end, non-blocking; ours to close */
	int err_fd; /* the other end of its stderr, non-blocking; ours to close */
};

/* Once, in the process that starts children: whatever a child has started and left running becomes
 * our child then, so that child_sweep finds it. */
void child_become_reaper(void);

/* state_fd may be -1. -1 with *e set when the program cannot be started. */
int child_start(struct child *c, const char *program, int state_fd, struct err *e);

/* Whether a process carries the mark of child_start, which each child hands on to all it starts: no
 * room for POSIX message queues (the hard limit RLIMIT_MSGQUEUE is 0). Only CAP_SYS_RESOURCE, which
 * no cell keeps, raises a hard limit again, so that neither a new session nor parents that ended
 * take the mark off. Needs no /proc. False also for a process of another user or group, unless we
 * have CAP_SYS_RESOURCE: only root's children become another user, and then not ours. */
bool child_is_marked(pid_t pid);

/* SIGKILL to it and its process group. It still has to be reaped. */
void child_kill(const struct child *c);

/* Its exit status as from waitpid; blocks unless it has ended or was killed. */
int child_reap(const struct child *c);

/* Kills and reaps whatever ended children have left behind: every child of ours that is not in
 * live. Asks /proc; a process that left its group and session is found too. */
void child_sweep(const pid_t *live, size_t n);

#endif
