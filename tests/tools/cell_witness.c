/* SPDX-License-Identifier: Apache-2.0
 *
 * cell_witness: put in the place of probe-plugin, it enters the real sandbox and tries things. Its
 * command is [ "/witness", NEEDS, STATE, TRY… ]: NEEDS is words of net files state exec module
 * facts joined by commas (or none), STATE a folder to keep as state descriptor (or -), and each TRY
 * comes back as an item: target the try, summary "ok…" or the name of the error. status:FIELD
 * rlimit:NAME read:PATH list:PATH write:PATH remove:PATH chmod:PATH socket:FAMILY env fds null
 * thread fork exec uring state lots deadly:CALL
 */
#include "cell/job.h"
#include "cell/sandbox.h"
#include "model/handed.h"
#include "model/wire.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

struct plugin_conf {
	struct texts command, environment;
	struct foreign foreign;
};

static const struct opt opts[] = {
	OPT(struct plugin_conf, command, OPT_TEXTS),
	OPT(struct plugin_conf, environment, OPT_TEXTS),
	FOREIGN_OPTS(struct plugin_conf),
	OPT_END,
};

static int status_fd, state_fd = -1;
static char answer[4096];

static const char *
said(int rc)
{
	return rc < 0 ? strerrorname_np(errno) : "ok";
}

static const char *
try_status(const char *field)
{
	static char text[8192];
	ssize_t n = pread(status_fd, text, sizeof(text) - 1, 0);
	size_t len = strlen(field);

	if (n < 0)
		return said(-1);
	text[n] = '\0';
	for (char *line = text, *end; *line != '\0'; line = end + 1) {
		end = line + strcspn(line, "\n");
		if (*end == '\0')
			break;
		*end = '\0';
		if (strncmp(line, field, len) == 0 && line[len] == ':')
			return line + len + 1 + strspn(line + len + 1, " \t");
	}
	return "no such field";
}

static const char *
try_rlimit(const char *name)
{
	static const struct {
		const char *name;
		int what;
	} limits[] = { { "as", RLIMIT_AS }, { "core", RLIMIT_CORE }, { "nofile", RLIMIT_NOFILE },
		{ "fsize", RLIMIT_FSIZE } };
	struct rlimit r;

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
		if (strcmp(limits[i].name, name) == 0 && getrlimit(limits[i].what, &r) == 0) {
			snprintf(answer, sizeof(answer), "%llu %llu",
			    (unsigned long long)r.rlim_cur, (unsigned long long)r.rlim_max);
			return answer;
		}
	return "no such limit";
}

static const char *
try_open(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);
	char byte;

	if (fd < 0)
		return said(-1);
	if ((flags & O_ACCMODE) == O_RDONLY && read(fd, &byte, 1) < 0)
		return said(-1);
	close(fd);
	return "ok";
}

static const char *
try_list(const char *path)
{
	DIR *d = opendir(path);

	if (d == NULL)
		return said(-1);
	closedir(d);
	return "ok";
}

static const char *
try_socket(const char *family)
{
	static const struct {
		const char *name;
		int family;
	} families[] = { { "inet", AF_INET }, { "inet6", AF_INET6 }, { "unix", AF_UNIX },
		{ "netlink", AF_NETLINK }, { "packet", AF_PACKET }, { "vsock", 40 }, { "alg", 38 },
		{ "bluetooth", 31 } };

	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
		if (strcmp(families[i].name, family) == 0) {
			bool raw =
			    families[i].family == AF_NETLINK || families[i].family == AF_PACKET;

			return said(socket(families[i].family, raw ? SOCK_RAW : SOCK_DGRAM, 0));
		}
	return "no such family";
}

static const char *
try_env(void)
{
	size_t at = 0;

	for (char **v = environ; *v != NULL; v++)
		at += (size_t)snprintf(answer + at, sizeof(answer) - at, "%s ", *v);
	return answer;
}

static const char *
try_fds(void)
{
	size_t at = 0;

	for (int fd = 0; fd < 1024; fd++)
		if (fd != status_fd && fcntl(fd, F_GETFD) >= 0)
			at += (size_t)snprintf(answer + at, sizeof(answer) - at, "%d ", fd);
	return answer;
}

/* stdin and stdout are /dev/null */
static const char *
try_null(void)
{
	struct stat in, out;

	if (fstat(0, &in) < 0 || fstat(1, &out) < 0)
		return said(-1);
	return in.st_rdev == makedev(1, 3) && out.st_rdev == makedev(1, 3) ? "ok" : "no";
}

static void *
nothing(void *arg)
{
	return arg;
}

static const char *
try_thread(void)
{
	pthread_t t;
	int rc = pthread_create(&t, NULL, nothing, NULL);

	if (rc != 0)
		return strerrorname_np(rc);
	pthread_join(t, NULL);
	return "ok";
}

