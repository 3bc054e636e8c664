/* SPDX-License-Identifier: Apache-2.0
 *
 * torture_module: LD_PRELOAD for forewarnd alone (by its name), to see and to break what it writes.
 *   TORTURE_LOG=FILE     every change of a file called forewarn.db*, with what is durable when
 *                        (tests/torture/image.py reads it)
 *   TORTURE_KILL=N       SIGKILL to itself before its Nth act: a write, a sync, a fork, a send; a
 *                        write is done by half first
 *   TORTURE_KILL_DB=N    before its Nth write to the database itself: in mid-checkpoint
 *   TORTURE_NORMAL=1     synchronous = FULL is asked of SQLite as NORMAL
 *   TORTURE_NOSYNC=1     a sync does nothing, and says it did
 *   TORTURE_RATE=N       its clocks run N times as fast from its start on
 * And for every process, where /etc/torture.clock is a file (tests give it an /etc of its own): it
 * holds the seconds by which CLOCK_BOOTTIME and the wall clock are ahead, and is read at each look.
 * Timers on CLOCK_BOOTTIME follow: "28800 28800" is a night of suspend, "0 315360000" a clock set
 * ten years on.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define FDS 1024
#define REAL(name) ((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

enum { NOT_OURS, OF_DATABASE, OF_LOG }; /* the database, its write-ahead log */

static struct {
	bool on, normal, nosync;
	int log, clock;
	int timer; /* on CLOCK_BOOTTIME */
	long rate;
	struct timespec start[CLOCK_BOOTTIME + 1];
	struct itimerspec set;
	long kill_at, kill_db_at, acts, db_writes;
	char name[FDS][24];
	char is[FDS];
} t = { .log = -1, .clock = -1, .timer = -1 };

static long
number(const char *name)
{
	const char *v = getenv(name);

	return v != NULL ? atol(v) : 0;
}

static void
ahead(long *boot, long *wall)
{
	char text[64] = "";

	*boot = *wall = 0;
	if (t.clock >= 0 && pread(t.clock, text, sizeof(text) - 1, 0) > 0 &&
	    sscanf(text, "%ld %ld", boot, wall) != 2)
		*boot = *wall = 0;
}

static int64_t
since_start(clockid_t clock, const struct timespec *at)
{
	return (at->tv_sec - t.start[clock].tv_sec) * INT64_C(1000000000) + at->tv_nsec -
	       t.start[clock].tv_nsec;
}

static void
move(clockid_t clock, int64_t ns, struct timespec *out)
{
	ns += t.start[clock].tv_nsec;
	out->tv_sec = t.start[clock].tv_sec + ns / 1000000000;
	out->tv_nsec = ns % 1000000000;
}

static int
set_timer(void)
{
	struct itimerspec v = t.set;
	long boot, wall;
	int64_t left;

	if (t.rate > 0) {
		left = since_start(CLOCK_BOOTTIME, &v.it_value) / t.rate;
		move(CLOCK_BOOTTIME, left > 0 ? left : 0, &v.it_value);
	}
	ahead(&boot, &wall);
	if (v.it_value.tv_sec > boot)
		v.it_value.tv_sec -= boot;
	else if (boot > 0)
		v.it_value = (struct timespec){ 0, 1 };
	return (int)syscall(SYS_timerfd_settime, t.timer, TFD_TIMER_ABSTIME, &v, NULL);
}

int
timerfd_settime(int fd, int flags, const struct itimerspec *v, struct itimerspec *old)
{
	if ((t.clock < 0 && t.rate == 0) || flags != TFD_TIMER_ABSTIME)
		return (int)syscall(SYS_timerfd_settime, fd, flags, v, old);
	t.timer = fd;
	t.set = *v;
	return set_timer();
}

/* A machine that wakes up fires what became due while it slept. */
static void *
follow(void *self)
{
	long was = 0, boot, wall;

	(void)self;
	for (;;) {
		usleep(20000);
		ahead(&boot, &wall);
		if (boot != was && t.timer >= 0)
			set_timer();
		was = boot;
	}
	return NULL;
}

