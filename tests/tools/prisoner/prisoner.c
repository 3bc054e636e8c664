/* SPDX-License-Identifier: Apache-2.0
 *
 * prisoner: tries every forbidden act from inside a real cell of one kind. As the warder it lays
 * out a scratch folder, takes a terminal of its own and starts itself once an act, by child_start
 * as forewarn does; inside, it enters the sandbox with what the kind's own spec needs, and for a
 * kind that starts programs it starts itself once more, by program_start. One line an act on
 * stdout: "KIND ACT allowed|refused|killed REASON". The kind "free" is a process without any cell:
 * what the acts can do at all.
 *
 * usage: prisoner kinds | prisoner acts | prisoner landlock | prisoner KIND FOLDER
 */
#include "inmate.h"

#include "base/clk.h"
#include "cell/child.h"
#include "cell/job.h"
#include "cell/program.h"
#include "cell/sandbox.h"
#include "probes/specs.h"
#include "sinks/specs.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- outside */

static int
make(const char *dir, const char *name, mode_t mode)
{
	char path[4096];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (name[strlen(name) - 1] == '/')
		return mkdir(path, mode) < 0 && errno != EEXIST ? -1 : 0;
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, mode);
	if (fd < 0 || write(fd, "x\n", 2) != 2)
		return -1;
	return close(fd);
}

/* Each act finds the same world, whatever the one before has done to it. */
static void
lay_out(const char *dir)
{
	static const char *const gone[] = { "new", "moved", "folder", "symbol", "fifo", "device",
		"own/kept", "own/linked", "share/made", "share/folder", "share/log", "run/new",
		"run/served", "home/.profile", "conf/conf.d-new.conf", "/tmp/forewarn-prisoner",
		"/tmp/forewarn-prisoner-log", "/tmp/forewarn-prisoner-link",
		"/dev/shm/forewarn-prisoner", NULL };
	const struct prison p = { .dir = dir };

	for (size_t i = 0; gone[i] != NULL; i++)
		remove(in_prison(&p, gone[i]));
	if (make(dir, "conf/", 0700) < 0 || make(dir, "state/", 0700) < 0 ||
	    make(dir, "run/", 0755) < 0 || make(dir, "home/", 0755) < 0 ||
	    make(dir, "empty/", 0755) < 0 || make(dir, "own/", 0700) < 0 ||
	    make(dir, "share/", 0700) < 0 || make(dir, "secret", 0600) < 0 ||
	    make(dir, "log", 0644) < 0 || make(dir, "conf/forewarn.conf", 0600) < 0 ||
	    make(dir, "conf/mail.secret", 0600) < 0 || make(dir, "state/forewarn.db", 0600) < 0 ||
	    make(dir, "home/.bashrc", 0644) < 0) {
		perror(dir);
		exit(2);
	}
}

static void
listen_at(int domain, const void *to, socklen_t len)
{
	int fd = socket(domain, SOCK_STREAM, 0);

	if (fd < 0 || bind(fd, to, len) < 0 || listen(fd, 1000) < 0) {
		perror("a listener");
		exit(2);
	}
}

/* A socket with a name in the folder, one with an abstract name, and a port. */
static void
listen_all(struct orders *o)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	struct sockaddr_in port = { .sin_family = AF_INET };
	socklen_t len = sizeof(port);
	int n, fd = socket(AF_INET, SOCK_STREAM, 0);

	n = snprintf(to.sun_path, sizeof(to.sun_path), "%s/run/sock", o->dir);
	unlink(to.sun_path);
	listen_at(AF_UNIX, &to, sizeof(to));
	to.sun_path[0] = '\0';
	n = snprintf(to.sun_path + 1, sizeof(to.sun_path) - 1, "forewarn-prison-%d", (int)getpid());
	listen_at(
	    AF_UNIX, &to, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1) + (socklen_t)n);
	port.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (struct sockaddr *)&port, sizeof(port)) < 0 ||
	    listen(fd, 1000) < 0 || getsockname(fd, (struct sockaddr *)&port, &len) < 0) {
		perror("a port");
		exit(2);
	}
	o->port = ntohs(port.sin_port);
}

/* A session and a terminal of our own, so that typing into it harms nobody. */
static const char *
take_terminal(void)
{
	int fd = posix_openpt(O_RDWR);

	/* a leader of a group cannot begin a session: its child can */
	if (setsid() < 0) {
		pid_t pid = fork();
		int status = 0;

		if (pid > 0) {
			waitpid(pid, &status, 0);
			exit(WIFEXITED(status) ? WEXITSTATUS(status) : 2);
		}
		setsid();
	}
	/* opened without O_NOCTTY by a leader that has none: it is ours then */
	if (fd < 0 || grantpt(fd) < 0 || unlockpt(fd) < 0 || open(ptsname(fd), O_RDWR) < 0) {
		perror("a terminal");
		exit(2);
	}
	return ptsname(fd);
}

/* The command by which a cell starts this program again. */
static void
command_of(struct orders *o, const char *self)
{
	static char numbers[3][24];
	static const char *v[8];

	snprintf(numbers[0], sizeof(numbers[0]), "%lld", (long long)o->warder);
	snprintf(numbers[1], sizeof(numbers[1]), "%lld", (long long)o->sibling);
	snprintf(numbers[2], sizeof(numbers[2]), "%lld", (long long)o->port);
	memcpy(v,
	    (const char *[]){
		self, "act", o->act, o->dir, o->tty, numbers[0], numbers[1], numbers[2] },
	    sizeof(v));
	o->again = (struct texts){ v, 8 };
}