static const char *
try_fork(bool exec)
{
	char *const argv[] = { (char *)"true", NULL };
	pid_t pid = exec ? 0 : fork();
	int status;

	if (pid < 0)
		return said(-1);
	if (pid == 0 && exec) {
		execve("/bin/true", argv, argv + 1);
		return said(-1);
	}
	if (pid == 0)
		_exit(0);
	waitpid(pid, &status, 0);
	return "ok";
}

static const char *
try_state(void)
{
	int fd = openat(state_fd, "kept", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, "x", 1) != 1 || close(fd) < 0 ||
	    renameat(state_fd, "kept", state_fd, "moved") < 0)
		return said(-1);
	return "ok";
}

/* More memory than a cell may have. */
static const char *
try_lots(void)
{
	void *p = malloc((size_t)2 << 30);
	bool got = p != NULL;

	free(p);
	return got ? "ok" : "ENOMEM";
}

static const char *
try_deadly(const char *call)
{
	struct timeval now = { 0 };

	if (strcmp(call, "ptrace") == 0)
		return said((int)ptrace(PTRACE_TRACEME, 0, NULL, NULL));
	if (strcmp(call, "mount") == 0)
		return said(mount("none", "/nowhere", "tmpfs", 0, NULL));
	if (strcmp(call, "unshare") == 0)
		return said(unshare(CLONE_NEWNS));
	if (strcmp(call, "settimeofday") == 0)
		return said(settimeofday(&now, NULL));
	return "no such call";
}

static const char *
attempt(const char *what)
{
	const char *colon = strchr(what, ':'), *arg = colon != NULL ? colon + 1 : "";
	size_t n = colon != NULL ? (size_t)(colon - what) : strlen(what);

#define IS(word) (strlen(word) == n && memcmp(what, (word), n) == 0)
	if (IS("status"))
		return try_status(arg);
	if (IS("rlimit"))
		return try_rlimit(arg);
	if (IS("read"))
		return try_open(arg, O_RDONLY);
	if (IS("write"))
		return try_open(arg, O_WRONLY | O_CREAT);
	if (IS("remove"))
		return said(unlink(arg));
	if (IS("chmod"))
		return said(chmod(arg, 0666));
	if (IS("list"))
		return try_list(arg);
	if (IS("socket"))
		return try_socket(arg);
	if (IS("env"))
		return try_env();
	if (IS("fds"))
		return try_fds();
	if (IS("null"))
		return try_null();
	if (IS("thread"))
		return try_thread();
	if (IS("fork") || IS("exec"))
		return try_fork(IS("exec"));
	if (IS("uring"))
		return said((int)syscall(SYS_io_uring_setup, 1, &(char[256]){ 0 }));
	if (IS("state"))
		return try_state();
	if (IS("lots"))
		return try_lots();
	if (IS("deadly"))
		return try_deadly(arg);
	return "no such try";
}

static unsigned
needs_of(const char *words)
{
	return (strstr(words, "net") != NULL ? NEED_NET : 0u) |
	       (strstr(words, "files") != NULL ? NEED_FILES : 0u) |
	       (strstr(words, "state") != NULL ? NEED_STATE : 0u) |
	       (strstr(words, "exec") != NULL ? NEED_EXEC : 0u) |
	       (strstr(words, "module") != NULL ? NEED_MODULE : 0u) |
	       (strstr(words, "facts") != NULL ? NEED_FACTS : 0u);
}

static _Noreturn void
fail(const char *why)
{
	struct frame f;

	frame_init(&f, WIRE_FAIL);
	wire_put_text(&f, why);
	frame_send(CELL_FD, &f, NULL);
	_exit(1);
}

int
main(void)
{
	struct arena *a = arena_new((size_t)16 << 20);
	struct plugin_conf conf = { 0 };
	struct handed handed;
	struct frame f;
	struct job job = { .handed_table = handed_fields, .handed = &handed };
	struct sandbox_terms terms;
	struct sandbox_held held;
	struct err e = { 0 };

	if (job_recv(CELL_FD, &job, opts, &conf, a, &e) < 0 || conf.command.n < 3)
		fail("the witness got no job");
	status_fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
	if (strcmp(conf.command.v[2], "-") != 0)
		state_fd = open(conf.command.v[2], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	terms = (struct sandbox_terms){
		.needs = needs_of(conf.command.v[1]), .state_fd = state_fd, .fence = job.fence
	};
	if (sandbox_enter(&terms, &held, &e) < 0)
		fail(e.msg);
	frame_init(&f, 0);
	for (size_t i = 3; i < conf.command.n; i++) {
		struct item it = {
			.target = conf.command.v[i], .rule = "plugin.status", .state = ITEM_FINE
		};

		answer[0] = '\0';
		it.summary = attempt(it.target);
		wire_put_item(&f, &it);
		if (frame_send(CELL_FD, &f, &e) < 0)
			_exit(2);
	}
	wire_put_end(&f, &(struct wire_end){ .items = (uint32_t)conf.command.n - 3 });
	frame_send(CELL_FD, &f, &e);
	_exit(0);
}
