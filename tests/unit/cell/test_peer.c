/* SPDX-License-Identifier: Apache-2.0
 *
 * Who is at the other end of a local socket: the walk up the parents over made-up /proc folders,
 * the mark, and both with real processes.
 */
#include "cell/peer.h"

#include "cell/child.h"
#include "tests/t.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define SELF 500

static char dir[] = "/tmp/forewarn-peer.XXXXXX";

/* ---- the text of a stat file */

#define REST " 1 1 0 -1 4194560 9 8 7 6 5 4 3 2 20 0 1 0 777 "

static const struct {
	const char *row, *text;
	bool good;
	int parent;
	const char *name;
} stats[] = {
	{ "as proc(5) has it", "9 (bash) S 8" REST, true, 8, "bash" },
	{ "a name that looks like the rest", "9 (a) S 1 (b) S 8" REST, true, 8, "a) S 1 (b" },
	{ "a name with a line end", "9 (a\nb) S 8" REST, true, 8, "a\nb" },
	{ "the longest name", "9 (123456789012345) S 8" REST, true, 8, "123456789012345" },
	{ "one byte longer is cut", "9 (1234567890123456) S 8" REST, true, 8, "123456789012345" },
	{ "no name at all", "9 () S 8" REST, true, 8, "" },
	{ "no parent in this namespace", "9 (x) S 0" REST, true, 0, "x" },
	{ "empty", "", false, 0, NULL },
	{ "brackets the wrong way", "9 )x( S 8" REST, false, 0, NULL },
	{ "a parent below zero", "9 (x) S -8" REST, false, 0, NULL },
	{ "a word for a number", "9 (x) S 8 1 1 0 -1 x 9 8", false, 0, NULL },
	{ "cut before its start", "9 (x) S 8 1 1 0 -1 4194560 9 8 7 6 5 4 3 2 20 0 1 0", false, 0,
	    NULL },
};

static void
parse_stats(void)
{
	for (size_t i = 0; i < sizeof(stats) / sizeof(stats[0]); i++) {
		struct peer_stat s;

		T_INT(stats[i].row, peer_parse_stat(stats[i].text, &s), stats[i].good);
		if (!stats[i].good)
			continue;
		T_INT(stats[i].row, s.parent, stats[i].parent);
		T_INT(stats[i].row, s.started, 777);
		T_TEXT(stats[i].row, s.name, stats[i].name);
	}
}

/* Each truncation is read without a fault, and none of them as a whole. */
static void
parse_truncated(void)
{
	const char whole[] = "9 (bash) S 8" REST;

	for (size_t n = 0; n < sizeof(whole) - 1; n++) {
		char *cut = strndup(whole, n); /* on the heap: a sanitizer sees its end */
		struct peer_stat s;

		T_TRUE("a truncation is none", !peer_parse_stat(cut, &s));
		free(cut);
	}
}

/* ---- the walk */

static void
put_stat(int pid, int parent)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%d", dir, pid);
	mkdir(path, 0755);
	snprintf(path, sizeof(path), "%s/%d/stat", dir, pid);
	f = fopen(path, "w");
	if (f == NULL || fprintf(f, "%d (x) S %d" REST "\n", pid, parent) < 0 || fclose(f) != 0)
		abort();
}

static const struct {
	const char *row;
	int pid, want;
} walks[] = {
	{ "a child", 501, 501 },
	{ "a grandchild", 502, 501 },
	{ "a stranger", 601, 0 },
	{ "a child of the first process", 602, 0 },
	{ "one that has no parent here", 603, 0 },
	{ "one whose parent is hidden", 604, 0 },
	{ "one that is hidden", 605, 0 },
	{ "two that are each other's parent", 606, 0 },
	{ "our own parent", 400, 0 },
};

static void
walk(void)
{
	put_stat(SELF, 400);
	put_stat(400, 1);
	put_stat(501, SELF);
	put_stat(502, 501);
	put_stat(601, 400);
	put_stat(602, 1);
	put_stat(603, 0);
	put_stat(604, 9999);
	put_stat(606, 607);
	put_stat(607, 606);
	for (size_t i = 0; i < sizeof(walks) / sizeof(walks[0]); i++)
		T_INT(walks[i].row, peer_walk(dir, walks[i].pid, SELF), walks[i].want);
	/* a chain of PEER_DEPTH processes, and one more; the first of them is the child */
	for (int i = 0; i <= PEER_DEPTH; i++)
		put_stat(10000 + i, i == 0 ? SELF : 10000 + i - 1);
	T_INT("as deep as is looked", peer_walk(dir, 10000 + PEER_DEPTH - 1, SELF), 10000);
	T_INT("one deeper is not", peer_walk(dir, 10000 + PEER_DEPTH, SELF), 0);
}

/* ---- real processes that connect */

static int
listener(char *path, size_t size)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(path, size, "%s/s", dir);
	snprintf(at.sun_path, sizeof(at.sun_path), "%s", path);
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof(at)) < 0 || listen(fd, 8) < 0)
		abort();
	return fd;
}

