/* SPDX-License-Identifier: Apache-2.0
 *
 * fault_module: LD_PRELOAD that lets one call of a program fail, the Nth of its kind, as a machine
 * does that has no memory left or whose disk is broken.
 *   FAULT_IN=NAME      of the program, as the kernel has it; others run as they are
 *   FAULT_CHILD=1      not in the program itself but in what it forks and does not exec
 *   FAULT_KIND=alloc   malloc, calloc, realloc, aligned memory, anonymous mmap: ENOMEM
 *   FAULT_KIND=io      what opens, reads, writes, syncs, renames, removes, closes; sockets, forks:
 *                      FAULT_ERRNO (5, EIO). A close closes all the same.
 *   FAULT_MANY=1       all from the Nth on
 *   FAULT_SEEN=FILE    64 bytes: N (0: none, calls are only counted), which may be written while
 * the program runs, how many calls of the kind there were (8 bytes each, as this machine has them),
 * and the name of the call that failed (the rest) vfork is not among them: its child may not return
 * from here.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SEEN ((size_t)64) /* bytes of FAULT_SEEN */

enum kind { ALLOC, IO };

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static struct {
	bool on, many, child;
	enum kind kind;
	pid_t pid;
	int error;
	struct {
		int64_t at, count;
		char name[SEEN - 16];
	} * seen;
} f;

static long
number(const char *name)
{
	const char *v = getenv(name);

	return v != NULL ? atol(v) : 0;
}

