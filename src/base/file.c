/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns opening, reading and replacing files.
 */
#include "base/file.h"

#include "base/names.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *
type_name(mode_t mode)
{
	if (S_ISDIR(mode))
		return "a directory";
	if (S_ISFIFO(mode))
		return "a FIFO";
	if (S_ISCHR(mode) || S_ISBLK(mode))
		return "a device";
	if (S_ISSOCK(mode))
		return "a socket";
	return "not a regular file";
}

int
file_open(int dirfd, const char *path, enum file_links links, struct stat *st, struct err *e)
{
	int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
	struct stat own;
	int fd;

	if (st == NULL)
		st = &own;
	/* look before opening: opening a device can already do something */
	if (fstatat(dirfd, path, st, links == FILE_NOFOLLOW ? AT_SYMLINK_NOFOLLOW : 0) < 0)
		return err_sys(e, "cannot look at it");
	if (S_ISLNK(st->st_mode))
		return err_set(e, ERR_RANGE, "is a symbolic link (a regular file is needed)");
	if (!S_ISREG(st->st_mode))
		return err_set(
		    e, ERR_RANGE, "is %s (a regular file is needed)", type_name(st->st_mode));
	if (links == FILE_NOFOLLOW)
		flags |= O_NOFOLLOW;
	fd = openat(dirfd, path, flags);
	if (fd < 0)
		return err_sys(e, "cannot open it");
	if (fstat(fd, st) < 0) {
		err_sys(e, "cannot look at it");
		close(fd);
		return -1;
	}
	if (!S_ISREG(st->st_mode)) {
		close(fd);
		return err_set(
		    e, ERR_RANGE, "changed into %s while it was opened", type_name(st->st_mode));
	}
	return fd;
}

/* Root looks at a file for the service: what belongs to its account is right. */
static bool
of_service(uid_t owner)
{
	uid_t account;

	return geteuid() == 0 && names_user_called(FILE_SERVICE, &account) == 1 && account == owner;
}

int
file_secret_check(const struct stat *st, const char *path, struct err *e)
{
	static const char credentials[] = "/run/credentials/";

	if (st->st_uid != geteuid() && st->st_uid != 0 && !of_service(st->st_uid))
		return err_set(e, ERR_DENIED,
		    "%s belongs to another user (chown it to the one that runs forewarn)", path);
	if (st->st_uid == 0 && st->st_gid == 0 && (st->st_mode & 037) == 0 &&
	    strncmp(path, credentials, sizeof(credentials) - 1) == 0)
		return 0;
	if ((st->st_mode & 077) != 0)
		return err_set(e, ERR_DENIED, "%s can be read by others: chmod 600 %s", path, path);
	return 0;
}

/* The bytes of an open file from where its descriptor stands, at most cap. */
static int
read_fd(int fd, size_t cap, struct arena *a, char **data, size_t *len, struct err *e)
{
	struct stat st;
	size_t room, n = 0;
	char *buf;

	if (fstat(fd, &st) < 0)
		return err_sys(e, "cannot look at it");
	if (st.st_size > 0 && (uintmax_t)st.st_size > cap)
		return err_set(
		    e, ERR_LIMIT, "is %lld bytes long (at most %zu)", (long long)st.st_size, cap);
	/* one byte more than it has: the read that finds the end needs room too */
	room = st.st_size > 0 ? (size_t)st.st_size + 1 : 4096;
	buf = arena_alloc(a, room + 1);
	for (;;) {
		ssize_t r = read(fd, buf + n, room - n);

		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return err_sys(e, "cannot read it");
		if (r == 0)
			break;
		n += (size_t)r;
		if (n > cap)
			return err_set(e, ERR_LIMIT, "is longer than %zu bytes", cap);
		if (n == room) {
			char *bigger = arena_alloc(a, room * 2 + 1);

			memcpy(bigger, buf, n);
			buf = bigger;
			room *= 2;
		}
	}
	buf[n] = '\0';
	*data = buf;
	*len = n;
	return 0;
}