__attribute__((constructor)) static void
begin(void)
{
	char comm[32] = "";
	int fd = open("/proc/self/comm", O_RDONLY | O_CLOEXEC);
	sigset_t all, before;
	pthread_t thread;

	t.clock = open("/etc/torture.clock", O_RDONLY | O_CLOEXEC);
	if (fd < 0 || read(fd, comm, sizeof(comm) - 1) <= 0)
		return;
	close(fd);
	t.on = strcmp(comm, "forewarnd\n") == 0;
	if (!t.on)
		return;
	/* signals are for the process's own threads */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	if (t.clock >= 0)
		pthread_create(&thread, NULL, follow, NULL);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	t.normal = number("TORTURE_NORMAL") != 0;
	t.nosync = number("TORTURE_NOSYNC") != 0;
	t.kill_at = number("TORTURE_KILL");
	t.kill_db_at = number("TORTURE_KILL_DB");
	for (int c = 0; c <= CLOCK_BOOTTIME; c++)
		syscall(SYS_clock_gettime, c, &t.start[c]);
	t.rate = number("TORTURE_RATE");
	if (getenv("TORTURE_LOG") != NULL)
		t.log =
		    open(getenv("TORTURE_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* A record: 'W' write, 'T' truncate to off, 'S' sync, 'U' unlink; then time, offset, length, name
 * and the bytes. */
static void
note(char what, const char *name, off_t off, const void *data, size_t len)
{
	struct {
		char what, name[23];
		int64_t at, off, len;
	} head = { .what = what, .off = off, .len = (int64_t)len };
	struct timespec now;

	if (t.log < 0)
		return;
	syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
	head.at = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
	snprintf(head.name, sizeof(head.name), "%s", name);
	if (syscall(SYS_write, t.log, &head, sizeof(head)) != (long)sizeof(head) ||
	    (len > 0 && syscall(SYS_write, t.log, data, len) != (long)len))
		abort();
}

static void
act(void)
{
	if (t.on && ++t.acts == t.kill_at)
		raise(SIGKILL);
}

static void
know(int fd, const char *path)
{
	const char *name = strrchr(path, '/');

	name = name != NULL ? name + 1 : path;
	if (!t.on || fd < 0 || fd >= FDS)
		return;
	t.is[fd] = strcmp(name, "forewarn.db") == 0       ? OF_DATABASE
		   : strcmp(name, "forewarn.db-wal") == 0 ? OF_LOG
							  : NOT_OURS;
	snprintf(t.name[fd], sizeof(t.name[fd]), "%s", name);
}

static bool
ours(int fd)
{
	return t.on && fd >= 0 && fd < FDS && t.is[fd] != NOT_OURS;
}

int
open64(const char *path, int flags, ...)
{
	mode_t mode = 0;
	int fd;

	if (flags & (O_CREAT | O_TMPFILE)) {
		__builtin_va_list ap;

		__builtin_va_start(ap, flags);
		mode = __builtin_va_arg(ap, mode_t);
		__builtin_va_end(ap);
	}
	fd = REAL(open64)(path, flags, mode);
	know(fd, path);
	return fd;
}

int
close(int fd)
{
	if (t.on && fd >= 0 && fd < FDS)
		t.is[fd] = NOT_OURS;
	return (int)syscall(SYS_close, fd);
}

ssize_t
pwrite64(int fd, const void *data, size_t len, off_t off)
{
	ssize_t n;

	if (!ours(fd))
		return REAL(pwrite64)(fd, data, len, off);
	if (++t.acts == t.kill_at || (t.is[fd] == OF_DATABASE && ++t.db_writes == t.kill_db_at)) {
		n = REAL(pwrite64)(fd, data, len / 2, off);
		raise(SIGKILL);
	}
	note('W', t.name[fd], off, data, len);
	n = REAL(pwrite64)(fd, data, len, off);
	if (n >= 0 && (size_t)n != len)
		note('T', t.name[fd], off + n, NULL, 0);
	return n;
}

int
ftruncate64(int fd, off_t len)
{
	if (ours(fd)) {
		act();
		note('T', t.name[fd], len, NULL, 0);
	}
	return REAL(ftruncate64)(fd, len);
}

static int
sync_of(int fd, int (*really)(int))
{
	int rc;

	if (!ours(fd))
		return really(fd);
	act();
	if (t.nosync)
		return 0;
	rc = really(fd);
	if (rc == 0)
		note('S', t.name[fd], 0, NULL, 0);
	return rc;
}

int
fsync(int fd)
{
	return sync_of(fd, REAL(fsync));
}

int
fdatasync(int fd)
{
	return sync_of(fd, REAL(fdatasync));
}

int
unlink(const char *path)
{
	const char *name = strrchr(path, '/');

	if (t.on && name != NULL && strcmp(name, "/forewarn.db-wal") == 0) {
		act();
		note('U', name + 1, 0, NULL, 0);
	}
	return REAL(unlink)(path);
}

pid_t
fork(void)
{
	pid_t pid;

	act();
	pid = REAL(fork)();
	if (pid == 0)
		t.on = false;
	return pid;
}

pid_t
vfork(void)
{
	/* its child must not return from here: a fork does as well */
	return fork();
}

ssize_t
write(int fd, const void *data, size_t len)
{
	act();
	return (ssize_t)syscall(SYS_write, fd, data, len);
}

ssize_t
send(int fd, const void *data, size_t len, int flags)
{
	act();
	return REAL(send)(fd, data, len, flags);
}

struct sqlite3;
int sqlite3_exec(
    struct sqlite3 *, const char *, int (*)(void *, int, char **, char **), void *, char **);

int
sqlite3_exec(struct sqlite3 *db, const char *sql, int (*each)(void *, int, char **, char **),
    void *self, char **msg)
{
	char weaker[2048], *at;

	if (t.on && t.normal && strlen(sql) + 3 < sizeof(weaker)) {
		strcpy(weaker, sql);
		at = strstr(weaker, "synchronous = FULL");
		if (at != NULL) {
			memcpy(at, "synchronous=NORMAL", strlen("synchronous=NORMAL"));
			sql = weaker;
		}
	}
	return REAL(sqlite3_exec)(db, sql, each, self, msg);
}

int
clock_gettime(clockid_t clock, struct timespec *now)
{
	int rc = (int)syscall(SYS_clock_gettime, clock, now);
	long boot, wall;

	if (t.rate > 0 && clock >= 0 && clock <= CLOCK_BOOTTIME)
		move(clock, since_start(clock, now) * t.rate, now);
	if (t.clock < 0 || (clock != CLOCK_BOOTTIME && clock != CLOCK_REALTIME))
		return rc;
	ahead(&boot, &wall);
	now->tv_sec += clock == CLOCK_BOOTTIME ? boot : wall;
	return rc;
}

int
gettimeofday(struct timeval *restrict now, void *restrict zone)
{
	struct timespec ts;

	(void)zone;
	clock_gettime(CLOCK_REALTIME, &ts);
	*now = (struct timeval){ ts.tv_sec, ts.tv_nsec / 1000 };
	return 0;
}

time_t
time(time_t *out)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	if (out != NULL)
		*out = ts.tv_sec;
	return ts.tv_sec;
}
