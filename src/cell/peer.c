/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the way from a process up to the one that started it.
 */
#include "cell/peer.h"

#include "cell/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef SO_PEERPIDFD
#define SO_PEERPIDFD 77 /* Linux 6.5, asm-generic/socket.h */
#endif

#define STAT_MAX 2048 /* bytes of a stat file that are read: its 52 numbers and a name */
#define STAT_START 22 /* fields of proc(5), counted from 1 */
#define STAT_PARENT 4
#define WALKS 4 /* a parent that ends on the way up has handed its children on: look again */

bool
peer_parse_stat(const char *text, struct peer_stat *out)
{
	const char *open = strchr(text, '('), *at = strrchr(text, ')');
	unsigned long long v;
	char *end;

	if (open == NULL || at == NULL || at < open || at[1] != ' ' || at[2] == '\0' ||
	    at[3] != ' ')
		return false;
	*out = (struct peer_stat){ 0 };
	snprintf(out->name, sizeof(out->name), "%.*s", (int)(at - open - 1), open + 1);
	at += 3; /* behind the state, a letter */
	for (int field = STAT_PARENT; field <= STAT_START; field++) {
		/* some fields are negative; strtoull takes them too */
		v = strtoull(at, &end, 10);
		if (end == at || *end != ' ')
			return false;
		if (field == STAT_PARENT)
			out->parent = (pid_t)v;
		out->started = v;
		at = end;
	}
	return out->parent >= 0;
}

static bool
read_stat(const char *proc, pid_t pid, struct peer_stat *out)
{
	char path[256], text[STAT_MAX];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "%s/%d/stat", proc, (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	n = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (n <= 0)
		return false;
	text[n] = '\0';
	return peer_parse_stat(text, out);
}

/* Once from pid to the top. *broken: a process on the way cannot be seen. */
static pid_t
climb(const char *proc, pid_t pid, pid_t self, bool *broken)
{
	*broken = false;
	for (int i = 0; i < PEER_DEPTH; i++) {
		struct peer_stat s;

		if (!read_stat(proc, pid, &s)) {
			*broken = true;
			return 0;
		}
		if (s.parent == self)
			return pid;
		if (s.parent <= 1)
			return 0;
		pid = s.parent;
	}
	return 0;
}

pid_t
peer_walk(const char *proc, pid_t pid, pid_t self)
{
	bool broken = true;
	pid_t child = 0;

	for (int i = 0; i < WALKS && broken; i++)
		child = climb(proc, pid, self, &broken);
	return child;
}

bool
peer_read(int fd, struct peer *p)
{
	struct ucred who;
	socklen_t len = sizeof(who);
	struct peer_stat s;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len) < 0)
		return false;
	*p = (struct peer){ .pid = who.pid, .uid = who.uid };
	if (read_stat("/proc", p->pid, &s))
		p->started = s.started;
	return true;
}

/* A /proc of another PID namespace has other processes under our numbers. */
static bool
is_own_proc(void)
{
	char link[32];
	ssize_t n = readlink("/proc/self", link, sizeof(link) - 1);

	if (n <= 0)
		return false;
	link[n] = '\0';
	return atol(link) == (long)getpid();
}

/* The process that connected: a descriptor of it; -1: before Linux 6.5; -2: it has ended. */
static int
hold(int fd)
{
	int pidfd = -1;
	socklen_t len = sizeof(pidfd);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERPIDFD, &pidfd, &len) == 0)
		return pidfd;
	return errno == ENOPROTOOPT ? -1 : -2;
}

bool
peer_has_ended(int pidfd, const struct peer *p)
{
	struct pollfd ends = { pidfd, POLLIN, 0 };
	struct peer_stat s;

	if (pidfd >= 0)
		return poll(&ends, 1, 0) != 0;
	if (kill(p->pid, 0) < 0 && errno == ESRCH)
		return true;
	/* one that /proc hides cannot be told from a newer one */
	return p->started != 0 && (!read_stat("/proc", p->pid, &s) || s.started != p->started);
}

void
peer_origin(int fd, const struct peer *p, struct peer_origin *o)
{
	struct peer_stat s;
	int pidfd;

	*o = (struct peer_origin){ .kind = PEER_STRANGER };
	if (p->pid == 0 || p->pid == getpid())
		return;
	pidfd = hold(fd);
	if (is_own_proc()) {
		if (read_stat("/proc", p->pid, &s))
			memcpy(o->name, s.name, sizeof(o->name));
		o->child = peer_walk("/proc", p->pid, getpid());
	}
	if (o->child != 0 || child_is_marked(p->pid))
		o->kind = PEER_OURS;
	/* asked last: until here it lived, so the number was its own */
	if (pidfd == -2 || peer_has_ended(pidfd, p))
		*o = (struct peer_origin){ .kind = PEER_GONE };
	if (pidfd >= 0)
		close(pidfd);
}