int
file_read(int dirfd, const char *path, enum file_links links, size_t cap, struct arena *a,
    char **data, size_t *len, struct err *e)
{
	int fd = file_open(dirfd, path, links, NULL, e);
	int rc;

	if (fd < 0)
		return -1;
	rc = read_fd(fd, cap, a, data, len, e);
	close(fd);
	return rc;
}

static int
write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t w = write(fd, p, n);

		if (w < 0 && errno == EINTR)
			continue;
		if (w < 0)
			return -1;
		p += w;
		n -= (size_t)w;
	}
	return 0;
}

/* The bytes in a file beside the name, on the disk; its own name goes to tmp. flags: of open(2). */
static int
write_beside(int dirfd, const char *name, int flags, mode_t mode, uid_t owner, const void *data,
    size_t len, char tmp[NAME_MAX + 1], struct err *e)
{
	int fd, n = snprintf(tmp, NAME_MAX + 1, ".%s.%ld.new", name, (long)getpid());

	if (n < 0 || n > NAME_MAX)
		return err_set(e, ERR_LIMIT, "the name is too long");
	fd = openat(dirfd, tmp, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | flags, mode);
	if (fd < 0)
		return err_sys(e, "cannot make %s", tmp);
	if (write_all(fd, data, len) < 0 ||
	    (owner != FILE_OWNER_KEPT && fchown(fd, owner, (gid_t)-1) < 0) || fsync(fd) < 0) {
		err_sys(e, "cannot write %s", tmp);
		close(fd);
		unlinkat(dirfd, tmp, 0);
		return -1;
	}
	close(fd);
	return 0;
}

int
file_replace(int dirfd, const char *name, mode_t mode, const void *data, size_t len, struct err *e)
{
	char tmp[NAME_MAX + 1];

	if (write_beside(dirfd, name, O_TRUNC, mode, FILE_OWNER_KEPT, data, len, tmp, e) < 0)
		return -1;
	if (renameat(dirfd, tmp, dirfd, name) < 0) {
		err_sys(e, "cannot rename %s", tmp);
		unlinkat(dirfd, tmp, 0);
		return -1;
	}
	if (dirfd != AT_FDCWD && fsync(dirfd) < 0)
		return err_sys(e, "cannot make %s durable", name);
	return 0;
}

int
file_create(int dirfd, const char *name, mode_t mode, uid_t owner, const void *data, size_t len,
    struct err *e)
{
	char tmp[NAME_MAX + 1];

	/* O_EXCL: a file that somebody has put there under that name is not ours alone */
	if (write_beside(dirfd, name, O_EXCL, mode, owner, data, len, tmp, e) < 0)
		return -1;
	if (renameat2(dirfd, tmp, dirfd, name, RENAME_NOREPLACE) < 0) {
		if (errno == EEXIST)
			err_set(e, ERR_RANGE, "is there already, and is never replaced");
		else
			err_sys(e, "cannot rename %s", tmp);
		unlinkat(dirfd, tmp, 0);
		return -1;
	}
	return fsync(dirfd) < 0 ? err_sys(e, "cannot make %s durable", name) : 0;
}

int
file_open_folder(const char *path, struct err *e)
{
	char buf[PATH_MAX];
	size_t len = strlen(path);
	int fd;

	if (len == 0 || len >= sizeof(buf))
		return err_set(e, ERR_LIMIT, "a folder name of %zu bytes", len);
	memcpy(buf, path, len + 1);
	for (char *p = buf + 1; *p != '\0'; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (mkdir(buf, 0700) < 0 && errno != EEXIST && errno != EROFS && errno != EACCES)
			return err_sys(e, "%s", buf);
		*p = '/';
	}
	if (mkdir(buf, 0700) < 0 && errno != EEXIST)
		return err_sys(e, "%s", buf);
	fd = open(buf, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return err_sys(e, "%s", buf);
	return fd;
}