static void
connect_to(const char *path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(to.sun_path, sizeof(to.sun_path), "%s", path);
	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof(to)) < 0)
		_exit(1);
}

enum way { CHILD, GRANDCHILD, ORPHAN, ORPHAN_MARKED, ENDED, HANDED_ON };

/* In the child: whoever connects then waits to be killed. */
static _Noreturn void
come_by(enum way way, const char *path)
{
	const struct rlimit mark = { 0, 0 };
	pid_t pid = 0;

	if (way == ORPHAN_MARKED)
		setrlimit(RLIMIT_MSGQUEUE, &mark);
	if (way == GRANDCHILD || way == ORPHAN || way == ORPHAN_MARKED)
		pid = fork();
	if (pid > 0 && way != GRANDCHILD)
		_exit(0);
	if (pid == 0 && (way == ORPHAN || way == ORPHAN_MARKED))
		while (getppid() != 1 && getppid() == getpgrp())
			usleep(1000); /* until the parent, which leads the group, is gone */
	if (pid == 0)
		connect_to(path);
	/* the socket lives on in a process that did not connect */
	if (way == HANDED_ON && fork() > 0)
		_exit(0);
	if (way == ENDED)
		_exit(0);
	for (;;)
		pause();
}

static const struct {
	const char *row;
	enum way way;
	enum peer_kind want;
	bool named; /* it is told by which child */
} ways[] = {
	{ "a child", CHILD, PEER_OURS, true },
	{ "a grandchild", GRANDCHILD, PEER_OURS, true },
	{ "a process of another parent", ORPHAN, PEER_STRANGER, false },
	{ "the same with the mark", ORPHAN_MARKED, PEER_OURS, false },
	{ "one that has ended", ENDED, PEER_GONE, false },
	{ "one that has ended and handed the socket on", HANDED_ON, PEER_GONE, false },
};

static void
one_way(size_t i, int fd, const char *path)
{
	struct peer_origin o;
	struct peer p;
	pid_t child = fork();
	int to;

	if (child == 0) {
		setpgid(0, 0);
		come_by(ways[i].way, path);
	}
	setpgid(child, child);
	to = accept(fd, NULL, NULL);
	if (ways[i].way >= ORPHAN)
		waitpid(child, NULL, 0);
	T_TRUE(ways[i].row, to >= 0 && peer_read(to, &p));
	T_INT(ways[i].row, p.uid, geteuid());
	peer_origin(to, &p, &o);
	T_INT(ways[i].row, o.kind, ways[i].want);
	T_INT("by which child", o.child, ways[i].named ? child : 0);
	if (ways[i].want != PEER_GONE)
		T_HAS("its name", o.name, "test_peer");
	close(to);
	kill(-child, SIGKILL);
	waitpid(child, NULL, 0);
}

static void
connect_really(void)
{
	char path[64];
	int fd = listener(path, sizeof(path));

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		one_way(i, fd, path);
	close(fd);
}

static void
namespaces(void)
{
	struct peer p = { .pid = 0 };
	struct peer_origin o;

	peer_origin(-1, &p, &o);
	T_INT("one that cannot be seen from here is no descendant", o.kind, PEER_STRANGER);
	p.pid = getpid();
	peer_origin(-1, &p, &o);
	T_INT("nor is this process itself", o.kind, PEER_STRANGER);
	T_TRUE("what is no socket", !peer_read(-1, &p));
	T_TRUE("we carry no mark", !child_is_marked(getpid()));
	T_TRUE("nor does nobody", !child_is_marked(-1));
}

/* Without a descriptor of the process, as before Linux 6.5: its number and its start tell it. */
static void
without_descriptor(void)
{
	struct peer p = { .pid = fork() };

	if (p.pid == 0)
		for (;;)
			pause();
	T_TRUE("its start not known", !peer_has_ended(-1, &p));
	p.started = 1;
	T_TRUE("a newer one has its number", peer_has_ended(-1, &p));
	p.started = 0;
	kill(p.pid, SIGKILL);
	waitpid(p.pid, NULL, 0);
	T_TRUE("nobody has its number", peer_has_ended(-1, &p));
}

/* A process that carries the mark itself cannot tell its children by it. */
static void
mark_on_ourselves(void)
{
	const struct rlimit mark = { 0, 0 };
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		setrlimit(RLIMIT_MSGQUEUE, &mark);
		_exit(child_is_marked(getppid()) || child_is_marked(getpid()));
	}
	waitpid(pid, &status, 0);
	T_INT("marked ourselves, nobody is told by it", status, 0);
}

int
main(void)
{
	char command[64];

	if (mkdtemp(dir) == NULL)
		abort();
	parse_stats();
	parse_truncated();
	walk();
	connect_really();
	namespaces();
	without_descriptor();
	mark_on_ourselves();
	snprintf(command, sizeof(command), "rm -rf %s", dir);
	if (system(command) != 0)
		abort();
	return t_end();
}