/* What forewarn would guard of the world that is laid out. */
static struct fence
fence_of(const struct orders *o)
{
	static char lines[8192];
	const char *forced = getenv(SANDBOX_FORCED), *d = o->dir;

	snprintf(lines, sizeof(lines),
	    "-%s/secret\n-%s/conf/mail.secret\n-%s/state\n=%s/conf\n=%s/run\n", d, d, d, d, d);
	return (struct fence){ lines, forced != NULL && strstr(forced, "no-seccomp") != NULL };
}

static void
one(struct orders *o, const char *self, int own)
{
	struct job job = { .check = o->act, .has_state = own >= 0, .fence = fence_of(o) };
	char text[1024] = "";
	struct child c;
	struct err e = { 0 };
	ssize_t n;
	int status;

	lay_out(o->dir);
	command_of(o, self);
	if (child_start(&c, self, own, &e) < 0 || job_send(c.fd, &job, orders_opts, o, &e) < 0) {
		fprintf(stderr, "%s\n", e.msg);
		exit(2);
	}
	poll(&(struct pollfd){ c.fd, POLLIN, 0 }, 1, (int)(ACT_TIME / SPAN_MS));
	n = recv(c.fd, text, sizeof(text) - 1, MSG_DONTWAIT);
	if (n <= 0)
		kill(c.pid, SIGUSR1); /* ends it as no filter does */
	waitpid(c.pid, &status, 0);
	child_kill(&c);
	if (n <= 0 && WIFSIGNALED(status))
		snprintf(text, sizeof(text), "killed %d", WTERMSIG(status));
	else if (n <= 0) /* it became another program */
		snprintf(text, sizeof(text), "%s", status == 0 ? "allowed" : "broken");
	printf("%s %s %s\n", o->kind, o->act, text);
	close(c.fd);
	close(c.err_fd);
	child_sweep((const pid_t[]){ (pid_t)o->sibling }, 1);
}

static int
warder(const char *kind, const char *dir)
{
	struct orders o = { .kind = kind, .dir = dir, .again = { NULL, 0 } };
	char self[4096] = "";
	unsigned needs = 0;
	int own = -1;

	if (readlink("/proc/self/exe", self, sizeof(self) - 1) < 0)
		return 2;
	child_become_reaper();
	signal(SIGHUP, SIG_IGN); /* an act may hang up the terminal */
	/* as forewarn and forewarnd are; what the acts can do at all shows without it */
	if (strcmp(kind, "free") != 0)
		prctl(PR_SET_DUMPABLE, 0);
	o.tty = take_terminal();
	o.warder = getpid();
	lay_out(dir);
	listen_all(&o);
	o.sibling = fork();
	if (o.sibling == 0) {
		setsid();
		for (;;)
			pause();
	}
	if (!needs_of(kind, &needs) && strcmp(kind, "free") != 0)
		return 64;
	if (strcmp(kind, "free") == 0 || (needs & NEED_STATE) != 0)
		own = open(in_prison(&(struct prison){ .dir = dir }, "own"),
		    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	for (size_t g = 0; act_groups[g] != NULL; g++)
		for (const struct act *a = act_groups[g]; a->name != NULL; a++) {
			o.act = a->name;
			one(&o, self, own);
		}
	kill((pid_t)o.sibling, SIGKILL);
	waitpid((pid_t)o.sibling, NULL, 0);
	return 0;
}

static void
list_kinds(void)
{
	unsigned needs;

	puts(PARSER);
	puts(HSM_NETWORK);
	puts(CLOCKS_SHARE);
	for (size_t i = 0; probe_specs[i] != NULL; i++)
		puts(probe_specs[i]->name);
	for (size_t i = 0; sink_specs[i] != NULL; i++)
		if (needs_of(sink_specs[i]->name, &needs))
			puts(sink_specs[i]->name);
}

/* What this kernel has, 0 when none. */
static long
landlock_abi(void)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, 1U);

	return abi > 0 ? abi : 0;
}

int
main(int argc, char **argv)
{
	struct stat st;

	if (argc == 8 && strcmp(argv[1], "act") == 0)
		inmate_program(argv + 2);
	if (argc == 1 && fstat(CELL_FD, &st) == 0 && S_ISSOCK(st.st_mode))
		inmate();
	if (argc == 2 && strcmp(argv[1], "kinds") == 0) {
		list_kinds();
		return 0;
	}
	if (argc == 2 && strcmp(argv[1], "acts") == 0) {
		for (size_t g = 0; act_groups[g] != NULL; g++)
			for (const struct act *a = act_groups[g]; a->name != NULL; a++)
				puts(a->name);
		return 0;
	}
	if (argc == 2 && strcmp(argv[1], "landlock") == 0) {
		printf("%ld\n", landlock_abi());
		return 0;
	}
	if (argc != 3) {
		fputs("usage: prisoner kinds | prisoner acts | prisoner landlock | prisoner KIND "
		      "FOLDER\n",
		    stderr);
		return 64;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	return warder(argv[1], argv[2]);
}