__attribute__((constructor)) static void
begin(void)
{
	const char *in = getenv("FAULT_IN"), *kind = getenv("FAULT_KIND"),
		   *seen = getenv("FAULT_SEEN");
	char comm[32] = "";
	int fd = open("/proc/self/comm", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, comm, sizeof(comm) - 1) : 0;

	close(fd);
	if (in == NULL || kind == NULL || seen == NULL || n <= 1)
		return;
	comm[n - 1] = '\0';
	fd = open(seen, O_RDWR | O_CLOEXEC);
	if (strcmp(comm, in) != 0 || fd < 0)
		return;
	f.seen = mmap(NULL, SEEN, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	if (f.seen == MAP_FAILED)
		abort();
	f.kind = strcmp(kind, "io") == 0 ? IO : ALLOC;
	f.error = f.kind == ALLOC             ? ENOMEM
		  : number("FAULT_ERRNO") > 0 ? (int)number("FAULT_ERRNO")
					      : EIO;
	f.many = number("FAULT_MANY") != 0;
	f.child = number("FAULT_CHILD") != 0;
	f.pid = getpid();
	f.on = true;
}

/* Whether this call is to fail; errno is set then. */
static bool
fails(enum kind kind, const char *name)
{
	int64_t n, at;

	if (!f.on || kind != f.kind || (getpid() == f.pid) == f.child)
		return false;
	n = __atomic_add_fetch(&f.seen->count, 1, __ATOMIC_RELAXED);
	at = __atomic_load_n(&f.seen->at, __ATOMIC_RELAXED);
	if (at == 0 || n < at || (n > at && !f.many))
		return false;
	if (n == at)
		strncpy(f.seen->name, name, sizeof(f.seen->name) - 1);
	errno = f.error;
	return true;
}

/* ---- memory */

void *
malloc(size_t n)
{
	return fails(ALLOC, "malloc") ? NULL : __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	return fails(ALLOC, "calloc") ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	return fails(ALLOC, "realloc") ? NULL : __libc_realloc(p, n);
}

void *
reallocarray(void *p, size_t n, size_t size)
{
	size_t all;

	if (__builtin_mul_overflow(n, size, &all)) {
		errno = ENOMEM;
		return NULL;
	}
	return fails(ALLOC, "reallocarray") ? NULL : __libc_realloc(p, all);
}

void *
aligned_alloc(size_t align, size_t n)
{
	return fails(ALLOC, "aligned_alloc") ? NULL : __libc_memalign(align, n);
}

void *
memalign(size_t align, size_t n)
{
	return fails(ALLOC, "memalign") ? NULL : __libc_memalign(align, n);
}

int
posix_memalign(void **p, size_t align, size_t n)
{
	if (fails(ALLOC, "posix_memalign"))
		return ENOMEM;
	*p = __libc_memalign(align, n);
	return *p == NULL ? ENOMEM : 0;
}

void *
mmap64(void *at, size_t n, int prot, int flags, int fd, off_t off)
{
	if (fails(flags & MAP_ANONYMOUS ? ALLOC : IO, "mmap"))
		return MAP_FAILED;
	return (void *)syscall(SYS_mmap, at, n, prot, flags, fd, off); // NOLINT: as libc does
}

void *
mmap(void *at, size_t n, int prot, int flags, int fd, off_t off)
{
	return mmap64(at, n, prot, flags, fd, off);
}

/* ---- files, sockets, processes. What libc calls within itself (of a FILE) is not seen: fopen and
 * opendir fail as a whole. */

#define REAL(name) ((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

/* A call that goes to the kernel as it is. */
#define CALL(type, name, nr, params, ...)                                                          \
	type name params                                                                           \
	{                                                                                          \
		if (fails(IO, #name))                                                              \
			return -1;                                                                 \
		return (type)syscall(nr, __VA_ARGS__);                                             \
	}

static int
open_file(const char *call, int dir, const char *path, int flags, mode_t mode)
{
	return fails(IO, call) ? -1 : (int)syscall(SYS_openat, dir, path, flags, mode);
}

#define MODE(flags)                                                                                \
	mode_t mode = 0;                                                                           \
	if ((flags) & (O_CREAT | O_TMPFILE)) {                                                     \
		va_list ap;                                                                        \
		va_start(ap, flags);                                                               \
		mode = va_arg(ap, mode_t);                                                         \
		va_end(ap);                                                                        \
	}

int
open(const char *path, int flags, ...)
{
	MODE(flags)
	return open_file("open", AT_FDCWD, path, flags, mode);
}

int
open64(const char *path, int flags, ...)
{
	MODE(flags)
	return open_file("open64", AT_FDCWD, path, flags, mode);
}

int
openat(int dir, const char *path, int flags, ...)
{
	MODE(flags)
	return open_file("openat", dir, path, flags, mode);
}

int __openat_2(int dir, const char *path, int flags);

int
__openat_2(int dir, const char *path, int flags)
{
	return open_file("openat", dir, path, flags, 0);
}

int
close(int fd)
{
	bool bad = fails(IO, "close");
	int rc = (int)syscall(SYS_close, fd);

	if (bad)
		errno = f.error;
	return bad ? -1 : rc;
}

CALL(ssize_t, read, SYS_read, (int fd, void *p, size_t n), fd, p, n)
CALL(ssize_t, pread, SYS_pread64, (int fd, void *p, size_t n, off_t at), fd, p, n, at)
CALL(ssize_t, pread64, SYS_pread64, (int fd, void *p, size_t n, off64_t at), fd, p, n, at)
CALL(ssize_t, write, SYS_write, (int fd, const void *p, size_t n), fd, p, n)
CALL(ssize_t, pwrite, SYS_pwrite64, (int fd, const void *p, size_t n, off_t at), fd, p, n, at)
CALL(ssize_t, pwrite64, SYS_pwrite64, (int fd, const void *p, size_t n, off64_t at), fd, p, n, at)
CALL(int, fsync, SYS_fsync, (int fd), fd)
CALL(int, fdatasync, SYS_fdatasync, (int fd), fd)
CALL(int, ftruncate, SYS_ftruncate, (int fd, off_t n), fd, n)
CALL(int, ftruncate64, SYS_ftruncate, (int fd, off64_t n), fd, n)
CALL(int, rename, SYS_rename, (const char *from, const char *to), from, to)
CALL(int, renameat, SYS_renameat, (int a, const char *from, int b, const char *to), a, from, b, to)
CALL(int, renameat2, SYS_renameat2,
    (int a, const char *from, int b, const char *to, unsigned flags), a, from, b, to, flags)
CALL(int, unlink, SYS_unlink, (const char *path), path)
CALL(int, unlinkat, SYS_unlinkat, (int dir, const char *path, int flags), dir, path, flags)
CALL(int, mkdir, SYS_mkdir, (const char *path, mode_t mode), path, mode)
CALL(int, fchmod, SYS_fchmod, (int fd, mode_t mode), fd, mode)
CALL(int, fchown, SYS_fchown, (int fd, uid_t u, gid_t g), fd, u, g)
CALL(int, flock, SYS_flock, (int fd, int how), fd, how)
CALL(int, fstat, SYS_fstat, (int fd, struct stat *s), fd, s)
CALL(int, stat, SYS_stat, (const char *restrict path, struct stat *restrict s), path, s)
CALL(int, lstat, SYS_lstat, (const char *restrict path, struct stat *restrict s), path, s)
CALL(int, access, SYS_access, (const char *path, int mode), path, mode)
CALL(ssize_t, readlink, SYS_readlink, (const char *restrict path, char *restrict p, size_t n), path,
    p, n)
CALL(int, socket, SYS_socket, (int domain, int type, int protocol), domain, type, protocol)
CALL(int, socketpair, SYS_socketpair, (int domain, int type, int protocol, int p[2]), domain, type,
    protocol, p)
CALL(int, pipe2, SYS_pipe2, (int p[2], int flags), p, flags)
CALL(int, listen, SYS_listen, (int fd, int n), fd, n)
CALL(ssize_t, send, SYS_sendto, (int fd, const void *p, size_t n, int flags), fd, p, n, flags, NULL,
    0)

int
connect(int fd, const struct sockaddr *to, socklen_t n)
{
	return fails(IO, "connect") ? -1 : (int)syscall(SYS_connect, fd, to, n);
}

int
bind(int fd, const struct sockaddr *to, socklen_t n)
{
	return fails(IO, "bind") ? -1 : (int)syscall(SYS_bind, fd, to, n);
}

int
posix_fallocate(int fd, off_t at, off_t n)
{
	return fails(IO, "posix_fallocate") ? f.error : REAL(posix_fallocate)(fd, at, n);
}

int
statvfs(const char *restrict path, struct statvfs *restrict s)
{
	return fails(IO, "statvfs") ? -1 : REAL(statvfs)(path, s);
}

FILE *
fopen(const char *restrict path, const char *restrict mode)
{
	return fails(IO, "fopen") ? NULL : REAL(fopen)(path, mode);
}

DIR *
opendir(const char *path)
{
	return fails(IO, "opendir") ? NULL : REAL(opendir)(path);
}

pid_t
fork(void)
{
	return fails(IO, "fork") ? -1 : REAL(fork)();
}
