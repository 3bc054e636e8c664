/* SPDX-License-Identifier: Apache-2.0
 *
 * peer: whether the program at the other end of a local socket is one that this process started, or
 * a descendant of one. Two ways tell it, either is enough: the mark that child_start leaves on each
 * child (child_is_marked), which needs no /proc and is kept by a process whose parents are gone;
 * and the parents in /proc (proc(5)) up to this process, which also say by which child it came.
 * Sources: SO_PEERCRED of unix(7), SO_PEERPIDFD of Linux 6.5. Nothing here blocks.
 */
#ifndef CELL_PEER_H
#define CELL_PEER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define PEER_DEPTH 1024 /* parents that are followed; above them only the mark counts */
#define PEER_NAME 16    /* bytes of a process's name with its NUL (TASK_COMM_LEN) */

/* As it was when it connected, kept from when it was accepted. */
struct peer {
	pid_t pid; /* 0: of a PID namespace that is not below ours, so no descendant of ours */
	uid_t uid;
	uint64_t
	    started; /* clock ticks since boot when the process pid was started; 0: not known */
};

enum peer_kind {
	PEER_STRANGER, /* no descendant of this process */
	PEER_OURS,
	PEER_GONE /* it has ended: whoever holds the socket now is not known */
};

struct peer_origin {
	enum peer_kind kind;
	pid_t child;          /* the child of this process it comes from; 0: not known */
	char name[PEER_NAME]; /* of the process that connected, escaped by nobody; "": not known */
};

/* fd: a connected socket of AF_UNIX. False: the kernel does not say. */
bool peer_read(int fd, struct peer *p);

/* Where it comes from, asked now. A process that is hidden (hidepid=) or below a /proc that is not
 * there is told by the mark alone. Before Linux 6.5 the number of a process that has ended is told
 * from a newer process of the same number by its start. */
void peer_origin(int fd, const struct peer *p, struct peer_origin *o);

/* ---- the parts of it, for tests */

struct peer_stat {
	char name[PEER_NAME];
	pid_t parent;
	uint64_t started; /* clock ticks since boot */
};

/* The text of /proc/PID/stat: "PID (NAME) STATE PPID …", where NAME may hold anything. False: it is
 * none. */
bool peer_parse_stat(const char *text, struct peer_stat *out);

/* Whether the process that connected is gone; pidfd -1: the kernel gives no descriptor of it. */
bool peer_has_ended(int pidfd, const struct peer *p);

/* The child of self that pid is or descends from, by the folder proc; 0: none, or not seen. */
pid_t peer_walk(const char *proc, pid_t pid, pid_t self);

#endif
